#include "customer/invoices/internal.h"
#include "customer/invoices/invoices.h"
#include "customer/invoices/page.html.h"
#include "portal/address.h"

bool specification_of_path(struct visit *visit, struct specification *specification, struct err *err)
{
    return specification_find(visit, address_number(visit->arena, visit->path_value[0]), specification, err);
}

struct str specification_quantity(struct arena *arena, enum lang lang, const struct specification_row *row)
{
    struct str quantity = fmt_decimal(arena, lang, row->quantity, 0);
    return row->unit.n ? arena_printf(arena, "%.*s\u00a0%.*s", STR_FMT(quantity), STR_FMT(row->unit)) : quantity;
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

static bool previous_load(struct visit *visit, const struct specification *specification,
                          struct specification_page_view *view, struct err *err)
{
    struct specification *previous = ARENA_NEW(visit->arena, struct specification);
    bool found;
    if (!specification_find_previous(visit, specification, previous, &found, err))
        return false;
    if (!found)
        return true;
    int64_t more = specification->total - previous->total;
    struct str sum = fmt_money(visit->arena, visit->view.lang, more < 0 ? -more : more);
    view->previous = previous;
    view->previous_url = specification_path(visit->arena, previous->number);
    view->difference = tr_fill(visit->arena, visit->view.lang,
                               more > 0   ? _("now {1} more")
                               : more < 0 ? _("now {1} less")
                                          : _("the same sum"),
                               &sum, 1);
    return true;
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
              decisions_load(visit, &specification, &view.decisions, &view.decision_count, err) &&
              previous_load(visit, &specification, &view, err);
    db_read_end(visit->db);
    if (!ok)
        return false;
    view.portal_name = visit->config->name;
    view.printed = instant_format_local(visit->arena, visit->now_us);
    view.url = specification_path(visit->arena, specification.number);
    view.decided = decided_text(visit, &specification);
    view.may_reject = visit->config->reject_specifications;
    view.discounts = specification_has_discounts(&specification);
    view.folds = specification.case_count > 1 && !specification.compared;
    view.column_count = view.discounts ? 6 : 5;
    return page_show(visit,
                     tr_fill(visit->arena, visit->view.lang, _("Invoice specification {1}"), &specification.number, 1),
                     specification_page_html, &view);
}
