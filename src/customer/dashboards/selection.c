#include "customer/dashboards/selection.h"

static const char *const STATE_CODES[] = {"", "finished", "open", "start_known"};

static bool selection_shown(const struct board *board, enum dimension by, bool top)
{
    for (size_t i = 0; i < board->chart_count; i++) {
        if (board->charts[i].by == by && (!top || board->charts[i].top))
            return true;
    }
    return false;
}

static bool selection_nothing(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, NULL, "no such selection");
}

static bool selection_read_state(const struct board *board, struct str text, enum selection_state *state)
{
    *state = SELECT_ALL;
    for (int i = SELECT_FINISHED; text.n && i <= SELECT_START_KNOWN; i++) {
        if (str_eqz(text, STATE_CODES[i]) && (i != SELECT_START_KNOWN || board->samples))
            *state = (enum selection_state)i;
    }
    return !text.n || *state != SELECT_ALL;
}

/* Which groups are not among the others is known only after all facts are added up. */
static bool selection_read_others(const struct board_request *request, struct selection *selection, struct err *err)
{
    struct gathered *gathered = ARENA_NEW(request->visit->arena, struct gathered);
    selection->key = KEY_OTHERS;
    if (!gather(request, gathered, err))
        return false;
    selection->top = gathered->by[selection->by];
    return true;
}

bool selection_read(const struct board_request *request, struct selection *selection, struct err *err)
{
    const struct list_query *query = request->query;
    struct str by = list_value(query, "by"), is = list_value(query, "is");
    bool others = list_value(query, "others").n;
    int dimension = 0;
    *selection = (struct selection){.grouped = by.n > 0};
    if (!selection_read_state(request->board, list_value(query, "state"), &selection->state))
        return selection_nothing(err);
    if (!selection->grouped)
        return true;
    while (dimension < DIMENSION_COUNT && !str_eqz(by, dimensions[dimension].code))
        dimension++;
    selection->by = (enum dimension)dimension;
    if (!selection_shown(request->board, selection->by, others))
        return selection_nothing(err);
    if (others ? !selection_read_others(request, selection, err)
               : !names_find(request, selection->by, is, &selection->key, err))
        return false;
    /* A number that does not exist answers like one that is not visible: without rows. */
    selection->name = (struct group_name){.code = is, .label = is};
    if (selection->key == KEY_UNKNOWN)
        return dimensions[selection->by].names_literal || selection_nothing(err);
    if (!selection->key && (selection->by == BY_TIME || selection->by == BY_DURATION))
        return selection_nothing(err);
    struct group group = {.key = selection->key};
    struct groups one = {.items = &group, .count = 1};
    if (!names_load(request, selection->by, &one, err))
        return false;
    selection->name = one.names[0];
    return true;
}

struct str selection_params(struct arena *arena, const struct selection *selection)
{
    struct buf out;
    buf_init(&out, arena);
    if (selection->grouped) {
        buf_z(&out, "&by=");
        buf_z(&out, dimensions[selection->by].code);
        if (selection->key == KEY_OTHERS) {
            buf_z(&out, "&others=1");
        } else if (selection->name.code.n) {
            buf_z(&out, "&is=");
            buf_url_part(&out, selection->name.code);
        }
    }
    if (selection->state != SELECT_ALL) {
        buf_z(&out, "&state=");
        buf_z(&out, STATE_CODES[selection->state]);
    }
    return buf_text(&out);
}

/* --- as a condition ----------------------------------------------------------------------------------------------- */

static void selection_add_range(struct sql *sql, const char *literal, int64_t from, int64_t to)
{
    sql_put(sql, " AND {} >= ? AND {} < ?", SQL(literal), DB_INT(from), SQL(literal), DB_INT(to));
}

static void selection_add_group(struct sql *sql, const struct board_request *request, const struct selection *selection)
{
    const struct board *board = request->board;
    size_t place = (size_t)selection->key - 1;
    if (selection->by == BY_TIME) {
        const struct buckets *buckets = &request->buckets;
        bool last = place + 1 == buckets->count;
        selection_add_range(sql, board->at_literal, buckets->items[place].start_us,
                            last ? request->period.end_us : buckets->items[place + 1].start_us);
    } else if (selection->by == BY_DURATION) {
        selection_add_range(sql, board->value_literal, place ? duration_ends[place - 1] : 0, duration_ends[place]);
    } else {
        sql_put(sql, " AND COALESCE({}, 0) = ?", SQL(board->key_literals[selection->by]), DB_INT(selection->key));
    }
}

void selection_add(struct sql *sql, const struct board_request *request, const struct selection *selection)
{
    const struct board *board = request->board;
    if (selection->state == SELECT_START_KNOWN)
        sql_put(sql, " AND {} IS NOT NULL", SQL(board->waiting_literal));
    else if (selection->state != SELECT_ALL)
        sql_put(sql, selection->state == SELECT_OPEN ? " AND NOT ({})" : " AND {}", SQL(board->finished_literal));
    if (selection->grouped && selection->key != KEY_OTHERS)
        selection_add_group(sql, request, selection);
    for (size_t i = 0; i < selection->top.count; i++)
        sql_put(sql, " AND COALESCE({}, 0) <> ?", SQL(board->key_literals[selection->by]),
                DB_INT(selection->top.items[i].key));
}
