/*
 * Decides which columns a list has: for everybody, for one staff user, and in files. Also the page where staff choose
 * them.
 */
#include "base/log.h"
#include "lists/columns.html.h"
#include "lists/internal.h"

/* Sorts columns without a number after those with one. */
#define LAST 1000

/* --- what a column is --------------------------------------------------------------------------------------------- */

static enum list_kind lists_columns_kind_of(const struct entity_field *field)
{
    switch (field->kind) {
    case FIELD_KEY:
        return field->fixed ? LIST_LINK : LIST_TEXT;
    case FIELD_CHOICE:
        return LIST_CODE;
    case FIELD_YES_NO:
        return LIST_YES_NO;
    case FIELD_DATE:
        return LIST_DATE;
    case FIELD_INSTANT:
        return LIST_INSTANT;
    case FIELD_DECIMAL:
        return LIST_DECIMAL;
    case FIELD_MONEY:
        return LIST_PRICE;
    case FIELD_DISCOUNT:
        return LIST_PERCENT;
    case FIELD_INTEGER:
        return LIST_COUNT;
    case FIELD_PICKLIST:
        return LIST_PAIR;
    default:
        return LIST_TEXT;
    }
}

/* Completes a column from its field. */
static void field_fill(const struct list *list, struct list_shown *shown)
{
    const struct entity_field *field = list->entity ? entity_field(list->entity, shown->name) : NULL;
    struct list_column *column = &shown->column;
    if (!field)
        return;
    if (!column->label)
        column->label = field->label;
    if (!column->codes)
        column->codes = field->codes;
    if (!column->literal) {
        shown->field = field;
        shown->alias_literal = list->alias_literal ? list->alias_literal : "t";
        if (column->kind == LIST_TEXT)
            column->kind = lists_columns_kind_of(field);
    }
    if (field_exported(field))
        shown->file_name = str_of(field_exported(field));
}

static struct list_shown lists_columns_shown_of(const struct visit *visit, const struct list *list,
                                                const struct list_column *column)
{
    struct list_shown shown = {.column = *column, .name = str_of(column->name), .file_name = str_of(column->name)};
    bool english = visit->view.lang == LANG_EN && column->second_en_literal;
    field_fill(list, &shown);
    shown.second_literal = english ? column->second_en_literal : column->second_literal;
    shown.label = list->label ? list->label(visit, shown.name) : STR_NONE;
    if (!shown.label.n)
        shown.label = visit_tr(visit, shown.column.label);
    return shown;
}

static bool lists_columns_is_there(const struct visit *visit, const struct list *list, struct str name)
{
    return !list->has || list->has(visit, name);
}

bool list_field_column(const struct entity *entity, struct str name, struct list_column *column)
{
    const struct entity_field *field = entity_field(entity, name);
    if (!field || field->unlisted)
        return false;
    *column = (struct list_column){.name = field->name};
    return true;
}

/* Finds the column of that name; without: a flag of columns that are left out. */
static bool column_find(struct visit *visit, const struct list *list, struct str name, unsigned without,
                        struct list_shown *shown)
{
    struct list_column made = {.name = NULL};
    bool known = false;
    if (!lists_columns_is_there(visit, list, name))
        return false;
    for (size_t i = 0; i < list->column_count; i++) {
        if (!str_eqz(name, list->columns[i].name))
            continue;
        known = true;
        *shown = lists_columns_shown_of(visit, list, &list->columns[i]);
        if (!(list->columns[i].flags & without))
            return true;
    }
    if (known || !list->more || !list->more(visit, name, &made))
        return false;
    *shown = lists_columns_shown_of(visit, list, &made);
    return true;
}

/* --- those of a page or a file ------------------------------------------------------------------------------------ */

static size_t named_columns(struct visit *visit, const struct list *list, const struct str *names, size_t name_count,
                            unsigned without, struct list_shown *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < name_count && count < LIST_COLUMNS_MAX; i++)
        count += column_find(visit, list, names[i], without, &shown[count]);
    return count;
}

static size_t columns_without(const struct visit *visit, const struct list *list, unsigned flags,
                              struct list_shown *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < list->column_count && count < LIST_COLUMNS_MAX; i++) {
        if (!(list->columns[i].flags & flags) && lists_columns_is_there(visit, list, str_of(list->columns[i].name)))
            shown[count++] = lists_columns_shown_of(visit, list, &list->columns[i]);
    }
    return count;
}

/* Returns the names that the user chose, which may include columns that no longer exist. 0: they chose none. */
static size_t chosen_names(struct visit *visit, const struct list *list, const struct str **names)
{
    struct staff_list wanted;
    struct err err = {.kind = ERR_NONE};
    struct str *chosen = ARENA_ARRAY(visit->arena, struct str, LIST_COLUMNS_MAX), rest, name;
    size_t count = 0;
    *names = chosen;
    if (!staff_list_load(visit, list->name, &wanted, &err)) {
        log_event(LOG_ERROR, "list_not_read", LOG_Z("detail", err.detail));
        return 0;
    }
    for (rest = wanted.columns; count < LIST_COLUMNS_MAX && str_cut(&rest, ',', &name);) {
        if (name.n)
            chosen[count++] = name;
    }
    return count;
}

/* Fills the chosen columns, else the standard ones. */
static size_t columns_wanted(struct visit *visit, const struct list *list, unsigned without, struct list_shown *shown)
{
    const struct str *names;
    size_t name_count = list->staff ? chosen_names(visit, list, &names) : 0;
    if (!name_count && list->standard)
        name_count = list->standard(visit, &names);
    return name_count ? named_columns(visit, list, names, name_count, without, shown)
                      : columns_without(visit, list, LIST_HIDDEN | without, shown);
}

size_t list_columns_shown(struct visit *visit, const struct list *list, struct list_shown *shown)
{
    return columns_wanted(visit, list, LIST_NO_PAGE, shown);
}

size_t list_columns_filed(struct visit *visit, const struct list *list, struct list_shown *shown)
{
    return list->files_follow ? columns_wanted(visit, list, LIST_NO_FILE, shown)
                              : columns_without(visit, list, LIST_NO_FILE, shown);
}

static size_t columns_offered(struct visit *visit, const struct list *list, struct list_shown *shown)
{
    const struct str *names;
    size_t count = columns_without(visit, list, LIST_NO_PAGE, shown);
    size_t name_count = list->more_names ? list->more_names(visit, &names) : 0;
    for (size_t i = 0; i < name_count && count < LIST_COLUMNS_MAX; i++)
        count += column_find(visit, list, names[i], LIST_NO_PAGE, &shown[count]);
    return count;
}

/* --- choosing them ------------------------------------------------------------------------------------------------ */

struct choice_of_columns {
    struct visit *visit;
    const struct list *list;
    struct list_shown all[LIST_COLUMNS_MAX], chosen[LIST_COLUMNS_MAX];
    size_t all_count, chosen_count;
};

static struct choice_of_columns *choice_begin(struct visit *visit, const struct list *list)
{
    struct choice_of_columns *choice = ARENA_NEW(visit->arena, struct choice_of_columns);
    choice->visit = visit;
    choice->list = list;
    choice->all_count = columns_offered(visit, list, choice->all);
    choice->chosen_count = list_columns_shown(visit, list, choice->chosen);
    return choice;
}

/* Returns the column that cannot be left out, because it links to the rows. */
static const struct list_shown *needed_column(const struct choice_of_columns *choice)
{
    for (size_t i = 0; i < choice->all_count; i++) {
        if (choice->all[i].column.kind == LIST_LINK || (choice->all[i].column.flags & LIST_ALWAYS))
            return &choice->all[i];
    }
    return NULL;
}

static bool is_chosen(const struct choice_of_columns *choice, struct str name)
{
    for (size_t i = 0; i < choice->chosen_count; i++) {
        if (str_eq(choice->chosen[i].name, name))
            return true;
    }
    return false;
}

/* Lists the chosen columns first, in their order, then all others. */
static size_t choices_of(const struct choice_of_columns *choice, struct list_column_choice **choices)
{
    size_t count = 0;
    struct list_column_choice *made =
        ARENA_ARRAY(choice->visit->arena, struct list_column_choice, choice->all_count + choice->chosen_count);
    for (size_t i = 0; i < choice->chosen_count; i++, count++)
        made[count] = (struct list_column_choice){choice->chosen[i].name, choice->chosen[i].label,
                                                  arena_printf(choice->visit->arena, "%zu", i + 1), true};
    for (size_t i = 0; i < choice->all_count; i++) {
        if (!is_chosen(choice, choice->all[i].name))
            made[count++] = (struct list_column_choice){choice->all[i].name, choice->all[i].label, STR_NONE, false};
    }
    *choices = made;
    return count;
}

static bool choice_show(const struct choice_of_columns *choice, struct str refusal)
{
    struct visit *visit = choice->visit;
    const struct list *list = choice->list;
    struct str rows = visit_tr(visit, list->rows_title ? list->rows_title : list->title);
    struct list_column_choice *choices;
    struct list_columns_view view = {
        .title = tr_fill(visit->arena, visit->view.lang, _("Columns of the list: {1}"), &rows, 1),
        .back_label = visit_tr(visit, list->title),
        .back_url = str_of(list->path),
        .action = arena_printf(visit->arena, "/staff/lists/%s", list->name),
        .note = visit_tr(visit, list->files_follow ? _("Files of it have the same columns.")
                                                   : _("Files of it always have every column.")),
        .refusal = refusal,
    };
    view.count = choices_of(choice, &choices);
    view.choices = choices;
    if (refusal.n)
        visit->response->status = 400;
    return page_show(visit, view.title, list_columns_form_html, &view);
}

bool list_columns_page(struct visit *visit, const struct list *list, struct err *err)
{
    (void)err;
    return choice_show(choice_begin(visit, list), STR_NONE);
}

static bool was_ticked(const struct http_params *form, struct str name)
{
    size_t at = 0;
    struct str value;
    while (http_param_next(form, "column", &at, &value)) {
        if (str_eq(value, name))
            return true;
    }
    return false;
}

static int64_t order_typed(const struct visit *visit, struct str name)
{
    char *param = arena_z(visit->arena, arena_printf(visit->arena, "order_%.*s", STR_FMT(name)));
    int64_t order = LAST;
    return str_to_int(str_trim(http_param(&visit->request->form, param)), &order) ? order : LAST;
}

/* Sorts the ticked columns by their typed numbers, columns without a number last. Equal numbers keep their order. */
static struct str ticked_names(const struct choice_of_columns *choice)
{
    struct visit *visit = choice->visit;
    struct list_column_choice *choices;
    size_t count = choices_of(choice, &choices), used = 0;
    struct str *names = ARENA_ARRAY(visit->arena, struct str, count);
    int64_t *orders = ARENA_ARRAY(visit->arena, int64_t, count);
    struct buf text;
    for (size_t i = 0; i < count; i++) {
        if (!was_ticked(&visit->request->form, choices[i].name))
            continue;
        int64_t order = order_typed(visit, choices[i].name);
        size_t at = used++;
        for (; at > 0 && orders[at - 1] > order; at--) {
            orders[at] = orders[at - 1];
            names[at] = names[at - 1];
        }
        orders[at] = order;
        names[at] = choices[i].name;
    }
    buf_init(&text, visit->arena);
    for (size_t i = 0; i < used; i++)
        buf_printf(&text, "%s%.*s", i ? "," : "", STR_FMT(names[i]));
    return buf_text(&text);
}

struct columns_wish {
    struct visit *visit;
    const char *list;
    struct str names;
};

static bool wish_save(struct db_conn *conn, void *context, struct err *err)
{
    const struct columns_wish *wish = context;
    (void)conn;
    return staff_list_set_columns(wish->visit, wish->list, wish->names, err) &&
           visit_audit(wish->visit, "list_changed", str_of(wish->list), wish->names, err);
}

bool list_columns_send(struct visit *visit, const struct list *list, struct err *err)
{
    const struct choice_of_columns *choice = choice_begin(visit, list);
    const struct list_shown *needed = needed_column(choice);
    struct columns_wish wish = {visit, list->name, STR_NONE};
    bool reset = str_eqz(http_param(&visit->request->form, "act"), "reset");
    if (!reset && needed && !was_ticked(&visit->request->form, needed->name))
        return choice_show(choice,
                           tr_fill(visit->arena, visit->view.lang,
                                   _("{1} must be one of them: there are the links to the rows."), &needed->label, 1));
    if (!reset)
        wish.names = ticked_names(choice);
    if (!db_transaction(visit->db, wish_save, &wish, err))
        return false;
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, str_of(list->path));
}
