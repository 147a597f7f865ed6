#include "portal/staff_columns.h"

#include "base/log.h"
#include "portal/staff_columns.html.h"

#define NAMES_MAX 80
/* Behind all that have a number of their own. */
#define LAST 1000

size_t staff_columns_names(struct visit *visit, const char *list, const struct str **names)
{
    struct staff_list wanted;
    struct err err = {.kind = ERR_NONE};
    struct str *chosen = ARENA_ARRAY(visit->arena, struct str, NAMES_MAX);
    struct str rest, name;
    size_t count = 0;
    if (!staff_list_load(visit, list, &wanted, &err)) {
        log_event(LOG_ERROR, "list_not_read", LOG_Z("detail", err.detail));
        return 0;
    }
    for (rest = wanted.columns; count < NAMES_MAX && str_cut(&rest, ',', &name);) {
        if (name.n)
            chosen[count++] = name;
    }
    *names = chosen;
    return count;
}

static struct str order_name(struct arena *arena, struct str name)
{
    return arena_printf(arena, "order_%.*s", STR_FMT(name));
}

/* Chosen ones first, in their order; all others behind them. */
static size_t choices_of(struct visit *visit, const struct staff_columns *columns, struct column_choice **choices)
{
    const struct staff_column *all = columns->all, *chosen = columns->chosen;
    size_t count = 0;
    struct column_choice *made =
        ARENA_ARRAY(visit->arena, struct column_choice, columns->all_count + columns->chosen_count);
    for (size_t i = 0; i < columns->chosen_count; i++, count++)
        made[count] =
            (struct column_choice){chosen[i].name, chosen[i].label, arena_printf(visit->arena, "%zu", i + 1), true};
    for (size_t i = 0; i < columns->all_count; i++) {
        size_t k = 0;
        while (k < columns->chosen_count && !str_eq(chosen[k].name, all[i].name))
            k++;
        if (k == columns->chosen_count)
            made[count++] = (struct column_choice){all[i].name, all[i].label, STR_NONE, false};
    }
    *choices = made;
    return count;
}

static bool show(struct visit *visit, const struct staff_columns *columns, struct str refusal)
{
    struct column_choice *choices;
    struct columns_view view = {
        .title = columns->title,
        .back_label = columns->back_label,
        .back_url = arena_printf(visit->arena, "/staff/%s", columns->list),
        .action = arena_printf(visit->arena, "/staff/lists/%s", columns->list),
        .note = columns->note,
        .refusal = refusal,
    };
    view.count = choices_of(visit, columns, &choices);
    view.choices = choices;
    if (refusal.n)
        visit->response->status = 400;
    page_begin(visit, columns->title);
    columns_form_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool staff_columns_page(struct visit *visit, const struct staff_columns *columns, struct err *err)
{
    (void)err;
    return show(visit, columns, STR_NONE);
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

/* By the numbers that were written, those without one behind; alike, as they stood. */
static struct str ticked_names(struct visit *visit, const struct staff_columns *columns)
{
    struct column_choice *choices;
    size_t count = choices_of(visit, columns, &choices), used = 0;
    struct str *names = ARENA_ARRAY(visit->arena, struct str, count);
    int64_t *orders = ARENA_ARRAY(visit->arena, int64_t, count);
    struct buf text;
    for (size_t i = 0; i < count; i++) {
        int64_t order = LAST;
        if (!was_ticked(&visit->request->form, choices[i].name))
            continue;
        if (!str_to_int(str_trim(http_param(&visit->request->form,
                                            arena_z(visit->arena, order_name(visit->arena, choices[i].name)))),
                        &order))
            order = LAST;
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

struct wish {
    struct visit *visit;
    const char *list;
    struct str names;
};

static bool save_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct wish *wish = context;
    (void)conn;
    return staff_list_set_columns(wish->visit, wish->list, wish->names, err) &&
           visit_audit(wish->visit, "list_changed", str_of(wish->list), wish->names, err);
}

static struct str refusal_of(struct visit *visit, const struct staff_columns *columns)
{
    struct str label = columns->needed;
    for (size_t i = 0; i < columns->all_count; i++) {
        if (str_eq(columns->all[i].name, columns->needed))
            label = columns->all[i].label;
    }
    return tr_fill(visit->arena, visit->view.lang, _("{1} must be one of them: there are the links to the rows."),
                   &label, 1);
}

bool staff_columns_send(struct visit *visit, const struct staff_columns *columns, struct err *err)
{
    bool reset = str_eqz(http_param(&visit->request->form, "act"), "reset");
    struct wish wish = {visit, columns->list, STR_NONE};
    if (!reset && !was_ticked(&visit->request->form, columns->needed))
        return show(visit, columns, refusal_of(visit, columns));
    if (!reset)
        wish.names = ticked_names(visit, columns);
    if (!db_transaction(visit->db, save_body, &wish, err))
        return false;
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, arena_printf(visit->arena, "/staff/%s", columns->list));
}
