#include "customer/dashboards/selection.h"

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

static const char *const STATE_CODES[] = {"", "finished", "open", "start_known"};

static bool selection_read_state(const struct board *board, struct str text, enum selection_state *state)
{
    *state = SELECT_ALL;
    for (int i = SELECT_FINISHED; text.n && i <= SELECT_START_KNOWN; i++) {
        if (str_eqz(text, STATE_CODES[i]) && (i != SELECT_START_KNOWN || board->samples))
            *state = (enum selection_state)i;
    }
    return !text.n || *state != SELECT_ALL;
}

static bool read_name(struct visit *visit, const struct board *board, const struct buckets *buckets,
                      struct selection *selection, struct err *err)
{
    struct group group = {.key = selection->key};
    const struct groups one = {&group, 1};
    struct group_name *name;
    if (!names_load(visit, board, selection->by, buckets, &one, &name, err))
        return false;
    selection->name = *name;
    return true;
}

bool selection_read(struct visit *visit, const struct board *board, const struct buckets *buckets,
                    struct selection *selection, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct str by = http_param(query, "by");
    bool others = http_has(query, "others");
    *selection = (struct selection){.grouped = by.n > 0};
    if (!selection_read_state(board, http_param(query, "state"), &selection->state))
        return selection_nothing(err);
    if (!selection->grouped)
        return true;
    if (!dimension_find(by, &selection->by) || !selection_shown(board, selection->by, others))
        return selection_nothing(err);
    if (others)
        selection->key = KEY_OTHERS;
    else if (!names_find(visit, board, selection->by, buckets, http_param(query, "is"), &selection->key, err))
        return false;
    if (selection->key != KEY_UNKNOWN)
        return read_name(visit, board, buckets, selection, err);
    /* A number that does not exist answers like one that is not visible: without rows. */
    selection->name = (struct group_name){http_param(query, "is"), http_param(query, "is")};
    return dimension_is_stored(selection->by) || selection_nothing(err);
}

void selection_params(struct buf *out, const struct selection *selection)
{
    if (selection->grouped) {
        filter_param(out, "by", str_of(dimension_codes[selection->by]));
        if (selection->key == KEY_OTHERS)
            filter_param(out, "others", STR("1"));
        else
            filter_param(out, "is", selection->name.code);
    }
    if (selection->state != SELECT_ALL)
        filter_param(out, "state", str_of(STATE_CODES[selection->state]));
}

static bool selection_is_among(const struct groups *top, int64_t key)
{
    for (size_t i = 0; i < top->count; i++) {
        if (top->items[i].key == key)
            return true;
    }
    return false;
}

static bool has_state(enum selection_state state, const struct fact *fact)
{
    if (state == SELECT_START_KNOWN)
        return fact->halved;
    return state == SELECT_ALL || fact->finished == (state == SELECT_FINISHED);
}

bool selection_has(const struct selection *selection, const struct groups *top, const struct fact *fact)
{
    if (!has_state(selection->state, fact))
        return false;
    if (!selection->grouped)
        return true;
    int64_t key = fact->key[selection->by];
    return selection->key == KEY_OTHERS ? !selection_is_among(top, key) : key == selection->key;
}
