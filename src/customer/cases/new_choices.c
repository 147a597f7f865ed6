#include "customer/cases/new_form.h"
#include "model/choice_search.h"
#include "model/choices.h"

static void choose_options(struct visit *visit, struct new_field *one)
{
    const struct config_field *config = &one->config;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, config->choice_count);
    for (size_t i = 0; i < config->choice_count; i++)
        options[i] = (struct option){config->choices[i].value, config->choices[i].label[visit->view.lang],
                                     str_eq(config->choices[i].value, one->field.value)};
    one->field.options = options;
    one->field.option_count = config->choice_count;
    one->field.empty_label = visit_tr(visit, _("Choose…"));
}

static void yes_no_options(struct visit *visit, struct new_field *one)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 2);
    options[0] = (struct option){STR("yes"), visit_tr(visit, _("Yes")), str_eqz(one->field.value, "yes")};
    options[1] = (struct option){STR("no"), visit_tr(visit, _("No")), str_eqz(one->field.value, "no")};
    one->field.options = options;
    one->field.option_count = 2;
    one->field.empty_label = visit_tr(visit, _("Choose…"));
}

/* A field with an empty list is not offered; a fixed value stays visible. */
static bool picklist_options(struct visit *visit, struct new_field *one, struct err *err)
{
    struct option *options;
    const char *list = one->config.rule.list;
    if (!choices_picklist(visit, list, STR_NONE, &options, &one->field.option_count, err))
        return false;
    for (size_t i = 0; i < one->field.option_count; i++)
        options[i].selected = str_eq(options[i].value, one->field.value);
    one->field.options = options;
    one->field.empty_label = visit_tr(visit, _("Choose…"));
    if (!one->field.option_count)
        one->offered = false;
    return true;
}

/* --- customers and objects ---------------------------------------------------------------------------------------- */

static void list_options(struct visit *visit, struct new_field *one, const struct choice *items, size_t count)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
    for (size_t i = 0; i < count; i++)
        options[i] = choice_option(visit->arena, &items[i], false, str_eq(items[i].number, one->field.value));
    one->field.options = options;
    one->field.option_count = count;
    one->choices = items;
    if (!count)
        one->offered = false;
}

/* The chosen option is the first one, no matter what the search is. */
static bool picker_options(struct visit *visit, struct new_field *one, enum choice_kind kind, struct err *err)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CHOICE_HITS + 1);
    struct choices *hits = ARENA_NEW(visit->arena, struct choices);
    struct choice chosen;
    bool found = false;
    size_t count = 0;
    if (one->field.value.n && !choice_find(visit, kind, str_trim(one->field.value), &chosen, &found, err))
        return false;
    if (found)
        options[count++] = choice_option(visit->arena, &chosen, true, true);
    bool asked = str_eq(http_param(&visit->request->form, "search"), one->config.name);
    if ((asked || (one->search.n && !found)) && !choice_search(visit, kind, one->search, hits, err))
        return false;
    for (size_t i = 0; i < hits->count; i++) {
        if (!found || !str_eq(hits->items[i].number, chosen.number))
            options[count++] = choice_option(visit->arena, &hits->items[i], true, false);
    }
    one->field.value = found ? chosen.number : STR_NONE;
    one->field.options = options;
    one->field.option_count = count;
    one->field.search = one->search;
    one->searched = asked || hits->total ? one->search : STR_NONE;
    one->total = hits->total;
    one->field.autofocus = asked; /* without script the page opens at its top: the focus leads back to the hits */
    if (asked && !hits->total)
        one->field.error = visit_tr(visit, _("No hits"));
    return true;
}

static bool link_options(struct visit *visit, struct new_field *one, struct err *err)
{
    enum choice_kind kind = one->config.rule.kind == FIELD_OBJECT ? CHOICE_OBJECT : CHOICE_CUSTOMER;
    struct choice *items;
    size_t count = 0;
    if (!one->offered)
        return true;
    const struct msgid *none = kind == CHOICE_OBJECT ? _("No object") : _("No customer");
    one->field.empty_label = visit_tr(visit, one->config.required ? _("Choose…") : none);
    if (!choice_list(visit, kind, NEW_LIST_CAP, &items, &count, &one->picker, err))
        return false;
    if (one->picker)
        return picker_options(visit, one, kind, err);
    list_options(visit, one, items, count);
    return true;
}

static bool field_options(struct visit *visit, struct new_field *one, struct err *err)
{
    switch (one->config.rule.kind) {
    case FIELD_CHOICE:
        choose_options(visit, one);
        return true;
    case FIELD_YES_NO:
        yes_no_options(visit, one);
        return true;
    case FIELD_PICKLIST:
        return picklist_options(visit, one, err);
    case FIELD_CUSTOMER:
    case FIELD_OBJECT:
        return link_options(visit, one, err);
    default:
        return true;
    }
}

bool new_form_choices(struct visit *visit, struct new_form *form, struct err *err)
{
    for (size_t i = 0; i < form->count; i++) {
        if (!form->fields[i].config.hidden && !field_options(visit, &form->fields[i], err))
            return false;
    }
    return true;
}
