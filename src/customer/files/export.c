#include "base/clock.h"
#include "customer/files/list.h"
#include "service/sheet.h"

struct export
{
    struct visit *visit;
    struct arena *scratch; /* for one row */
    struct sheet *sheet;
    enum sheet_kind kind;
};

static const char *const CSV_HEADS[] = {"name",       "category", "category_name", "owner", "owner_number",
                                        "owner_name", "place",    "size",          "type",  "created"};
static const struct msgid *const XLSX_HEADS[] = {_("Name"),         _("Category"), _("Belongs to"),
                                                 _("Number"),       _("Owner"),    _("Place"),
                                                 _("Size (bytes)"), _("Type"),     _("Added")};

static bool files_export_write_head(const struct export *export, struct err *err)
{
    struct str heads[sizeof CSV_HEADS / sizeof *CSV_HEADS];
    size_t count = 0;
    if (export->kind == SHEET_CSV) {
        for (; count < sizeof CSV_HEADS / sizeof *CSV_HEADS; count++)
            heads[count] = str_of(CSV_HEADS[count]);
    } else {
        for (; count < sizeof XLSX_HEADS / sizeof *XLSX_HEADS; count++)
            heads[count] = visit_tr(export->visit, XLSX_HEADS[count]);
    }
    return sheet_head(export->sheet, heads, count, err);
}

static struct sheet_cell files_export_text_cell(struct str code, struct str text)
{
    return (struct sheet_cell){.kind = SHEET_TEXT, .code = code, .text = text, .empty = text.n == 0};
}

static struct sheet_cell size_cell(struct arena *arena, int64_t size)
{
    return (struct sheet_cell){
        .kind = SHEET_DECIMAL, .code = arena_printf(arena, "%lld", (long long)size), .value = size * 1000000};
}

/* A category is exported as its key, with the label of the page beside it. */
static bool files_export_write_row(void *context, const struct file_row *row, struct err *err)
{
    const struct export *export = context;
    const struct visit *visit = export->visit;
    struct sheet_cell cells[10];
    arena_reset(export->scratch);
    size_t n = 0;
    cells[n++] = files_export_text_cell(row->name, row->name);
    cells[n++] = files_export_text_cell(row->category, row->category_label);
    if (export->kind == SHEET_CSV)
        cells[n++] = files_export_text_cell(row->category_label, row->category_label);
    cells[n++] =
        files_export_text_cell(str_of(file_owner_codes[row->owner]), visit_tr(visit, file_owner_labels[row->owner]));
    cells[n++] = files_export_text_cell(row->owner_number, row->owner_number);
    cells[n++] = files_export_text_cell(row->owner_name, row->owner_name);
    cells[n++] = files_export_text_cell(row->place, row->place);
    cells[n++] = size_cell(export->scratch, row->size);
    cells[n++] = files_export_text_cell(row->media_type, file_type_label(visit, row->media_type));
    cells[n++] = (struct sheet_cell){
        .kind = SHEET_INSTANT, .code = instant_format_utc(export->scratch, row->created), .value = row->created};
    return sheet_row(export->sheet, cells, n, err);
}

static bool files_export_write_sheet(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct file_criteria criteria;
    struct export export = {.visit = visit, .kind = kind};
    if (!file_criteria_read(visit->arena, &visit->request->query, &criteria))
        return err_set(err, ERR_INVALID,
                       _("Something in the search must be mended. Open the list of files to see what."),
                       "bad criteria in an export");
    export.sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Files")), err);
    export.scratch = arena_create();
    bool ok = export.sheet && files_export_write_head(&export, err) &&
              files_each(visit, &criteria, files_export_write_row, &export, err) &&
              sheet_finish(export.sheet, &visit->response->fd, &visit->response->fd_size, err);
    arena_destroy(export.scratch);
    if (!ok)
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "files.csv" : "files.xlsx");
    return true;
}

bool files_csv(struct visit *visit, struct err *err)
{
    return files_export_write_sheet(visit, SHEET_CSV, err);
}

bool files_xlsx(struct visit *visit, struct err *err)
{
    return files_export_write_sheet(visit, SHEET_XLSX, err);
}
