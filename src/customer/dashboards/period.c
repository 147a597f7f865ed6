#include "customer/dashboards/period.h"

#include "base/clock.h"

#define FIRST_YEAR 1900 /* the first year that a request may name */
#define WEEKS_UP_TO_DAYS 186
#define MONTHS_UP_TO_DAYS 3660

static int32_t period_months_before(const struct visit *visit, int32_t to)
{
    int32_t from = date_add_months(to, -visit->config->dashboard_months), first = date_from_civil(FIRST_YEAR, 1, 1);
    return from < first ? first : from;
}

struct str period_first_day(const struct list_query *query)
{
    int32_t to = clock_date(query->visit->now_us);
    if (query->given[CRITERION_TO])
        (void)date_parse_bound(query->values[CRITERION_TO], &to);
    return date_format(query->visit->arena, period_months_before(query->visit, to));
}

/* Today; a period that begins in the future is one day. */
struct str period_last_day(const struct list_query *query)
{
    int32_t today = clock_date(query->visit->now_us), from = today;
    if (query->given[CRITERION_FROM])
        (void)date_parse_bound(query->values[CRITERION_FROM], &from);
    return date_format(query->visit->arena, from > today ? from : today);
}

void period_read(const struct list_query *query, struct period *period)
{
    int32_t to = clock_date(query->visit->now_us), from = period_months_before(query->visit, to);
    if (!query->faults[CRITERION_FROM] && !query->faults[CRITERION_TO]) {
        (void)date_parse_bound(query->values[CRITERION_FROM], &from);
        (void)date_parse_bound(query->values[CRITERION_TO], &to);
    }
    *period = (struct period){from, to, clock_day_start(from), clock_day_start(to + 1),
                              clock_day_start(from - (to - from + 1))};
}

/* --- parts -------------------------------------------------------------------------------------------------------- */

/* 1970-01-01 was a Thursday. */
static int32_t monday_of(int32_t date)
{
    int32_t weekday = (date + 3) % 7;
    return date - (weekday < 0 ? weekday + 7 : weekday);
}

static int32_t next_start(enum bucket_unit unit, int32_t date)
{
    int year, month, day;
    if (unit == BUCKET_WEEK)
        return monday_of(date) + 7;
    date_to_civil(date, &year, &month, &day);
    if (unit == BUCKET_YEAR || month == 12)
        return date_from_civil(year + 1, 1, 1);
    return date_from_civil(year, month + 1, 1);
}

struct buckets period_buckets(struct arena *arena, const struct period *period)
{
    int32_t days = period->to - period->from + 1;
    struct buckets buckets = {.unit = days <= WEEKS_UP_TO_DAYS    ? BUCKET_WEEK
                                      : days <= MONTHS_UP_TO_DAYS ? BUCKET_MONTH
                                                                  : BUCKET_YEAR};
    size_t count = 0;
    for (int32_t at = period->from; at <= period->to; at = next_start(buckets.unit, at))
        count++;
    struct bucket *items = ARENA_ARRAY(arena, struct bucket, count);
    for (int32_t at = period->from; at <= period->to; at = next_start(buckets.unit, at)) {
        int32_t end = next_start(buckets.unit, at) - 1;
        items[buckets.count++] = (struct bucket){at, end < period->to ? end : period->to, clock_day_start(at)};
    }
    buckets.items = items;
    return buckets;
}

size_t bucket_find(const struct buckets *buckets, int64_t instant_us)
{
    size_t low = 0, high = buckets->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (buckets->items[middle].start_us <= instant_us)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Returns the number of a week, and its year, which its Thursday decides. */
static int week_of(const struct buckets *buckets, size_t nth, int *year)
{
    int month, day;
    int32_t thursday = monday_of(buckets->items[nth].from) + 3;
    date_to_civil(thursday, year, &month, &day);
    return (thursday - date_from_civil(*year, 1, 1)) / 7 + 1;
}

struct str bucket_label(struct arena *arena, enum lang lang, const struct buckets *buckets, size_t nth)
{
    int year, other_year, month, day;
    date_to_civil(buckets->items[nth].from, &year, &month, &day);
    if (buckets->unit == BUCKET_YEAR)
        return arena_printf(arena, "%d", year);
    if (buckets->unit == BUCKET_MONTH)
        return arena_printf(arena, "%04d-%02d", year, month);
    (void)week_of(buckets, (nth ? nth : buckets->count) - 1, &other_year);
    struct str week = arena_printf(arena, "%d", week_of(buckets, nth, &year));
    return year == other_year
               ? tr_fill(arena, lang, _("wk {1}"), &week, 1)
               : tr_fill(arena, lang, _("wk {1} {2}"), (struct str[]){week, arena_printf(arena, "%d", year)}, 2);
}
