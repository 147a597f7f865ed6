#include "features/cases/columns.h"
#include "features/cases/columns.html.h"
#include "features/cases/search_page.h"
#include "features/cases/views.h"

/* Behind all that have a number of their own. */
#define LAST 1000

static struct str order_name(struct arena *arena, struct str name)
{
    return arena_printf(arena, "order_%.*s", STR_FMT(name));
}

/* Chosen ones first, in their order; all others behind them. */
static size_t choices_of(struct visit *visit, struct column_choice **choices)
{
    const struct case_column *all, *chosen;
    size_t all_count = columns_all(visit, &all), chosen_count = columns_load(visit, &chosen), count = 0;
    struct column_choice *made = ARENA_ARRAY(visit->arena, struct column_choice, all_count + chosen_count);
    for (size_t i = 0; i < chosen_count; i++, count++)
        made[count] =
            (struct column_choice){chosen[i].name, chosen[i].label, arena_printf(visit->arena, "%zu", i + 1), true};
    for (size_t i = 0; i < all_count; i++) {
        size_t k = 0;
        while (k < chosen_count && !str_eq(chosen[k].name, all[i].name))
            k++;
        if (k == chosen_count)
            made[count++] = (struct column_choice){all[i].name, all[i].label, STR_NONE, false};
    }
    *choices = made;
    return count;
}

static bool show(struct visit *visit, const char *refusal)
{
    struct column_choice *choices;
    struct columns_view view = {.refusal = visit_tr(visit, refusal)};
    view.count = choices_of(visit, &choices);
    view.choices = choices;
    if (refusal)
        visit->response->status = 400;
    page_begin(visit, visit_tr(visit, _("Columns of the list of cases")));
    columns_form_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool columns_page(struct visit *visit, struct err *err)
{
    (void)err;
    return show(visit, NULL);
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
static struct str ticked_names(struct visit *visit)
{
    struct column_choice *choices;
    size_t count = choices_of(visit, &choices), used = 0;
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

static bool save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct visit *visit = context;
    bool reset = str_eqz(http_param(&visit->request->form, "act"), "reset");
    struct str names = reset ? STR_NONE : ticked_names(visit);
    (void)conn;
    return staff_list_set_columns(visit, CASES_LIST, names, err) &&
           visit_audit(visit, "list_changed", STR(CASES_LIST), names, err);
}

bool columns_send(struct visit *visit, struct err *err)
{
    bool reset = str_eqz(http_param(&visit->request->form, "act"), "reset");
    if (!reset && !was_ticked(&visit->request->form, STR("number")))
        return show(visit, _("The case number must be one of them: it leads to the case."));
    if (!db_transaction(visit->db, save_body, visit, err))
        return false;
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, STR("/staff/cases"));
}
