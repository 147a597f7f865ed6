/* /invoices: the specifications that the contact's customers get, the ones that wait for approval first. */
#include "lists/list.h"
#include "access/visibility.h"
#include "customer/invoices/internal.h"
#include "customer/invoices/list.html.h"
#include "model/choice_criterion.h"

/* Above this number of customers the form has a search box instead of a list. */
#define CUSTOMER_CAP 40

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void specification_status_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    const struct specification specification = {.status = specification_status_of(list_row_text(row, 0)),
                                                .changed = list_row_int(row, 1) != 0,
                                                .was_rejected = str_eqz(list_row_text(row, 2), "rejected")};
    specification_status_cell_html(out, v, row->label, &specification);
}

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("number", _("Number"), LINK, "s.number")},
    {LIST_COLUMN("title", _("Title"), TEXT, "s.title")},
    {LIST_COLUMN("customer", _("Customer number"), TEXT, "cu.number"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("customer_name", _("Customer"), TEXT, "cu.name"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("customer", _("Customer"), TEXT, "cu.name"), .flags = LIST_NO_FILE},
    {LIST_COLUMN("period", _("Period"), PERIOD, "s.period_from"), .flags = LIST_NO_FILE,
     .second_literal = "s.period_to"},
    {LIST_COLUMN("period_from", _("Period from"), DATE, "s.period_from"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("period_to", _("Period to"), DATE, "s.period_to"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("cases", _("Cases"), COUNT, "s.case_count"), .flags = LIST_NO_FILE},
    {LIST_COLUMN("case_count", _("Cases"), COUNT, "s.case_count"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("total", _("Total (excl. VAT)"), MONEY, "s.total")},
    {LIST_COLUMN("status", _("Status"), OWN,
                 SPECIFICATION_STATUS
                 ", CASE WHEN s.decided_digest <> '' AND s.decided_digest <> s.digest THEN 1 ELSE 0 END, s.status"),
     .flags = LIST_NO_FILE, .value_count = 3, .own = specification_status_write},
    {LIST_COLUMN("status", _("Status"), CODE, SPECIFICATION_STATUS), .flags = LIST_NO_PAGE,
     .codes = &specification_statuses},
    {LIST_COLUMN("your_reference", _("Your reference"), TEXT, "s.your_reference"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("decided_by", _("Decided by"), TEXT, "s.decided_by"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("decided_at", _("Decided"), INSTANT, "s.decided_at"), .flags = LIST_NO_PAGE},
    {LIST_COLUMN("comment", _("Comment"), TEXT, "s.comment"), .flags = LIST_NO_PAGE},
};

/* --- criteria ----------------------------------------------------------------------------------------------------- */

/* Customers may search for drafts although they see none, so that the form does not offer them. */
static const struct code STATUS_CODES[SPECIFICATION_STATUSES] = {
    [SPECIFICATION_DRAFT] = {"draft", NULL},
    [SPECIFICATION_AWAITING] = {"awaiting_approval", _("Awaiting approval")},
    [SPECIFICATION_APPROVED] = {"approved", _("Approved")},
    [SPECIFICATION_REJECTED] = {"rejected", _("Rejected")},
    [SPECIFICATION_INVOICED] = {"invoiced", _("Invoiced (specification)")},
};
static const struct code_list STATUSES = {STATUS_CODES, COUNT_OF(STATUS_CODES)};

/*
 * Fills the field for the customer: a list, or a search box when the list is long. A login with specifications of one
 * customer has nothing to choose.
 */
static bool specification_customer_fill(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CUSTOMER_CAP + 1);
    size_t count = 0;
    bool known = !value->n, next;
    struct str number, name;
    struct sql sql = sql_start(visit->arena, "SELECT cu.number, cu.name FROM customer cu WHERE cu.id IN"
                                             " (SELECT s.customer_id FROM invoice_specification s WHERE ");
    visible_specification(&sql, &visit->actor);
    sql_put(&sql, ") ORDER BY cu.name" LIST_NATURAL ", cu.number" LIST_NATURAL " LIMIT ?", DB_INT(CUSTOMER_CAP + 1));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while ((next = db_read_next(rows, TO(&number), TO_LENT(&name))) && count < CUSTOMER_CAP) {
        bool chosen = str_eq(number, *value);
        known = known || chosen;
        options[count++] =
            (struct option){number, arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(number)), chosen};
    }
    if (!db_done(rows, err))
        return false;
    if (next)
        return cases_criterion_customer(visit, value, one, err);
    if (count <= 1 && !value->n)
        one->field.label = STR_NONE;
    if (!known)
        options[count++] = (struct option){*value, *value, true};
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = count;
    return true;
}

/* The number is also searched without its separators, so that `F-1001` is found by `f1001`. */
#define SEARCHED                                                                                                       \
    "s.number || ' ' || replace(replace(replace(replace(s.number, '-', ''), '/', ''), '.', ''), ' ', '') || ' ' ||"    \
    " s.title || ' ' || s.your_reference || ' ' || cu.name"

/* A period without an end goes on for ever; a specification without a period is never found by its period. */
static const struct list_criterion CRITERIA[] = {
    {LIST_CRITERION("q", _("Search words"), BY_WORDS, SEARCHED), .hint = _("Number, title, reference or customer.")},
    {LIST_CRITERION("status", _("Status"), BY_CODE, " AND " SPECIFICATION_STATUS " = ?"), .codes = &STATUSES},
    {LIST_CRITERION("customer", _("Customer"), BY_CHOICE, " AND cu.number = ?"), .fill = specification_customer_fill},
    {LIST_CRITERION("from", _("Period from"), FROM_DATE,
                    " AND COALESCE(s.period_to, CASE WHEN s.period_from IS NULL THEN '' ELSE '9999' END) >= ?")},
    {LIST_CRITERION("to", _("Period to"), TO_DATE,
                    " AND COALESCE(s.period_from, CASE WHEN s.period_to IS NULL THEN '9999' ELSE '' END) <= ?")},
};

/* --- orders ------------------------------------------------------------------------------------------------------- */

#define PERIOD "COALESCE(s.period_from, s.period_to, '')"
#define NEWEST_PERIOD_FIRST                                                                                            \
    {PERIOD, LIST_KEY_TEXT, LIST_KEY_DOWN},                                                                            \
    {                                                                                                                  \
        "s.id", LIST_KEY_NUMBER, LIST_KEY_DOWN                                                                         \
    }

static const struct list_order ORDERS[] = {
    {.keys = {{"CAST(CASE " SPECIFICATION_STATUS " WHEN 'awaiting_approval' THEN 0 ELSE 1 END AS BIGINT)",
               LIST_KEY_NUMBER, LIST_KEY_UP},
              NEWEST_PERIOD_FIRST}},
    {.name = "number", .keys = {{"s.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}}},
    {.name = "title",
     .keys = {{"s.title" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, {"s.id", LIST_KEY_NUMBER, LIST_KEY_DOWN}}},
    {.name = "customer",
     .keys = {{"cu.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, {"s.id", LIST_KEY_NUMBER, LIST_KEY_DOWN}}},
    {.name = "period",
     .down_first = true,
     .keys = {{PERIOD, LIST_KEY_TEXT, LIST_KEY_ALONG}, {"s.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "cases",
     .down_first = true,
     .keys = {{"s.case_count", LIST_KEY_NUMBER, LIST_KEY_ALONG}, NEWEST_PERIOD_FIRST}},
    {.name = "total", .down_first = true, .keys = {{"s.total", LIST_KEY_NUMBER, LIST_KEY_ALONG}, NEWEST_PERIOD_FIRST}},
    {.name = "status",
     .keys = {{"CAST(CASE " SPECIFICATION_STATUS " WHEN 'awaiting_approval' THEN 1 WHEN 'approved' THEN 2"
               " WHEN 'rejected' THEN 3 WHEN 'invoiced' THEN 4 ELSE 0 END AS BIGINT)",
               LIST_KEY_NUMBER, LIST_KEY_ALONG},
              NEWEST_PERIOD_FIRST}},
};

/* --- what waits --------------------------------------------------------------------------------------------------- */

/* Leads from what waits to all specifications, and back as long as something waits. */
static bool specifications_others_show(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    int64_t waiting = 0;
    bool all = !str_eqz(list_value(query, "status"), "awaiting_approval");
    if (all && !specifications_waiting_count(visit, &waiting, err))
        return false;
    if (!all)
        specification_others_html(&visit->response->body, &visit->view, STR("/invoices"),
                                  visit_tr(visit, _("All invoice specifications")));
    else if (waiting)
        specification_others_html(
            &visit->response->body, &visit->view, STR("/invoices" SPECIFICATIONS_WAITING),
            tr_n(visit->arena, visit->view.lang, _("{n} awaits your approval"), _("{n} await your approval"), waiting));
    return true;
}

static void specification_visible_add(struct sql *sql, const struct list_query *query)
{
    visible_specification(sql, &query->visit->actor);
}

const struct list specifications_list = {
    .name = "invoices",
    .path = "/invoices",
    .title = _("Invoice specifications"),
    .one = _("{n} invoice specification"),
    .many = _("{n} invoice specifications"),
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .sum_literal = "CAST(COALESCE(SUM(s.total), 0) AS BIGINT)",
    .first_criteria = 2,
    .before = specifications_others_show,
    .from_literal = "invoice_specification s JOIN customer cu ON cu.id = s.customer_id",
    .visible = specification_visible_add,
    .none_title = _("There are no invoice specifications yet"),
    .none_text = _("They are shown here when we have something for you to approve before we invoice it."),
    .match_title = _("No invoice specifications match your search"),
    .match_text = _("Try fewer or shorter words, another status, or a longer period."),
};
