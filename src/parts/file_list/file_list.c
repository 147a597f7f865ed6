#include "parts/file_list/file_list.h"

#include "model/choice_criterion.h"
#include "portal/send_file.h"

#include <inttypes.h>

const char *const file_owner_literals[OWNER_KINDS] = {
    [OWNER_CUSTOMER] = " AND f.customer_id IS NOT NULL",
    [OWNER_OBJECT] = " AND f.object_id IS NOT NULL",
    [OWNER_CASE] = " AND f.case_id IS NOT NULL",
};

struct file_owner file_owner_of_row(const struct list_row *row)
{
    return (struct file_owner){.kind = (enum file_owner_kind)list_row_int(row, 0),
                               .number = list_row_text(row, 1),
                               .name = list_row_text(row, 2)};
}

/* Customers download by the key of a file, which nobody can guess; staff, who may see every file, by its id. */
void file_name_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    struct str key = list_row_text(row, 1), name = list_row_text(row, 2);
    struct buf url;
    buf_init(&url, v->arena);
    if (row->visit->staff.role == STAFF_NOBODY)
        buf_printf(&url, "/files/%.*s/", STR_FMT(key));
    else
        buf_printf(&url, "/staff/files/%" PRId64 "/content/", list_row_int(row, 0));
    buf_url_part(&url, name);
    file_name_cell_html(out, v, row->label, buf_text(&url), name, send_file_shows(list_row_text(row, 3)));
}

struct str file_type_text(const struct list_column *column, const struct list_row *row)
{
    static const struct {
        const char *prefix;
        const struct msgid *label;
    } LABELS[] = {
        {"image/", _("Picture")},
        {"video/", _("Film")},
        {"text/plain", _("Text")},
        {"application/pdf", _("PDF")},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml", _("Word")},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml", _("Excel")},
        {"application/vnd.oasis.opendocument.text", _("Document")},
        {"application/vnd.oasis.opendocument.spreadsheet", _("Spreadsheet")},
    };
    struct str media_type = list_row_text(row, 0);
    (void)column;
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        if (str_starts(media_type, str_of(LABELS[i].prefix)))
            return visit_tr(row->visit, LABELS[i].label);
    }
    return visit_tr(row->visit, _("Other file"));
}

bool file_category_fill(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "file_category", *value, one, err);
}
