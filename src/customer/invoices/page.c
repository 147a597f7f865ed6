#include "customer/invoices/page.h"

#include "base/clock.h"
#include "customer/invoices/invoices.h"
#include "customer/invoices/labels.h"
#include "customer/invoices/page.html.h"
#include "model/case.h"
#include "portal/address.h"

/* --- rows by case ------------------------------------------------------------------------------------------------- */

static struct str quantity_of(struct visit *visit, const struct specification_row *row)
{
    struct str number = fmt_decimal(visit->arena, visit->view.lang, row->quantity, 0);
    return row->unit.n ? arena_printf(visit->arena, "%.*s\u00a0%.*s", STR_FMT(number), STR_FMT(row->unit)) : number;
}

static struct invoice_row_view row_view(struct visit *visit, const struct specification_row *row)
{
    enum lang lang = visit->view.lang;
    int32_t date = 0;
    return (struct invoice_row_view){
        .date = date_parse(row->date, &date) ? fmt_date(visit->arena, lang, date) : row->date,
        .machine_date = row->date,
        .title = row->title,
        .description = row->description,
        .article = row->article,
        .quantity = quantity_of(visit, row),
        .unit_price = fmt_decimal(visit->arena, lang, row->unit_price, 2),
        .discount = row->discount ? fmt_percent(visit->arena, lang, row->discount) : STR_NONE,
        .total = fmt_money(visit->arena, lang, row->total),
    };
}

static struct invoice_case_view case_view(struct visit *visit, const struct specification_case *one,
                                          struct invoice_page_view *view)
{
    struct invoice_row_view *rows = ARENA_ARRAY(visit->arena, struct invoice_row_view, one->row_count);
    for (size_t i = 0; i < one->row_count; i++) {
        rows[i] = row_view(visit, &one->rows[i]);
        view->discounts = view->discounts || one->rows[i].discount;
    }
    return (struct invoice_case_view){
        .number = one->number,
        .url = one->visible ? case_path(visit->arena, one->number) : STR_NONE,
        .title = one->title,
        .object = one->object,
        .total = fmt_money(visit->arena, visit->view.lang, one->total),
        .rows = rows,
        .row_count = one->row_count,
    };
}

static void fill_cases(struct visit *visit, const struct specification *specification, struct invoice_page_view *view)
{
    struct invoice_case_view *cases = ARENA_ARRAY(visit->arena, struct invoice_case_view, specification->case_count);
    for (size_t i = 0; i < specification->case_count; i++)
        cases[i] = case_view(visit, &specification->cases[i], view);
    view->cases = cases;
    view->case_count = specification->case_count;
    view->column_count = view->discounts ? 6 : 5;
    view->sum_span = view->column_count - 1;
}

/* --- head and decisions ------------------------------------------------------------------------------------------- */

static struct str decided_text(struct visit *visit, const struct specification *specification)
{
    struct str when =
        specification->decided_at ? fmt_instant(visit->arena, visit->view.lang, specification->decided_at) : STR_NONE;
    if (!specification->decided_by.n || !when.n)
        return when.n ? when : specification->decided_by;
    return arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(specification->decided_by), STR_FMT(when));
}

static struct str extent_of(struct visit *visit, const struct specification *specification)
{
    enum lang lang = visit->view.lang;
    struct str cases = tr_n(visit->arena, lang, "{n} case", "{n} cases", (int64_t)specification->case_count);
    struct str rows = tr_n(visit->arena, lang, "{n} row", "{n} rows", specification->row_count);
    return arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(cases), STR_FMT(rows));
}

static void invoices_page_fill_head(struct visit *visit, const struct specification *specification,
                                    struct invoice_page_view *view)
{
    view->portal_name = visit->config->name;
    view->printed = fmt_instant(visit->arena, visit->view.lang, visit->now_us);
    view->number = specification->number;
    view->title = specification->title;
    view->customer = specification->customer;
    view->customer_name = specification->customer_name;
    view->period = invoice_period(visit, specification);
    view->your_reference = specification->your_reference;
    view->total = fmt_money(visit->arena, visit->view.lang, specification->total);
    view->summary = extent_of(visit, specification);
    view->badge = invoice_badge_of_head(visit, specification);
    view->decided = decided_text(visit, specification);
    view->comment = specification->comment;
    view->awaiting = specification->status == SPECIFICATION_AWAITING;
    view->may_reject = visit->config->reject_specifications;
    view->url = specification_path(visit->arena, specification->number);
}

static struct invoice_decision_view invoices_page_read_decision(struct visit *visit, const struct db_rows *rows,
                                                                struct str digest)
{
    int64_t at = db_int(rows, 2);
    return (struct invoice_decision_view){
        .badge = invoice_badge_of(visit, specification_status_of(db_text(rows, 0))),
        .name = db_text_copy(rows, 1, visit->arena),
        .time = fmt_instant(visit->arena, visit->view.lang, at),
        .machine_time = instant_format_utc(visit->arena, at),
        .total = fmt_money(visit->arena, visit->view.lang, db_int(rows, 3)),
        .your_reference = db_text_copy(rows, 4, visit->arena),
        .comment = db_text_copy(rows, 5, visit->arena),
        .other = !str_eq(db_text(rows, 6), digest),
    };
}

/* Shows the newest decisions only; more than this on one specification do not occur in practice. */
#define DECISION_CAP 50

static bool invoices_page_load_decisions(struct visit *visit, const struct specification *specification,
                                         struct invoice_page_view *view, struct err *err)
{
    struct invoice_decision_view *made = ARENA_ARRAY(visit->arena, struct invoice_decision_view, DECISION_CAP);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT decision, name, decided_at, total, your_reference, comment, digest FROM specification_decision"
                 " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2",
                 DB_ARGS(DB_INT(specification->id), DB_INT(DECISION_CAP)), err);
    while (db_next(rows) && view->decision_count < DECISION_CAP)
        made[view->decision_count++] = invoices_page_read_decision(visit, rows, specification->digest);
    view->decisions = made;
    return db_done(rows, err);
}

/* Reads in one snapshot, so that the sum at the top is the sum of the rows below. */
static bool invoices_page_load(struct visit *visit, struct invoice_page_view *view, struct err *err)
{
    struct specification specification;
    if (!db_read_begin(visit->db, err))
        return false;
    bool ok = specification_find(visit, address_number(visit->arena, visit->path_value[0]), &specification, err) &&
              specification_load_rows(visit, &specification, err) &&
              invoices_page_load_decisions(visit, &specification, view, err);
    db_read_end(visit->db);
    if (ok) {
        invoices_page_fill_head(visit, &specification, view);
        fill_cases(visit, &specification, view);
    }
    return ok;
}

bool invoice_page(struct visit *visit, struct err *err)
{
    struct invoice_page_view view = {0};
    if (!invoices_page_load(visit, &view, err))
        return false;
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Invoice specification {1}"), &view.number, 1));
    invoice_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
