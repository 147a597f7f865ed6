/* All facts come through visible_scopes, the one rule of what an actor sees (domain 5). */
#include "customer/dashboards/gather.h"

#include "access/visibility.h"
#include "customer/dashboards/selection.h"
#include "customer/dashboards/stats.h"
#include "customer/dashboards/tally.h"
#include "db/collation.h"

#include <stdlib.h>
#include <string.h>

#define TOP 10

/* --- SQL ---------------------------------------------------------------------------------------------------------- */

void facts_add_from(struct sql *sql, const struct board_request *request, int64_t from_us, int64_t to_us)
{
    const struct board *board = request->board;
    struct actor actor = request->visit->actor;
    actor.sees_cancelled = false; /* cancelled cases count nowhere */
    sql_put(sql, board->event ? " FROM (SELECT DISTINCT e.case_id, e.work_order_id FROM scope_event e WHERE e.scope IN "
                              : " FROM (SELECT DISTINCT e.case_id FROM case_scope e WHERE e.scope IN ");
    visible_scopes(sql, &actor);
    if (board->event)
        sql_put(sql, " AND e.kind = ?", DB_INT(board->event));
    sql_put(sql, board->event ? " AND e.at >= ? AND e.at < ?" : " AND e.created >= ? AND e.created < ?",
            DB_INT(from_us), DB_INT(to_us));
    sql_put(sql, ") v JOIN {}", SQL(board->from_literal));
    list_conditions(sql, request->query);
}

void facts_add_selection(struct sql *sql, const struct board_request *request, const struct selection *selection)
{
    if (request->board->disordered_literal)
        sql_put(sql, " AND CASE WHEN {} THEN 0 ELSE 1 END = 1", SQL(request->board->disordered_literal));
    if (selection)
        selection_add(sql, request, selection);
}

static void fact_add_value(struct sql *sql, const struct board_request *request)
{
    if (!request->board->money) {
        sql_put(sql, "{}", SQL(request->board->value_literal));
        return;
    }
    sql_put(sql, "CASE WHEN ");
    visible_price(sql, &request->visit->actor, request->visit->config->prices);
    sql_put(sql, " THEN r.total END");
}

bool facts_total(const struct board_request *request, int64_t from_us, int64_t to_us, const struct selection *selection,
                 struct group *total, struct err *err)
{
    struct visit *visit = request->visit;
    const struct board *board = request->board;
    const char *punctuality_literal = board->key_literals[BY_PUNCTUALITY];
    struct sql sql =
        sql_start(visit->arena, "SELECT COUNT(*), COUNT(CASE WHEN {} THEN 1 END)", SQL(board->finished_literal));
    sql_put(&sql, ", COUNT(CASE WHEN {} = ? THEN 1 END), COUNT(", SQL(punctuality_literal ? punctuality_literal : "0"),
            DB_INT(ON_TIME));
    fact_add_value(&sql, request);
    sql_put(&sql, "), CAST(COALESCE(SUM(");
    fact_add_value(&sql, request);
    sql_put(&sql, "), 0) AS BIGINT)");
    facts_add_from(&sql, request, from_us, to_us);
    facts_add_selection(&sql, request, selection);
    *total = (struct group){0};
    return db_find_sql(
        visit->db, visit->arena, &sql,
        DB_TARGETS(TO(&total->count), TO(&total->finished), TO(&total->on_time), TO(&total->valued), TO(&total->value)),
        NULL, err);
}

/* --- reading facts ------------------------------------------------------------------------------------------------ */

struct gathering {
    const struct board_request *request;
    struct tally tallies[DIMENSION_COUNT];
    bool used[DIMENSION_COUNT];
    struct group all;
    int64_t left_out;
    struct fact *samples;
    size_t sample_count, sample_cap;
};

static void fact_keep(struct gathering *gathering, const struct fact *fact)
{
    gathering->samples = arena_grow(gathering->request->visit->arena, gathering->samples, gathering->sample_count,
                                    &gathering->sample_cap, sizeof *gathering->samples);
    gathering->samples[gathering->sample_count++] = *fact;
}

static void fact_add(struct gathering *gathering, const struct fact *fact)
{
    if (fact->disordered) {
        gathering->left_out++;
        return;
    }
    group_add(&gathering->all, fact);
    for (int by = 0; by < DIMENSION_COUNT; by++) {
        if (gathering->used[by])
            group_add(tally_at(&gathering->tallies[by], fact->key[by]), fact);
    }
    if (gathering->request->board->samples)
        fact_keep(gathering, fact);
}

static void fact_read(const struct board_request *request, const struct db_rows *rows, struct fact *fact)
{
    const struct board *board = request->board;
    int at = 2;
    *fact = (struct fact){.at = db_int(rows, 0), .finished = db_int(rows, 1)};
    for (int by = 0; by < DIMENSION_COUNT; by++) {
        if (board->key_literals[by])
            fact->key[by] = db_int(rows, at++);
    }
    fact->key[BY_TIME] = (int64_t)bucket_find(&request->buckets, fact->at) + 1;
    fact->on_time = fact->key[BY_PUNCTUALITY] == ON_TIME;
    fact->disordered = board->disordered_literal && db_int(rows, at++);
    if (!board->money && !board->samples)
        return;
    fact->valued = !db_null(rows, at);
    fact->value = db_int(rows, at);
    if (!board->samples)
        return;
    fact->halved = !db_null(rows, at + 1);
    fact->waiting = db_int(rows, at + 1);
    fact->working = db_int(rows, at + 2);
    for (fact->key[BY_DURATION] = 1; fact->value >= duration_ends[fact->key[BY_DURATION] - 1];)
        fact->key[BY_DURATION]++;
}

static bool facts_read(struct gathering *gathering, int64_t from_us, int64_t to_us, struct err *err)
{
    const struct board_request *request = gathering->request;
    const struct board *board = request->board;
    struct sql sql =
        sql_start(request->visit->arena, "SELECT {}, {}", SQL(board->at_literal), SQL(board->finished_literal));
    for (int by = 0; by < DIMENSION_COUNT; by++) {
        if (board->key_literals[by])
            sql_put(&sql, ", {}", SQL(board->key_literals[by]));
    }
    if (board->disordered_literal)
        sql_put(&sql, ", {}", SQL(board->disordered_literal));
    if (board->money || board->samples) {
        sql_put(&sql, ", ");
        fact_add_value(&sql, request);
    }
    if (board->samples)
        sql_put(&sql, ", {}, {}", SQL(board->waiting_literal), SQL(board->working_literal));
    facts_add_from(&sql, request, from_us, to_us);
    struct db_rows *rows = db_query_sql(request->visit->db, request->visit->arena, &sql, err);
    while (db_next(rows)) {
        struct fact fact;
        fact_read(request, rows, &fact);
        fact_add(gathering, &fact);
    }
    return db_done(rows, err);
}

/* Medians of the period before need every fact. */
static bool gather_before(const struct board_request *request, struct group *before, struct err *err)
{
    const struct period *period = &request->period;
    struct gathering gathering = {.request = request};
    if (!request->board->samples)
        return facts_total(request, period->before_us, period->start_us, NULL, before, err);
    if (!facts_read(&gathering, period->before_us, period->start_us, err))
        return false;
    *before = gathering.all;
    stats_of_all(request->visit->arena, gathering.samples, gathering.sample_count, before);
    return true;
}

/* --- the order in which groups are shown -------------------------------------------------------------------------- */

struct ranking {
    void *collator;
    bool by_sum; /* sums are drawn, otherwise counts */
};

struct ranked {
    struct group group;
    struct group_name name;
};

static int by_key(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* The largest first. */
static int by_number(const struct ranking *ranking, const struct group *a, const struct group *b)
{
    int64_t x = ranking->by_sum ? a->value : a->count, y = ranking->by_sum ? b->value : b->count;
    return (x < y) - (x > y);
}

static int by_number_and_key(const void *a, const void *b, void *ranking)
{
    int order = by_number(ranking, a, b);
    return order ? order : by_key(a, b);
}

static int by_number_and_name(const void *a, const void *b, void *with)
{
    const struct ranking *ranking = with;
    const struct ranked *x = a, *y = b;
    const struct str labels[] = {x->name.label, y->name.label}, codes[] = {x->name.code, y->name.code};
    int order = by_number(ranking, &x->group, &y->group);
    if (!order) /* the group without a value comes last */
        order = (x->group.key == 0) - (y->group.key == 0);
    if (!order)
        order = collation_compare(ranking->collator, (int)labels[0].n, labels[0].p, (int)labels[1].n, labels[1].p);
    if (!order)
        order = collation_compare(ranking->collator, (int)codes[0].n, codes[0].p, (int)codes[1].n, codes[1].p);
    return order;
}

/* Orders the first groups by number and name, with all that are as large as the last of them. Loads their names. */
static bool rank_groups(const struct board_request *request, enum dimension by, struct ranking *ranking, size_t first,
                        struct groups *groups, struct err *err)
{
    struct groups tied = {.items = groups->items, .count = first};
    ranking->collator = collation_shared(err);
    if (!ranking->collator)
        return false;
    qsort_r(groups->items, groups->count, sizeof *groups->items, by_number_and_key, ranking);
    while (first && tied.count < groups->count && !by_number(ranking, &tied.items[tied.count], &tied.items[first - 1]))
        tied.count++;
    if (!names_load(request, by, &tied, err))
        return false;
    struct ranked *ranked = ARENA_ARRAY(request->visit->arena, struct ranked, tied.count);
    for (size_t i = 0; i < tied.count; i++)
        ranked[i] = (struct ranked){tied.items[i], tied.names[i]};
    qsort_r(ranked, tied.count, sizeof *ranked, by_number_and_name, ranking);
    for (size_t i = 0; i < tied.count; i++) {
        groups->items[i] = ranked[i].group;
        tied.names[i] = ranked[i].name;
    }
    groups->names = tied.names;
    return true;
}

static bool order_groups(struct gathering *gathering, const struct chart *chart, struct groups *groups, struct err *err)
{
    struct tally *tally = &gathering->tallies[chart->by];
    struct ranking ranking = {.by_sum = gathering->request->board->money && gathering->all.valued};
    size_t places = dimension_places(gathering->request, chart->by);
    for (size_t i = 1; tally->count && i <= places; i++) /* all positions are shown, also without facts */
        (void)tally_at(tally, (int64_t)i);
    *groups = (struct groups){.items = tally->items, .count = tally->count};
    if (places) {
        qsort(groups->items, groups->count, sizeof *groups->items, by_key);
        return names_load(gathering->request, chart->by, groups, err);
    }
    bool cut = chart->top && groups->count > TOP + 1; /* a single other group is shown as itself */
    if (!rank_groups(gathering->request, chart->by, &ranking, cut ? TOP : groups->count, groups, err))
        return false;
    if (!cut)
        return true;
    struct group others = {.key = KEY_OTHERS};
    for (size_t i = TOP; i < groups->count; i++)
        group_join(&others, &groups->items[i]);
    struct group_name *names = ARENA_ARRAY(gathering->request->visit->arena, struct group_name, TOP + 1);
    memcpy(names, groups->names, TOP * sizeof *names);
    names[TOP].label = visit_tr(gathering->request->visit, _("Others"));
    groups->items[TOP] = others;
    groups->names = names;
    groups->count = TOP + 1;
    return true;
}

bool gather(const struct board_request *request, struct gathered *gathered, struct err *err)
{
    const struct board *board = request->board;
    struct arena *arena = request->visit->arena;
    struct gathering gathering = {.request = request};
    *gathered = (struct gathered){.left_out = 0};
    for (size_t i = 0; i < board->chart_count; i++) {
        gathering.used[board->charts[i].by] = true;
        tally_init(&gathering.tallies[board->charts[i].by], arena);
    }
    if (!facts_read(&gathering, request->period.start_us, request->period.end_us, err) ||
        !gather_before(request, &gathered->before, err))
        return false;
    gathered->all = gathering.all;
    gathered->left_out = gathering.left_out;
    stats_of_all(arena, gathering.samples, gathering.sample_count, &gathered->all);
    for (size_t i = 0; i < board->chart_count; i++) {
        enum dimension by = board->charts[i].by;
        if (gathered->by[by].items)
            continue;
        if (!order_groups(&gathering, &board->charts[i], &gathered->by[by], err))
            return false;
        if (board->samples)
            stats_of_groups(arena, gathering.samples, gathering.sample_count, by, &gathered->by[by]);
    }
    return true;
}
