#include "customer/invoices/list.h"

#include "customer/invoices/invoices.h"
#include "customer/invoices/labels.h"
#include "customer/invoices/list.html.h"
#include "customer/invoices/query.h"
#include "model/choice_criterion.h"

/* Number of criteria that small screens show at once. */
#define FIRST_CRITERIA 2
#define CRITERIA_CAP 6
/* Above this number of customers the form has a search box instead of a list. */
#define CUSTOMER_CAP 40

/* --- the form ----------------------------------------------------------------------------------------------------- */

static struct str fault(const struct visit *visit, const char *msgid)
{
    return tr(visit->view.lang, msgid);
}

static struct criterion text_criterion(const struct visit *visit, const struct invoice_criteria *criteria)
{
    return (struct criterion){
        .kind = CRITERION_TEXT,
        .field = {.name = STR("q"),
                  .label = visit_tr(visit, _("Search words")),
                  .value = criteria->q,
                  .type = "search",
                  .hint = visit_tr(visit, _("Number, title, reference or customer.")),
                  .error = fault(visit, criteria->q_fault)},
    };
}

static struct criterion status_criterion(const struct visit *visit, const struct invoice_criteria *criteria)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 5);
    size_t count = 0;
    bool known = !criteria->status.n;
    for (int i = SPECIFICATION_AWAITING; i <= SPECIFICATION_INVOICED; i++) {
        bool chosen = str_eqz(criteria->status, specification_status_codes[i]);
        known = known || chosen;
        options[count++] = (struct option){str_of(specification_status_codes[i]),
                                           visit_tr(visit, specification_status_labels[i]), chosen};
    }
    if (!known)
        options[count++] = (struct option){criteria->status, criteria->status, true};
    return (struct criterion){
        .kind = CRITERION_SELECT,
        .field = {.name = STR("status"),
                  .label = visit_tr(visit, _("Status")),
                  .options = options,
                  .option_count = count,
                  .empty_label = visit_tr(visit, _("All")),
                  .error = fault(visit, criteria->status_fault)},
    };
}

static struct criterion date_criterion(const struct visit *visit, struct str name, const char *label, struct str value,
                                       const char *fault_msgid)
{
    return (struct criterion){
        .kind = CRITERION_DATE,
        .field = {.name = name,
                  .label = visit_tr(visit, label),
                  .value = value,
                  .type = "date",
                  .error = fault(visit, fault_msgid)},
    };
}

static struct criterion size_criterion(const struct visit *visit, const struct invoice_criteria *criteria)
{
    static const int SIZES[] = {10, 20, 50, 100};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 4);
    for (int i = 0; i < 4; i++) {
        struct str text = arena_printf(visit->arena, "%d", SIZES[i]);
        options[i] = (struct option){text, text, criteria->page_size == SIZES[i]};
    }
    return (struct criterion){
        .kind = CRITERION_SELECT,
        .field = {.name = STR("page_size"),
                  .label = visit_tr(visit, _("Specifications a page")),
                  .options = options,
                  .option_count = 4,
                  .error = fault(visit, criteria->page_size_fault)},
    };
}

/*
 * Fills the field for the customer: a list, or a search box when the list is long. A login with specifications of one
 * customer has nothing to choose; then *used stays false.
 */
static bool fill_customer(struct visit *visit, struct invoice_criteria *criteria, struct criterion *one, bool *used,
                          struct err *err)
{
    struct option *options;
    size_t count;
    bool more, known = !criteria->customer.n;
    one->field.name = STR("customer");
    one->field.label = visit_tr(visit, _("Customer"));
    one->field.empty_label = visit_tr(visit, _("All"));
    if (!invoice_customers(visit, CUSTOMER_CAP, &options, &count, &more, err))
        return false;
    *used = count > 1 || !known;
    if (more)
        return cases_criterion_customer(visit, &criteria->customer, one, err);
    for (size_t i = 0; i < count; i++) {
        options[i].selected = str_eq(options[i].value, criteria->customer);
        known = known || options[i].selected;
    }
    if (!known)
        options[count++] = (struct option){criteria->customer, criteria->customer, true};
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = count;
    return true;
}

/* Returns the error of a parameter that has no field, because only links carry it. */
static const char *invoices_list_fault_without_field(const struct invoice_criteria *criteria)
{
    return criteria->sort_fault ? criteria->sort_fault : criteria->after_fault;
}

static bool invoices_list_fill_form(struct visit *visit, struct invoice_criteria *criteria,
                                    struct invoice_list_view *view, struct err *err)
{
    struct criterion *made = ARENA_ARRAY(visit->arena, struct criterion, CRITERIA_CAP);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, CRITERIA_CAP + 1);
    struct criterion customer = {0};
    size_t count = 0;
    bool used = false;
    if (!fill_customer(visit, criteria, &customer, &used, err))
        return false;
    made[count++] = text_criterion(visit, criteria);
    made[count++] = status_criterion(visit, criteria);
    if (used)
        made[count++] = customer;
    made[count++] = date_criterion(visit, STR("from"), _("Period from"), criteria->from, criteria->from_fault);
    made[count++] = date_criterion(visit, STR("to"), _("Period to"), criteria->to, criteria->to_fault);
    made[count++] = size_criterion(visit, criteria);
    for (size_t i = 0; i < count; i++) {
        made[i].further = i >= FIRST_CRITERIA;
        fields[i] = made[i].field;
        view->further_used = view->further_used || (made[i].further && (fields[i].error.n || fields[i].search.n));
    }
    view->further_used = view->further_used || criteria->customer.n || criteria->from.n || criteria->to.n;
    fields[count] = (struct field){.error = fault(visit, invoices_list_fault_without_field(criteria))};
    view->criteria = made;
    view->criterion_count = count;
    view->fields = fields;
    view->field_count = count + 1;
    view->faulty = view->faulty || fields_refused(fields, view->field_count);
    return true;
}

/* --- the result --------------------------------------------------------------------------------------------------- */

static void invoices_list_fill_headings(struct visit *visit, const struct invoice_criteria *criteria,
                                        struct invoice_list_view *view)
{
    static const struct {
        const char *label;
        enum invoice_sort sort;
        bool number, down_first;
    } COLUMNS[INVOICE_COLUMNS] = {
        {_("Number"), BY_NUMBER, false, false},     {_("Title"), BY_TITLE, false, false},
        {_("Customer"), BY_CUSTOMER, false, false}, {_("Period"), BY_PERIOD, false, true},
        {_("Cases"), BY_CASES, true, true},         {_("Total (excl. VAT)"), BY_TOTAL, true, true},
        {_("Status"), BY_STATUS, false, false},
    };
    for (size_t i = 0; i < INVOICE_COLUMNS; i++) {
        struct invoice_criteria other = *criteria;
        bool current = criteria->sort == COLUMNS[i].sort;
        other.sort = COLUMNS[i].sort;
        other.descending = current ? !criteria->descending : COLUMNS[i].down_first;
        view->headings[i] = (struct invoice_heading){
            .label = visit_tr(visit, COLUMNS[i].label),
            .sort_url = invoice_criteria_url(visit->arena, "/invoices", &other, NULL, false),
            .aria_sort = !current               ? "none"
                         : criteria->descending ? "descending"
                                                : "ascending",
            .number = COLUMNS[i].number,
        };
    }
}

static void invoices_list_fill_items(struct visit *visit, const struct invoice_page *page,
                                     struct invoice_list_view *view)
{
    struct invoice_item *items = ARENA_ARRAY(visit->arena, struct invoice_item, page->count);
    for (size_t i = 0; i < page->count; i++) {
        const struct specification *head = &page->rows[i].head;
        items[i] = (struct invoice_item){
            .number = head->number,
            .url = specification_path(visit->arena, head->number),
            .title = head->title,
            .customer = head->customer_name,
            .period = invoice_period(visit, head),
            .cases = fmt_int(visit->arena, visit->view.lang, (int64_t)head->case_count),
            .total = fmt_money(visit->arena, visit->view.lang, head->total),
            .badge = invoice_badge_of_head(visit, head),
        };
    }
    view->items = items;
    view->item_count = page->count;
}

static struct str invoices_list_page_url(struct visit *visit, const struct invoice_criteria *criteria,
                                         const struct invoice_row *row, bool backwards)
{
    struct invoice_cursor cursor = row->place;
    cursor.backwards = backwards;
    return invoice_criteria_url(visit->arena, "/invoices", criteria, &cursor, false);
}

static void invoices_list_fill_pager(struct visit *visit, const struct invoice_criteria *criteria,
                                     const struct invoice_page *page, int64_t total, struct invoice_list_view *view)
{
    view->pager.total = total;
    if (page->has_previous || criteria->after.set)
        view->pager.first_url = invoice_criteria_url(visit->arena, "/invoices", criteria, NULL, false);
    if (!page->count)
        return;
    if (page->has_previous)
        view->pager.previous_url = invoices_list_page_url(visit, criteria, &page->rows[0], true);
    if (page->has_next)
        view->pager.next_url = invoices_list_page_url(visit, criteria, &page->rows[page->count - 1], false);
}

static bool invoices_list_fill_result(struct visit *visit, const struct invoice_criteria *criteria,
                                      struct invoice_list_view *view, struct err *err)
{
    struct invoice_page page;
    int64_t total = 0;
    if (!invoice_page_of(visit, criteria, &page, err) || !invoice_count(visit, criteria, &total, err))
        return false;
    invoices_list_fill_headings(visit, criteria, view);
    invoices_list_fill_items(visit, &page, view);
    invoices_list_fill_pager(visit, criteria, &page, total, view);
    view->summary =
        tr_n(visit->arena, visit->view.lang, "{n} invoice specification", "{n} invoice specifications", total);
    view->csv_url = invoice_criteria_url(visit->arena, "/invoices.csv", criteria, NULL, true);
    view->xlsx_url = invoice_criteria_url(visit->arena, "/invoices.xlsx", criteria, NULL, true);
    return true;
}

bool invoice_list(struct visit *visit, struct err *err)
{
    struct invoice_criteria criteria;
    struct invoice_list_view view = {0};
    view.faulty = !invoice_criteria_read(visit->arena, &visit->request->query, &criteria);
    view.unanswerable = criteria.unanswerable;
    view.sort = http_param(&visit->request->query, "sort");
    if (!invoices_list_fill_form(visit, &criteria, &view, err))
        return false;
    view.narrowed = invoice_criteria_any(&criteria);
    if (!view.faulty && !invoices_list_fill_result(visit, &criteria, &view, err))
        return false;
    if (view.faulty)
        visit->response->status = 400;
    page_begin(visit, visit_tr(visit, _("Invoice specifications")));
    invoice_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
