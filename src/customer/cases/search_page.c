#include "customer/cases/search_page.h"

#include "access/visibility.h"
#include "customer/cases/search.html.h"
#include "model/case.h"
#include "model/choice_criterion.h"
#include "model/choices.h"

/* Criteria that small screens show at once. */
#define FIRST_CRITERIA 2

/* --- the form ----------------------------------------------------------------------------------------------------------------------- */

static bool for_staff(const struct visit *visit)
{
    return visit->staff.role != STAFF_NOBODY;
}

const char *search_path(const struct visit *visit, const char *behind)
{
    return arena_printf(visit->arena, "%s/cases%s", for_staff(visit) ? "/staff" : "", behind).p;
}

bool search_criteria(struct visit *visit, struct criteria *criteria)
{
    bool sound = criteria_read(visit->arena, &visit->request->query, criteria);
    if (!for_staff(visit))
        criteria->unlinked = false;
    else if (criteria->sort != SORT_CREATED)
        criteria->sort = SORT_CREATED;
    return sound;
}

static struct str fault(const struct visit *visit, const char *msgid)
{
    return tr(visit->view.lang, msgid);
}

static struct str label_of(const struct visit *visit, const char *name, const char *standard)
{
    const struct config_field *field = config_field(visit->config, str_of(name));
    return field && field->label[visit->view.lang].n ? field->label[visit->view.lang] : visit_tr(visit, standard);
}

static bool fill_status(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    (void)err;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 4);
    options[0] = (struct option){STR("open"), visit_tr(visit, _("Not finished")), criteria->status == STATUS_OPEN};
    for (int i = 0; i < 3; i++)
        options[i + 1] = (struct option){str_of(case_status_codes[i]), visit_tr(visit, case_status_labels[i]),
                                         criteria->status == i};
    size_t count = 4;
    choices_keep(visit->arena, criteria->status_text, &options, &count);
    one->kind = CRITERION_SELECT;
    one->field = (struct field){.label = visit_tr(visit, _("Status")),
                                .options = options,
                                .option_count = count,
                                .error = fault(visit, criteria->status_fault)};
    return true;
}

static bool fill_picklist(struct visit *visit, struct criterion *one, const char *list, struct str chosen,
                          struct str label, struct err *err)
{
    one->field.label = label;
    return cases_criterion_picklist(visit, list, chosen, one, err);
}

static bool fill_type(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    return fill_picklist(visit, one, "case_type", criteria->type, label_of(visit, "type", _("Case type")), err);
}

static bool fill_priority(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    return fill_picklist(visit, one, "priority", criteria->priority, label_of(visit, "priority", _("Priority")), err);
}

/* Staff know numbers, and have too many to choose among. */
static bool fill_number(struct visit *visit, struct str label, struct str value, struct criterion *one)
{
    one->kind = CRITERION_TEXT;
    one->field = (struct field){.label = label, .value = value, .hint = visit_tr(visit, _("Number"))};
    return true;
}

static bool fill_customer(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    if (for_staff(visit))
        return fill_number(visit, label_of(visit, "customer", _("Customer")), criteria->customer, one);
    if (!may_choose_customer(&visit->actor))
        return true;
    one->field.label = label_of(visit, "customer", _("Customer"));
    one->field.name = STR("customer");
    return cases_criterion_customer(visit, &criteria->customer, one, err);
}

static bool fill_object(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    if (for_staff(visit))
        return fill_number(visit, label_of(visit, "object", _("Object")), criteria->object, one);
    if (!may_choose_object(&visit->actor))
        return true;
    one->field.label = label_of(visit, "object", _("Object"));
    one->field.name = STR("object");
    return cases_criterion_object(visit, &criteria->object, one, err);
}

static bool fill_q(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    (void)err;
    one->kind = CRITERION_TEXT;
    one->field = (struct field){.label = visit_tr(visit, _("Search words")),
                                .value = criteria->q,
                                .type = "search",
                                .hint = visit_tr(visit, _("Case number, title, description, reference or address.")),
                                .error = fault(visit, criteria->q_fault)};
    return true;
}

static bool fill_from(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    (void)err;
    one->kind = CRITERION_DATE;
    one->field = (struct field){.label = visit_tr(visit, _("Created from")),
                                .value = criteria->from_text,
                                .type = "date",
                                .error = fault(visit, criteria->from_fault)};
    return true;
}

static bool fill_to(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    (void)err;
    one->kind = CRITERION_DATE;
    one->field = (struct field){.label = visit_tr(visit, _("Created to")),
                                .value = criteria->to_text,
                                .type = "date",
                                .error = fault(visit, criteria->to_fault)};
    return true;
}

static bool fill_unlinked(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err)
{
    (void)err;
    struct option *options = ARENA_NEW(visit->arena, struct option);
    *options =
        (struct option){STR("1"), visit_tr(visit, _("Lacks customer and object, or contact")), criteria->unlinked};
    one->kind = CRITERION_SELECT;
    one->field = (struct field){.label = visit_tr(visit, _("Links")), .options = options, .option_count = 1};
    return true;
}

static const struct {
    const char *name;
    bool (*fill)(struct visit *visit, struct criteria *criteria, struct criterion *one, struct err *err);
} CRITERIA[] = {{"q", fill_q},
                {"status", fill_status},
                {"type", fill_type},
                {"priority", fill_priority},
                {"customer", fill_customer},
                {"object", fill_object},
                {"from", fill_from},
                {"to", fill_to},
                {"unlinked", fill_unlinked}};
static const struct str STAFF_CRITERIA[] = {STR_INIT("q"),        STR_INIT("status"),   STR_INIT("type"),
                                            STR_INIT("priority"), STR_INIT("customer"), STR_INIT("object"),
                                            STR_INIT("from"),     STR_INIT("to"),       STR_INIT("unlinked")};

static bool fill_criterion(struct visit *visit, struct criteria *criteria, struct str name, struct criterion *one,
                           struct err *err)
{
    for (size_t i = 0; i < sizeof CRITERIA / sizeof *CRITERIA; i++) {
        if (!str_eqz(name, CRITERIA[i].name))
            continue;
        if (!CRITERIA[i].fill(visit, criteria, one, err))
            return false;
        one->field.name = name;
        one->field.empty_label = visit_tr(visit, _("All"));
    }
    return true;
}

static bool is_used(const struct criterion *one)
{
    bool used = one->field.value.n || one->field.error.n || one->note.n || one->field.search.n ||
                (one->kind == CRITERION_PICKER && one->field.option_count);
    for (size_t i = 0; i < one->field.option_count; i++)
        used = used || one->field.options[i].selected;
    return used;
}

/* Of what has no field: links of a result carry it, or the settings leave its criterion out. */
static const char *fault_without_field(const struct criteria *criteria, bool told)
{
    const char *const links[] = {criteria->sort_fault, criteria->page_size_fault, criteria->after_fault};
    const char *const hidden[] = {criteria->q_fault, criteria->status_fault, criteria->from_fault, criteria->to_fault};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (links[i])
            return links[i];
    }
    for (size_t i = 0; !told && i < sizeof hidden / sizeof *hidden; i++) {
        if (hidden[i])
            return hidden[i];
    }
    return NULL;
}

static bool fill_form(struct visit *visit, struct criteria *criteria, struct search_view *view, struct err *err)
{
    const struct str *names = for_staff(visit) ? STAFF_CRITERIA : visit->config->criteria;
    size_t name_count =
        for_staff(visit) ? sizeof STAFF_CRITERIA / sizeof *STAFF_CRITERIA : visit->config->criterion_count;
    struct criterion *made = ARENA_ARRAY(visit->arena, struct criterion, name_count);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, name_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < name_count; i++) {
        struct criterion one = {0};
        if (!fill_criterion(visit, criteria, names[i], &one, err))
            return false;
        if (!one.field.label.n)
            continue;
        one.further = count >= FIRST_CRITERIA;
        view->further_used = view->further_used || (one.further && is_used(&one));
        fields[count] = one.field;
        made[count++] = one;
    }
    fields[count] = (struct field){.error = fault(visit, fault_without_field(criteria, fields_refused(fields, count)))};
    view->criteria = made;
    view->criterion_count = count;
    view->fields = fields;
    view->field_count = count + 1;
    view->faulty = view->faulty || fields_refused(fields, view->field_count);
    return true;
}

static void fill_page_sizes(struct visit *visit, const struct criteria *criteria, struct search_view *view)
{
    static const int SIZES[] = {10, 20, 50, 100};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 4);
    for (int i = 0; i < 4; i++) {
        struct str text = arena_printf(visit->arena, "%d", SIZES[i]);
        options[i] = (struct option){text, text, criteria->page_size == SIZES[i]};
    }
    view->page_sizes = options;
    view->page_size_count = 4;
}

/* --- the result ---------------------------------------------------------------------------------------------------------------------- */

static struct heading heading_of(struct visit *visit, const struct criteria *criteria, const struct case_column *column)
{
    static const char *const NAMES[] = {"created", "number", "title", "status"};
    struct heading heading = {.label = column->label};
    if (!column->sort)
        return heading;
    bool current = str_eqz(str_of(NAMES[criteria->sort]), column->sort);
    bool down = current ? !criteria->descending : str_eqz(str_of(column->sort), "created");
    struct str sort = arena_printf(visit->arena, "%s%s", down ? "-" : "", column->sort);
    heading.sort_url = criteria_url(visit->arena, search_path(visit, ""), criteria, sort.p, STR_NONE, false);
    if (for_staff(visit))
        heading.sort_url = arena_printf(visit->arena, "%.*s&" STAFF_LIST_KEEP "=1", STR_FMT(heading.sort_url));
    heading.aria_sort = !current ? "none" : criteria->descending ? "descending" : "ascending";
    return heading;
}

static struct cell cell_of(struct visit *visit, const struct case_row *row, const struct case_column *column,
                           const struct case_value *value)
{
    struct cell cell = {.kind = CELL_TEXT, .label = column->label, .text = value->text};
    if (column->kind == COLUMN_NUMBER) {
        cell.kind = CELL_LINK;
        cell.href = arena_printf(visit->arena, "%s%.*s", for_staff(visit) ? "/staff" : "",
                                 STR_FMT(case_path(visit->arena, row->number)));
    } else if (column->kind == COLUMN_STATUS) {
        cell.kind = CELL_STATUS;
        cell.status = value->status;
    } else if (column->kind == COLUMN_INSTANT) {
        cell.kind = CELL_TIME;
        cell.machine = value->code;
    } else if (column->kind == COLUMN_ACTIONS) {
        cell.kind = CELL_ACTIONS;
        cell.href = arena_printf(visit->arena, "%.*s/actions", STR_FMT(case_path(visit->arena, row->number)));
        cell.text = row->number;
    }
    cell.empty = !cell.text.n;
    return cell;
}

static void fill_rows(struct visit *visit, const struct case_page *page, const struct case_column *columns,
                      size_t column_count, struct search_view *view)
{
    struct result_row *rows = ARENA_ARRAY(visit->arena, struct result_row, page->count);
    for (size_t i = 0; i < page->count; i++) {
        struct cell *cells = ARENA_ARRAY(visit->arena, struct cell, column_count);
        for (size_t k = 0; k < column_count; k++)
            cells[k] = cell_of(visit, &page->rows[i], &columns[k], &page->rows[i].values[k]);
        rows[i] = (struct result_row){page->rows[i].number, cells, column_count};
    }
    view->rows = rows;
    view->row_count = page->count;
}

static struct str page_url(struct visit *visit, const struct criteria *criteria, const struct case_row *row,
                           bool backwards)
{
    struct case_cursor cursor = {.set = true,
                                 .backwards = backwards,
                                 .text = row->sort_text,
                                 .value = row->sort_value,
                                 .created = row->created,
                                 .id = row->id};
    return criteria_url(visit->arena, search_path(visit, ""), criteria, NULL, cursor_write(visit->arena, &cursor),
                        false);
}

static void fill_pager(struct visit *visit, const struct criteria *criteria, const struct case_page *page,
                       int64_t total, struct search_view *view)
{
    view->pager.total = total;
    if (page->has_previous || criteria->after.set)
        view->pager.first_url = criteria_url(visit->arena, search_path(visit, ""), criteria, NULL, STR_NONE, false);
    if (!page->count)
        return;
    if (page->has_previous)
        view->pager.previous_url = page_url(visit, criteria, &page->rows[0], true);
    if (page->has_next)
        view->pager.next_url = page_url(visit, criteria, &page->rows[page->count - 1], false);
}

static bool fill_result(struct visit *visit, const struct criteria *criteria, struct search_view *view, struct err *err)
{
    const struct case_column *columns;
    struct case_page page;
    int64_t total = 0;
    size_t column_count = columns_load(visit, &columns);
    if (!search_page_of(visit, criteria, columns, column_count, &page, err) ||
        !search_count(visit, criteria, &total, err))
        return false;
    struct heading *headings = ARENA_ARRAY(visit->arena, struct heading, column_count);
    for (size_t i = 0; i < column_count; i++)
        headings[i] = heading_of(visit, criteria, &columns[i]);
    view->headings = headings;
    view->heading_count = column_count;
    fill_rows(visit, &page, columns, column_count, view);
    fill_pager(visit, criteria, &page, total, view);
    view->summary = tr_n(visit->arena, visit->view.lang, "{n} case", "{n} cases", total);
    view->csv_url = criteria_url(visit->arena, search_path(visit, ".csv"), criteria, NULL, STR_NONE, true);
    view->xlsx_url = criteria_url(visit->arena, search_path(visit, ".xlsx"), criteria, NULL, STR_NONE, true);
    return true;
}

bool search_page(struct visit *visit, struct err *err)
{
    struct criteria criteria;
    bool resumed = false;
    if (for_staff(visit) && (!staff_list_resume(visit, CASES_LIST, &resumed, err) || resumed))
        return resumed;
    struct search_view view = {0};
    view.faulty = !search_criteria(visit, &criteria);
    view.never = visit->actor.kind == ACTOR_CONTACT && !visit->actor.contact_id;
    view.question = criteria.q;
    view.unanswerable = criteria.unanswerable;
    view.sort = http_param(&visit->request->query, "sort");
    view.clear_url = str_of(search_path(visit, ""));
    view.reset_url = for_staff(visit) ? arena_printf(visit->arena, "%s?" STAFF_LIST_KEEP "=1", search_path(visit, ""))
                                      : view.clear_url;
    view.staff = for_staff(visit);
    view.may_report = page_is_on(visit->config, ROUTE_NEW_CASE);
    fill_page_sizes(visit, &criteria, &view);
    if (!fill_form(visit, &criteria, &view, err))
        return false;
    view.narrowed = criteria_any(&criteria);
    if (for_staff(visit) && !view.faulty)
        staff_list_keep(visit, CASES_LIST, criteria_url(visit->arena, "", &criteria, NULL, STR_NONE, false));
    if (!view.faulty && !fill_result(visit, &criteria, &view, err))
        return false;
    if (view.faulty)
        visit->response->status = 400;
    page_begin(visit, visit_tr(visit, _("Search cases")));
    search_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
