/* /files: the files that the contact may see. */
#include "access/visibility.h"
#include "customer/files/files.html.h"
#include "customer/files/internal.h"
#include "model/choice_criterion.h"
#include "parts/file_list/file_list.h"

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void file_choice_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    struct str key = list_row_text(row, 0), chosen = STR_NONE;
    size_t at = 0;
    while (!str_eq(chosen, key) && http_param_next(&row->visit->request->query, "id", &at, &chosen))
        ;
    file_choice_cell_html(out, v, key, list_row_text(row, 1), list_row_text(row, 2), str_eq(chosen, key));
}

static void file_owner_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    const struct file_owner owner = file_owner_of_row(row);
    file_owner_cell_html(out, v, &owner, list_row_text(row, 3));
}

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("choice", _("Choose"), OWN, "f.key, f.name, f.size"), .flags = LIST_NO_FILE, .value_count = 3,
     .own = file_choice_write, .own_head = file_choice_head_html},
    FILE_NAME_COLUMNS,
    {.name = "category", .label = _("Category"), .flags = LIST_WITH_NAME, LIST_PICKLIST("cat")},
    {LIST_COLUMN("owner", _("Belongs to"), OWN,
                 FILE_OWNER_KIND ", " FILE_OWNER_NUMBER ", " FILE_OWNER_NAME ", place.path"),
     .flags = LIST_NO_FILE, .value_count = 4, .own = file_owner_write},
    {LIST_COLUMN("owner", _("Belongs to"), STATE, FILE_OWNER_KIND), .flags = LIST_NO_PAGE, .codes = &file_owner_kinds},
    {LIST_COLUMN("owner_number", _("Number"), TEXT, FILE_OWNER_NUMBER), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("owner_name", _("Owner"), TEXT, FILE_OWNER_NAME), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("place", _("Place"), TEXT, "place.path"), .flags = LIST_NO_PAGE},
    FILE_FACT_COLUMNS(0),
};

/* --- criteria and orders ------------------------------------------------------------------------------------------ */

static const struct list_criterion CRITERIA[] = {
    {LIST_CRITERION("q", _("Search words"), BY_WORDS,
                    "f.name || ' ' || " FILE_OWNER_NUMBER " || ' ' || " FILE_OWNER_NAME),
     .hint = _("In the name of the file, or the name or number of what it belongs to.")},
    {LIST_CRITERION("category", _("Category"), BY_CHOICE, " AND cat.key = ?"), .fill = file_category_fill},
    {.name = "owner",
     .label = _("Belongs to"),
     .kind = LIST_BY_CODE,
     .codes = &file_owner_kinds,
     .code_literals = file_owner_literals},
    {LIST_CRITERION(
         "customer", _("Customer"), BY_CHOICE,
         " AND COALESCE(f.customer_id, o.customer_id, c.customer_id) = (SELECT id FROM customer WHERE number = ?)"),
     .fill = cases_criterion_customer},
    {LIST_CRITERION("object", _("Object"), BY_CHOICE,
                    " AND COALESCE(f.object_id, c.object_id) = (SELECT id FROM object WHERE number = ?)"),
     .fill = cases_criterion_object},
    {LIST_CRITERION("from", _("Added from"), FROM, " AND f.created >= ?")},
    {LIST_CRITERION("to", _("Added to"), TO, " AND f.created < ?")},
};

#define BY_ID                                                                                                          \
    {                                                                                                                  \
        "f.id", LIST_KEY_NUMBER, LIST_KEY_ALONG                                                                        \
    }
#define CATEGORY_SV "COALESCE((SELECT label_sv FROM picklist_item WHERE id = f.category_id), '')" LIST_NATURAL
#define CATEGORY_EN                                                                                                    \
    "COALESCE((SELECT COALESCE(NULLIF(label_en, ''), label_sv) FROM picklist_item WHERE id = f.category_id), "         \
    "'')" LIST_NATURAL

/* Files that were added at once, as an import does, or are alike otherwise, stand by name. */
#define BY_NAME                                                                                                        \
    {                                                                                                                  \
        "f.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_UP                                                              \
    }

static const struct list_order ORDERS[] = {
    {.name = "created", .down_first = true, .keys = {{"f.created", LIST_KEY_NUMBER, LIST_KEY_ALONG}, BY_NAME, BY_ID}},
    {.name = "name", .keys = {{"f.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, BY_ID}},
    {.name = "size", .down_first = true, .keys = {{"f.size", LIST_KEY_NUMBER, LIST_KEY_ALONG}, BY_NAME, BY_ID}},
    {.name = "category",
     .keys = {{CATEGORY_SV, LIST_KEY_TEXT, LIST_KEY_ALONG}, BY_NAME, BY_ID},
     .en_literal = CATEGORY_EN},
};

/* --- around the rows ---------------------------------------------------------------------------------------------- */

static struct str files_summary(struct list_query *query, struct str counted)
{
    const struct visit *visit = query->visit;
    const struct found_files *found = query->kept;
    if (!query->total)
        return counted;
    return arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(counted),
                        STR_FMT(fmt_size(visit->arena, visit->view.lang, found->bytes)));
}

/* Writes the form that downloads the chosen files, and all that match unless they are too many for one archive. */
static bool files_zip_form_write(struct list_query *query, bool begin, struct err *err)
{
    const struct found_files *found = query->kept;
    struct visit *visit = query->visit;
    struct str all = list_address(query, ".zip", STR_NONE, NULL);
    bool fits = found->total <= ARCHIVE_FILES && found->bytes <= ARCHIVE_BYTES;
    (void)err;
    all = arena_printf(visit->arena, "%.*s%call=1", STR_FMT(all), str_find_char(all, '?') < 0 ? '?' : '&');
    struct str refused = http_param(&visit->request->query, "chosen");
    if (begin)
        files_zip_begin_html(&visit->response->body, &visit->view, list_address(query, "", STR_NONE, NULL),
                             str_eqz(refused, "none"), str_eqz(refused, "many"));
    else
        files_zip_end_html(&visit->response->body, &visit->view, fits && found->total > 1 ? all : STR_NONE, fits);
    return true;
}

static bool files_never(const struct visit *visit)
{
    return !visit->actor.contact_id;
}

const struct list customer_files_list = {
    .name = "files",
    .path = "/files",
    .title = _("Files"),
    .one = _("{n} file"),
    .many = _("{n} files"),
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .first_criteria = 2,
    .table_class = "files-table",
    .none_title = _("There are no files yet"),
    .none_text = _("Files of your customers and objects, and those of cases you may follow, are shown here."),
    .match_title = _("No files match your search"),
    .match_text = _("Try fewer or shorter words, another category, or a longer period."),
    .never = files_never,
    .never_title = _("You cannot see any files yet"),
    .never_text = _("Your account is not linked to a contact. As soon as your e-mail address is confirmed and "
                    "registered with us, the files of your customers and objects are shown here."),
    .source = files_source,
    .count = files_count,
    .around = files_zip_form_write,
    .summary = files_summary,
};
