/* /staff/configuration/history: lists versions, compares two of them, and publishes an old one again. */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#include <inttypes.h>

#define PAGE_SIZE 50

bool config_history(struct visit *visit, struct err *err)
{
    struct version_row *versions = ARENA_ARRAY(visit->arena, struct version_row, PAGE_SIZE);
    struct history_view view = {.rows = versions};
    int64_t below = INT64_MAX;
    struct str before = http_param(&visit->request->query, "before");
    if (before.n && (!str_to_int(before, &below) || below < 1))
        return err_set(err, ERR_INVALID, NULL, "before");
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT number, at, who, note FROM config_version WHERE number < $1"
                                    " ORDER BY number DESC LIMIT $2",
                                    DB_ARGS(DB_INT(below), DB_INT(PAGE_SIZE)), err);
    for (struct version_row *one = versions; view.count < PAGE_SIZE && db_next(rows); one++, view.count++)
        db_read(rows, TO(&one->number), TO(&one->at), TO(&one->who), TO(&one->note));
    if (!db_done(rows, err))
        return false;
    view.newest = below == INT64_MAX;
    if (view.count == PAGE_SIZE && versions[PAGE_SIZE - 1].number > 1)
        view.older_url =
            arena_printf(visit->arena, "/staff/configuration/history?before=%" PRId64, versions[PAGE_SIZE - 1].number);
    return page_show(visit, visit_tr(visit, _("History of the configuration")), config_history_html, &view);
}

/* --- one version -------------------------------------------------------------------------------------------------- */

/* Reads the version of the address and the draft. */
static bool open_version(struct visit *visit, struct version_view *view, struct config_draft *draft, struct err *err)
{
    struct version_row *one = &view->version;
    bool found = false;
    *view = (struct version_view){.current = false};
    if (!str_to_int(visit->path_value[0], &one->number))
        return err_set(err, ERR_NOT_FOUND, NULL, "no number of a version");
    if (!db_find(visit->db, visit->arena, "SELECT at, who, note, text FROM config_version WHERE number = $1",
                 DB_ARGS(DB_INT(one->number)), DB_TARGETS(TO(&one->at), TO(&one->who), TO(&one->note), TO(&one->text)),
                 &found, err) ||
        !config_draft_load(visit, draft, err))
        return false;
    view->newest = arena_printf(visit->arena, "%" PRId64, draft->newest);
    view->current = one->number == draft->newest;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such version");
}

/* Compares with the version that is asked for, else with the one before. 0 is the settings file. */
static bool compare_version(struct visit *visit, struct version_view *view, struct err *err)
{
    struct str asked = str_trim(http_param(&visit->request->query, "with")), other = STR_NONE;
    int64_t with = view->version.number - 1;
    view->with = (struct field){.name = STR("with"),
                                .label = visit_tr(visit, _("Compare with version")),
                                .hint = visit_tr(visit, _("0 is the settings file.")),
                                .inputmode = "numeric",
                                .autocomplete = "off"};
    bool sound = !asked.n || (str_to_int(asked, &with) && with >= 0);
    if (sound && !version_text(visit, with, &other, err))
        return false;
    if (other.n) {
        differences_show(visit, other, view->version.text, &view->table);
    } else {
        view->with.error = visit_tr(visit, _("There is no version of this number."));
        visit->response->status = 400;
    }
    view->with.value = asked.n ? asked : arena_printf(visit->arena, "%" PRId64, with);
    return true;
}

/* misfit: why this version cannot be published again (msgid), or NULL. */
static bool show_version(struct visit *visit, struct version_view *view, int status, const struct msgid *misfit,
                         struct err *err)
{
    struct str number = arena_printf(visit->arena, "%" PRId64, view->version.number);
    struct str parts[2] = {view->version.who, instant_format_local(visit->arena, view->version.at)};
    visit->response->status = status;
    view->title = tr_fill(visit->arena, visit->view.lang, _("Version {1} of the configuration"), &number, 1);
    view->compared = tr_fill(visit->arena, visit->view.lang, _("Published by {1} {2}."), parts, 2);
    view->misfit = visit_tr(visit, misfit);
    if (!compare_version(visit, view, err))
        return false;
    return page_show(visit, view->title, config_version_html, view);
}

bool config_version_page(struct visit *visit, struct err *err)
{
    struct version_view view;
    struct config_draft draft;
    return open_version(visit, &view, &draft, err) && show_version(visit, &view, 200, NULL, err);
}

/* Going back publishes a new version with the old settings. Nothing is removed from the history. */
bool config_version_restore(struct visit *visit, struct err *err)
{
    struct version_view view;
    struct config_draft draft;
    struct config made;
    struct err misfit = {.kind = ERR_NONE};
    if (!open_version(visit, &view, &draft, err))
        return false;
    if (!config_with(visit->arena, visit->config, view.version.text, false, &made, NULL, &misfit))
        return show_version(visit, &view, 400, _("This version does not fit the program any more."), err);
    struct str number = arena_printf(visit->arena, "%" PRId64, view.version.number);
    struct str note = tr_fill(visit->arena, visit->view.lang, _("Back to version {1}"), &number, 1);
    if (str_eq(http_param(&visit->request->form, "newest"), view.newest)) {
        if (publish_version(visit, &draft, config_text(visit->arena, &made), note, err)) {
            page_notice_next(visit, _("Published. It counts from now on."));
            return visit_redirect(visit, STR("/staff/configuration/history"));
        }
        if (err->kind != ERR_CONFLICT)
            return false;
        *err = (struct err){.kind = ERR_NONE};
    }
    return show_version(visit, &view, 409,
                        _("Another version was published after this page was opened. Look at it first."), err);
}
