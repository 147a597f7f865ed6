/* /staff/files.csv and .xlsx: the files that the list found, with the columns of files.csv. */
#include "base/clock.h"
#include "base/decimal.h"
#include "service/sheet.h"
#include "staff/files/internal.h"
#include "staff/files/lists.h"

/* The columns: code names for programs, labels for people. */
static const struct {
    const char *code;
    const struct msgid *label;
} COLUMNS[] = {
    {"name", _("Name")},         {"category", _("Category")}, {"customer", _("Customer")},
    {"object", _("Object")},     {"case", _("Case")},         {"visible", _("Visible in the portal")},
    {"size", _("Size (bytes)")}, {"type", _("Type")},         {"created", _("Added")},
};
#define COLUMN_COUNT (sizeof COLUMNS / sizeof *COLUMNS)

struct export
{
    struct visit *visit;
    struct sheet *sheet;
};

static bool staff_files_export_write_head(const struct export *export, enum sheet_kind kind, struct err *err)
{
    struct str heads[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        heads[i] = kind == SHEET_CSV ? str_of(COLUMNS[i].code) : visit_tr(export->visit, COLUMNS[i].label);
    return sheet_head(export->sheet, heads, COLUMN_COUNT, err);
}

static struct sheet_cell staff_files_export_text_cell(struct str code, struct str text)
{
    return (struct sheet_cell){.kind = SHEET_TEXT, .code = code, .text = text, .empty = !text.n};
}

static struct sheet_cell owner_cell(const struct file *file, enum file_owner_kind kind)
{
    struct str number = file->owner.kind == kind ? file->owner.number : STR_NONE;
    return staff_files_export_text_cell(number, number);
}

static bool staff_files_export_write_row(void *context, struct arena *arena, const struct file *file, struct err *err)
{
    const struct export *export = context;
    const struct sheet_cell cells[COLUMN_COUNT] = {
        staff_files_export_text_cell(file->name, file->name),
        staff_files_export_text_cell(file->category, file->category_label),
        owner_cell(file, OWNER_CUSTOMER),
        owner_cell(file, OWNER_OBJECT),
        owner_cell(file, OWNER_CASE),
        file->visible ? staff_files_export_text_cell(STR("yes"), visit_tr(export->visit, _("Yes")))
                      : staff_files_export_text_cell(STR("no"), visit_tr(export->visit, _("No"))),
        {.kind = SHEET_DECIMAL,
         .code = arena_printf(arena, "%lld", (long long)file->size),
         .value = file->size * DECIMAL_ONE},
        staff_files_export_text_cell(file->media_type, file->media_type),
        {.kind = SHEET_INSTANT, .code = instant_format_utc(arena, file->created), .value = file->created},
    };
    return sheet_row(export->sheet, cells, COLUMN_COUNT, err);
}

static bool staff_files_export_write_sheet(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    struct staff_file_criteria criteria = staff_file_criteria_read(visit);
    struct export export = {.visit = visit};
    criteria.after_id = criteria.after_created = 0;
    export.sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Files")), err);
    if (!export.sheet || !staff_files_export_write_head(&export, kind, err) ||
        !staff_files_each(visit, &criteria, staff_files_export_write_row, &export, err) ||
        !sheet_finish(export.sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "files.csv" : "files.xlsx");
    return true;
}

bool staff_files_csv(struct visit *visit, struct err *err)
{
    return staff_files_export_write_sheet(visit, SHEET_CSV, err);
}

bool staff_files_xlsx(struct visit *visit, struct err *err)
{
    return staff_files_export_write_sheet(visit, SHEET_XLSX, err);
}
