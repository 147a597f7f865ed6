#include "base/decimal.h"
#include "base/test.h"

#define M DECIMAL_ONE

static void reads_decimals(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t value;
    } right[] = {
        {"12", 12 * M},
        {"-3.5", -3500000},
        {"0,25", 250000},
        {"0.000001", 1},
        {"-0.000001", -1},
        {"-0", 0},
        {"007", 7 * M},
        {"1 234,5", 1234500000},
        {"12 345 678", 12345678 * M},
        {"1\xc2\xa0"
         "234",
         1234 * M},
        {"1\xe2\x80\xaf"
         "234.50",
         1234500000},
        {"999999999999.999999", 999999999999999999},
        {"-999 999 999 999,999999", -999999999999999999},
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        int64_t value = 42;
        assert_true(decimal_parse(str_of(right[i].text), &value));
        assert_int_equal(value, right[i].value);
    }
}

static void refuses_what_is_no_decimal(void **state)
{
    (void)state;
    const char *wrong[] = {"",         "-",
                           "+1",       ".5",
                           "5.",       "1.2.3",
                           "1,2,3",    "1e3",
                           " 1",       "1 ",
                           "1  234",   "1 23",
                           "1 2345",   "1234 567",
                           "12 34",    "1.0000001",
                           "1 234 ",   "--1",
                           "- 1",      "0x10",
                           "1.2 3",    "1000000000000",
                           "NaN",      "1\xc2",
                           "\xc2\xa0", "1 234 5",
                           "1.-5",     "1 000 000 000 000"};
    int64_t value = 42;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimal_parse(str_of(wrong[i]), &value));
    assert_false(decimal_parse(STR("1\0"), &value));
    assert_false(decimal_parse(STR_NONE, &value));
    assert_int_equal(value, 42);
}

static void writes_the_shortest_form(void **state)
{
    assert_str(decimal_format(*state, 12 * M), "12");
    assert_str(decimal_format(*state, 3500000), "3.5");
    assert_str(decimal_format(*state, -250000), "-0.25");
    assert_str(decimal_format(*state, 1), "0.000001");
    assert_str(decimal_format(*state, 10100), "0.0101");
    assert_str(decimal_format(*state, 0), "0");
    assert_str(decimal_format(*state, INT64_MAX), "9223372036854.775807");
    assert_str(decimal_format(*state, INT64_MIN), "-9223372036854.775808");
}

static int64_t total_of(const char *quantity, const char *unit_price, const char *discount)
{
    int64_t q, p, d, ore = 0;
    assert_true(decimal_parse(str_of(quantity), &q));
    assert_true(decimal_parse(str_of(unit_price), &p));
    assert_true(decimal_parse(str_of(discount), &d));
    assert_true(decimal_total(q, p, d, &ore));
    return ore;
}

static void rounds_totals_half_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(total_of("2", "495.50", "0"), 99100);
    assert_int_equal(total_of("1.5", "0.01", "0"), 2); /* 1.5 öre */
    assert_int_equal(total_of("0.5", "0.01", "0"), 1); /* 0.5 öre */
    assert_int_equal(total_of("2.5", "0.01", "0"), 3); /* rounds away from zero, not to even */
    assert_int_equal(total_of("-2.5", "0.01", "0"), -3);
    assert_int_equal(total_of("2.5", "-0.01", "0"), -3);
    assert_int_equal(total_of("-2.5", "-0.01", "0"), 3);
    assert_int_equal(total_of("0.499999", "0.01", "0"), 0);
    assert_int_equal(total_of("-0.499999", "0.01", "0"), 0);
    assert_int_equal(total_of("1", "100", "0.25"), 7500);
    assert_int_equal(total_of("3", "33.33", "0.1"), 8999); /* 89.991 */
    assert_int_equal(total_of("1", "100", "1"), 0);
    assert_int_equal(total_of("1.005", "1", "0"), 101); /* floating point gives 100 */
    assert_int_equal(total_of("1", "0.01", "0.5"), 1);
    assert_int_equal(total_of("1", "0.01", "0.500001"), 0);
}

static void refuses_totals_that_do_not_fit(void **state)
{
    (void)state;
    int64_t ore = 42;
    assert_true(decimal_total(INT64_MAX, M / 100, 0, &ore)); /* 9223372036854.775807 öre */
    assert_int_equal(ore, 9223372036855);
    assert_int_equal(total_of("999999999999.99", "1", "0"), 99999999999999);
    assert_int_equal(total_of("-999999999999.99", "1", "0"), -99999999999999);
    ore = 42;
    assert_false(decimal_total(M * 1000000, M * 1000000, 0, &ore)); /* one öre over the limit */
    assert_false(decimal_total(-M * 1000000, M * 1000000, 0, &ore));
    assert_false(decimal_total(92233720368547758, M * 1000000, 0, &ore));
    assert_false(decimal_total(INT64_MAX, INT64_MAX, 0, &ore));
    assert_false(decimal_total(INT64_MIN, INT64_MIN, 0, &ore));
    assert_false(decimal_total(INT64_MIN, INT64_MAX, M - 1, &ore));
    assert_false(decimal_total(M, M, -1, &ore));
    assert_false(decimal_total(M, M, M + 1, &ore));
    assert_int_equal(ore, 42);
    assert_true(decimal_total(INT64_MIN, INT64_MIN, M, &ore));
    assert_int_equal(ore, 0);
}

static void writes_money(void **state)
{
    assert_str(ore_format(*state, 123450), "1234.50");
    assert_str(ore_format(*state, 5), "0.05");
    assert_str(ore_format(*state, -5), "-0.05");
    assert_str(ore_format(*state, 0), "0.00");
    assert_str(ore_format(*state, INT64_MIN), "-92233720368547758.08");
}

static void writes_durations_in_hours(void **state)
{
    const int64_t second = 1000000;
    assert_str(hours_format(*state, 5400 * second), "1.5");
    assert_str(hours_format(*state, 0), "0");
    assert_str(hours_format(*state, 1200 * second), "0.333333");
    assert_str(hours_format(*state, -5400 * second), "-1.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_decimals),
        cmocka_unit_test(refuses_what_is_no_decimal),
        test_with_arena(writes_the_shortest_form),
        cmocka_unit_test(rounds_totals_half_away_from_zero),
        cmocka_unit_test(refuses_totals_that_do_not_fit),
        test_with_arena(writes_money),
        test_with_arena(writes_durations_in_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
