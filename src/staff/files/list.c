/* /staff/files: the files of all owners. */
#include "lists/list.h"
#include "parts/file_list/file_list.h"
#include "staff/files/files.html.h"
#include "staff/files/internal.h"

static void staff_file_owner_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    const struct file_owner owner = file_owner_of_row(row);
    staff_file_owner_cell_html(out, v, &owner);
}

static void staff_file_visible_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    staff_file_visible_cell_html(out, v, row->label, list_row_int(row, 0) != 0);
}

static void staff_file_change_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    const struct file file = {.id = list_row_int(row, 0), .name = list_row_text(row, 1)};
    staff_file_change_cell_html(out, v, &file);
}

static const struct list_column COLUMNS[] = {
    FILE_NAME_COLUMNS,
    {LIST_COLUMN("owner", _("Belongs to"), OWN, FILE_OWNER_KIND ", " FILE_OWNER_NUMBER ", " FILE_OWNER_NAME),
     .flags = LIST_NO_FILE, .value_count = 3, .own = staff_file_owner_write},
    {.name = "category", .label = _("Category"), LIST_PICKLIST("cat")},
    {LIST_COLUMN("customer", _("Customer"), TEXT, "cu.number"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("object", _("Object"), TEXT, "o.number"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("case", _("Case"), TEXT, "c.number"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("visible", _("Portal"), OWN, "f.visible"), .flags = LIST_NO_FILE, .value_count = 1,
     .own = staff_file_visible_write},
    {LIST_COLUMN("visible", _("Visible in the portal"), YES_NO, "f.visible"), .flags = LIST_NO_PAGE},
    FILE_FACT_COLUMNS(LIST_HIDDEN),
    {LIST_COLUMN("change", _("Change"), OWN, "f.id, f.name"), .flags = LIST_NO_FILE, .value_count = 2,
     .own = staff_file_change_write, .own_head = staff_file_change_head_html},
};

static const struct code VISIBLE_CODES[] = {{"yes", _("Visible in the portal")},
                                            {"no", _("Not visible in the portal")}};
static const struct code_list VISIBLE = {VISIBLE_CODES, COUNT_OF(VISIBLE_CODES)};
static const char *const VISIBLE_LITERALS[] = {" AND f.visible = 1", " AND f.visible = 0"};

static void staff_file_number_add(struct sql *sql, const struct list_query *query, struct str number)
{
    (void)query;
    sql_put(sql,
            " AND (f.customer_id = (SELECT id FROM customer WHERE number = ?) OR f.object_id = (SELECT id"
            " FROM object WHERE number = ?) OR f.case_id = (SELECT id FROM cases WHERE number = ?))",
            DB_TEXT(number), DB_TEXT(number), DB_TEXT(number));
}

static const struct list_criterion CRITERIA[] = {
    {LIST_CRITERION("q", _("Part of the name"), BY_WORDS, "f.id"), .index = SEARCH_FILES},
    {.name = "kind",
     .label = _("Belongs to"),
     .kind = LIST_BY_CODE,
     .codes = &file_owner_kinds,
     .code_literals = file_owner_literals},
    {.name = "number", .label = _("Its number"), .kind = LIST_BY_NUMBER, .add = staff_file_number_add},
    {LIST_CRITERION("category", _("Category"), BY_CHOICE,
                    " AND f.category_id = (SELECT id FROM picklist_item WHERE list = 'file_category' AND key = ?)"),
     .fill = file_category_fill},
    {.name = "visible",
     .label = _("Portal"),
     .kind = LIST_BY_CODE,
     .codes = &VISIBLE,
     .code_literals = VISIBLE_LITERALS},
};
static const struct list_order ORDERS[] = {
    {.name = "created",
     .down_first = true,
     .keys = {{"f.created", LIST_KEY_NUMBER, LIST_KEY_ALONG}, {"f.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "name",
     .keys = {{"f.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, {"f.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
};

static bool staff_files_intro_write(struct list_query *query, struct err *err)
{
    (void)err;
    staff_files_intro_html(&query->visit->response->body, &query->visit->view);
    return true;
}

const struct list staff_files_list = {
    .name = "files",
    .path = "/staff/files",
    .title = _("Files"),
    .staff = true,
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .page_size = 50,
    .from_literal = FILE_TABLES,
    .before = staff_files_intro_write,
};
