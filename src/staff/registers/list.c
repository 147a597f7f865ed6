/* The list of a register. */
#include "service/sheet.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.html.h"
#include "staff/registers/views.h"

#define PAGE_SIZE 50
#define EXPORT_MAX 1000000

struct question {
    struct str q, after;
    bool inactive;
    const char *of; /* `customer` or `object` when only those of one are asked for, else NULL */
    struct str of_number;
};

/* Objects are asked for by customer, contacts by customer or object. */
static struct question read_question(const struct visit *visit, const struct staff_register *reg)
{
    const struct http_params *query = &visit->request->query;
    struct question question = {.q = str_trim(http_param(query, "q")),
                                .after = http_param(query, "after"),
                                .inactive = http_param(query, "inactive").n > 0};
    bool by_customer = reg == &object_register || reg == &contact_register;
    const char *const names[] = {by_customer ? "customer" : NULL, reg == &contact_register ? "object" : NULL};
    for (size_t i = 0; i < 2 && !question.of; i++) {
        question.of_number = names[i] ? str_trim(http_param(query, names[i])) : STR_NONE;
        if (question.of_number.n)
            question.of = names[i];
    }
    return question;
}

static void add_owner(struct sql *sql, const struct staff_register *reg, const struct question *question)
{
    if (!question->of)
        return;
    if (reg == &object_register)
        sql_put(sql, " AND t.customer_id = (SELECT id FROM customer WHERE number = ");
    else if (str_eqz(str_of(question->of), "customer"))
        sql_put(sql, " AND t.id IN (SELECT x.contact_id FROM contact_customer x JOIN customer o ON o.id = x.customer_id"
                     " WHERE o.number = ");
    else
        sql_put(sql, " AND t.id IN (SELECT x.contact_id FROM contact_object x JOIN object o ON o.id = x.object_id"
                     " WHERE o.number = ");
    sql_put(sql, "?)", DB_TEXT(question->of_number));
}

static void add_word(struct sql *sql, const struct staff_register *reg, struct str word)
{
    sql_put(sql, " AND lower(({}) COLLATE \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'",
            SQL(reg->search_literal), SQL_CONTAINING(word));
}

static void add_rows(struct sql *sql, struct visit *visit, const struct staff_register *reg,
                     const struct question *question, int64_t limit)
{
    struct str rest = question->q, word;
    size_t words = 0;
    *sql = sql_start(visit->arena, "{}{}", SQL(reg->select_literal),
                     SQL(question->inactive ? " WHERE 1 = 1" : " WHERE t.active = 1"));
    add_owner(sql, reg, question);
    if (question->after.n)
        sql_put(sql, " AND t.number COLLATE \"sv-natural\" > ?", DB_TEXT(question->after));
    while (sql_word(&rest, &words, &word))
        add_word(sql, reg, word);
    sql_put(sql, " ORDER BY t.number COLLATE \"sv-natural\" LIMIT ?", DB_INT(limit));
}

static struct str address(struct visit *visit, const struct staff_register *reg, const struct question *question,
                          const char *ending, struct str after)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_printf(&url, "/staff/%s%s?q=", reg->path, ending);
    buf_url_part(&url, question->q);
    buf_z(&url, question->inactive ? "&inactive=yes" : "");
    if (question->of) {
        buf_printf(&url, "&%s=", question->of);
        buf_url_part(&url, question->of_number);
    }
    if (after.n) {
        buf_z(&url, "&after=");
        buf_url_part(&url, after);
    }
    return buf_text(&url);
}

struct shown {
    const struct register_field *fields[FIELDS_MAX];
    size_t count;
};

static struct str stored(struct visit *visit, const struct staff_register *reg, const struct register_field *field,
                         const struct db_rows *rows)
{
    return db_text_copy(rows, (int)(field - reg->fields) + 1, visit->arena);
}

static struct register_line_view read_line(struct visit *visit, const struct staff_register *reg,
                                           const struct shown *shown, const struct db_rows *rows)
{
    struct register_cell_view *cells = ARENA_ARRAY(visit->arena, struct register_cell_view, shown->count);
    struct register_line_view line = {.cells = cells, .cell_count = shown->count};
    for (size_t i = 0; i < shown->count; i++) {
        const struct register_field *field = shown->fields[i];
        struct str value = register_value(visit->arena, field, stored(visit, reg, field, rows));
        cells[i] = (struct register_cell_view){.label = visit_tr(visit, field->label),
                                               .text = register_text(visit, field, value)};
        if (field->kind == REGISTER_KEY)
            cells[i].href = register_path(visit->arena, reg, value, "");
    }
    for (size_t i = 0; i < reg->field_count; i++) {
        if (reg->fields[i].kind == REGISTER_ACTIVE)
            line.inactive = !stored(visit, reg, &reg->fields[i], rows).n;
    }
    return line;
}

static bool load_page(struct visit *visit, const struct staff_register *reg, const struct question *question,
                      const struct shown *shown, struct register_list_view *view, struct err *err)
{
    struct register_line_view *made = ARENA_ARRAY(visit->arena, struct register_line_view, PAGE_SIZE);
    struct str last = STR_NONE;
    struct sql sql;
    add_rows(&sql, visit, reg, question, PAGE_SIZE + 1);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        if (view->row_count == PAGE_SIZE) {
            view->next_url = address(visit, reg, question, "", last);
            continue;
        }
        made[view->row_count++] = read_line(visit, reg, shown, rows);
        last = db_text_copy(rows, 1, visit->arena);
    }
    view->rows = made;
    return db_done(rows, err);
}

static void fill_heads(struct visit *visit, const struct shown *shown, struct register_list_view *view)
{
    struct str *heads = ARENA_ARRAY(visit->arena, struct str, shown->count);
    for (size_t i = 0; i < shown->count; i++)
        heads[i] = visit_tr(visit, shown->fields[i]->label);
    view->heads = heads;
    view->head_count = shown->count;
}

static void fill_owner(struct visit *visit, const struct question *question, struct register_list_view *view)
{
    bool customer = str_eqz(str_of(question->of), "customer");
    view->of = str_of(question->of);
    view->of_number = question->of_number;
    view->of_text =
        tr_fill(visit->arena, visit->view.lang,
                customer ? _("Only those of customer {1}.") : _("Only those of object {1}."), &question->of_number, 1);
}

/* The form, and what is remembered of it. */
static void fill_search(struct visit *visit, const struct staff_register *reg, const struct question *question,
                        struct register_list_view *view)
{
    bool narrowed = question->q.n || question->inactive || question->of;
    view->q = question->q;
    view->inactive = question->inactive;
    if (question->of)
        fill_owner(visit, question, view);
    if (narrowed)
        view->clear_url = arena_printf(visit->arena, "%.*s?" STAFF_LIST_KEEP "=1", STR_FMT(view->path));
    if (question->after.n)
        view->first_url = address(visit, reg, question, "", STR_NONE);
    staff_list_keep(visit, reg->path, narrowed ? address(visit, reg, question, "", STR_NONE) : STR_NONE);
}

bool register_list(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct question question = read_question(visit, reg);
    struct shown shown;
    bool resumed;
    if (!staff_list_resume(visit, reg->path, &resumed, err) || resumed)
        return resumed;
    struct register_list_view view = {
        .title = visit_tr(visit, reg->title),
        .path = arena_printf(visit->arena, "/staff/%s", reg->path),
        .new_url = arena_printf(visit->arena, "/staff/%s/new", reg->path),
        .new_label = visit_tr(visit, reg->new_one),
        .csv_url = address(visit, reg, &question, ".csv", STR_NONE),
        .xlsx_url = address(visit, reg, &question, ".xlsx", STR_NONE),
        .columns_url = arena_printf(visit->arena, "/staff/lists/%s", reg->path),
    };
    shown.count = register_columns(visit, reg, shown.fields);
    fill_heads(visit, &shown, &view);
    fill_search(visit, reg, &question, &view);
    if (reg == &object_register)
        view.tree_url = object_tree_path(visit->arena, STR_NONE);
    if (!load_page(visit, reg, &question, &shown, &view, err))
        return false;
    page_begin(visit, view.title);
    register_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- to take away ------------------------------------------------------------------------------------------------------------------------- */

/* The file of import that has the same rows calls it `status` and `active` or `inactive`; there is none of articles. */
static bool has_status(const struct staff_register *reg)
{
    return reg != &article_register;
}

static struct sheet_cell active_cell(struct visit *visit, const struct staff_register *reg, bool active)
{
    struct str status = active ? STR("active") : STR("inactive"), yes = active ? STR("yes") : STR("no");
    return (struct sheet_cell){.kind = SHEET_TEXT,
                               .code = has_status(reg) ? status : yes,
                               .text = visit_tr(visit, active ? _("Yes") : _("No"))};
}

static struct str head_of(struct visit *visit, const struct staff_register *reg, const struct register_field *field,
                          bool csv)
{
    if (!csv)
        return visit_tr(visit, field->label);
    return field->kind == REGISTER_ACTIVE && has_status(reg) ? STR("status") : str_of(field->name);
}

static bool write_rows(struct visit *visit, const struct staff_register *reg, struct sheet *sheet, size_t count,
                       struct err *err)
{
    struct question question = read_question(visit, reg);
    struct sql sql;
    bool ok = true;
    question.after = STR_NONE;
    add_rows(&sql, visit, reg, &question, EXPORT_MAX);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (ok && rows && db_next(rows)) {
        struct sheet_cell cells[FIELDS_MAX] = {{.kind = SHEET_TEXT}};
        size_t at = 0;
        for (size_t i = 0; i < reg->field_count; i++) {
            struct str value = register_in_rows(&reg->fields[i])
                                   ? register_value(visit->arena, &reg->fields[i], db_text(rows, (int)i + 1))
                                   : STR_NONE;
            if (reg->fields[i].kind == REGISTER_ACTIVE)
                cells[at++] = active_cell(visit, reg, value.n > 0);
            else if (register_in_rows(&reg->fields[i]))
                cells[at++] = (struct sheet_cell){.kind = SHEET_TEXT, .code = value, .text = value};
        }
        ok = sheet_row(sheet, cells, count, err);
    }
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

bool register_export(struct visit *visit, const struct staff_register *reg, bool csv, struct err *err)
{
    enum sheet_kind kind = csv ? SHEET_CSV : SHEET_XLSX;
    struct str heads[FIELDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < reg->field_count; i++) {
        if (register_in_rows(&reg->fields[i]))
            heads[count++] = head_of(visit, reg, &reg->fields[i], csv);
    }
    struct sheet *sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, reg->title), err);
    if (!sheet || !sheet_head(sheet, heads, count, err) || !write_rows(visit, reg, sheet, count, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind],
                   arena_printf(visit->arena, "%s.%s", reg->path, csv ? "csv" : "xlsx").p);
    return true;
}
