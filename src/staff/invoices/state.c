/* The page of a specification and its actions: publish, withdraw, mark as invoiced. */
#include "model/article_row.h"
#include "model/specification.h"
#include "portal/address.h"
#include "staff/invoices/invoices.html.h"
#include "staff/invoices/specification.h"

#define DECISIONS_MAX 100

static bool invoices_state_load_decisions(struct visit *visit, const struct specification *specification,
                                          struct staff_specification_view *view, struct err *err)
{
    struct staff_specification_decision_view *made =
        ARENA_ARRAY(visit->arena, struct staff_specification_decision_view, DECISIONS_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT decided_at, name, decision, total, comment FROM specification_decision"
                                    " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2",
                                    DB_ARGS(DB_INT(specification->id), DB_INT(DECISIONS_MAX)), err);
    while (db_next(rows) && view->decision_count < DECISIONS_MAX)
        made[view->decision_count++] = (struct staff_specification_decision_view){
            fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)), db_text_copy(rows, 1, visit->arena),
            visit_tr(visit, specification_status_labels[specification_status_of(db_text(rows, 2))]),
            fmt_money(visit->arena, visit->view.lang, db_int(rows, 3)), db_text_copy(rows, 4, visit->arena)};
    view->decisions = made;
    return db_done(rows, err);
}

static void invoices_state_fill_head(struct visit *visit, const struct specification *specification,
                                     struct staff_specification_view *view)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, "/staff/customers/");
    buf_url_part(&url, specification->customer);
    view->customer_url = buf_text(&url);
    view->number = specification->number;
    view->title = specification->title;
    view->customer = arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(specification->customer_name),
                                  STR_FMT(specification->customer));
    view->period = staff_specification_period(visit->arena, specification->period_from, specification->period_to);
    view->reference = specification->your_reference;
    view->total = fmt_money(visit->arena, visit->view.lang, specification->total);
    view->status = str_of(specification_status_codes[specification->status]);
    view->status_label = visit_tr(visit, specification_status_labels[specification->status]);
    view->note =
        specification->changed ? visit_tr(visit, _("The rows were changed after they were decided on.")) : STR_NONE;
    view->url = staff_specification_path(visit->arena, specification->number, "");
    view->stamp = staff_specification_stamp(visit->arena, specification);
    view->draft = specification->status == SPECIFICATION_DRAFT;
    view->awaiting = specification->status == SPECIFICATION_AWAITING;
    view->approved = specification->status == SPECIFICATION_APPROVED;
    view->decided = view->approved || specification->status == SPECIFICATION_REJECTED;
}

static bool invoices_state_show(struct visit *visit, const struct msgid *refusal, struct err *err)
{
    struct specification specification;
    struct staff_specification_row_view *rows;
    struct staff_specification_view view = {.refusal = visit_tr(visit, refusal)};
    if (!specification_find_any(visit->db, visit->arena, address_number(visit->arena, visit->path_value[0]),
                                &specification, err) ||
        !staff_specification_rows_load(visit, &specification, &rows, &view.row_count, err) ||
        !invoices_state_load_decisions(visit, &specification, &view, err))
        return false;
    view.rows = rows;
    invoices_state_fill_head(visit, &specification, &view);
    page_begin(visit, specification.number);
    staff_specification_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool staff_specification_page(struct visit *visit, struct err *err)
{
    return invoices_state_show(visit, NULL, err);
}

bool staff_specification_refuse(struct visit *visit, const struct msgid *refusal, int status, struct err *err)
{
    visit->response->status = status;
    return invoices_state_show(visit, refusal, err);
}

/* --- changing its state ------------------------------------------------------------------------------------------- */

enum refusal { DONE, STALE, EMPTY, WRONG_STATE };

struct step {
    struct visit *visit;
    const char *action; /* the action for the audit */
    bool (*may)(const struct specification *specification);
    bool (*change)(struct db_conn *conn, int64_t id, struct err *err);
    bool invoices; /* the step marks the rows as invoiced too */
    bool needs_rows;
    enum refusal refusal;
    struct str number;
};

static bool is_draft(const struct specification *specification)
{
    return specification->status == SPECIFICATION_DRAFT;
}

static bool is_out(const struct specification *specification)
{
    return specification->status != SPECIFICATION_DRAFT && specification->status != SPECIFICATION_INVOICED;
}

static bool is_approved(const struct specification *specification)
{
    return specification->status == SPECIFICATION_APPROVED;
}

static bool step_body(struct db_conn *conn, void *context, struct err *err)
{
    struct step *step = context;
    struct visit *visit = step->visit;
    struct specification specification;
    if (!specification_lock(conn, err) ||
        !specification_find_any(visit->db, visit->arena, step->number, &specification, err))
        return false;
    step->refusal =
        !str_eq(http_param(&visit->request->form, "stamp"), staff_specification_stamp(visit->arena, &specification))
            ? STALE
        : !step->may(&specification)                   ? WRONG_STATE
        : step->needs_rows && !specification.row_count ? EMPTY
                                                       : DONE;
    if (step->refusal != DONE)
        return true;
    return step->change(conn, specification.id, err) &&
           (!step->invoices || article_rows_invoice(conn, specification.id, err)) &&
           specification_refresh_one(conn, visit->arena, specification.id, err) &&
           visit_audit(visit, step->action, specification.number, STR_NONE, err);
}

static bool run_step(struct visit *visit, struct step *step, struct err *err)
{
    step->visit = visit;
    step->number = address_number(visit->arena, visit->path_value[0]);
    if (!db_transaction(visit->db, step_body, step, err))
        return false;
    switch (step->refusal) {
    case DONE:
        break;
    case STALE:
        return staff_specification_refuse(
            visit, _("The specification has changed meanwhile. Nothing was done: look at it as it is now."), 409, err);
    case EMPTY:
        return staff_specification_refuse(visit, _("A specification without rows cannot be published."), 400, err);
    case WRONG_STATE:
        return staff_specification_refuse(visit, _("That cannot be done in this state."), 409, err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, staff_specification_path(visit->arena, step->number, ""));
}

bool staff_specification_publish_send(struct visit *visit, struct err *err)
{
    struct step step = {
        .action = "specification_published", .may = is_draft, .needs_rows = true, .change = specification_publish};
    return run_step(visit, &step, err);
}

bool staff_specification_withdraw_send(struct visit *visit, struct err *err)
{
    struct step step = {.action = "specification_withdrawn", .may = is_out, .change = specification_withdraw};
    return run_step(visit, &step, err);
}

bool staff_specification_invoiced_send(struct visit *visit, struct err *err)
{
    struct step step = {
        .action = "specification_invoiced", .may = is_approved, .invoices = true, .change = specification_set_invoiced};
    return run_step(visit, &step, err);
}
