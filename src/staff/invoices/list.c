/* /staff/invoices: all specifications, the newest first. */
#include "lists/list.h"
#include "model/specification.h"
#include "staff/invoices/specification.h"

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("number", _("Number"), LINK, "s.number")},
    {LIST_COLUMN("title", _("Title"), TEXT, "s.title")},
    {LIST_COLUMN("customer", _("Customer number"), TEXT, "cu.number"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("customer_name", _("Customer"), TEXT, "cu.name"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("customer", _("Customer"), TEXT, "cu.name || ' (' || cu.number || ')'"), .flags = LIST_NO_FILE},
    {LIST_COLUMN("period", _("Period"), PERIOD, "s.period_from"), .flags = LIST_NO_FILE,
     .second_literal = "s.period_to"},
    {LIST_COLUMN("period_from", _("Period from"), DATE, "s.period_from"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("period_to", _("Period to"), DATE, "s.period_to"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("case_count", _("Cases"), COUNT, "s.case_count"), .flags = LIST_NO_FILE},
    {LIST_COLUMN("total", _("Sum (excl. VAT)"), MONEY, "s.total")},
    {LIST_COLUMN("status", _("Status"), STATUS, SPECIFICATION_STATUS), .codes = &specification_statuses},
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
    {LIST_CRITERION("q", _("Search words"), BY_WORDS, "s.id"), .index = SEARCH_SPECIFICATIONS},
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
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .page_size = 50,
    .from_literal = "invoice_specification s JOIN customer cu ON cu.id = s.customer_id",
    .new_path = "/staff/invoices/new",
    .new_label = _("New invoice specification"),
};
