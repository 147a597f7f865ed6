#include "base/test.h"

#include "base/clock.h"
#include "service/throttle.h"

#include <pthread.h>

static const struct throttle_rule RULE = {"test", 5, 60};
static const struct throttle_rule OTHER = {"other", 5, 60};

static struct throttle_key key_of(int n)
{
    struct arena *arena = arena_create();
    struct throttle_key key = throttle_key(&RULE, arena_printf(arena, "name %d", n), STR_NONE);
    arena_destroy(arena);
    return key;
}

static bool allowed(struct throttle_key key, int64_t now_us)
{
    int retry_after;
    return throttle_allows(&key, 1, now_us, &retry_after);
}

static void five_are_free_then_one_a_minute(void **state)
{
    struct throttle_key key = throttle_key(&RULE, STR("a"), STR("b"));
    int64_t now = 1000 * US_PER_SECOND;
    int retry_after = 0;
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_true(throttle_take(&key, 1, now, &retry_after));
    assert_false(throttle_take(&key, 1, now, &retry_after));
    assert_int_equal(retry_after, 60);
    assert_false(allowed(key, now + 59 * US_PER_SECOND));
    assert_true(throttle_take(&key, 1, now + 60 * US_PER_SECOND, &retry_after));
    assert_false(allowed(key, now + 61 * US_PER_SECOND));
    for (int i = 0; i < 5; i++)
        assert_true(throttle_take(&key, 1, now + 400 * US_PER_SECOND, &retry_after));
}

static void an_amount_is_taken_of_what_a_window_has(void **state)
{
    struct throttle_key key = throttle_key(&RULE, STR("amount"), STR_NONE);
    int64_t now = 1000 * US_PER_SECOND;
    int retry_after = 0;
    (void)state;
    assert_true(throttle_take_amount(key, 75, 100, 3600, now, &retry_after));
    assert_false(throttle_take_amount(key, 50, 100, 3600, now, &retry_after));
    assert_int_equal(retry_after, 900);
    assert_true(throttle_take_amount(key, 25, 100, 3600, now, &retry_after));
    assert_false(throttle_take_amount(key, 1000, 100, 3600, now + 3599 * US_PER_SECOND, &retry_after));
    assert_true(throttle_take_amount(key, 1000, 100, 3600, now + 3600 * US_PER_SECOND, &retry_after));
    assert_false(throttle_take_amount(key, 1, 100, 3600, now + 3600 * US_PER_SECOND, &retry_after));
}

static void what_is_refused_is_not_counted(void **state)
{
    struct throttle_key keys[2] = {throttle_key(&RULE, STR("c"), STR_NONE), throttle_key(&RULE, STR("d"), STR_NONE)};
    int retry_after;
    (void)state;
    for (int i = 0; i < 5; i++)
        throttle_count(keys, 1, 0);
    for (int i = 0; i < 5; i++)
        assert_false(throttle_take(keys, 2, 0, &retry_after));
    assert_true(throttle_take(&keys[1], 1, 0, &retry_after));
}

static void more_than_the_measure_does_not_wait_longer(void **state)
{
    struct throttle_key key = throttle_key(&RULE, STR("e"), STR_NONE);
    (void)state;
    for (int i = 0; i < 100; i++)
        throttle_count(&key, 1, 0);
    assert_true(allowed(key, 60 * US_PER_SECOND));
}

static void a_right_password_forgets_the_wrong_ones(void **state)
{
    struct throttle_key key = throttle_key(&RULE, STR("f"), STR_NONE);
    (void)state;
    for (int i = 0; i < 5; i++)
        throttle_count(&key, 1, 0);
    assert_false(allowed(key, 0));
    throttle_forget(key);
    assert_true(allowed(key, 0));
}

static void keys_are_told_apart(void **state)
{
    (void)state;
    assert_true(throttle_key(&RULE, STR("ab"), STR("c")).hash != throttle_key(&RULE, STR("a"), STR("bc")).hash);
    assert_true(throttle_key(&RULE, STR("a"), STR_NONE).hash != throttle_key(&RULE, STR_NONE, STR("a")).hash);
    assert_true(throttle_key(&RULE, STR("a"), STR_NONE).hash != throttle_key(&OTHER, STR("a"), STR_NONE).hash);
    assert_true(throttle_key(&RULE, STR("a"), STR_NONE).hash == throttle_key(&RULE, STR("a"), STR_NONE).hash);
}

/* Counts more names than the table holds, each once: names with many guesses must still be limited. */
static void filling_the_table_does_not_push_out_what_is_limited(void **state)
{
    int limited = 0;
    (void)state;
    for (int n = 0; n < 1000; n++) {
        struct throttle_key key = key_of(n);
        for (int i = 0; i < 5; i++)
            throttle_count(&key, 1, 0);
    }
    for (int n = 1000; n < 101000; n++) {
        struct throttle_key key = key_of(n);
        throttle_count(&key, 1, US_PER_SECOND);
    }
    for (int n = 0; n < 1000; n++)
        limited += !allowed(key_of(n), US_PER_SECOND);
    assert_int_equal(limited, 1000);
}

static void an_address_stands_for_its_subscriber(void **state)
{
    struct arena *arena = *state;
    assert_str(throttle_network(arena, STR("192.0.2.7")), "192.0.2.7");
    assert_str(throttle_network(arena, STR("::ffff:192.0.2.7")), "192.0.2.7");
    assert_str(throttle_network(arena, STR("2001:db8:1:2:3:4:5:6")), "20010db800010002");
    assert_str(throttle_network(arena, STR("2001:DB8:1:2::")), "20010db800010002");
    assert_str(throttle_network(arena, STR("")), "");
    assert_str(throttle_network(arena, STR("unix")), "unix");
}

static void *count_many(void *context)
{
    int *granted = context;
    int retry_after;
    for (int n = 0; n < 20000; n++) {
        struct throttle_key key = key_of(200000 + n % 100);
        *granted += throttle_take(&key, 1, 0, &retry_after);
    }
    return NULL;
}

static void threads_share_the_counts(void **state)
{
    pthread_t threads[4];
    int granted[4] = {0}, sum = 0;
    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_many, &granted[i]), 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        sum += granted[i];
    }
    assert_int_equal(sum, 100 * 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_are_free_then_one_a_minute),
        cmocka_unit_test(an_amount_is_taken_of_what_a_window_has),
        cmocka_unit_test(what_is_refused_is_not_counted),
        cmocka_unit_test(more_than_the_measure_does_not_wait_longer),
        cmocka_unit_test(a_right_password_forgets_the_wrong_ones),
        cmocka_unit_test(keys_are_told_apart),
        cmocka_unit_test(threads_share_the_counts),
        cmocka_unit_test(filling_the_table_does_not_push_out_what_is_limited),
        test_with_arena(an_address_stands_for_its_subscriber),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
