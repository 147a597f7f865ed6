#include "customer/invoices/internal.h"
#include "customer/invoices/invoices.h"
#include "customer/invoices/page.html.h"
#include "portal/address.h"

/* Shows the newest decisions only; more than this on one specification do not occur in practice. */
#define DECISION_CAP 50

bool specification_of_path(struct visit *visit, struct specification *specification, struct err *err)
{
    return specification_find(visit, address_number(visit->arena, visit->path_value[0]), specification, err);
}

bool specification_has_discounts(const struct specification *specification)
{
    for (size_t i = 0; i < specification->case_count; i++) {
        for (size_t k = 0; k < specification->cases[i].row_count; k++) {
            if (specification->cases[i].rows[k].discount)
                return true;
        }
    }
    return false;
}

static struct str decided_text(struct visit *visit, const struct specification *specification)
{
    struct str when =
        specification->decided_at ? instant_format_local(visit->arena, specification->decided_at) : STR_NONE;
    if (!specification->decided_by.n || !when.n)
        return when.n ? when : specification->decided_by;
    return arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(specification->decided_by), STR_FMT(when));
}

static bool specification_decisions_load(struct visit *visit, const struct specification *specification,
                                         struct specification_page_view *view, struct err *err)
{
    struct kept_decision *made = ARENA_ARRAY(visit->arena, struct kept_decision, DECISION_CAP);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT decision, name, decided_at, total, your_reference, comment, digest FROM specification_decision"
                 " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2",
                 DB_ARGS(DB_INT(specification->id), DB_INT(DECISION_CAP)), err);
    while (db_next(rows) && view->decision_count < DECISION_CAP)
        made[view->decision_count++] =
            (struct kept_decision){.status = specification_status_of(db_text(rows, 0)),
                                   .name = db_text_copy(rows, 1, visit->arena),
                                   .at = db_int(rows, 2),
                                   .total = db_int(rows, 3),
                                   .your_reference = db_text_copy(rows, 4, visit->arena),
                                   .comment = db_text_copy(rows, 5, visit->arena),
                                   .other = !str_eq(db_text(rows, 6), specification->digest)};
    view->decisions = made;
    return db_done(rows, err);
}

/* Reads in one snapshot, so that the sum at the top is the sum of the rows below. */
bool specification_page(struct visit *visit, struct err *err)
{
    struct specification specification;
    struct specification_page_view view = {.specification = &specification};
    if (!db_read_begin(visit->db, err))
        return false;
    bool ok = specification_of_path(visit, &specification, err) &&
              specification_load_rows(visit, &specification, err) &&
              specification_decisions_load(visit, &specification, &view, err);
    db_read_end(visit->db);
    if (!ok)
        return false;
    view.portal_name = visit->config->name;
    view.printed = instant_format_local(visit->arena, visit->now_us);
    view.url = specification_path(visit->arena, specification.number);
    view.decided = decided_text(visit, &specification);
    view.may_reject = visit->config->reject_specifications;
    view.discounts = specification_has_discounts(&specification);
    view.column_count = view.discounts ? 6 : 5;
    page_begin(visit,
               tr_fill(visit->arena, visit->view.lang, _("Invoice specification {1}"), &specification.number, 1));
    specification_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
