#include "features/dashboards/stats.h"

#include "features/dashboards/tally.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Of sorted values; the mean of the two in the middle of an even number. */
static int64_t median(const int64_t *values, size_t count)
{
    if (!count)
        return NO_STAT;
    if (count % 2)
        return values[count / 2];
    int64_t low = values[count / 2 - 1], high = values[count / 2];
    return low + (high - low) / 2;
}

/* The smallest value that at least nine of ten do not exceed. */
static int64_t percentile_90(const int64_t *values, size_t count)
{
    return count ? values[(count * 9 + 9) / 10 - 1] : NO_STAT;
}

/* Of quotients and remainders apart, so that no sum leaves the range. */
static int64_t mean(const int64_t *values, size_t count)
{
    int64_t n = (int64_t)count, whole = 0, rest = 0;
    for (size_t i = 0; i < count; i++) {
        whole += values[i] / n;
        rest += values[i] % n;
    }
    return count ? whole + rest / n : NO_STAT;
}

/* Samples of one group, and room to sort their values in. */
static void fill(const struct sample *const *samples, size_t count, int64_t *values, struct group *group)
{
    for (size_t i = 0; i < count; i++)
        values[i] = samples[i]->total;
    qsort(values, count, sizeof *values, by_value);
    group->stat[MEASURE_MEDIAN] = median(values, count);
    group->stat[MEASURE_MEAN] = mean(values, count);
    group->stat[MEASURE_P90] = percentile_90(values, count);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (samples[i]->halved)
            values[known++] = samples[i]->waiting;
    }
    qsort(values, known, sizeof *values, by_value);
    group->stat[MEASURE_WAITING] = median(values, known);
    known = 0;
    for (size_t i = 0; i < count; i++) {
        if (samples[i]->halved)
            values[known++] = samples[i]->working;
    }
    qsort(values, known, sizeof *values, by_value);
    group->stat[MEASURE_WORKING] = median(values, known);
}

void stats_of_all(struct arena *arena, const struct sample *samples, size_t count, struct group *group)
{
    const struct sample **all = ARENA_ARRAY(arena, const struct sample *, count);
    for (size_t i = 0; i < count; i++)
        all[i] = &samples[i];
    fill(all, count, ARENA_ARRAY(arena, int64_t, count), group);
}

void stats_of_groups(struct arena *arena, const struct sample *samples, size_t count, enum dimension by,
                     struct groups *groups)
{
    struct tally places; /* position of a group by its key, as its count; from 1 */
    size_t *start = ARENA_ARRAY(arena, size_t, groups->count + 1), *filled = ARENA_ARRAY(arena, size_t, groups->count);
    const struct sample **sorted = ARENA_ARRAY(arena, const struct sample *, count);
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
        fill(sorted + start[i], start[i + 1] - start[i], values, &groups->items[i]);
}
