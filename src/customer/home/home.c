#include "customer/home/home.h"

#include "customer/home/home.html.h"
#include "customer/home/views.h"

/* Says to a contact login without a contact why it sees no cases, and what helps. */
static bool explain_unlinked(struct visit *visit, struct home_view *home, struct err *err)
{
    static const struct msgid *const REASONS[] = {
        [UNLINKED_ADDRESS_NOT_PROVEN] = _("You have not confirmed your e-mail address {1} yet. Confirm it, and you see "
                                          "your cases as soon as we have you as a contact with this address."),
        [UNLINKED_NO_CONTACT] =
            _("We have no contact with your e-mail address {1}. Ask us to register you with it, and "
              "your cases appear here by themselves."),
        [UNLINKED_SEVERAL_CONTACTS] = _("Several of our contacts have your e-mail address {1}, so we cannot tell which "
                                        "of them you are. Ask us to put it right, and your cases appear here by "
                                        "themselves."),
    };
    enum actor_unlinked why;
    if (!actor_why_unlinked(visit->db, &visit->actor, &why, err))
        return false;
    home->unlinked = tr_fill(visit->arena, visit->view.lang, REASONS[why], &visit->actor.email, 1);
    home->contact = visit->config->contact_text[visit->view.lang];
    if (why != UNLINKED_ADDRESS_NOT_PROVEN)
        return true;
    home->remedy_url = STR("/account");
    home->remedy_text = visit_tr(visit, _("Confirm the address"));
    return true;
}

static bool home_is_unlinked(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT && !actor->contact_id;
}

static bool home_page(struct visit *visit, struct err *err)
{
    struct home_view home = {
        .greeting = tr_fill(visit->arena, visit->view.lang, _("Welcome, {1}"), &visit->actor.name, 1),
        .may_report = page_is_on(visit->config, ROUTE_NEW_CASE),
    };
    if (home_is_unlinked(&visit->actor) && !explain_unlinked(visit, &home, err))
        return false;
    if (!home_tasks_load(visit, &home, err) || !home_times_load(visit, &home, err))
        return false;
    return page_show(visit, visit_tr(visit, _("Start")), home_page_html, &home);
}

static const struct route routes[] = {
    {"GET", "/", home_page, WHO_LOGIN, 0},
};

static const struct feature_menu MENU[] = {
    {"/", _("Start"), "house", WHO_LOGIN, .order = 5},
};

const struct feature home_feature = {
    .name = "customer/home",
    FEATURE_ROUTES(routes),
    FEATURE_MENU(MENU),
};
