#include "customer/home/home.h"

#include "base/clock.h"
#include "customer/home/home.html.h"
#include "customer/home/views.h"
#include "model/case.h"
#include "model/message.h"
#include "parts/case_list/case_list.h"

#define OPEN_CASES 8

/*
 * Explains to a contact login without a contact why it sees no cases, not even one that it just registered (domain 5).
 */
static struct str explain_unlinked(const struct visit *visit)
{
    if (visit->actor.kind != ACTOR_CONTACT || visit->actor.contact_id)
        return STR_NONE;
    return tr_fill(visit->arena, visit->view.lang,
                   _("Your account {1} is not linked to a contact yet. You can register cases and get their numbers, "
                     "but you see no cases until we have registered you as a contact with this address."),
                   &visit->actor.email, 1);
}

static struct str written_text(struct visit *visit, int64_t at)
{
    struct str when = at ? instant_format_local(visit->arena, at) : STR_NONE;
    return at ? tr_fill(visit->arena, visit->view.lang, _("We have written to you {1}"), &when, 1) : STR_NONE;
}

/* Marks the cases in which staff wrote the newest message. */
static bool mark_messages(struct visit *visit, const struct case_brief *briefs, struct home_case *items, size_t count,
                          struct err *err)
{
    int64_t *ids = ARENA_ARRAY(visit->arena, int64_t, count), *at = ARENA_ARRAY(visit->arena, int64_t, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = briefs[i].id;
    if (!messages_newest_of_staff(visit, ids, count, at, err))
        return false;
    for (size_t i = 0; i < count; i++)
        items[i].written = written_text(visit, at[i]);
    return true;
}

static bool home_load_cases(struct visit *visit, struct home_view *home, struct err *err)
{
    struct case_brief *briefs;
    size_t count = 0;
    if (home->unlinked.n)
        return true;
    if (!cases_newest_open(visit, OPEN_CASES, &briefs, &count, err))
        return false;
    struct home_case *items = ARENA_ARRAY(visit->arena, struct home_case, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct home_case){
            .number = briefs[i].number,
            .title = briefs[i].title,
            .object = briefs[i].object,
            .created = instant_format_local(visit->arena, briefs[i].created),
            .machine_created = instant_format_utc(visit->arena, briefs[i].created),
            .path = case_path(visit->arena, briefs[i].number),
            .status = briefs[i].status,
            .status_label = visit_tr(visit, code_label(&case_statuses, briefs[i].status)),
        };
    }
    home->cases = items;
    home->case_count = count;
    return mark_messages(visit, briefs, items, count, err);
}

static bool home_page(struct visit *visit, struct err *err)
{
    struct home_view home = {
        .greeting = tr_fill(visit->arena, visit->view.lang, _("Welcome, {1}"), &visit->actor.name, 1),
        .unlinked = explain_unlinked(visit),
        .may_report = page_is_on(visit->config, ROUTE_NEW_CASE),
    };
    if (!home_load_cases(visit, &home, err))
        return false;
    return page_show(visit, visit_tr(visit, _("Start")), home_page_html, &home);
}

static const struct route routes[] = {
    {"GET", "/", home_page, WHO_LOGIN, 0},
};

const struct feature home_feature = {
    .name = "customer/home",
    FEATURE_ROUTES(routes),
};
