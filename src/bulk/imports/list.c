/* /staff/imports: uploading files, and the list of earlier imports. */
#include "lists/list.h"
#include "bulk/imports/imports.html.h"
#include "bulk/imports/pages.h"
#include "bulk/imports/views.h"

#include <inttypes.h>

struct str run_path(struct arena *arena, int64_t id)
{
    return arena_printf(arena, "/staff/imports/%" PRId64, id);
}

static const struct code STATE_CODES[] = {
    {"uploaded", _("Waits to be checked")},
    {"choosing", _("Asks what the files are")},
    {"checking", _("Is being checked")},
    {"checked", _("Checked")},
    {"refused", _("Refused")},
    {"queued", _("Waits to be run")},
    {"running", _("Is running")},
    {"done", _("Imported")},
    {"undo", _("Waits to be undone")},
    {"undoing", _("Is being undone")},
    {"undone", _("Undone")},
    {"failed", _("Failed")},
    {"discarded", _("Discarded")},
};
const struct code_list run_states = {STATE_CODES, COUNT_OF(STATE_CODES)};
static const char *const STATE_TONES[COUNT_OF(STATE_CODES)] = {"0", "1", "1", "1", "rejected", "1", "1",
                                                               "2", "1", "1", "0", "rejected", "0"};

/* The names of a run's files in their order; the sheets of a workbook have its name and stand beside each other. */
#define RUN_FILE_NAMES                                                                                                 \
    "(WITH RECURSIVE told (position, name, names) AS (SELECT f.position, f.name, f.name FROM import_file f"            \
    " WHERE f.run_id = t.id AND f.position = (SELECT MIN(first.position) FROM import_file first"                       \
    " WHERE first.run_id = t.id) UNION ALL SELECT f.position, f.name, CASE WHEN f.name = told.name THEN told.names"    \
    " ELSE told.names || ', ' || f.name END FROM told JOIN import_file f ON f.run_id = t.id AND f.position ="          \
    " (SELECT MIN(later.position) FROM import_file later WHERE later.run_id = t.id"                                    \
    " AND later.position > told.position)) SELECT told.names FROM told WHERE told.position ="                          \
    " (SELECT MAX(last.position) FROM import_file last WHERE last.run_id = t.id))"

static const struct list_column COLUMNS[] = {
    {.name = "number", .label = _("Import"), .kind = LIST_LINK, .literal = "CAST(t.id AS TEXT)"},
    {.name = "created", .label = _("Sent"), .kind = LIST_INSTANT, .literal = "t.created"},
    {.name = "who", .label = _("By"), .literal = "t.who"},
    {.name = "files", .label = _("Files"), .literal = RUN_FILE_NAMES},
    {.name = "added",
     .label = _("New"),
     .kind = LIST_COUNT,
     .literal = "(SELECT CAST(COALESCE(SUM(f.added), 0) AS BIGINT) FROM import_file f WHERE f.run_id = t.id)"},
    {.name = "changed",
     .label = _("Changed"),
     .kind = LIST_COUNT,
     .literal = "(SELECT CAST(COALESCE(SUM(f.changed), 0) AS BIGINT) FROM import_file f WHERE f.run_id = t.id)"},
    {.name = "state",
     .label = _("Status"),
     .kind = LIST_STATUS,
     .codes = &run_states,
     .tones = STATE_TONES,
     .literal = "t.state"},
};
static const struct list_order ORDERS[] = {
    {.name = "number", .down_first = true, .keys = {{"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
};

/* Writes the form that uploads files. The context is the text that says why the files were refused, or NULL. */
static bool imports_upload_write(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    const struct str *refusal = query->context;
    enum lang lang = visit->view.lang;
    struct str limits[2] = {fmt_int(visit->arena, lang, IMPORT_FILES_MAX),
                            fmt_size(visit->arena, lang, visit->config->import_bytes)};
    const struct field files = {
        .name = STR("files"),
        .label = visit_tr(visit, _("Files")),
        .hint = tr_fill(visit->arena, lang,
                        _("CSV, such as customers.csv and objects.csv, or workbooks (XLSX) with a sheet for each: at "
                          "most {1} files of {2} each."),
                        limits, 2),
        .error = refusal ? *refusal : STR_NONE,
        .accept = ".csv,text/csv,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    (void)err;
    imports_upload_html(&visit->response->body, &visit->view, &files, visit->config->import_bytes, UPLOAD_DAYS);
    return true;
}

const struct list imports_list = {
    .name = "imports",
    .path = "/staff/imports",
    .title = _("Import"),
    .rows_title = _("Earlier imports"),
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .page_size = 50,
    .no_files = true,
    .from_literal = "import_run t",
    .none_title = _("Nothing has been imported here yet."),
    .none_text = _("What is imported on the command line is not shown here."),
    .before = imports_upload_write,
};

bool imports_page(struct visit *visit, struct err *err)
{
    return list_page(visit, &imports_list, err);
}

bool imports_page_refused(struct visit *visit, struct str refusal, struct err *err)
{
    return list_show(visit, &imports_list, &refusal, err);
}
