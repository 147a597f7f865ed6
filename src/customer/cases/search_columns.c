/* Which columns of the list of cases a user of staff sees. */
#include "customer/cases/search_page.h"
#include "model/case_columns.h"
#include "portal/staff_columns.h"

static const struct staff_column *case_columns_offered(struct visit *visit, const struct case_column *columns,
                                                       size_t count)
{
    struct staff_column *made = ARENA_ARRAY(visit->arena, struct staff_column, count);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct staff_column){columns[i].name, columns[i].label};
    return made;
}

static struct staff_columns case_columns_offer(struct visit *visit)
{
    const struct case_column *all, *chosen;
    size_t all_count = columns_all(visit, &all), chosen_count = columns_load(visit, &chosen);
    return (struct staff_columns){
        .list = CASES_LIST,
        .title = visit_tr(visit, _("Columns of the list of cases")),
        .back_label = visit_tr(visit, _("Search cases")),
        .note = visit_tr(visit, _("Files of it have the same columns.")),
        .needed = STR("number"),
        .all = case_columns_offered(visit, all, all_count),
        .chosen = case_columns_offered(visit, chosen, chosen_count),
        .all_count = all_count,
        .chosen_count = chosen_count,
    };
}

bool case_columns_page(struct visit *visit, struct err *err)
{
    struct staff_columns columns = case_columns_offer(visit);
    return staff_columns_page(visit, &columns, err);
}

bool case_columns_send(struct visit *visit, struct err *err)
{
    struct staff_columns columns = case_columns_offer(visit);
    return staff_columns_send(visit, &columns, err);
}
