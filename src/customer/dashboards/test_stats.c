#include "base/test.h"
#include "customer/dashboards/stats.h"
#include "customer/dashboards/tally.h"

#include <stdlib.h>

static struct group of(struct arena *arena, const int64_t *values, size_t count)
{
    struct fact *samples = ARENA_ARRAY(arena, struct fact, count);
    struct group group = {0};
    for (size_t i = 0; i < count; i++)
        samples[i].value = values[i];
    stats_of_all(arena, samples, count, &group);
    return group;
}

static void check(struct arena *arena, const int64_t *values, size_t count, const int64_t wanted[3])
{
    struct group group = of(arena, values, count);
    assert_int_equal(group.stat[MEASURE_MEDIAN], wanted[0]);
    assert_int_equal(group.stat[MEASURE_MEAN], wanted[1]);
    assert_int_equal(group.stat[MEASURE_P90], wanted[2]);
}

static void tells_median_mean_and_percentile(void **state)
{
    check(*state, (int64_t[]){7}, 1, (int64_t[]){7, 7, 7});
    check(*state, (int64_t[]){9, 4}, 2, (int64_t[]){6, 6, 9});
    check(*state, (int64_t[]){9, 1, 5}, 3, (int64_t[]){5, 5, 9});
    check(*state, (int64_t[]){4, 1, 3, 2}, 4, (int64_t[]){2, 2, 4});
    check(*state, (int64_t[]){10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, (int64_t[]){5, 5, 9});
    check(*state, (int64_t[]){11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 11, (int64_t[]){6, 6, 10});
    check(*state, (int64_t[]){-4, -2}, 2, (int64_t[]){-3, -3, -2});
    check(*state, (int64_t[]){5, 5, 5, 5}, 4, (int64_t[]){5, 5, 5});
}

static int in_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/*
 * Tries many sizes, with few and with many equal values, in all kinds of orders. Results are the same as after sorting.
 */
static void agrees_with_sorting(void **state)
{
    uint32_t seed = 1;
    int64_t values[300];
    for (size_t n = 1; n <= 300; n++) {
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            values[i] = n % 3 == 0 ? (int64_t)(seed >> 30) : n % 3 == 1 ? (int64_t)(seed >> 8) : (int64_t)(i * (n % 7));
        }
        struct group group = of(*state, values, n);
        qsort(values, n, sizeof *values, in_order);
        int64_t low = values[(n - 1) / 2], high = values[n / 2];
        assert_int_equal(group.stat[MEASURE_MEDIAN], low + (high - low) / 2);
        assert_int_equal(group.stat[MEASURE_P90], values[(n * 9 + 9) / 10 - 1]);
    }
}

static void tells_nothing_of_nothing(void **state)
{
    struct group group = of(*state, NULL, 0);
    for (int i = MEASURE_MEDIAN; i <= MEASURE_WORKING; i++)
        assert_true(group.stat[i] == NO_STAT);
}

static void holds_sums_that_leave_the_range(void **state)
{
    check(*state, (int64_t[]){INT64_MAX, INT64_MAX - 2, INT64_MAX - 1}, 3,
          (int64_t[]){INT64_MAX - 1, INT64_MAX - 1, INT64_MAX});
}

static const struct fact SAMPLES[] = {
    {.key[BY_OBJECT] = 1, .halved = true, .value = 10, .waiting = 4, .working = 6},
    {.key[BY_OBJECT] = 1, .halved = false, .value = 20},
    {.key[BY_OBJECT] = 2, .halved = true, .value = 30, .waiting = 30, .working = 0},
    {.key[BY_OBJECT] = 0, .halved = true, .value = 40, .waiting = 10, .working = 30},
    {.key[BY_OBJECT] = 3, .halved = true, .value = 50, .waiting = 20, .working = 30},
};

static void waiting_and_work_are_of_cases_whose_start_is_known(void **state)
{
    struct group group = {0};
    stats_of_all(*state, SAMPLES, 2, &group);
    assert_int_equal(group.stat[MEASURE_MEDIAN], 15);
    assert_int_equal(group.stat[MEASURE_WAITING], 4);
    assert_int_equal(group.stat[MEASURE_WORKING], 6);
}

static void each_group_has_its_own_and_the_others_the_rest(void **state)
{
    struct group items[] = {{.key = 1}, {.key = KEY_OTHERS}, {.key = 0}, {.key = 9}};
    struct groups groups = {.items = items, .count = 4};
    stats_of_groups(*state, SAMPLES, 5, BY_OBJECT, &groups);
    assert_int_equal(items[0].stat[MEASURE_MEDIAN], 15);
    assert_int_equal(items[1].stat[MEASURE_MEDIAN], 40); /* the mean of 30 and 50 */
    assert_int_equal(items[1].stat[MEASURE_WAITING], 25);
    assert_int_equal(items[2].stat[MEASURE_MEAN], 40);
    assert_true(items[3].stat[MEASURE_MEDIAN] == NO_STAT);
}

/* --- groups by key ------------------------------------------------------------------------------------------------ */

static void keeps_groups_apart_while_it_grows(void **state)
{
    struct tally tally;
    struct fact fact = {.valued = true, .value = 3, .finished = true};
    tally_init(&tally, *state);
    for (int64_t round = 0; round < 3; round++) {
        for (int64_t key = -500; key < 5000; key++)
            group_add(tally_at(&tally, key * 4096), &fact);
    }
    assert_int_equal(tally.count, 5500);
    for (int64_t key = -500; key < 5000; key++) {
        const struct group *group = tally_at(&tally, key * 4096);
        assert_true(group->key == key * 4096);
        assert_int_equal(group->count, 3);
        assert_int_equal(group->finished, 3);
        assert_int_equal(group->value, 9);
    }
    assert_int_equal(tally.count, 5500);
}

static void adds_only_values_that_are_there(void **state)
{
    struct group group = {0}, other = {.count = 2, .valued = 1, .value = 7, .on_time = 1};
    (void)state;
    group_add(&group, &(struct fact){.valued = false, .value = 99, .on_time = true});
    group_add(&group, &(struct fact){.valued = true, .value = -5});
    assert_int_equal(group.value, -5);
    assert_int_equal(group.valued, 1);
    group_join(&group, &other);
    assert_int_equal(group.count, 4);
    assert_int_equal(group.on_time, 2);
    assert_int_equal(group.value, 2);
}

static void stops_at_the_ends_of_the_range(void **state)
{
    struct group high = {.value = INT64_MAX - 1}, low = {.value = INT64_MIN + 1};
    (void)state;
    group_add(&high, &(struct fact){.valued = true, .value = 5});
    group_add(&low, &(struct fact){.valued = true, .value = -5});
    assert_true(high.value == INT64_MAX && low.value == INT64_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(tells_median_mean_and_percentile),
        test_with_arena(agrees_with_sorting),
        test_with_arena(tells_nothing_of_nothing),
        test_with_arena(holds_sums_that_leave_the_range),
        test_with_arena(waiting_and_work_are_of_cases_whose_start_is_known),
        test_with_arena(each_group_has_its_own_and_the_others_the_rest),
        test_with_arena(keeps_groups_apart_while_it_grows),
        cmocka_unit_test(adds_only_values_that_are_there),
        cmocka_unit_test(stops_at_the_ends_of_the_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
