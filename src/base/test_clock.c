#include "base/clock.h"
#include "base/test.h"

#include <string.h>
#include <time.h>

static int in_stockholm(void **state)
{
    (void)state;
    return clock_set_zone("Europe/Stockholm") ? 0 : -1;
}

static int64_t utc(const char *text)
{
    int64_t instant = 0;
    assert_true(instant_parse(str_of(text), &instant));
    return instant;
}

static int64_t local(int year, int month, int day, int hour, int minute)
{
    int64_t instant = 0;
    struct civil civil = {year, month, day, hour, minute, 0, 0};
    assert_true(clock_from_local(&civil, &instant));
    return instant;
}

static void knows_summer_and_winter(void **state)
{
    (void)state;
    assert_int_equal(local(2026, 1, 15, 12, 0), utc("2026-01-15T11:00:00Z"));
    assert_int_equal(local(2026, 7, 15, 12, 0), utc("2026-07-15T10:00:00Z"));
    assert_int_equal(local(1900, 7, 1, 12, 0), utc("1900-07-01T11:00:00Z"));
    assert_int_equal(local(2100, 7, 1, 12, 0), utc("2100-07-01T10:00:00Z"));
}

static void takes_the_first_of_the_hour_that_occurs_twice(void **state)
{
    (void)state;
    assert_int_equal(local(2026, 10, 25, 1, 59), utc("2026-10-24T23:59:00Z"));
    assert_int_equal(local(2026, 10, 25, 2, 0), utc("2026-10-25T00:00:00Z"));
    assert_int_equal(local(2026, 10, 25, 2, 59), utc("2026-10-25T00:59:00Z"));
    assert_int_equal(local(2026, 10, 25, 3, 0), utc("2026-10-25T02:00:00Z"));
}

/* Other calendar libraries count the same way, so an exported time means the same everywhere. */
static void counts_the_hour_that_does_not_occur_by_the_offset_before_it(void **state)
{
    (void)state;
    int64_t after = utc("2026-03-29T01:00:00Z");
    assert_int_equal(local(2026, 3, 29, 1, 59), after - 60 * US_PER_SECOND);
    assert_int_equal(local(2026, 3, 29, 2, 0), after);
    assert_int_equal(local(2026, 3, 29, 2, 30), utc("2026-03-29T01:30:00Z"));
    assert_int_equal(local(2026, 3, 29, 2, 59), utc("2026-03-29T01:59:00Z"));
    assert_int_equal(local(2026, 3, 29, 3, 0), after);
    assert_int_equal(local(2026, 3, 29, 3, 1), after + 60 * US_PER_SECOND);
}

static void shows_local_fields(void **state)
{
    (void)state;
    struct civil c = clock_local(utc("2026-10-25T01:30:15.000123Z"));
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 20261025);
    assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, 23015);
    assert_int_equal(c.microsecond, 123);
    c = clock_local(-1); /* the last microsecond before 1970 UTC */
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 19700101);
    assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, 5959);
    assert_int_equal(c.microsecond, 999999);
}

static void refuses_impossible_fields(void **state)
{
    (void)state;
    const struct civil wrong[] = {
        {0, 1, 1, 0, 0, 0, 0},          {10000, 1, 1, 0, 0, 0, 0}, {2026, 0, 1, 0, 0, 0, 0},
        {2026, 13, 1, 0, 0, 0, 0},      {2026, 2, 29, 0, 0, 0, 0}, {2026, 4, 31, 0, 0, 0, 0},
        {2026, 1, 0, 0, 0, 0, 0},       {2026, 1, 32, 0, 0, 0, 0}, {2026, 1, 1, 24, 0, 0, 0},
        {2026, 1, 1, -1, 0, 0, 0},      {2026, 1, 1, 0, 60, 0, 0}, {2026, 1, 1, 0, 0, 60, 0},
        {2026, 1, 1, 0, -1, 0, 0},      {2026, 1, 1, 0, 0, -1, 0}, {2026, 1, 1, 0, 0, 0, -1},
        {2026, 1, 1, 0, 0, 0, 1000000}, {2100, 2, 29, 0, 0, 0, 0}, {2026, 1, INT32_MAX, 0, 0, 0, 0},
    };
    int64_t instant = 42;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(clock_from_local(&wrong[i], &instant));
    assert_int_equal(instant, 42);
}

static void goes_there_and_back_through_a_year(void **state)
{
    (void)state;
    int64_t end = utc("2027-01-01T00:00:00Z");
    for (int64_t t = utc("2026-01-01T00:00:00Z"); t < end; t += 617 * US_PER_SECOND) {
        struct civil c = clock_local(t);
        int64_t back;
        assert_true(clock_from_local(&c, &back));
        if (back != t) /* the second occurrence of the hour that occurs twice */
            assert_int_equal(t - back, 3600 * US_PER_SECOND);
    }
}

/* Offsets are remembered by day. The result must equal that of libc, whatever time and zone were asked before. */
static void agrees_with_libc_in_any_order_of_questions(void **state)
{
    (void)state;
    static const char *const zones[] = {"Europe/Stockholm", "Asia/Kolkata", "America/Sao_Paulo", "Australia/Lord_Howe",
                                        "UTC"};
    uint64_t random = 1;
    for (size_t i = 0; i < 20000; i++) {
        if (i % 1000 == 0)
            assert_true(clock_set_zone(zones[i / 1000 % 5]));
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        time_t seconds = (time_t)(random >> 33) % 1800000000 - 600000000;
        struct tm tm;
        assert_non_null(localtime_r(&seconds, &tm));
        struct civil c = clock_local(seconds * US_PER_SECOND);
        assert_int_equal(c.year, tm.tm_year + 1900);
        assert_int_equal(c.month * 100 + c.day, (tm.tm_mon + 1) * 100 + tm.tm_mday);
        assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, tm.tm_hour * 10000 + tm.tm_min * 100 + tm.tm_sec);
    }
    assert_true(clock_set_zone("Europe/Stockholm"));
}

static void knows_local_days(void **state)
{
    (void)state;
    int32_t date = date_from_civil(2026, 3, 29);
    assert_int_equal(clock_day_start(date), utc("2026-03-28T23:00:00Z"));
    assert_int_equal(clock_day_start(date + 1), utc("2026-03-29T22:00:00Z"));
    assert_int_equal(clock_date(clock_day_start(date)), date);
    assert_int_equal(clock_date(clock_day_start(date) - 1), date - 1);
    assert_int_equal(clock_date(clock_day_start(date + 1) - 1), date);
}

static void begins_a_day_after_a_gap_at_midnight(void **state)
{
    (void)state;
    assert_true(clock_set_zone("America/Sao_Paulo"));
    assert_string_equal(clock_zone(), "America/Sao_Paulo");
    int32_t date = date_from_civil(2018, 11, 4); /* clocks went from 00:00 to 01:00 */
    assert_int_equal(clock_day_start(date), utc("2018-11-04T03:00:00Z"));
    assert_int_equal(clock_date(clock_day_start(date)), date);
    assert_int_equal(clock_date(clock_day_start(date) - 1), date - 1);
    assert_true(clock_set_zone("Europe/Stockholm"));
}

static void refuses_unknown_zones(void **state)
{
    (void)state;
    char longest[300];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const char *wrong[] = {"", "Europe/Nowhere", "Europe", "zone.tab", "/etc/localtime", "../zoneinfo/UTC", longest};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(clock_set_zone(wrong[i]));
    assert_string_equal(clock_zone(), "Europe/Stockholm");
}

static void goes_forward(void **state)
{
    (void)state;
    int64_t a = clock_monotonic_us();
    int64_t b = clock_monotonic_us();
    assert_true(a > 0 && b >= a);
    assert_true(clock_now_us() > utc("2026-01-01T00:00:00Z"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_summer_and_winter),
        cmocka_unit_test(takes_the_first_of_the_hour_that_occurs_twice),
        cmocka_unit_test(counts_the_hour_that_does_not_occur_by_the_offset_before_it),
        cmocka_unit_test(shows_local_fields),
        cmocka_unit_test(refuses_impossible_fields),
        cmocka_unit_test(goes_there_and_back_through_a_year),
        cmocka_unit_test(agrees_with_libc_in_any_order_of_questions),
        cmocka_unit_test(knows_local_days),
        cmocka_unit_test(begins_a_day_after_a_gap_at_midnight),
        cmocka_unit_test(refuses_unknown_zones),
        cmocka_unit_test(goes_forward),
    };
    return cmocka_run_group_tests(tests, in_stockholm, NULL);
}
