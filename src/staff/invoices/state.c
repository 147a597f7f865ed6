/* The page of a specification, and what staff do with it: publish, withdraw, mark as invoiced. */
#include "customer/cases/cases.h"
#include "model/specification.h"
#include "staff/invoices/bill.h"
#include "staff/invoices/invoices.html.h"

#define DECISIONS_MAX 100

static bool load_decisions(struct visit *visit, const struct bill *bill, struct bill_view *view, struct err *err)
{
    struct bill_decision_view *made = ARENA_ARRAY(visit->arena, struct bill_decision_view, DECISIONS_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT decided_at, name, decision, total, comment FROM specification_decision"
                                    " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2",
                                    DB_ARGS(DB_INT(bill->id), DB_INT(DECISIONS_MAX)), err);
    while (rows && db_next(rows) && view->decision_count < DECISIONS_MAX)
        made[view->decision_count++] = (struct bill_decision_view){
            fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)), db_text_copy(rows, 1, visit->arena),
            bill_status_label(visit, db_text(rows, 2)), fmt_money(visit->arena, visit->view.lang, db_int(rows, 3)),
            db_text_copy(rows, 4, visit->arena)};
    view->decisions = made;
    return db_done(rows, err);
}

static void fill_head(struct visit *visit, const struct bill *bill, struct bill_view *view)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, "/staff/customers/");
    buf_url_part(&url, bill->customer);
    view->customer_url = buf_text(&url);
    view->number = bill->number;
    view->title = bill->title;
    view->customer = arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(bill->customer_name), STR_FMT(bill->customer));
    view->period = bill_period(visit->arena, bill->period_from, bill->period_to);
    view->reference = bill->reference;
    view->total = fmt_money(visit->arena, visit->view.lang, bill->total);
    view->status = bill->status;
    view->status_label = bill_status_label(visit, bill->status);
    view->note = bill->changed ? visit_tr(visit, _("The rows were changed after they were decided on.")) : STR_NONE;
    view->url = bill_path(visit->arena, bill->number, "");
    view->stamp = bill_stamp(visit->arena, bill);
    view->draft = str_eqz(bill->status, "draft");
    view->awaiting = str_eqz(bill->status, "awaiting_approval");
    view->approved = str_eqz(bill->status, "approved");
    view->decided = view->approved || str_eqz(bill->status, "rejected");
}

static bool show(struct visit *visit, const char *refusal, struct err *err)
{
    struct bill bill;
    struct bill_row_view *rows;
    struct bill_view view = {.refusal = visit_tr(visit, refusal)};
    if (!bill_load(visit, case_number(visit->arena, visit->path_value[0]), &bill, err) ||
        !bill_rows_load(visit, &bill, &rows, &view.row_count, err) || !load_decisions(visit, &bill, &view, err))
        return false;
    view.rows = rows;
    fill_head(visit, &bill, &view);
    page_begin(visit, bill.number);
    bill_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool bill_page(struct visit *visit, struct err *err)
{
    return show(visit, NULL, err);
}

bool bill_page_refused(struct visit *visit, const char *refusal, int status, struct err *err)
{
    visit->response->status = status;
    return show(visit, refusal, err);
}

/* --- changing its state ------------------------------------------------------------------------------------------------------------------- */

enum refusal { DONE, STALE, EMPTY, WRONG_STATE };

struct step {
    struct visit *visit;
    const char *action; /* of the audit */
    bool (*may)(const struct bill *bill);
    const char *literal; /* $1 the specification */
    bool invoices;       /* its rows become invoiced too */
    bool needs_rows;
    enum refusal refusal;
    struct str number;
};

static bool is_draft(const struct bill *bill)
{
    return str_eqz(bill->status, "draft");
}

static bool is_out(const struct bill *bill)
{
    return !str_eqz(bill->status, "draft") && !str_eqz(bill->status, "invoiced");
}

static bool is_approved(const struct bill *bill)
{
    return str_eqz(bill->status, "approved");
}

static bool mark_rows(struct db_conn *conn, const struct bill *bill, struct err *err)
{
    return db_exec(conn,
                   "UPDATE article_row SET status = 'invoiced' WHERE status IN ('editable', 'attested') AND id IN"
                   " (SELECT article_row_id FROM invoice_specification_row WHERE specification_id = $1)",
                   DB_ARGS(DB_INT(bill->id)), err);
}

static bool step_body(struct db_conn *conn, void *context, struct err *err)
{
    struct step *step = context;
    struct visit *visit = step->visit;
    struct bill bill;
    if (!specification_lock(conn, err) || !bill_load(visit, step->number, &bill, err))
        return false;
    step->refusal = !str_eq(http_param(&visit->request->form, "stamp"), bill_stamp(visit->arena, &bill)) ? STALE
                    : !step->may(&bill)                                                                  ? WRONG_STATE
                    : step->needs_rows && !bill.row_count                                                ? EMPTY
                                                                                                         : DONE;
    if (step->refusal != DONE)
        return true;
    return db_exec(conn, step->literal, DB_ARGS(DB_INT(bill.id)), err) &&
           (!step->invoices || mark_rows(conn, &bill, err)) &&
           specification_refresh_one(conn, visit->arena, bill.id, err) &&
           visit_audit(visit, step->action, bill.number, STR_NONE, err);
}

static bool run_step(struct visit *visit, struct step *step, struct err *err)
{
    step->visit = visit;
    step->number = case_number(visit->arena, visit->path_value[0]);
    if (!db_transaction(visit->db, step_body, step, err))
        return false;
    switch (step->refusal) {
    case DONE:
        break;
    case STALE:
        return bill_page_refused(
            visit, _("The specification has changed meanwhile. Nothing was done: look at it as it is now."), 409, err);
    case EMPTY:
        return bill_page_refused(visit, _("A specification without rows cannot be published."), 400, err);
    case WRONG_STATE:
        return bill_page_refused(visit, _("That cannot be done in this state."), 409, err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, bill_path(visit->arena, step->number, ""));
}

/* What was decided on an earlier one stays in the record of decisions. */
bool bill_publish_send(struct visit *visit, struct err *err)
{
    struct step step = {.action = "specification_published",
                        .may = is_draft,
                        .needs_rows = true,
                        .literal = "UPDATE invoice_specification SET status = 'awaiting_approval', decided_by = '',"
                                   " decided_at = NULL, comment = '', decided_digest = '' WHERE id = $1"};
    return run_step(visit, &step, err);
}

bool bill_withdraw_send(struct visit *visit, struct err *err)
{
    struct step step = {.action = "specification_withdrawn",
                        .may = is_out,
                        .literal = "UPDATE invoice_specification SET status = 'draft' WHERE id = $1"};
    return run_step(visit, &step, err);
}

bool bill_invoiced_send(struct visit *visit, struct err *err)
{
    struct step step = {.action = "specification_invoiced",
                        .may = is_approved,
                        .invoices = true,
                        .literal = "UPDATE invoice_specification SET status = 'invoiced' WHERE id = $1"};
    return run_step(visit, &step, err);
}
