/* /staff/files: the files of all owners. */
#include "staff/files/files.html.h"
#include "staff/files/internal.h"
#include "staff/files/lists.h"

#include <inttypes.h>

#define PAGE_SIZE 50

static void files_list_read_after(struct str text, struct staff_file_criteria *criteria)
{
    struct str created, rest = text;
    if (!str_cut(&rest, '.', &created) || !str_to_int(created, &criteria->after_created) ||
        !str_to_int(rest, &criteria->after_id))
        criteria->after_id = criteria->after_created = 0;
}

struct staff_file_criteria staff_file_criteria_read(const struct visit *visit)
{
    const struct http_params *query = &visit->request->query;
    struct staff_file_criteria criteria = {.q = str_trim(http_param(query, "q")),
                                           .kind = http_param(query, "kind"),
                                           .number = str_trim(http_param(query, "number")),
                                           .category = http_param(query, "category"),
                                           .visible = http_param(query, "visible")};
    files_list_read_after(http_param(query, "after"), &criteria);
    return criteria;
}

static void files_list_add_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_printf(out, "%s=", name);
    buf_url_part(out, value);
}

struct str staff_file_criteria_url(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                                   const struct file *last)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_str(&out, path);
    files_list_add_param(&out, "q", criteria->q);
    files_list_add_param(&out, "kind", criteria->kind);
    files_list_add_param(&out, "number", criteria->number);
    files_list_add_param(&out, "category", criteria->category);
    files_list_add_param(&out, "visible", criteria->visible);
    if (last)
        files_list_add_param(&out, "after",
                             arena_printf(visit->arena, "%" PRId64 ".%" PRId64, last->created, last->id));
    return buf_text(&out);
}

bool file_table_load(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                     struct file_table_view *table, struct err *err)
{
    struct file *files;
    if (!staff_files_load(visit, criteria, PAGE_SIZE, &files, &table->count, err))
        return false;
    if (table->count > PAGE_SIZE) {
        table->count = PAGE_SIZE;
        table->next_url = staff_file_criteria_url(visit, path, criteria, &files[PAGE_SIZE - 1]);
    }
    if (criteria->after_id)
        table->first_url = staff_file_criteria_url(visit, path, criteria, NULL);
    struct file_view *rows = ARENA_ARRAY(visit->arena, struct file_view, table->count);
    for (size_t i = 0; i < table->count; i++)
        rows[i] = file_view(visit, &files[i]);
    table->rows = rows;
    return true;
}

static void fill_kind(struct visit *visit, struct str chosen, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, OWNER_KINDS);
    for (int i = 0; i < OWNER_KINDS; i++)
        options[i] = (struct option){str_of(file_owner_codes[i]), visit_tr(visit, file_owner_labels[i]),
                                     str_eqz(chosen, file_owner_codes[i])};
    *field = (struct field){.name = STR("kind"),
                            .label = visit_tr(visit, _("Belongs to")),
                            .options = options,
                            .option_count = OWNER_KINDS,
                            .empty_label = visit_tr(visit, _("All"))};
}

static void fill_visible(struct visit *visit, struct str chosen, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 2);
    options[0] = (struct option){STR("yes"), visit_tr(visit, _("Visible in the portal")), str_eqz(chosen, "yes")};
    options[1] = (struct option){STR("no"), visit_tr(visit, _("Not visible in the portal")), str_eqz(chosen, "no")};
    *field = (struct field){.name = STR("visible"),
                            .label = visit_tr(visit, _("Portal")),
                            .options = options,
                            .option_count = 2,
                            .empty_label = visit_tr(visit, _("All"))};
}

bool staff_files_page(struct visit *visit, struct err *err)
{
    bool resumed;
    if (!staff_list_resume(visit, "files", &resumed, err) || resumed)
        return resumed;
    struct staff_file_criteria criteria = staff_file_criteria_read(visit);
    struct file_list_view view = {
        .q = criteria.q,
        .number = criteria.number,
        .csv_url = staff_file_criteria_url(visit, STR("/staff/files.csv"), &criteria, NULL),
        .xlsx_url = staff_file_criteria_url(visit, STR("/staff/files.xlsx"), &criteria, NULL),
    };
    struct str asked = staff_file_criteria_url(visit, STR("/staff/files"), &criteria, NULL);
    staff_list_keep(visit, "files", asked);
    if (str_find_char(asked, '?') >= 0)
        view.clear_url = STR("/staff/files?" STAFF_LIST_KEEP "=1");
    fill_kind(visit, criteria.kind, &view.kind);
    fill_visible(visit, criteria.visible, &view.visible);
    if (!category_field(visit, criteria.category, &view.category, err) ||
        !file_table_load(visit, STR("/staff/files"), &criteria, &view.table, err))
        return false;
    view.category.empty_label = visit_tr(visit, _("All"));
    page_begin(visit, visit_tr(visit, _("Files")));
    staff_file_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
