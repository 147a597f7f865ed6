#include "model/choice_criterion.h"

#include "access/visibility.h"
#include "model/choice_search.h"
#include "model/choices.h"
#include "model/search_input.h"

/* Longer lists get a search box instead. */
#define LIST_CAP 40

static void criterion_fill_list(struct visit *visit, const struct choice *items, size_t count, struct str number,
                                struct criterion *one)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
    for (size_t i = 0; i < count; i++)
        options[i] = choice_option(visit->arena, &items[i], false, str_eq(items[i].number, number));
    choices_keep(visit->arena, number, &options, &count);
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = count;
}

static void criterion_fill_note(struct visit *visit, const struct choices *hits, struct criterion *one)
{
    const enum lang lang = visit->view.lang;
    if (!hits->total)
        one->note = visit_tr(visit, _("No hits"));
    else if (hits->total > CHOICE_HITS)
        one->note = tr_fill(
            visit->arena, lang, _("The first {1} of {2} hits. Write more to find fewer."),
            (struct str[]){fmt_int(visit->arena, lang, CHOICE_HITS), fmt_int(visit->arena, lang, (int64_t)hits->total)},
            2);
}

/* The chosen option is the first one, no matter what the search is. */
static bool criterion_fill_hits(struct visit *visit, enum choice_kind kind, struct option chosen, bool search,
                                struct criterion *one, struct err *err)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CHOICE_HITS + 1);
    struct choices *hits = ARENA_NEW(visit->arena, struct choices);
    size_t count = 0;
    if (chosen.value.n)
        options[count++] = chosen;
    if (search && !choice_search(visit, kind, one->field.search, hits, err))
        return false;
    for (size_t i = 0; i < hits->count; i++) {
        if (!str_eq(hits->items[i].number, chosen.value))
            options[count++] = choice_option(visit->arena, &hits->items[i], true, false);
    }
    if (search)
        criterion_fill_note(visit, hits, one);
    one->field.options = options;
    one->field.option_count = count;
    return true;
}

static bool criterion_fill_picker(struct visit *visit, enum choice_kind kind, struct str name, struct str *number,
                                  struct criterion *one, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    const char *search_name = arena_z(visit->arena, arena_printf(visit->arena, "%.*s_search", STR_FMT(name)));
    struct str typed = search_input(visit->arena, http_param(query, search_name));
    struct str asked = number->n ? *number : typed;
    struct option chosen = {.value = *number, .label = *number, .selected = true};
    struct choice found_choice;
    bool search = str_eq(http_param(query, "search"), name), found = false;
    if (asked.n && !(search && !number->n) && !choice_find(visit, kind, asked, &found_choice, &found, err))
        return false;
    if (found) {
        chosen = choice_option(visit->arena, &found_choice, true, true);
        *number = chosen.value;
    }
    bool refused = typed.n && !number->n && !search;
    one->kind = CRITERION_PICKER;
    one->field.search = found && !search ? STR_NONE : typed;
    one->field.hint = visit_tr(visit, _("Type a number, a name or an address."));
    one->field.autofocus = search; /* without script the page opens at its top: the focus leads back to the hits */
    if (refused)
        one->field.error = visit_tr(visit, _("Choose one of the hits, or empty the search box."));
    return criterion_fill_hits(visit, kind, chosen, search || refused, one, err);
}

static bool choice_criterion_fill(struct visit *visit, enum choice_kind kind, struct str name, struct str *number,
                                  struct criterion *one, struct err *err)
{
    struct choice *items;
    size_t count;
    bool more;
    if (!choice_list(visit, kind, LIST_CAP, &items, &count, &more, err))
        return false;
    if (!more)
        criterion_fill_list(visit, items, count, *number, one);
    else if (!criterion_fill_picker(visit, kind, name, number, one, err))
        return false;
    one->field.value = *number;
    one->source = kind == KNOWN_OBJECT ? STR("/cases/choices/objects") : STR("/cases/choices/customers");
    return true;
}

bool cases_criterion_customer(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
{
    if (may_choose_customer(&visit->actor))
        return choice_criterion_fill(visit, KNOWN_CUSTOMER, one->field.name, number, one, err);
    one->field.label = STR_NONE;
    return true;
}

bool cases_criterion_object(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
{
    if (may_choose_object(&visit->actor))
        return choice_criterion_fill(visit, KNOWN_OBJECT, one->field.name, number, one, err);
    one->field.label = STR_NONE;
    return true;
}

bool cases_criterion_picklist(struct visit *visit, const char *list, struct str chosen, struct criterion *one,
                              struct err *err)
{
    struct option *options;
    size_t count;
    if (!choices_picklist(visit, list, chosen, &options, &count, err))
        return false;
    choices_keep(visit->arena, chosen, &options, &count);
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = count;
    return true;
}
