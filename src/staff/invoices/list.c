/* /staff/invoices: all specifications, the newest first. */
#include "lists/list.h"
#include "model/specification.h"
#include "staff/invoices/specification.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct list_column COLUMNS[] = {
    {.name = "number", .label = _("Number"), .kind = LIST_LINK, .literal = "s.number"},
    {.name = "title", .label = _("Title"), .literal = "s.title"},
    {.name = "customer", .label = _("Customer number"), .flags = LIST_NO_PAGE, .literal = "cu.number"},
    {.name = "customer_name", .label = _("Customer"), .flags = LIST_NO_PAGE, .literal = "cu.name"},
    {.name = "customer",
     .label = _("Customer"),
     .flags = LIST_NO_FILE,
     .literal = "cu.name || ' (' || cu.number || ')'"},
    {.name = "period",
     .label = _("Period"),
     .kind = LIST_PERIOD,
     .flags = LIST_NO_FILE,
     .literal = "s.period_from",
     .second_literal = "s.period_to"},
    {.name = "period_from",
     .label = _("Period from"),
     .kind = LIST_DATE,
     .flags = LIST_NO_PAGE,
     .literal = "s.period_from"},
    {.name = "period_to", .label = _("Period to"), .kind = LIST_DATE, .flags = LIST_NO_PAGE, .literal = "s.period_to"},
    {.name = "case_count", .label = _("Cases"), .kind = LIST_COUNT, .flags = LIST_NO_FILE, .literal = "s.case_count"},
    {.name = "total", .label = _("Sum (excl. VAT)"), .kind = LIST_MONEY, .literal = "s.total"},
    {.name = "status",
     .label = _("Status"),
     .kind = LIST_STATUS,
     .codes = &specification_statuses,
     .literal = SPECIFICATION_STATUS},
};

/*
 * The shown state is computed from the stored state. Each condition names the stored states that can lead to it, so
 * that the query can use an index.
 */
static const char *const STATUS_LITERALS[SPECIFICATION_STATUSES] = {
    [SPECIFICATION_DRAFT] = " AND s.status = 'draft'",
    [SPECIFICATION_AWAITING] = " AND s.status IN ('awaiting_approval', 'approved', 'rejected')"
                               " AND " SPECIFICATION_STATUS " = 'awaiting_approval'",
    [SPECIFICATION_APPROVED] = " AND s.status = 'approved' AND " SPECIFICATION_STATUS " = 'approved'",
    [SPECIFICATION_REJECTED] = " AND s.status = 'rejected' AND " SPECIFICATION_STATUS " = 'rejected'",
    [SPECIFICATION_INVOICED] = " AND s.status = 'invoiced'",
};
static const struct list_criterion CRITERIA[] = {
    {.name = "q",
     .label = _("Search words"),
     .kind = LIST_BY_WORDS,
     .literal = "s.number || ' ' || s.title || ' ' || cu.number || ' ' || cu.name"},
    {.name = "status",
     .label = _("Status"),
     .kind = LIST_BY_CODE,
     .codes = &specification_statuses,
     .code_literals = STATUS_LITERALS},
};
static const struct list_order ORDERS[] = {
    {.keys = {{"s.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "number", .keys = {{"s.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}}},
};

const struct list staff_specifications_list = {
    .name = "invoices",
    .path = "/staff/invoices",
    .title = _("Invoice specifications"),
    .staff = true,
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .criteria = CRITERIA,
    .criterion_count = COUNT_OF(CRITERIA),
    .orders = ORDERS,
    .order_count = COUNT_OF(ORDERS),
    .page_size = 50,
    .from_literal = "invoice_specification s JOIN customer cu ON cu.id = s.customer_id",
    .new_path = "/staff/invoices/new",
    .new_label = _("New invoice specification"),
};
