/* Previews the pages of the portal with the settings of the draft. */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#define LOGIN_MAX 320
#define PAGES_MAX 20

/* Returns the next page of any feature that has a preview, or NULL after the last one. Start with *at = 0. */
static const struct feature_preview *preview_next(const struct visit *visit, size_t *at)
{
    const struct feature_list *all = &visit->app->features;
    size_t i = (*at)++;
    for (size_t f = 0; f < all->count; f++) {
        if (i < all->items[f]->preview_count)
            return &all->items[f]->previews[i];
        i -= all->items[f]->preview_count;
    }
    return NULL;
}

static const struct feature_preview *preview_find(const struct visit *visit, struct str name)
{
    size_t at = 0;
    const struct feature_preview *page = preview_next(visit, &at);
    while (page && !str_eqz(name, page->name))
        page = preview_next(visit, &at);
    return page;
}

static bool preview_show_choice(struct visit *visit, struct str page, struct str login, const struct msgid *fault)
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
    struct option *options = ARENA_ARRAY(visit->arena, struct option, PAGES_MAX);
    const struct feature_preview *one;
    for (size_t at = 0; at < PAGES_MAX && (one = preview_next(visit, &at));)
        options[view.page.option_count++] =
            (struct option){str_of(one->name), visit_tr(visit, one->label), str_eqz(page, one->name)};
    view.page.options = options;
    return page_show_narrow(visit, visit_tr(visit, _("Preview")), config_preview_html, &view);
}

/* Choosing a page redirects to the preview of that page. */
bool config_preview_page(struct visit *visit, struct err *err)
{
    struct str page = http_param(&visit->request->query, "page"), login = http_param(&visit->request->query, "as");
    struct buf url;
    (void)err;
    if (!preview_find(visit, page))
        return preview_show_choice(visit, page, login, NULL);
    buf_init(&url, visit->arena);
    buf_printf(&url, "/staff/configuration/preview/%.*s?as=", STR_FMT(page));
    buf_url_part(&url, str_trim(login));
    return visit_redirect(visit, buf_text(&url));
}

/* *found is false when no login with that name may log in under the settings of the draft. */
static bool preview_find_actor(struct visit *visit, const struct config *config, struct str login, struct actor *actor,
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
    actor->sees_cancelled = config->show_cancelled;
    *found = *found && login_kind_is_on(config, actor->kind);
    return true;
}

bool config_preview_show(struct visit *visit, struct err *err)
{
    struct str login = utf8_prefix(str_trim(http_param(&visit->request->query, "as")), LOGIN_MAX);
    const struct feature_preview *page = preview_find(visit, visit->path_value[0]);
    struct config_draft draft;
    struct config *config = ARENA_NEW(visit->arena, struct config);
    struct actor actor;
    bool found = false;
    if (!page)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such preview");
    if (!config_draft_load(visit, &draft, err) ||
        !config_with(visit->arena, visit->config, draft.text, true, config, NULL, err) ||
        !preview_find_actor(visit, config, login, &actor, &found, err))
        return false;
    if (!found || !page_is_on(config, page->route_flags)) {
        visit->response->status = 400;
        return preview_show_choice(visit, str_of(page->name), login,
                                   found ? _("The draft turns this page off.")
                                         : _("There is no login of this name that can log in now."));
    }
    if (login.n && !visit_audit(visit, "configuration_previewed", actor.login_name, str_of(page->name), err))
        return false;
    if (page->without_login)
        actor = (struct actor){.kind = ACTOR_NOBODY};
    struct str logo =
        arena_printf(visit->arena, "/staff/configuration/logo?draft=%.*s", STR_FMT(config_draft_mark(visit, &draft)));
    visit_preview(
        visit, config, &actor, logo,
        visit_tr(visit, _("Preview of your draft. Nothing can be sent from here, and customers do not see it.")));
    return page->show(visit, err);
}
