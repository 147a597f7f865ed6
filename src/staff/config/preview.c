/* The pages of the portal as they would be with the draft. */
#include "customer/cases/cases.h"
#include "customer/login/login.h"
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#define LOGIN_MAX 320

static const struct {
    const char *name, *label;
    bool without_login;
} PAGES[] = {
    {"login", _("Log in"), true},
    {"new-case", _("New case"), false},
    {"search", _("Search cases"), false},
};
#define PAGE_COUNT (sizeof PAGES / sizeof *PAGES)

static bool show_choice(struct visit *visit, struct str page, struct str login, const char *fault)
{
    struct preview_view view = {
        .page = {.name = STR("page"), .label = visit_tr(visit, _("Page"))},
        .login = {.name = STR("as"),
                  .label = visit_tr(visit, _("As which login (optional)")),
                  .hint = visit_tr(visit, _("A user name. Without one a contact who is linked to nothing is shown.")),
                  .value = login,
                  .error = visit_tr(visit, fault),
                  .autocomplete = "off",
                  .max_length = LOGIN_MAX}};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, PAGE_COUNT);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        options[i] =
            (struct option){str_of(PAGES[i].name), visit_tr(visit, PAGES[i].label), str_eqz(page, PAGES[i].name)};
    view.page.options = options;
    view.page.option_count = PAGE_COUNT;
    page_begin_narrow(visit, visit_tr(visit, _("Preview")));
    config_preview_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* The choice of page leads to the address of that page. */
bool config_preview_page(struct visit *visit, struct err *err)
{
    struct str page = http_param(&visit->request->query, "page"), login = http_param(&visit->request->query, "as");
    (void)err;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        struct buf url;
        if (!str_eqz(page, PAGES[i].name))
            continue;
        buf_init(&url, visit->arena);
        buf_printf(&url, "/staff/configuration/preview/%s?as=", PAGES[i].name);
        buf_url_part(&url, str_trim(login));
        return visit_redirect(visit, buf_text(&url));
    }
    return show_choice(visit, page, login, NULL);
}

/* *found false: no login of that name may log in by the settings of the draft. */
static bool find_actor(struct visit *visit, const struct config *config, struct str login, struct actor *actor,
                       bool *found, struct err *err)
{
    int64_t id = 0;
    *found = true;
    *actor = (struct actor){.kind = ACTOR_CONTACT, .name = visit->staff.email, .email = visit->staff.email};
    if (!login.n)
        return true;
    if (!db_query_int(visit->db, "SELECT id FROM login WHERE name = $1",
                      DB_ARGS(DB_TEXT(actor_fold_name(visit->arena, login))), found, &id, err))
        return false;
    if (*found && !actor_load(visit->db, visit->arena, id, actor, err))
        return false;
    *found = *found && login_kind_is_on(config, actor->kind);
    return true;
}

static bool draw(struct visit *visit, size_t which, struct err *err)
{
    if (PAGES[which].without_login)
        return login_preview(visit);
    return which == 1 ? cases_preview_new(visit, err) : cases_preview_search(visit, err);
}

static bool preview(struct visit *visit, size_t which, struct str login, struct err *err)
{
    struct config_draft draft;
    struct config *config = ARENA_NEW(visit->arena, struct config);
    struct actor actor;
    bool found = false;
    if (!config_draft_load(visit, &draft, err) ||
        !config_with(visit->arena, visit->config, draft.text, true, config, NULL, err) ||
        !find_actor(visit, config, login, &actor, &found, err))
        return false;
    if (!found) {
        visit->response->status = 400;
        return show_choice(visit, str_of(PAGES[which].name), login,
                           _("There is no login of this name that can log in now."));
    }
    if (!page_is_on(config, which == 1 ? ROUTE_NEW_CASE : 0)) {
        visit->response->status = 400;
        return show_choice(visit, str_of(PAGES[which].name), login, _("The draft turns this page off."));
    }
    if (login.n && !visit_audit(visit, "configuration_previewed", actor.login_name, str_of(PAGES[which].name), err))
        return false;
    if (PAGES[which].without_login)
        actor = (struct actor){.kind = ACTOR_NOBODY};
    struct str logo =
        arena_printf(visit->arena, "/staff/configuration/logo?draft=%.*s", STR_FMT(config_draft_mark(visit, &draft)));
    visit_preview(
        visit, config, &actor, logo,
        visit_tr(visit, _("Preview of your draft. Nothing can be sent from here, and customers do not see it.")));
    return draw(visit, which, err);
}

bool config_preview_show(struct visit *visit, struct err *err)
{
    struct str login = str_trim(http_param(&visit->request->query, "as"));
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (str_eqz(visit->path_value[0], PAGES[i].name))
            return preview(visit, i, utf8_prefix(login, LOGIN_MAX), err);
    }
    return err_set(err, ERR_NOT_FOUND, NULL, "no such preview");
}
