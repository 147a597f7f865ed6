/* /staff/files: the files of everybody. */
#include "staff/files/files.html.h"
#include "staff/files/internal.h"
#include "staff/files/lists.h"

#include <inttypes.h>

#define PAGE_SIZE 50

static void read_after(struct str text, struct file_question *question)
{
    struct str created, rest = text;
    if (!str_cut(&rest, '.', &created) || !str_to_int(created, &question->after_created) ||
        !str_to_int(rest, &question->after_id))
        question->after_id = question->after_created = 0;
}

struct file_question file_question_read(const struct visit *visit)
{
    const struct http_params *query = &visit->request->query;
    struct file_question question = {.q = str_trim(http_param(query, "q")),
                                     .kind = http_param(query, "kind"),
                                     .number = str_trim(http_param(query, "number")),
                                     .category = http_param(query, "category"),
                                     .visible = http_param(query, "visible")};
    read_after(http_param(query, "after"), &question);
    return question;
}

static void add_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_printf(out, "%s=", name);
    buf_url_part(out, value);
}

struct str file_question_url(struct visit *visit, struct str path, const struct file_question *question,
                             const struct kept_file *last)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_str(&out, path);
    add_param(&out, "q", question->q);
    add_param(&out, "kind", question->kind);
    add_param(&out, "number", question->number);
    add_param(&out, "category", question->category);
    add_param(&out, "visible", question->visible);
    if (last)
        add_param(&out, "after", arena_printf(visit->arena, "%" PRId64 ".%" PRId64, last->created, last->id));
    return buf_text(&out);
}

bool file_table_load(struct visit *visit, struct str path, const struct file_question *question,
                     struct file_table_view *table, struct err *err)
{
    struct kept_file *files;
    if (!kept_files_load(visit, question, PAGE_SIZE, &files, &table->count, err))
        return false;
    if (table->count > PAGE_SIZE) {
        table->count = PAGE_SIZE;
        table->next_url = file_question_url(visit, path, question, &files[PAGE_SIZE - 1]);
    }
    if (question->after_id)
        table->first_url = file_question_url(visit, path, question, NULL);
    struct kept_file_view *rows = ARENA_ARRAY(visit->arena, struct kept_file_view, table->count);
    for (size_t i = 0; i < table->count; i++)
        rows[i] = kept_file_view(visit, &files[i]);
    table->rows = rows;
    return true;
}

static void fill_kind(struct visit *visit, struct str chosen, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, HOLDER_KINDS);
    for (int i = 0; i < HOLDER_KINDS; i++)
        options[i] = (struct option){str_of(holder_codes[i]), visit_tr(visit, holder_labels[i]),
                                     str_eqz(chosen, holder_codes[i])};
    *field = (struct field){.name = STR("kind"),
                            .label = visit_tr(visit, _("Belongs to")),
                            .options = options,
                            .option_count = HOLDER_KINDS,
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
    struct file_question question = file_question_read(visit);
    struct file_list_view view = {
        .q = question.q,
        .number = question.number,
        .csv_url = file_question_url(visit, STR("/staff/files.csv"), &question, NULL),
        .xlsx_url = file_question_url(visit, STR("/staff/files.xlsx"), &question, NULL),
    };
    struct str asked = file_question_url(visit, STR("/staff/files"), &question, NULL);
    staff_list_keep(visit, "files", asked);
    if (str_find_char(asked, '?') >= 0)
        view.clear_url = STR("/staff/files?" STAFF_LIST_KEEP "=1");
    fill_kind(visit, question.kind, &view.kind);
    fill_visible(visit, question.visible, &view.visible);
    if (!category_field(visit, question.category, &view.category, err) ||
        !file_table_load(visit, STR("/staff/files"), &question, &view.table, err))
        return false;
    view.category.empty_label = visit_tr(visit, _("All"));
    page_begin(visit, visit_tr(visit, _("Files")));
    staff_file_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
