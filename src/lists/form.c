/* The form of a list: its criteria as fields. */
#include "lists/internal.h"

static struct str lists_form_label_of(const struct list_query *query, const struct list_criterion *criterion)
{
    struct str own = query->list->label ? query->list->label(query->visit, str_of(criterion->name)) : STR_NONE;
    return own.n ? own : visit_tr(query->visit, criterion->label);
}

static void codes_fill(const struct list_query *query, const struct list_criterion *criterion, struct str value,
                       struct criterion *one)
{
    const struct code_list *codes = criterion->codes;
    struct option *options = ARENA_ARRAY(query->visit->arena, struct option, codes->count + 1);
    bool known = !value.n;
    size_t count = 0;
    for (size_t i = 0; i < codes->count; i++) {
        if (!codes->codes[i].label || (query->list->offers && !query->list->offers(query->visit, codes->codes[i].name)))
            continue;
        bool chosen = str_eqz(value, codes->codes[i].name);
        known = known || chosen;
        options[count++] =
            (struct option){str_of(codes->codes[i].name), visit_tr(query->visit, codes->codes[i].label), chosen};
    }
    if (!known)
        options[count++] = (struct option){value, value, true};
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = count;
}

static bool lists_form_criterion_fill(struct list_query *query, size_t i, struct criterion *one, struct err *err)
{
    struct visit *visit = query->visit;
    const struct list_criterion *criterion = &query->list->criteria[i];
    *one = (struct criterion){.kind = CRITERION_TEXT};
    one->field = (struct field){.name = str_of(criterion->name),
                                .label = lists_form_label_of(query, criterion),
                                .value = query->values[i],
                                .hint = visit_tr(visit, criterion->hint),
                                .error = visit_tr(visit, query->faults[i]),
                                .empty_label = visit_tr(visit, _("All"))};
    switch (criterion->kind) {
    case LIST_BY_WORDS:
        one->field.type = "search";
        break;
    case LIST_BY_CODE:
        codes_fill(query, criterion, query->values[i], one);
        break;
    case LIST_BY_TICK:
        one->kind = CRITERION_TICK;
        break;
    case LIST_FROM:
    case LIST_TO:
    case LIST_FROM_DATE:
    case LIST_TO_DATE:
        one->kind = CRITERION_DATE;
        one->field.type = "date";
        break;
    case LIST_BY_NUMBER:
    case LIST_BY_CHOICE:
        break;
    }
    if (criterion->fill && !criterion->fill(visit, &query->values[i], one, err))
        return false;
    if (criterion->fill)
        query->given[i] = query->values[i].n > 0; /* `fill` may have replaced or emptied the typed value */
    query->narrowed = query->narrowed || query->given[i];
    return true;
}

static bool lists_form_is_used(const struct list_query *query, size_t i, const struct criterion *one)
{
    return query->given[i] || one->field.error.n || one->note.n || one->field.search.n;
}

static void size_fill(const struct list_query *query, struct criterion *one)
{
    static const int SIZES[] = {10, 20, 50, 100};
    struct option *options = ARENA_ARRAY(query->visit->arena, struct option, 4);
    for (int i = 0; i < 4; i++) {
        struct str text = arena_printf(query->visit->arena, "%d", SIZES[i]);
        options[i] = (struct option){text, text, query->page_size == SIZES[i]};
    }
    *one = (struct criterion){.kind = CRITERION_SELECT,
                              .field = {.name = STR("page_size"),
                                        .label = visit_tr(query->visit, _("Rows a page")),
                                        .options = options,
                                        .option_count = 4,
                                        .error = visit_tr(query->visit, query->size_fault)}};
}

/* Finds the criteria that the form shows, in their order. The others can only be set in the address. */
static size_t searched(const struct list_query *query, size_t at[LIST_CRITERIA_MAX])
{
    const struct list *list = query->list;
    const struct str *names = NULL;
    size_t count = 0, name_count = list->searched ? list->searched(query->visit, &names) : list->criterion_count;
    for (size_t n = 0; n < name_count; n++) {
        for (size_t i = 0; i < list->criterion_count; i++) {
            if ((names ? str_eqz(names[n], list->criteria[i].name) : n == i) && count < LIST_CRITERIA_MAX)
                at[count++] = i;
        }
    }
    return count;
}

/* Returns a fault of something that has no field in the form; it is shown above the form. */
static const struct msgid *lists_form_fault_without_field(const struct list_query *query, const struct field *fields,
                                                          size_t count)
{
    if (query->link_fault || fields_refused(fields, count))
        return query->link_fault;
    for (size_t i = 0; i < query->list->criterion_count; i++) {
        if (query->faults[i])
            return query->faults[i];
    }
    return NULL;
}

bool list_form_fill(struct list_query *query, struct list_view *view, struct err *err)
{
    size_t at[LIST_CRITERIA_MAX], count = searched(query, at);
    struct criterion *made = ARENA_ARRAY(query->visit->arena, struct criterion, count);
    struct field *fields = ARENA_ARRAY(query->visit->arena, struct field, count + 2);
    view->first_count = query->list->first_criteria;
    for (size_t n = 0; n < count; n++) {
        struct criterion *one = &made[view->criterion_count];
        if (!lists_form_criterion_fill(query, at[n], one, err))
            return false;
        if (!one->field.label.n)
            continue;
        one->further = view->first_count && view->criterion_count >= view->first_count;
        view->further_used = view->further_used || (one->further && lists_form_is_used(query, at[n], one));
        fields[view->criterion_count++] = one->field;
    }
    size_fill(query, &view->page_size);
    view->further_used = view->further_used || query->size_fault;
    view->field_count = view->criterion_count;
    fields[view->field_count++] = view->page_size.field;
    fields[view->field_count] = (struct field){
        .error = visit_tr(query->visit, lists_form_fault_without_field(query, fields, view->field_count))};
    view->field_count++;
    view->criteria = made;
    view->formless =
        query->list->formless || !view->criterion_count || (query->list->never && query->list->never(query->visit));
    view->fields = fields;
    query->faulty = query->faulty || fields_refused(fields, view->field_count);
    return true;
}
