/* The page of a specification and its actions: publish, withdraw, mark as invoiced. */
#include "model/article_row.h"
#include "model/decision.h"
#include "model/notice.h"
#include "portal/address.h"
#include "staff/invoices/invoices.html.h"
#include "staff/invoices/specification.h"

static bool specification_show(struct visit *visit, struct str refusal, struct err *err)
{
    struct specification one;
    struct staff_specification_row_view *rows;
    struct staff_specification_view view = {.refusal = refusal, .specification = &one};
    if (!staff_specification_find(visit, &one, err) ||
        !staff_specification_rows_load(visit, &one, &rows, &view.row_count, err) ||
        !decisions_load(visit, &one, &view.decisions, &view.decision_count, err) ||
        !history_load(visit, (struct history_of){"invoice_specification", one.id}, &view.history, err))
        return false;
    view.rows = rows;
    view.customer_url = address_of(visit->arena, "/staff/customers", one.customer, "");
    if (one.period_from.n || one.period_to.n)
        view.period = arena_printf(visit->arena, "%.*s – %.*s", STR_FMT(one.period_from), STR_FMT(one.period_to));
    view.total = fmt_money(visit->arena, visit->view.lang, one.total);
    view.status = str_of(code_name(&specification_statuses, one.status));
    view.status_label = visit_tr(visit, code_label(&specification_statuses, one.status));
    view.url = staff_specification_path(visit->arena, one.number, "");
    view.stamp = staff_specification_stamp(visit->arena, &one);
    return page_show(visit, one.number, staff_specification_page_html, &view);
}

bool staff_specification_page(struct visit *visit, struct err *err)
{
    return specification_show(visit, STR_NONE, err);
}

bool staff_specification_refuse(struct visit *visit, struct str refusal, int status, struct err *err)
{
    visit->response->status = status;
    return specification_show(visit, refusal, err);
}

/* --- changing its state ------------------------------------------------------------------------------------------- */

#define STATE(status) (1U << (status))

static const struct specification_step {
    const char *ending, *action; /* of the path; for the audit */
    unsigned from;               /* the states in which it can be done, as bits */
    enum specification_status to;
} STEPS[] = {
    {.ending = "/publish",
     .action = "specification_published",
     .from = STATE(SPECIFICATION_DRAFT),
     .to = SPECIFICATION_AWAITING},
    {.ending = "/withdraw",
     .action = "specification_withdrawn",
     .from = STATE(SPECIFICATION_AWAITING) | STATE(SPECIFICATION_APPROVED) | STATE(SPECIFICATION_REJECTED),
     .to = SPECIFICATION_DRAFT},
    {.ending = "/invoiced",
     .action = "specification_invoiced",
     .from = STATE(SPECIFICATION_APPROVED),
     .to = SPECIFICATION_INVOICED},
};

struct stepping {
    struct visit *visit;
    const struct specification_step *step;
    struct specification specification;
    struct str refusal; /* why nothing was done, or empty */
    int status;
    int64_t taken_off; /* how many rows a withdrawn specification lost */
};

/* How many rows a refusal names. */
#define ROWS_NAMED 10

/* Refuses to publish or invoice rows that are not attested. */
static bool specification_check_rows(struct stepping *stepping, struct err *err)
{
    struct visit *visit = stepping->visit;
    struct str rows = STR_NONE;
    if (stepping->step->to == SPECIFICATION_DRAFT)
        return true;
    if (!db_read_joined(
            db_query(visit->db, visit->arena,
                     "SELECT r.number FROM invoice_specification_row x JOIN article_row r ON r.id = x.article_row_id"
                     " WHERE x.specification_id = $1 AND r.status = 'editable'"
                     " ORDER BY r.number COLLATE \"sv-natural\" LIMIT $2",
                     DB_ARGS(DB_INT(stepping->specification.id), DB_INT(ROWS_NAMED)), err),
            ", ", &rows, err))
        return false;
    if (rows.n)
        stepping->refusal =
            tr_fill(visit->arena, visit->view.lang,
                    _("Rows that are not attested: {1}. Attest them, or take them off the draft first."), &rows, 1);
    return true;
}

/* Sets why the step is refused. */
static bool specification_check_step(struct stepping *stepping, struct err *err)
{
    const struct specification *one = &stepping->specification;
    struct visit *visit = stepping->visit;
    const struct msgid *refusal = NULL;
    stepping->status = 409;
    if (!str_eq(http_param(&visit->request->form, "stamp"), staff_specification_stamp(visit->arena, one))) {
        refusal = _("The specification has changed meanwhile. Nothing was done: look at it as it is now.");
    } else if (!(stepping->step->from & STATE(one->status))) {
        refusal = _("That cannot be done with this status.");
    } else if (stepping->step->to == SPECIFICATION_AWAITING && !one->row_count) {
        refusal = _("A specification without rows cannot be published.");
        stepping->status = 400;
    }
    stepping->refusal = visit_tr(visit, refusal);
    return refusal || specification_check_rows(stepping, err);
}

/* The rows of a specification that its customer named when they rejected it. */
#define REJECTED_ROWS                                                                                                  \
    "SELECT r.id FROM invoice_specification_row l JOIN article_row r ON r.id = l.article_row_id"                       \
    " WHERE l.specification_id = $1 AND (" ROW_REMARK " IS NOT NULL OR " CASE_REMARK " IS NOT NULL)"

/* A draft again, it can do without the rows that the customer rejected; they are offered again. */
static bool specification_take_back(struct stepping *stepping, struct err *err)
{
    struct db_conn *conn = stepping->visit->db;
    const struct specification *one = &stepping->specification;
    if (one->status != SPECIFICATION_REJECTED || stepping->step->to != SPECIFICATION_DRAFT)
        return true;
    if (!specification_take_off(conn, one->id, REJECTED_ROWS, err))
        return false;
    stepping->taken_off = db_changes(conn);
    return true;
}

/* Only a published specification waits for anybody. */
static bool specification_tell(struct visit *visit, int64_t id, enum specification_status to, struct err *err)
{
    bool waits = to == SPECIFICATION_AWAITING;
    return specification_set_told(visit->db, id, SPECIFICATION_TOLD_ANY, waits ? visit->now_us : SPECIFICATION_NOT_TOLD,
                                  err) &&
           (!waits || notice_specification(visit, id, false, err));
}

static bool specification_step_body(struct db_conn *conn, void *context, struct err *err)
{
    struct stepping *stepping = context;
    struct visit *visit = stepping->visit;
    struct specification *one = &stepping->specification;
    enum specification_status to = stepping->step->to;
    if (!specification_lock(conn, err) || !staff_specification_find(visit, one, err))
        return false;
    if (!specification_check_step(stepping, err))
        return false;
    return stepping->refusal.n ||
           (specification_set_status(conn, one->id, to, err) &&
            (to != SPECIFICATION_INVOICED || article_rows_invoice(conn, one->id, err)) &&
            specification_take_back(stepping, err) && specification_refresh_one(conn, visit->arena, one->id, err) &&
            specification_tell(visit, one->id, to, err) &&
            history_add(visit, (struct history_of){"invoice_specification", one->id}, tr(LANG_SV, _("Status")),
                        tr(LANG_SV, code_label(&specification_statuses, one->status)),
                        tr(LANG_SV, code_label(&specification_statuses, to)), err) &&
            visit_audit(visit, stepping->step->action, one->number, STR_NONE, err));
}

bool staff_specification_step_send(struct visit *visit, struct err *err)
{
    struct stepping stepping = {.visit = visit, .step = STEPS};
    while (!str_ends(visit->request->path, str_of(stepping.step->ending)))
        stepping.step++;
    if (!db_transaction(visit->db, specification_step_body, &stepping, err))
        return false;
    if (stepping.refusal.n)
        return staff_specification_refuse(visit, stepping.refusal, stepping.status, err);
    if (stepping.taken_off)
        page_notice_text_next(visit,
                              tr_n(visit->arena, visit->view.lang,
                                   _("Saved. {n} row that the customer rejected is not on the draft any more. You"
                                     " can choose it again when you change the draft."),
                                   _("Saved. {n} rows that the customer rejected are not on the draft any more."
                                     " You can choose them again when you change the draft."),
                                   stepping.taken_off));
    else
        page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, staff_specification_path(visit->arena, stepping.specification.number, ""));
}
