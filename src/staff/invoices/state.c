/* The page of a specification and its actions: publish, withdraw, mark as invoiced. */
#include "model/article_row.h"
#include "model/notice.h"
#include "portal/address.h"
#include "staff/invoices/invoices.html.h"
#include "staff/invoices/specification.h"

#define DECISIONS_MAX 100

static bool specification_load_decisions(struct visit *visit, const struct specification *specification,
                                         struct staff_specification_view *view, struct err *err)
{
    struct staff_specification_decision_view *made =
        ARENA_ARRAY(visit->arena, struct staff_specification_decision_view, DECISIONS_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT decided_at, name, decision, total, comment FROM specification_decision"
                                    " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2",
                                    DB_ARGS(DB_INT(specification->id), DB_INT(DECISIONS_MAX)), err);
    while (db_next(rows)) {
        struct staff_specification_decision_view *one = &made[view->decision_count++];
        int64_t at, total;
        db_read(rows, TO(&at), TO(&one->name), TO(&one->label), TO(&total), TO(&one->comment));
        one->at = instant_format_local(visit->arena, at);
        one->label = visit_tr(visit, code_label_of(&specification_statuses, one->label));
        one->total = fmt_money(visit->arena, visit->view.lang, total);
    }
    view->decisions = made;
    return db_done(rows, err);
}

static bool specification_show(struct visit *visit, const struct msgid *refusal, struct err *err)
{
    struct specification one;
    struct staff_specification_row_view *rows;
    struct staff_specification_view view = {.refusal = visit_tr(visit, refusal), .specification = &one};
    if (!staff_specification_find(visit, &one, err) ||
        !staff_specification_rows_load(visit, &one, &rows, &view.row_count, err) ||
        !specification_load_decisions(visit, &one, &view, err))
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
    return specification_show(visit, NULL, err);
}

bool staff_specification_refuse(struct visit *visit, const struct msgid *refusal, int status, struct err *err)
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
    const struct msgid *refusal; /* why nothing was done (msgid), or NULL */
    int status;
};

/* Sets why the step is refused. */
static void specification_check_step(struct stepping *stepping)
{
    const struct specification *one = &stepping->specification;
    struct visit *visit = stepping->visit;
    stepping->refusal = NULL;
    stepping->status = 409;
    if (!str_eq(http_param(&visit->request->form, "stamp"), staff_specification_stamp(visit->arena, one))) {
        stepping->refusal = _("The specification has changed meanwhile. Nothing was done: look at it as it is now.");
    } else if (!(stepping->step->from & STATE(one->status))) {
        stepping->refusal = _("That cannot be done with this status.");
    } else if (stepping->step->to == SPECIFICATION_AWAITING && !one->row_count) {
        stepping->refusal = _("A specification without rows cannot be published.");
        stepping->status = 400;
    }
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
    specification_check_step(stepping);
    return stepping->refusal || (specification_set_status(conn, one->id, to, err) &&
                                 (to != SPECIFICATION_INVOICED || article_rows_invoice(conn, one->id, err)) &&
                                 specification_refresh_one(conn, visit->arena, one->id, err) &&
                                 specification_tell(visit, one->id, to, err) &&
                                 visit_audit(visit, stepping->step->action, one->number, STR_NONE, err));
}

bool staff_specification_step_send(struct visit *visit, struct err *err)
{
    struct stepping stepping = {.visit = visit, .step = STEPS};
    while (!str_ends(visit->request->path, str_of(stepping.step->ending)))
        stepping.step++;
    if (!db_transaction(visit->db, specification_step_body, &stepping, err))
        return false;
    if (stepping.refusal)
        return staff_specification_refuse(visit, stepping.refusal, stepping.status, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, staff_specification_path(visit->arena, stepping.specification.number, ""));
}
