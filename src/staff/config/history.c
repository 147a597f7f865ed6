/* /staff/configuration/history: lists versions, compares two of them, and publishes an old one again. */
#include "base/clock.h"
#include "staff/config/config.html.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#include <inttypes.h>

#define PAGE_SIZE 50
/* Higher than every version number. */
#define NEWEST INT64_MAX

static struct str version_url(struct visit *visit, int64_t number)
{
    return arena_printf(visit->arena, "/staff/configuration/history/%" PRId64, number);
}

static bool read_versions(struct visit *visit, int64_t below, struct version_row_view *rows, size_t *count,
                          int64_t *last, struct err *err)
{
    struct db_rows *found = db_query(visit->db, visit->arena,
                                     "SELECT number, at, who, note FROM config_version WHERE number < $1"
                                     " ORDER BY number DESC LIMIT $2",
                                     DB_ARGS(DB_INT(below), DB_INT(PAGE_SIZE)), err);
    *count = 0;
    while (found && db_next(found) && *count < PAGE_SIZE) {
        *last = db_int(found, 0);
        rows[*count] = (struct version_row_view){
            .number = arena_printf(visit->arena, "%" PRId64, *last),
            .url = version_url(visit, *last),
            .at = fmt_instant(visit->arena, visit->view.lang, db_int(found, 1)),
            .machine = instant_format_utc(visit->arena, db_int(found, 1)),
            .who = db_text_copy(found, 2, visit->arena),
            .note = db_text_copy(found, 3, visit->arena),
            .current = below == NEWEST && *count == 0,
        };
        ++*count;
    }
    return db_done(found, err);
}

bool config_history(struct visit *visit, struct err *err)
{
    struct version_row_view *rows = ARENA_ARRAY(visit->arena, struct version_row_view, PAGE_SIZE);
    struct history_view view = {.rows = rows};
    int64_t below = NEWEST, last = 0;
    struct str after = http_param(&visit->request->query, "before");
    if (after.n && (!str_to_int(after, &below) || below < 1))
        return err_set(err, ERR_INVALID, NULL, "before");
    if (!read_versions(visit, below, rows, &view.count, &last, err))
        return false;
    if (view.count == PAGE_SIZE && last > 1)
        view.older_url = arena_printf(visit->arena, "/staff/configuration/history?before=%" PRId64, last);
    page_begin(visit, visit_tr(visit, _("History of the configuration")));
    config_history_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- one version -------------------------------------------------------------------------------------------------- */

struct version {
    int64_t number, with;
    struct str who, note, text, other;
    int64_t at;
    bool found;
};

static bool read_version(struct visit *visit, struct version *version, struct err *err)
{
    *version = (struct version){.number = 0};
    if (!str_to_int(visit->path_value[0], &version->number))
        return err_set(err, ERR_NOT_FOUND, NULL, "no number of a version");
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT at, who, note, text FROM config_version WHERE number = $1",
                 DB_ARGS(DB_INT(version->number)), err);
    version->found = db_next(rows);
    if (version->found) {
        version->at = db_int(rows, 0);
        version->who = db_text_copy(rows, 1, visit->arena);
        version->note = db_text_copy(rows, 2, visit->arena);
        version->text = db_text_copy(rows, 3, visit->arena);
    }
    if (!db_done(rows, err))
        return false;
    return version->found || err_set(err, ERR_NOT_FOUND, NULL, "no such version");
}

/* Chooses the version to compare with: the requested one, else the one before. 0 is the settings file. */
static bool choose_other(struct visit *visit, struct version *version, struct field *with, struct err *err)
{
    struct str asked = str_trim(http_param(&visit->request->query, "with"));
    version->with = version->number - 1;
    *with = (struct field){.name = STR("with"),
                           .label = visit_tr(visit, _("Compare with version")),
                           .hint = visit_tr(visit, _("0 is the settings file.")),
                           .inputmode = "numeric",
                           .autocomplete = "off"};
    bool sound = !asked.n || (str_to_int(asked, &version->with) && version->with >= 0);
    if (sound && !version_text(visit, version->with, &version->other, err))
        return false;
    if (!sound || !version->other.n) {
        with->error = visit_tr(visit, _("There is no version of this number."));
        visit->response->status = 400;
    }
    with->value = asked.n ? asked : arena_printf(visit->arena, "%" PRId64, version->with);
    return true;
}

static struct str tell_title(struct visit *visit, const struct version *version)
{
    struct str number = arena_printf(visit->arena, "%" PRId64, version->number);
    return tr_fill(visit->arena, visit->view.lang, _("Version {1} of the configuration"), &number, 1);
}

static bool show_version(struct visit *visit, struct version *version, struct str misfit, struct err *err)
{
    struct config_draft draft;
    struct version_view view = {.title = tell_title(visit, version),
                                .path = version_url(visit, version->number),
                                .note = version->note,
                                .misfit = misfit};
    struct str parts[2] = {version->who, fmt_instant(visit->arena, visit->view.lang, version->at)};
    if (!config_draft_load(visit, &draft, err) || !choose_other(visit, version, &view.with, err))
        return false;
    view.compared = tr_fill(visit->arena, visit->view.lang, _("Published by {1} {2}."), parts, 2);
    view.current = version->number == draft.newest;
    view.mark = arena_printf(visit->arena, "%" PRId64, draft.newest);
    if (!view.with.error.n)
        differences_told(visit, version->other, version->text, &view.table);
    page_begin(visit, view.title);
    config_version_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool config_version_page(struct visit *visit, struct err *err)
{
    struct version version;
    return read_version(visit, &version, err) && show_version(visit, &version, STR_NONE, err);
}

static bool refuse_restore(struct visit *visit, struct version *version, int status, const struct msgid *msgid,
                           struct err *err)
{
    visit->response->status = status;
    return show_version(visit, version, visit_tr(visit, msgid), err);
}

/* Going back publishes a new version with the old settings. Nothing is removed from the history. */
bool config_version_restore(struct visit *visit, struct err *err)
{
    struct version version;
    struct config_draft draft;
    struct config made;
    struct err misfit = {.kind = ERR_NONE};
    int64_t seen = -1;
    if (!read_version(visit, &version, err) || !config_draft_load(visit, &draft, err))
        return false;
    if (!config_with(visit->arena, visit->config, version.text, false, &made, NULL, &misfit))
        return refuse_restore(visit, &version, 400, _("This version does not fit the program any more."), err);
    if (!str_to_int(http_param(&visit->request->form, "newest"), &seen) || seen != draft.newest)
        return refuse_restore(visit, &version, 409,
                              _("Another version was published after this page was opened. Look at it first."), err);
    struct str number = arena_printf(visit->arena, "%" PRId64, version.number);
    struct str note = tr_fill(visit->arena, visit->view.lang, _("Back to version {1}"), &number, 1);
    if (!publish_version(visit, draft.newest, config_text(visit->arena, &made), draft.published, note, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        return refuse_restore(visit, &version, 409,
                              _("Another version was published after this page was opened. Look at it first."), err);
    }
    page_notice_next(visit, _("Published. It counts from now on."));
    return visit_redirect(visit, STR("/staff/configuration/history"));
}
