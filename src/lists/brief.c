/* The brief look of a list with chips: one search box, the other criteria under Filter, and what is chosen as chips. */
#include "lists/internal.h"

/* Returns the address of the list with another value of a criterion; empty: without it. */
static struct str address_with_value(const struct list_query *query, size_t i, struct str value)
{
    struct list_query *other = ARENA_NEW(query->visit->arena, struct list_query);
    *other = *query;
    other->values[i] = value;
    other->given[i] = value.n > 0;
    return list_address(other, "", STR_NONE, NULL);
}

static bool criterion_place(const struct list_query *query, struct str name, size_t *place)
{
    for (*place = 0; *place < query->list->criterion_count; ++*place) {
        if (str_eqz(name, query->list->criteria[*place].name))
            return true;
    }
    return false;
}

/* Returns what was chosen as people read it. */
static struct str chosen_text(const struct field *field, struct str value)
{
    for (size_t i = 0; i < field->option_count; i++) {
        if (field->options[i].selected && field->options[i].value.n)
            return field->options[i].label;
    }
    return value;
}

static bool is_chip(const struct list *list, struct str value)
{
    for (size_t i = 0; i < list->chip_count; i++) {
        if (str_eqz(value, list->chips[i].value))
            return true;
    }
    return false;
}

/* Whether the form has a criterion, which the settings decide. */
static bool form_has(const struct list_view *view, const char *name)
{
    for (size_t i = 0; i < view->criterion_count; i++) {
        if (str_eqz(view->criteria[i].field.name, name))
            return true;
    }
    return false;
}

static void chosen_fill(const struct list_query *query, struct list_view *view)
{
    struct arena *arena = query->visit->arena;
    struct list_chip_view *chosen = ARENA_ARRAY(arena, struct list_chip_view, view->criterion_count);
    size_t place;
    view->filter_kept = view->page_size.field.error.n > 0;
    for (size_t i = 0; i < view->criterion_count; i++) {
        const struct field *field = &view->criteria[i].field;
        view->filter_kept = view->filter_kept || field->error.n || view->criteria[i].note.n || field->search.n;
        if (str_eqz(field->name, "q"))
            view->words = &view->criteria[i];
        if (str_eqz(field->name, "q") || !criterion_place(query, field->name, &place) || !query->given[place])
            continue;
        if (str_eqz(field->name, query->list->chip_criterion) && is_chip(query->list, query->values[place]))
            continue;
        struct str text = chosen_text(field, query->values[place]);
        chosen[view->chosen_count++] = (struct list_chip_view){
            .label = arena_printf(arena, "%.*s: %.*s", STR_FMT(field->label), STR_FMT(text)),
            .url = address_with_value(query, place, STR_NONE),
        };
    }
    view->chosen = chosen;
    struct str count = fmt_int(arena, query->visit->view.lang, (int64_t)view->chosen_count);
    view->filter_label = view->chosen_count ? tr_fill(arena, query->visit->view.lang, _("Filter ({1})"), &count, 1)
                                            : visit_tr(query->visit, _("Filter"));
}

static bool chips_fill(struct list_query *query, struct list_view *view, struct err *err)
{
    const struct list *list = query->list;
    struct visit *visit = query->visit;
    struct list_chip_view *chips = ARENA_ARRAY(visit->arena, struct list_chip_view, list->chip_count);
    int64_t *counts = ARENA_ARRAY(visit->arena, int64_t, list->chip_count);
    size_t place;
    if (!form_has(view, list->chip_criterion) || !criterion_place(query, str_of(list->chip_criterion), &place))
        return true;
    if (!list->chips_count(query, counts, err))
        return false;
    for (size_t i = 0; i < list->chip_count; i++)
        chips[view->chip_count++] = (struct list_chip_view){
            .label = visit_tr(visit, list->chips[i].label),
            .count = counts[i] < 0 ? STR_NONE : fmt_int(visit->arena, visit->view.lang, counts[i]),
            .url = address_with_value(query, place, str_of(list->chips[i].value)),
            .current = str_eqz(query->values[place], list->chips[i].value),
        };
    view->chips = chips;
    return true;
}

static void sorts_fill(const struct list_query *query, struct list_view *view)
{
    const struct list *list = query->list;
    struct visit *visit = query->visit;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, list->sort_count + 1);
    struct str current = list_sort_text(visit->arena, query->order, query->descending);
    bool known = false;
    size_t count = 0;
    for (size_t i = 0; i < list->sort_count; i++) {
        bool chosen = str_eqz(current, list->sorts[i].value);
        known = known || chosen;
        options[count++] = (struct option){str_of(list->sorts[i].value), visit_tr(visit, list->sorts[i].label), chosen};
    }
    if (!known)
        options[count++] = (struct option){current, visit_tr(visit, _("As in the table")), true};
    view->sort_field = (struct field){
        .name = STR("sort"), .label = visit_tr(visit, _("Sort by")), .options = options, .option_count = count};
}

bool list_brief_fill(struct list_query *query, struct list_view *view, struct err *err)
{
    chosen_fill(query, view);
    sorts_fill(query, view);
    if (query->faulty || view->formless)
        return true;
    return chips_fill(query, view, err) && (!query->list->beside || query->list->beside(query, &view->beside, err));
}
