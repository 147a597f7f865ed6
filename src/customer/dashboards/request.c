#include "base/clock.h"
#include "customer/dashboards/board.h"

void board_request_fill(struct board_request *request, struct list_query *query)
{
    size_t i = 0;
    while (boards[i]->rows != query->list)
        i++;
    *request = (struct board_request){.visit = query->visit, .board = boards[i], .query = query};
    for (size_t k = 0; k < query->list->criterion_count; k++)
        request->faulty = request->faulty || query->faults[k];
    period_read(query, &request->period);
    request->buckets = period_buckets(query->visit->arena, &request->period);
    request->params = board_params(query, request->period.from, request->period.to, query->list->criterion_count);
}

bool board_request_read(struct board_request *request, struct visit *visit, struct err *err)
{
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    for (size_t i = 0; i < BOARDS; i++) {
        if (!str_eqz(visit->path_value[0], boards[i]->rows->name))
            continue;
        (void)list_query_read(query, visit, boards[i]->rows);
        board_request_fill(request, query);
        return true;
    }
    return err_set(err, ERR_NOT_FOUND, NULL, "no such dashboard");
}

struct str board_params(const struct list_query *query, int32_t from, int32_t to, size_t count)
{
    struct arena *arena = query->visit->arena;
    struct buf out;
    buf_init(&out, arena);
    buf_printf(&out, "?from=%.*s&to=%.*s", STR_FMT(date_format(arena, from)), STR_FMT(date_format(arena, to)));
    for (size_t i = CRITERION_TO + 1; i < count && query->list->criteria[i].label; i++) {
        if (!query->values[i].n)
            continue;
        buf_printf(&out, "&%s=", query->list->criteria[i].name);
        buf_url_part(&out, query->values[i]);
    }
    return buf_text(&out);
}

struct str board_address(struct arena *arena, const struct board *board, const char *ending, struct str params)
{
    return arena_printf(arena, "/dashboards/%s%s%.*s", board->rows->name, ending, STR_FMT(params));
}
