/* The work orders and article rows of a case, as tables. */
#include "model/decision.h"
#include "staff/work/internal.h"
#include "staff/work/work.html.h"

static bool section_load_rows(struct visit *visit, struct work_section_view *view, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT r.number, r.row_date, a.number, COALESCE(NULLIF(r.title, ''), a.name), r.quantity,"
                 " COALESCE(NULLIF(r.unit, ''), a.unit), r.unit_price, r.discount, r.total, w.number, r.status,"
                 " s.number, " SPECIFICATION_STATUS ", " ROW_REMARK ", " CASE_REMARK
                 " FROM article_row r LEFT JOIN article a ON a.id = r.article_id LEFT JOIN work_order w ON w.id ="
                 " r.work_order_id LEFT JOIN invoice_specification s ON s.id = " ROW_SPECIFICATION
                 " WHERE r.case_id = $1 ORDER BY r.row_date, r.number COLLATE \"sv-natural\"",
                 DB_ARGS(DB_INT(view->work.id)), err);
    size_t cap = 0;
    while (db_next(rows)) {
        struct str status, remark;
        struct work_row_line row = {.number = STR_NONE};
        db_read(rows, TO(&row.number), TO(&row.date), TO(&row.article), TO(&row.title), TO(&row.quantity),
                TO(&row.unit), TO(&row.unit_price), TO(&row.discount), TO(&row.total), TO(&row.order), TO(&status),
                TO(&row.specification), TO(&row.specification_state), TO(&row.remark), TO(&remark));
        if (remark.n)
            view->remark = remark;
        row.status = (int)code_find(&row_statuses, status);
        view->choosable = view->choosable || row.status == ROW_EDITABLE || row.status == ROW_ATTESTED;
        view->sum += row.status == ROW_CANCELLED ? 0 : row.total;
        view->rows = arena_grow(visit->arena, view->rows, view->row_count, &cap, sizeof row);
        view->rows[view->row_count++] = row;
    }
    return db_done(rows, err);
}

bool work_section_write(struct visit *visit, const struct work_case *work, struct err *err)
{
    struct work_section_view view = {.work = *work};
    if (!work_orders_load(visit, work->id, &view.orders, &view.order_count, err) ||
        !section_load_rows(visit, &view, err))
        return false;
    work_section_html(&visit->response->body, &visit->view, &view);
    return true;
}

/* --- the page /staff/cases/NUMBER/work ---------------------------------------------------------------------------- */

static bool section_show(struct visit *visit, struct str refusal, struct err *err)
{
    struct work_case work;
    if (!work_case_find(visit, &work, err))
        return false;
    page_begin(visit, tr_fill(visit->arena, visit->view.lang, _("Work on case {1}"), &work.number, 1));
    work_head_html(&visit->response->body, &visit->view, &work, refusal);
    if (!work_section_write(visit, &work, err))
        return false;
    page_end(visit);
    return true;
}

bool work_page(struct visit *visit, struct err *err)
{
    return section_show(visit, STR_NONE, err);
}

bool work_page_refuse(struct visit *visit, struct str refusal, struct err *err)
{
    visit->response->status = 409;
    if (!refusal.n)
        refusal =
            visit_tr(visit, _("Somebody has changed the case since you opened it. Nothing was done: look at it as it"
                              " is now, and choose again."));
    return section_show(visit, refusal, err);
}
