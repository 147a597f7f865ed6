#include "base/clock.h"
#include "base/test.h"

static void counts_days_from_1970(void **state)
{
    (void)state;
    assert_int_equal(date_from_civil(1970, 1, 1), 0);
    assert_int_equal(date_from_civil(1969, 12, 31), -1);
    assert_int_equal(date_from_civil(2000, 2, 29), 11016);
    assert_int_equal(date_from_civil(2026, 11, 23), 20780);
    assert_int_equal(date_from_civil(1900, 3, 1) - date_from_civil(1900, 2, 28), 1);
    assert_int_equal(date_from_civil(2000, 3, 1) - date_from_civil(2000, 2, 28), 2);
}

static void names_every_day_in_order(void **state)
{
    (void)state;
    int before = 0;
    for (int32_t date = date_from_civil(-401, 1, 1); date < date_from_civil(2401, 1, 1); date++) {
        int year, month, day;
        date_to_civil(date, &year, &month, &day);
        assert_int_equal(date_from_civil(year, month, day), date);
        int name = year * 10000 + month * 100 + day;
        assert_true(before == 0 || name == before + 1 || day == 1);
        before = name;
    }
}

static int32_t day(const char *text)
{
    int32_t date = 0;
    assert_true(date_parse(str_of(text), &date));
    return date;
}

static void holds_months_to_their_last_day(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(day("2026-11-23"), -3), day("2026-08-23"));
    assert_int_equal(date_add_months(day("2026-05-31"), -3), day("2026-02-28"));
    assert_int_equal(date_add_months(day("2024-05-31"), -3), day("2024-02-29"));
    assert_int_equal(date_add_months(day("2026-01-31"), 1), day("2026-02-28"));
    assert_int_equal(date_add_months(day("2026-12-31"), 2), day("2027-02-28"));
    assert_int_equal(date_add_months(day("2026-01-15"), -1), day("2025-12-15"));
    assert_int_equal(date_add_months(day("2026-01-15"), -13), day("2024-12-15"));
    assert_int_equal(date_add_months(day("2024-02-29"), 12), day("2025-02-28"));
    assert_int_equal(date_add_months(day("2026-06-30"), 0), day("2026-06-30"));
}

static void reads_and_writes_dates(void **state)
{
    const char *right[] = {"1900-01-01", "2024-02-29", "2026-11-23", "2200-12-31"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_str(date_format(*state, day(right[i])), right[i]);
    const char *wrong[] = {"",           "2026-1-01",  "2026-02-29",  "2026-13-01", "2026-00-10", "2026-01-00",
                           "1899-12-31", "2201-01-01", "2026-11-23 ", "20261123",   "2026/11/23", "2026-11-2x",
                           "-026-11-23", "2026-11",    "2100-02-29",  "2026-04-31", "+026-01-01", "2026-11-23T"};
    int32_t date = 42;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_parse(str_of(wrong[i]), &date));
    assert_false(date_parse(STR("2026-11-23\0"), &date));
    assert_int_equal(date, 42);
}

static void holds_an_end_of_a_period_to_the_years_that_there_are(void **state)
{
    (void)state;
    int32_t date = 42;
    assert_true(date_parse_bound(STR("9999-12-31"), &date));
    assert_int_equal(date, day("2200-12-31"));
    assert_true(date_parse_bound(STR("0001-01-01"), &date));
    assert_int_equal(date, day("1900-01-01"));
    assert_true(date_parse_bound(STR("2026-11-23"), &date));
    assert_int_equal(date, day("2026-11-23"));
    assert_false(date_parse_bound(STR("9999-02-30"), &date));
    assert_false(date_parse_bound(STR("0000-01-01"), &date));
}

static int64_t instant(const char *text)
{
    int64_t us = 0;
    assert_true(instant_parse(str_of(text), &us));
    return us;
}

static void reads_instants_with_zone(void **state)
{
    (void)state;
    int64_t expected = (20780 * INT64_C(86400) + 8 * 3600 + 5 * 60) * US_PER_SECOND;
    const char *same[] = {"2026-11-23T08:05:00Z",      "2026-11-23T08:05Z",         "2026-11-23 08:05:00Z",
                          "2026-11-23T10:05:00+02:00", "2026-11-23T10:05:00+0200",  "2026-11-22T22:35-09:30",
                          "2026-11-23T08:05:00.000Z",  "2026-11-23T08:05:00-00:00", "2026-11-23 10:05:00+02"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(instant(same[i]), expected);
    assert_int_equal(instant("2026-11-23T08:05:00.25Z"), expected + 250000);
    assert_int_equal(instant("2026-11-23T08:05:00,000001Z"), expected + 1);
    assert_int_equal(instant("2026-11-23T08:05:00.123456789Z"), expected + 123456);
    assert_int_equal(instant("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(instant("1969-12-31T23:59:59.999999Z"), -1);
}

static void reads_instants_in_local_time(void **state)
{
    (void)state;
    assert_true(clock_set_zone("Europe/Stockholm"));
    assert_int_equal(instant("2026-11-23T09:05"), instant("2026-11-23T08:05Z"));
    assert_int_equal(instant("2026-07-01 09:05:30.5"), instant("2026-07-01T07:05:30.5Z"));
    assert_int_equal(instant("2024-05-27T02:08:51"), instant("2024-05-27T00:08:51Z"));
}

static void refuses_what_is_no_instant(void **state)
{
    (void)state;
    const char *wrong[] = {"",
                           "2026-11-23",
                           "2026-11-23T",
                           "2026-11-23T08",
                           "2026-11-23T08:5",
                           "2026-11-23T24:00Z",
                           "2026-11-23T08:60Z",
                           "2026-11-23T08:05:60Z",
                           "2026-11-23T08:05:00.Z",
                           "2026-11-23T08:05:00.",
                           "2026-11-23T08:05.5Z",
                           "2026-11-23T08:05:Z",
                           "2026-11-23T08:05:00z",
                           "2026-11-23t08:05:00Z",
                           "2026-11-23T08:05:00ZZ",
                           "2026-11-23T08:05:00 Z",
                           "2026-11-23T08:05:00+2",
                           "2026-11-23T08:05:00+02:",
                           "2026-11-23T08:05:00+02:0",
                           "2026-11-23T08:05:00+15:00",
                           "2026-11-23T08:05:00+02:60",
                           "2026-11-23T08:05:00+02:00 ",
                           "2026-02-30T08:05:00Z",
                           "2026-11-23  08:05",
                           " 2026-11-23T08:05Z"};
    int64_t us = 42;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(instant_parse(str_of(wrong[i]), &us));
    assert_int_equal(us, 42);
}

static void writes_instants(void **state)
{
    assert_true(clock_set_zone("Europe/Stockholm"));
    const char *exact[] = {"2026-11-23T08:05:00Z", "2026-11-23T08:05:00.250000Z", "1969-12-31T23:59:59.999999Z",
                           "1900-01-01T00:00:00Z"};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        assert_str(instant_format_utc(*state, instant(exact[i])), exact[i]);
    assert_str(instant_format_local(*state, instant("2026-11-23T08:05:00Z")), "2026-11-23 09:05");
    assert_str(instant_format_local(*state, instant("2026-12-31T23:30:00Z")), "2027-01-01 00:30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_days_from_1970),
        cmocka_unit_test(names_every_day_in_order),
        cmocka_unit_test(holds_months_to_their_last_day),
        test_with_arena(reads_and_writes_dates),
        cmocka_unit_test(holds_an_end_of_a_period_to_the_years_that_there_are),
        cmocka_unit_test(reads_instants_with_zone),
        cmocka_unit_test(reads_instants_in_local_time),
        cmocka_unit_test(refuses_what_is_no_instant),
        test_with_arena(writes_instants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
