/* The work orders and article rows of a case, as tables. */
#include "base/clock.h"
#include "model/case.h"
#include "portal/address.h"
#include "staff/work/rows.h"
#include "staff/work/work.h"
#include "staff/work/work.html.h"

#include <inttypes.h>

/* Returns the array with room for one more item, growing it in the arena when it is full. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 16;
    char *more = arena_array(arena, *cap, size);
    for (size_t i = 0; i < count * size; i++)
        more[i] = ((const char *)items)[i];
    return more;
}

static struct str time_of(struct visit *visit, const struct db_rows *rows, int column)
{
    return db_null(rows, column) ? STR_NONE : fmt_instant(visit->arena, visit->view.lang, db_int(rows, column));
}

static struct str work_section_label_of(struct visit *visit, const struct db_rows *rows, int swedish, int english)
{
    bool is_english = visit->view.lang == LANG_EN && db_text(rows, english).n;
    return db_text_copy(rows, is_english ? english : swedish, visit->arena);
}

static struct str booking_of(struct visit *visit, const struct db_rows *rows)
{
    struct str from = time_of(visit, rows, 6), to = time_of(visit, rows, 7);
    if (!to.n)
        return from;
    /* writes the day once when both times are on the same day */
    if (str_eq(str_slice(from, 0, 10), str_slice(to, 0, 10)))
        to = str_slice(to, 11, to.n);
    return arena_printf(visit->arena, "%.*s – %.*s", STR_FMT(from), STR_FMT(to));
}

static bool load_orders(struct visit *visit, const struct work_case *work, struct work_section_view *view,
                        struct err *err)
{
    struct work_order_line_view *made = NULL;
    size_t cap = 0;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT w.number, w.title, COALESCE(p.label_sv, ''), COALESCE(p.label_en, ''), w.resource, w.status,"
                 " w.booked_from, w.booked_to, w.started, w.finished FROM work_order w"
                 " LEFT JOIN picklist_item p ON p.id = w.type_id WHERE w.case_id = $1 ORDER BY w.id",
                 DB_ARGS(DB_INT(work->id)), err);
    while (db_next(rows)) {
        made = grown(visit->arena, made, view->order_count, &cap, sizeof *made);
        struct str number = db_text_copy(rows, 0, visit->arena);
        int64_t status = db_int(rows, 5);
        made[view->order_count++] = (struct work_order_line_view){
            .url = work_part_url(visit->arena, work, "work-orders", number),
            .number = number,
            .title = db_text_copy(rows, 1, visit->arena),
            .type = work_section_label_of(visit, rows, 2, 3),
            .resource = db_text_copy(rows, 4, visit->arena),
            .booked = booking_of(visit, rows),
            .started = time_of(visit, rows, 8),
            .finished = time_of(visit, rows, 9),
            .status = status,
            .status_label = visit_tr(visit, work_order_status_labels[status]),
        };
    }
    view->orders = made;
    return db_done(rows, err);
}

static const char ROWS_SQL[] =
    "SELECT r.number, r.row_date, COALESCE(a.number, ''), COALESCE(NULLIF(r.title, ''), a.name, ''), r.quantity,"
    " COALESCE(NULLIF(r.unit, ''), a.unit, ''), r.unit_price, r.discount, r.total, COALESCE(w.number, ''), r.status"
    " FROM article_row r LEFT JOIN article a ON a.id = r.article_id LEFT JOIN work_order w ON w.id = r.work_order_id"
    " WHERE r.case_id = $1 ORDER BY r.row_date, r.id";

static struct work_row_line_view work_section_read_row(struct visit *visit, const struct work_case *work,
                                                       const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    enum lang lang = visit->view.lang;
    int32_t date = 0;
    struct str status = db_text_copy(rows, 10, arena), day = db_text_copy(rows, 1, arena);
    struct work_row_line_view line = {
        .number = db_text_copy(rows, 0, arena),
        .date = date_parse(day, &date) ? fmt_date(arena, lang, date) : day,
        .article = db_text_copy(rows, 2, arena),
        .title = db_text_copy(rows, 3, arena),
        .quantity = arena_printf(arena, "%.*s %.*s", STR_FMT(fmt_decimal(arena, lang, db_int(rows, 4), 0)),
                                 STR_FMT(db_text(rows, 5))),
        .price = fmt_decimal(arena, lang, db_int(rows, 6), 2),
        .discount = db_int(rows, 7) ? fmt_percent(arena, lang, db_int(rows, 7)) : STR_NONE,
        .total = fmt_money(arena, lang, db_int(rows, 8)),
        .order = db_text_copy(rows, 9, arena),
        .status_label = visit_tr(visit, code_label_of(&row_statuses, status)),
        .status_kind = str_eqz(status, "attested")   ? 1
                       : str_eqz(status, "invoiced") ? 2
                                                     : 0,
        .chosen_here = str_eqz(status, "editable") || str_eqz(status, "attested"),
        .cancelled = str_eqz(status, "cancelled"),
    };
    line.url = work_part_url(arena, work, "rows", line.number);
    return line;
}

static bool work_section_load_rows(struct visit *visit, const struct work_case *work, struct work_section_view *view,
                                   struct err *err)
{
    struct work_row_line_view *made = NULL;
    size_t cap = 0;
    int64_t sum = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena, ROWS_SQL, DB_ARGS(DB_INT(work->id)), err);
    while (db_next(rows)) {
        made = grown(visit->arena, made, view->row_count, &cap, sizeof *made);
        struct work_row_line_view *line = &made[view->row_count++];
        *line = work_section_read_row(visit, work, rows);
        view->choosable = view->choosable || line->chosen_here;
        sum += line->cancelled ? 0 : db_int(rows, 8);
    }
    view->rows = made;
    view->sum = fmt_money(visit->arena, visit->view.lang, sum);
    return db_done(rows, err);
}

bool staff_work_section(struct visit *visit, struct str case_number, struct err *err)
{
    struct work_case work;
    struct arena *arena = visit->arena;
    struct work_section_view view = {.order_count = 0};
    if (!work_case_load(visit, case_number, &work, err) || !load_orders(visit, &work, &view, err) ||
        !work_section_load_rows(visit, &work, &view, err))
        return false;
    view.version = arena_printf(arena, "%" PRId64, work.version);
    view.seen = arena_printf(arena, "%" PRId64, work.last_change);
    view.new_order_url = arena_printf(arena, "%.*s/work-orders/new", STR_FMT(work.url));
    view.new_row_url = arena_printf(arena, "%.*s/rows/new", STR_FMT(work.url));
    view.attest_url = arena_printf(arena, "%.*s/rows/attest", STR_FMT(work.url));
    work_section_html(&visit->response->body, &visit->view, &view);
    return true;
}

/* --- the page /staff/cases/NUMBER/work ---------------------------------------------------------------------------- */

static bool work_section_show(struct visit *visit, struct str number, const struct msgid *refusal, struct err *err)
{
    struct work_case work;
    if (!work_case_load(visit, number, &work, err))
        return false;
    struct work_section_view head = {.case_number = work.number, .case_url = work.url, .title = work.title};
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Work on case {1}"), &work.number, 1));
    work_head_html(&visit->response->body, &visit->view, &head, visit_tr(visit, refusal));
    if (!staff_work_section(visit, number, err))
        return false;
    page_end(visit);
    return true;
}

bool work_page(struct visit *visit, struct err *err)
{
    return work_section_show(visit, address_number(visit->arena, visit->path_value[0]), NULL, err);
}

bool work_page_older(struct visit *visit, struct str case_number, struct err *err)
{
    visit->response->status = 409;
    return work_section_show(
        visit, case_number,
        _("Somebody has changed the case since you opened it. Nothing was done: look at it as it is now, and"
          " choose again."),
        err);
}
