/* /staff/imports: uploading files, and the list of earlier imports. */
#include "bulk/imports/imports.html.h"
#include "bulk/imports/pages.h"
#include "bulk/imports/views.h"

#include <inttypes.h>

#define PAGE_SIZE 50

struct str run_path(struct arena *arena, int64_t id)
{
    return arena_printf(arena, "/staff/imports/%" PRId64, id);
}

static const struct {
    const char *state;
    const struct msgid *label;
    const char *tone;
} STATES[] = {
    {"uploaded", _("Waits to be checked"), "0"},
    {"choosing", _("Asks what the files are"), "1"},
    {"checking", _("Is being checked"), "1"},
    {"checked", _("Checked"), "1"},
    {"refused", _("Refused"), "rejected"},
    {"queued", _("Waits to be run"), "1"},
    {"running", _("Is running"), "1"},
    {"done", _("Imported"), "2"},
    {"undo", _("Waits to be undone"), "1"},
    {"undoing", _("Is being undone"), "1"},
    {"undone", _("Undone"), "0"},
    {"failed", _("Failed"), "rejected"},
    {"discarded", _("Discarded"), "0"},
};
#define STATE_COUNT (sizeof STATES / sizeof *STATES)

static size_t imports_list_state_of(const struct run *run)
{
    size_t at = 0;
    while (at + 1 < STATE_COUNT && !run_is(run, STATES[at].state))
        at++;
    return at;
}

struct str run_state_label(const struct visit *visit, const struct run *run)
{
    return visit_tr(visit, STATES[imports_list_state_of(run)].label);
}

static bool file_names(struct visit *visit, int64_t id, struct str *names, struct err *err)
{
    struct run_file *files;
    size_t count = 0;
    struct buf text;
    if (!run_files_load(visit->db, visit->arena, id, &files, &count, err))
        return false;
    buf_init(&text, visit->arena);
    for (size_t i = 0; i < count; i++) {
        if (i && str_eq(files[i].name, files[i - 1].name))
            continue;
        buf_z(&text, i ? ", " : "");
        buf_str(&text, files[i].name);
    }
    *names = buf_text(&text);
    return true;
}

static bool imports_list_load_rows(struct visit *visit, struct imports_view *view, struct err *err)
{
    enum lang lang = visit->view.lang;
    struct run *runs = ARENA_ARRAY(visit->arena, struct run, PAGE_SIZE + 1);
    struct import_row_view *made = ARENA_ARRAY(visit->arena, struct import_row_view, PAGE_SIZE);
    int64_t before = 0;
    size_t count = 0;
    struct str from = http_param(&visit->request->query, "before");
    if (from.n && !str_to_int(from, &before))
        return err_set(err, ERR_INVALID, NULL, "no id of an import");
    if (!runs_load(visit->db, visit->arena, before, PAGE_SIZE + 1, runs, &count, err))
        return false;
    for (; view->row_count < count && view->row_count < PAGE_SIZE; view->row_count++) {
        const struct run *run = &runs[view->row_count];
        struct import_row_view *row = &made[view->row_count];
        *row = (struct import_row_view){.number = fmt_int(visit->arena, lang, run->id),
                                        .url = run_path(visit->arena, run->id),
                                        .created = fmt_instant(visit->arena, lang, run->created),
                                        .who = run->who,
                                        .added = fmt_int(visit->arena, lang, run->added),
                                        .changed = fmt_int(visit->arena, lang, run->changed),
                                        .state = run_state_label(visit, run),
                                        .tone = STATES[imports_list_state_of(run)].tone};
        if (!file_names(visit, run->id, &row->files, err))
            return false;
    }
    view->rows = made;
    if (count > PAGE_SIZE)
        view->next_url = arena_printf(visit->arena, "/staff/imports?before=%" PRId64, runs[PAGE_SIZE - 1].id);
    if (before)
        view->first_url = STR("/staff/imports");
    return true;
}

bool imports_page_refused(struct visit *visit, struct str refusal, struct err *err)
{
    enum lang lang = visit->view.lang;
    struct str size = fmt_size(visit->arena, lang, visit->config->import_bytes);
    struct str most = fmt_int(visit->arena, lang, IMPORT_FILES_MAX);
    struct imports_view view = {.max_bytes = visit->config->import_bytes};
    view.files = (struct field){
        .name = STR("files"),
        .label = visit_tr(visit, _("Files")),
        .hint = tr_fill(visit->arena, lang,
                        _("CSV, such as customers.csv and objects.csv, or workbooks (XLSX) with a sheet for each: at "
                          "most {1} files of {2} each."),
                        (struct str[]){most, size}, 2),
        .error = refusal,
        .accept = ".csv,text/csv,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    view.kept = tr_n(visit->arena, lang, _("Files that are not imported are removed after {n} day."),
                     _("Files that are not imported are removed after {n} days."), UPLOAD_DAYS);
    if (!imports_list_load_rows(visit, &view, err))
        return false;
    page_begin(visit, visit_tr(visit, _("Import")));
    imports_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool imports_page(struct visit *visit, struct err *err)
{
    return imports_page_refused(visit, STR_NONE, err);
}
