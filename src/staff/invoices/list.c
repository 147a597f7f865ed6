/* /staff/invoices: all specifications, the newest first. */
#include "base/decimal.h"
#include "model/specification.h"
#include "service/sheet.h"
#include "staff/invoices/invoices.html.h"
#include "staff/invoices/specification.h"

#include <inttypes.h>

#define PAGE_SIZE 50
#define EXPORT_MAX 1000000
#define COLUMNS 8

struct question {
    struct str q, status;
    int64_t before; /* id; 0: from the newest on */
};

static struct question read_question(const struct visit *visit)
{
    const struct http_params *query = &visit->request->query;
    struct question question = {.q = str_trim(http_param(query, "q")), .status = http_param(query, "status")};
    if (!str_to_int(http_param(query, "before"), &question.before))
        question.before = 0;
    return question;
}

static void add_word(struct sql *sql, struct str word)
{
    sql_put(sql,
            " AND lower((s.number || ' ' || s.title || ' ' || cu.number || ' ' || cu.name) COLLATE"
            " \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'",
            SQL_CONTAINING(word));
}

/* The state that is shown is derived; the stored ones that may make it are found by an index. */
static void add_stored(struct sql *sql, struct str status)
{
    if (str_eqz(status, "awaiting_approval")) {
        sql_put(sql, " AND s.status IN ('awaiting_approval', 'approved', 'rejected')");
        return;
    }
    sql_put(sql, " AND s.status = ?", DB_TEXT(status));
}

static void add_rows(struct sql *sql, struct visit *visit, const struct question *question, int64_t limit)
{
    struct str rest = question->q, word;
    size_t words = 0;
    *sql = sql_start(visit->arena,
                     "SELECT s.id, s.number, s.title, cu.number, cu.name, s.period_from, s.period_to, s.case_count,"
                     " s.total, " SPECIFICATION_STATUS " FROM invoice_specification s JOIN customer cu"
                     " ON cu.id = s.customer_id WHERE 1 = 1");
    if (question->before)
        sql_put(sql, " AND s.id < ?", DB_INT(question->before));
    if (question->status.n) {
        sql_put(sql, " AND " SPECIFICATION_STATUS " = ?", DB_TEXT(question->status));
        add_stored(sql, question->status);
    }
    while (sql_word(&rest, &words, &word))
        add_word(sql, word);
    sql_put(sql, " ORDER BY s.id DESC LIMIT ?", DB_INT(limit));
}

static struct str address(struct visit *visit, const struct question *question, const char *ending, int64_t before)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_printf(&out, "/staff/invoices%s?q=", ending);
    buf_url_part(&out, question->q);
    buf_z(&out, "&status=");
    buf_url_part(&out, question->status);
    if (before)
        buf_printf(&out, "&before=%" PRId64, before);
    return buf_text(&out);
}

static struct staff_specification_line_view read_line(struct visit *visit, const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    struct str number = db_text_copy(rows, 1, arena), customer = db_text(rows, 3), name = db_text(rows, 4);
    struct str from = db_text(rows, 5), to = db_text(rows, 6);
    return (struct staff_specification_line_view){
        .number = number,
        .url = staff_specification_path(arena, number, ""),
        .title = db_text_copy(rows, 2, arena),
        .customer = arena_printf(arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(customer)),
        .period = staff_specification_period(arena, from, to),
        .cases = fmt_int(arena, visit->view.lang, db_int(rows, 7)),
        .total = fmt_money(arena, visit->view.lang, db_int(rows, 8)),
        .status = db_text_copy(rows, 9, arena),
        .status_label = visit_tr(visit, specification_status_labels[specification_status_of(db_text(rows, 9))]),
    };
}

static bool load_page(struct visit *visit, const struct question *question, struct staff_specification_list_view *view,
                      struct err *err)
{
    struct staff_specification_line_view *made =
        ARENA_ARRAY(visit->arena, struct staff_specification_line_view, PAGE_SIZE);
    int64_t last = 0;
    struct sql sql;
    add_rows(&sql, visit, question, PAGE_SIZE + 1);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        if (view->row_count == PAGE_SIZE) {
            view->next_url = address(visit, question, "", last);
            continue;
        }
        last = db_int(rows, 0);
        made[view->row_count++] = read_line(visit, rows);
    }
    view->rows = made;
    return db_done(rows, err);
}

static void fill_status(struct visit *visit, struct str chosen, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 5);
    for (int i = 0; i < 5; i++)
        options[i] =
            (struct option){str_of(specification_status_codes[i]), visit_tr(visit, specification_status_labels[i]),
                            str_eqz(chosen, specification_status_codes[i])};
    *field = (struct field){.name = STR("status"),
                            .label = visit_tr(visit, _("Status")),
                            .options = options,
                            .option_count = 5,
                            .empty_label = visit_tr(visit, _("All"))};
}

bool staff_specification_list(struct visit *visit, struct err *err)
{
    bool resumed;
    if (!staff_list_resume(visit, "invoices", &resumed, err) || resumed)
        return resumed;
    struct question question = read_question(visit);
    struct staff_specification_list_view view = {.q = question.q};
    bool narrowed = question.q.n || question.status.n;
    staff_list_keep(visit, "invoices", narrowed ? address(visit, &question, "", 0) : STR_NONE);
    if (narrowed)
        view.clear_url = STR("/staff/invoices?" STAFF_LIST_KEEP "=1");
    view.csv_url = address(visit, &question, ".csv", 0);
    view.xlsx_url = address(visit, &question, ".xlsx", 0);
    if (question.before)
        view.first_url = address(visit, &question, "", 0);
    fill_status(visit, question.status, &view.status);
    if (!load_page(visit, &question, &view, err))
        return false;
    page_begin(visit, visit_tr(visit, _("Invoice specifications")));
    staff_specification_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- to take away ---------------------------------------------------------------------------------------------------------------------------- */

static bool write_rows(struct visit *visit, struct sheet *sheet, struct err *err)
{
    struct question question = read_question(visit);
    struct sql sql;
    bool ok = true;
    question.before = 0;
    add_rows(&sql, visit, &question, EXPORT_MAX);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (ok && rows && db_next(rows)) {
        struct str texts[COLUMNS] = {db_text(rows, 1),
                                     db_text(rows, 2),
                                     db_text(rows, 3),
                                     db_text(rows, 4),
                                     db_text(rows, 5),
                                     db_text(rows, 6),
                                     ore_format(visit->arena, db_int(rows, 8)),
                                     db_text(rows, 9)};
        struct sheet_cell cells[COLUMNS];
        for (int i = 0; i < COLUMNS; i++)
            cells[i] = (struct sheet_cell){.kind = SHEET_TEXT, .code = texts[i], .text = texts[i]};
        cells[6] = (struct sheet_cell){.kind = SHEET_DECIMAL, .code = texts[6], .value = db_int(rows, 8) * 10000};
        ok = sheet_row(sheet, cells, COLUMNS, err);
    }
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

static bool export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    static const struct str HEADS[COLUMNS] = {STR_INIT("number"),        STR_INIT("title"),       STR_INIT("customer"),
                                              STR_INIT("customer_name"), STR_INIT("period_from"), STR_INIT("period_to"),
                                              STR_INIT("total"),         STR_INIT("status")};
    struct sheet *sheet =
        sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Invoice specifications")), err);
    if (!sheet || !sheet_head(sheet, HEADS, COLUMNS, err) || !write_rows(visit, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "invoices.csv" : "invoices.xlsx");
    return true;
}

bool staff_specification_csv(struct visit *visit, struct err *err)
{
    return export(visit, SHEET_CSV, err);
}

bool staff_specification_xlsx(struct visit *visit, struct err *err)
{
    return export(visit, SHEET_XLSX, err);
}
