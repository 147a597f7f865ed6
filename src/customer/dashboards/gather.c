#include "customer/dashboards/gather.h"

#include "customer/dashboards/stats.h"
#include "customer/dashboards/tally.h"

#include <stdlib.h>

#define TOP 10

struct samples {
    struct sample *items;
    size_t count, cap;
};

struct gathering {
    struct arena *arena;
    const struct board *board;
    struct tally tallies[DIMENSION_COUNT];
    bool used[DIMENSION_COUNT];
    struct group all;
    struct samples samples;
    int64_t left_out;
};

bool gather_each(struct visit *visit, const struct board *board, const struct filter *filter,
                 const struct buckets *buckets, void (*each)(void *context, const struct fact *fact), void *context,
                 struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    board->add_columns(&sql, visit);
    board->add_from(&sql, visit, filter, filter->period.start_us, filter->period.end_us);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        struct fact fact = {.id = db_int(rows, 0), .at = db_int(rows, 1)};
        board->read(rows, &fact);
        fact.key[BY_TIME] = (int64_t)bucket_find(buckets, fact.at) + 1;
        each(context, &fact);
    }
    return db_done(rows, err);
}

static void samples_add(struct arena *arena, struct samples *samples, const struct fact *fact)
{
    if (samples->count == samples->cap) {
        samples->cap = samples->cap ? samples->cap * 2 : 1024;
        struct sample *grown = ARENA_ARRAY(arena, struct sample, samples->cap);
        for (size_t i = 0; i < samples->count; i++)
            grown[i] = samples->items[i];
        samples->items = grown;
    }
    struct sample *sample = &samples->items[samples->count++];
    *sample = (struct sample){
        .halved = fact->halved, .total = fact->value, .waiting = fact->waiting, .working = fact->working};
    for (int by = 0; by < DIMENSION_COUNT; by++)
        sample->key[by] = fact->key[by];
}

static void gather_add_fact(void *context, const struct fact *fact)
{
    struct gathering *gathering = context;
    if (fact->disordered) {
        gathering->left_out++;
        return;
    }
    group_add(&gathering->all, fact);
    for (int by = 0; by < DIMENSION_COUNT; by++) {
        if (gathering->used[by])
            group_add(tally_at(&gathering->tallies[by], fact->key[by]), fact);
    }
    if (gathering->board->samples)
        samples_add(gathering->arena, &gathering->samples, fact);
}

/* --- the order in which groups are shown -------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_count(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count) : by_key(a, b);
}

static int by_sum(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return x->value != y->value ? (x->value < y->value) - (x->value > y->value) : by_count(a, b);
}

/*
 * Returns the number of positions of a dimension with an order of its own, such as time and states. All its positions
 * are shown, also without facts; other dimensions return 0.
 */
static size_t places_of(enum dimension by, const struct buckets *buckets)
{
    switch (by) {
    case BY_TIME:
        return buckets->count;
    case BY_STATUS:
        return 3;
    case BY_PUNCTUALITY:
        return PUNCTUALITY_END - 1;
    case BY_DURATION:
        return DURATION_STEPS;
    case BY_ARTICLE_TYPE:
        return 5;
    case BY_TYPE:
    case BY_CUSTOMER:
    case BY_OBJECT:
    case BY_ACTION_CODE:
    case BY_ARTICLE:
    case DIMENSION_COUNT:
        break;
    }
    return 0;
}

static struct groups order_groups(struct gathering *gathering, enum dimension by, bool top,
                                  const struct buckets *buckets)
{
    struct tally *tally = &gathering->tallies[by];
    size_t places = places_of(by, buckets);
    for (size_t i = 1; tally->count && i <= places; i++)
        (void)tally_at(tally, (int64_t)i);
    qsort(tally->items, tally->count, sizeof *tally->items,
          places                    ? by_key
          : gathering->board->money ? by_sum
                                    : by_count);
    struct groups groups = {tally->items, tally->count};
    if (!top || groups.count <= TOP + 1) /* a single other group is shown as itself */
        return groups;
    struct group others = {.key = KEY_OTHERS};
    for (size_t i = TOP; i < groups.count; i++)
        group_join(&others, &groups.items[i]);
    groups.items[TOP] = others;
    groups.count = TOP + 1;
    return groups;
}

static void gathering_init(struct gathering *gathering, struct arena *arena, const struct board *board)
{
    *gathering = (struct gathering){.arena = arena, .board = board};
    for (size_t i = 0; i < board->chart_count; i++) {
        enum dimension by = board->charts[i].by;
        gathering->used[by] = true;
        tally_init(&gathering->tallies[by], arena);
    }
}

/* Reads the period before as one group. Its medians need every case. */
static bool sample_before(struct visit *visit, const struct board *board, const struct filter *filter,
                          struct group *before, struct err *err)
{
    struct gathering gathering = {.arena = visit->arena, .board = board};
    struct filter earlier = *filter;
    const struct bucket whole = {filter->period.before_from, filter->period.before_to, filter->period.before_us};
    const struct buckets one = {BUCKET_YEAR, &whole, 1};
    earlier.period.end_us = filter->period.start_us;
    earlier.period.start_us = filter->period.before_us;
    if (!gather_each(visit, board, &earlier, &one, gather_add_fact, &gathering, err))
        return false;
    *before = gathering.all;
    stats_of_all(visit->arena, gathering.samples.items, gathering.samples.count, before);
    return true;
}

static bool total_before(struct visit *visit, const struct board *board, const struct filter *filter,
                         struct group *before, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    board->add_totals(&sql, visit);
    board->add_from(&sql, visit, filter, filter->period.before_us, filter->period.start_us);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows))
        *before = (struct group){.count = db_int(rows, 0),
                                 .finished = db_int(rows, 1),
                                 .on_time = db_int(rows, 2),
                                 .valued = db_int(rows, 3),
                                 .value = db_int(rows, 4)};
    return db_done(rows, err);
}

static bool gather_before(struct visit *visit, const struct board *board, const struct filter *filter,
                          struct group *before, struct err *err)
{
    return board->add_totals ? total_before(visit, board, filter, before, err)
                             : sample_before(visit, board, filter, before, err);
}

bool gather(struct visit *visit, const struct board *board, const struct filter *filter, struct gathered *gathered,
            struct err *err)
{
    struct gathering gathering;
    *gathered = (struct gathered){.buckets = period_buckets(visit->arena, &filter->period)};
    gathering_init(&gathering, visit->arena, board);
    if (!gather_each(visit, board, filter, &gathered->buckets, gather_add_fact, &gathering, err) ||
        !gather_before(visit, board, filter, &gathered->before, err))
        return false;
    const struct samples *samples = &gathering.samples;
    gathered->all = gathering.all;
    gathered->left_out = gathering.left_out;
    stats_of_all(visit->arena, samples->items, samples->count, &gathered->all);
    for (size_t i = 0; i < board->chart_count; i++) {
        enum dimension by = board->charts[i].by;
        if (gathered->by[by].items)
            continue;
        gathered->by[by] = order_groups(&gathering, by, board->charts[i].top, &gathered->buckets);
        if (board->samples)
            stats_of_groups(visit->arena, samples->items, samples->count, by, &gathered->by[by]);
    }
    return true;
}
