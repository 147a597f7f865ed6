#include "customer/dashboards/stats.h"

#include "customer/dashboards/tally.h"

static void swap(int64_t *a, int64_t *b)
{
    int64_t held = *a;
    *a = *b;
    *b = held;
}

/* Returns the median of the first, the middle and the last value. */
static int64_t pivot_of(const int64_t *values, size_t from, size_t to)
{
    int64_t a = values[from], b = values[from + (to - from) / 2], c = values[to - 1];
    int64_t low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/*
 * Returns the value that would be at `place` if the values were sorted. Leaves smaller values before that place and
 * larger ones after it.
 */
static int64_t value_at(int64_t *values, size_t count, size_t place)
{
    size_t from = 0, to = count;
    while (to - from > 1) {
        int64_t pivot = pivot_of(values, from, to);
        size_t less = from, more = to, i = from;
        while (i < more) {
            if (values[i] < pivot)
                swap(&values[i++], &values[less++]);
            else if (values[i] > pivot)
                swap(&values[i], &values[--more]);
            else
                i++;
        }
        if (place >= less && place < more)
            return pivot;
        from = place < less ? from : more;
        to = place < less ? less : to;
    }
    return values[place];
}

/* An even number of values has as median the mean of the two in the middle. */
static int64_t median(int64_t *values, size_t count)
{
    if (!count)
        return NO_STAT;
    if (count % 2)
        return value_at(values, count, count / 2);
    int64_t low = value_at(values, count, count / 2 - 1), high = value_at(values, count, count / 2);
    return low + (high - low) / 2;
}

/* Returns the smallest value that at least nine of ten values do not exceed. */
static int64_t percentile_90(int64_t *values, size_t count)
{
    return count ? value_at(values, count, (count * 9 + 9) / 10 - 1) : NO_STAT;
}

/* Adds quotients and remainders separately, so that no sum overflows. */
static int64_t mean(const int64_t *values, size_t count)
{
    int64_t n = (int64_t)count, whole = 0, rest = 0;
    for (size_t i = 0; i < count; i++) {
        whole += values[i] / n;
        rest += values[i] % n;
    }
    return count ? whole + rest / n : NO_STAT;
}

/* Fills the stats of a group from its samples. `values` has room for a value of each. */
static void stats_fill(const struct fact *const *samples, size_t count, int64_t *values, struct group *group)
{
    for (size_t i = 0; i < count; i++)
        values[i] = samples[i]->value;
    group->stat[MEASURE_MEDIAN] = median(values, count);
    group->stat[MEASURE_MEAN] = mean(values, count);
    group->stat[MEASURE_P90] = percentile_90(values, count);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (samples[i]->halved)
            values[known++] = samples[i]->waiting;
    }
    group->stat[MEASURE_WAITING] = median(values, known);
    known = 0;
    for (size_t i = 0; i < count; i++) {
        if (samples[i]->halved)
            values[known++] = samples[i]->working;
    }
    group->stat[MEASURE_WORKING] = median(values, known);
}

void stats_of_all(struct arena *arena, const struct fact *samples, size_t count, struct group *group)
{
    const struct fact **all = ARENA_ARRAY(arena, const struct fact *, count);
    for (size_t i = 0; i < count; i++)
        all[i] = &samples[i];
    stats_fill(all, count, ARENA_ARRAY(arena, int64_t, count), group);
}

void stats_of_groups(struct arena *arena, const struct fact *samples, size_t count, enum dimension by,
                     struct groups *groups)
{
    struct tally places; /* count holds the position of the group with this key, from 1 */
    size_t *start = ARENA_ARRAY(arena, size_t, groups->count + 1), *filled = ARENA_ARRAY(arena, size_t, groups->count);
    const struct fact **sorted = ARENA_ARRAY(arena, const struct fact *, count);
    size_t *group_of = ARENA_ARRAY(arena, size_t, count);
    size_t others = 0;
    tally_init(&places, arena);
    for (size_t i = 0; i < groups->count; i++) {
        tally_at(&places, groups->items[i].key)->count = (int64_t)i + 1;
        others = groups->items[i].key == KEY_OTHERS ? i : others;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t place = tally_at(&places, samples[i].key[by])->count;
        group_of[i] = place ? (size_t)place - 1 : others;
        start[group_of[i] + 1]++;
    }
    for (size_t i = 0; i < groups->count; i++)
        start[i + 1] += start[i];
    for (size_t i = 0; i < count; i++)
        sorted[start[group_of[i]] + filled[group_of[i]]++] = &samples[i];
    int64_t *values = ARENA_ARRAY(arena, int64_t, count);
    for (size_t i = 0; i < groups->count; i++)
        stats_fill(sorted + start[i], start[i + 1] - start[i], values, &groups->items[i]);
}
