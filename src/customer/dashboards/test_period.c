#include "base/clock.h"
#include "base/test.h"
#include "customer/dashboards/rows.h"

#define HOUR_US (3600 * US_PER_SECOND)

static bool from_is_wrong, to_is_wrong;

static int32_t day(const char *text)
{
    int32_t date = 0;
    assert_true(date_parse(str_of(text), &date));
    return date;
}

static bool ask(struct arena *arena, const char *asked, const char *today, struct period *period)
{
    struct http_request *request = ARENA_NEW(arena, struct http_request);
    struct config *config = ARENA_NEW(arena, struct config);
    struct visit *visit = ARENA_NEW(arena, struct visit);
    struct list_query *query = ARENA_NEW(arena, struct list_query);
    struct err err = {0};
    assert_true(clock_set_zone("Europe/Stockholm"));
    assert_true(http_parse_urlencoded(arena, str_of(asked), 20, &request->query, &err));
    config->dashboard_months = 3;
    *visit = (struct visit){
        .arena = arena, .request = request, .config = config, .now_us = clock_day_start(day(today)) + 12 * HOUR_US};
    bool right = list_query_read(query, visit, &throughput_rows);
    period_read(query, period);
    from_is_wrong = query->faults[CRITERION_FROM];
    to_is_wrong = query->faults[CRITERION_TO];
    return right;
}

static void check_days(struct arena *arena, const struct period *period, const char *from, const char *to)
{
    assert_str(date_format(arena, period->from), from);
    assert_str(date_format(arena, period->to), to);
}

/* Domain 8: from the same day three calendar months back to today, both included. */
static void is_three_calendar_months_by_default(void **state)
{
    static const struct {
        const char *today, *from;
    } CASES[] = {
        {"2026-11-23", "2026-08-23"}, {"2026-05-31", "2026-02-28"}, {"2024-05-31", "2024-02-29"},
        {"2024-05-30", "2024-02-29"}, {"2026-02-15", "2025-11-15"}, {"2026-12-31", "2026-09-30"},
        {"2026-07-31", "2026-04-30"}, {"2027-01-01", "2026-10-01"}, {"2028-02-29", "2027-11-29"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct period period;
        assert_true(ask(*state, "", CASES[i].today, &period));
        check_days(*state, &period, CASES[i].from, CASES[i].today);
    }
}

static void begins_and_ends_with_local_days(void **state)
{
    struct period period;
    assert_true(ask(*state, "from=2026-03-29&to=2026-03-29", "2026-11-23", &period));
    assert_true(period.end_us - period.start_us == 23 * HOUR_US);
    assert_true(period.start_us - period.before_us == 24 * HOUR_US);
    assert_true(ask(*state, "from=2026-10-25&to=2026-10-25", "2026-11-23", &period));
    assert_true(period.end_us - period.start_us == 25 * HOUR_US);
}

static void is_compared_with_as_many_days_before(void **state)
{
    struct period period;
    assert_true(ask(*state, "from=2026-03-01&to=2026-03-31", "2026-11-23", &period));
    assert_true(period.before_us == clock_day_start(day("2026-01-29")));
}

static void completes_what_is_half_asked_for(void **state)
{
    struct period period;
    assert_true(ask(*state, "from=2026-11-01", "2026-11-23", &period));
    check_days(*state, &period, "2026-11-01", "2026-11-23");
    assert_true(ask(*state, "to=2025-05-31", "2026-11-23", &period));
    check_days(*state, &period, "2025-02-28", "2025-05-31");
    assert_true(ask(*state, "from=2027-02-01", "2026-11-23", &period)); /* a period in the future is that day only */
    check_days(*state, &period, "2027-02-01", "2027-02-01");
    assert_true(ask(*state, "to=1900-01-15", "2026-11-23", &period)); /* the dates in its links are valid again */
    check_days(*state, &period, "1900-01-01", "1900-01-15");
    assert_true(ask(*state, "from=+2026-01-01+&to=", "2026-11-23", &period));
    check_days(*state, &period, "2026-01-01", "2026-11-23");
}

/* Programs write 9999-12-31 when they mean that there is no end. */
static void holds_far_years_to_those_that_are_known(void **state)
{
    struct period period;
    assert_true(ask(*state, "from=0001-01-01&to=9999-12-31", "2026-11-23", &period));
    check_days(*state, &period, "1900-01-01", "2200-12-31");
}

static void tells_which_date_is_wrong(void **state)
{
    static const struct {
        const char *query;
        bool from, to;
    } CASES[] = {
        {"from=yesterday", true, false},
        {"to=2026-02-30", false, true},
        {"from=2026-13-01&to=2026-01-32", true, true},
        {"from=2026-02-02&to=2026-02-01", false, true},
        {"from=2026-2-2", true, false},
        {"from=x&to=2026-01-01", true, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct period period;
        assert_false(ask(*state, CASES[i].query, "2026-11-23", &period));
        assert_int_equal(from_is_wrong, CASES[i].from);
        assert_int_equal(to_is_wrong, CASES[i].to);
        check_days(*state, &period, "2026-08-23", "2026-11-23");
    }
}

/* --- parts -------------------------------------------------------------------------------------------------------- */

static struct buckets parts(struct arena *arena, const char *from, const char *to)
{
    struct period period;
    assert_true(ask(arena, arena_z(arena, arena_printf(arena, "from=%s&to=%s", from, to)), "2026-11-23", &period));
    return period_buckets(arena, &period);
}

static void is_cut_into_weeks_months_or_years(void **state)
{
    assert_int_equal(parts(*state, "2026-01-01", "2026-07-05").unit, BUCKET_WEEK); /* 186 days */
    assert_int_equal(parts(*state, "2026-01-01", "2026-07-06").unit, BUCKET_MONTH);
    assert_int_equal(parts(*state, "2016-01-01", "2026-01-07").unit, BUCKET_MONTH); /* 3660 days */
    assert_int_equal(parts(*state, "2016-01-01", "2026-01-08").unit, BUCKET_YEAR);
    assert_int_equal(parts(*state, "1900-01-01", "2200-12-31").count, 301);
    assert_int_equal(parts(*state, "2026-03-30", "2026-03-30").count, 1);
}

/* The parts have no gaps and no overlaps, and are cut at the ends of the period. */
static void has_parts_that_cover_it_once(void **state)
{
    static const char *const PERIODS[][2] = {
        {"2026-08-23", "2026-11-23"}, {"2025-11-30", "2026-11-23"}, {"2024-02-29", "2024-03-01"},
        {"2000-06-15", "2026-02-28"}, {"2026-01-31", "2026-12-01"}, {"2026-12-31", "2027-01-01"},
        {"1960-01-01", "1970-01-05"}, {"1969-12-20", "1970-01-20"},
    };
    for (size_t i = 0; i < sizeof PERIODS / sizeof *PERIODS; i++) {
        struct buckets buckets = parts(*state, PERIODS[i][0], PERIODS[i][1]);
        assert_int_equal(buckets.items[0].from, day(PERIODS[i][0]));
        assert_int_equal(buckets.items[buckets.count - 1].to, day(PERIODS[i][1]));
        for (size_t k = 0; k < buckets.count; k++) {
            const struct bucket *one = &buckets.items[k];
            assert_true(one->from <= one->to && one->start_us == clock_day_start(one->from));
            assert_true(k == 0 || one->from == one[-1].to + 1);
            assert_int_equal(bucket_find(&buckets, one->start_us), k);
            assert_int_equal(bucket_find(&buckets, clock_day_start(one->to + 1) - 1), k);
        }
    }
}

static void check_label(struct arena *arena, const char *from, const char *to, size_t nth, const char *swedish,
                        const char *english)
{
    struct buckets buckets = parts(arena, from, to);
    assert_str(bucket_label(arena, LANG_SV, &buckets, nth), swedish);
    assert_str(bucket_label(arena, LANG_EN, &buckets, nth), english);
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static void names_weeks_without_their_year(void **state)
{
    check_label(*state, "2026-11-23", "2026-11-29", 0, "v. 48", "wk 48");
    check_label(*state, "2027-01-01", "2027-01-03", 0, "v. 53", "wk 53");
    check_label(*state, "2025-12-29", "2026-01-20", 0, "v. 1", "wk 1");
    check_label(*state, "2025-12-29", "2026-01-20", 3, "v. 4", "wk 4");
    check_label(*state, "2023-01-01", "2023-01-01", 0, "v. 52", "wk 52");
    check_label(*state, "1970-01-01", "1970-01-01", 0, "v. 1", "wk 1");
    check_label(*state, "1969-12-28", "1969-12-28", 0, "v. 52", "wk 52");
}

static void names_the_years_where_weeks_of_two_meet(void **state)
{
    check_label(*state, "2026-12-20", "2027-01-12", 0, "v. 51 2026", "wk 51 2026");
    check_label(*state, "2026-12-20", "2027-01-12", 1, "v. 52", "wk 52");
    check_label(*state, "2026-12-20", "2027-01-12", 2, "v. 53", "wk 53");
    check_label(*state, "2026-12-20", "2027-01-12", 3, "v. 1 2027", "wk 1 2027");
    check_label(*state, "2026-12-20", "2027-01-12", 4, "v. 2", "wk 2");
}

static void names_months_and_years(void **state)
{
    check_label(*state, "2025-11-23", "2026-11-23", 0, "2025-11", "2025-11");
    check_label(*state, "2001-05-05", "2026-11-23", 0, "2001", "2001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(is_three_calendar_months_by_default),
        test_with_arena(begins_and_ends_with_local_days),
        test_with_arena(is_compared_with_as_many_days_before),
        test_with_arena(completes_what_is_half_asked_for),
        test_with_arena(holds_far_years_to_those_that_are_known),
        test_with_arena(tells_which_date_is_wrong),
        test_with_arena(is_cut_into_weeks_months_or_years),
        test_with_arena(has_parts_that_cover_it_once),
        test_with_arena(names_weeks_without_their_year),
        test_with_arena(names_the_years_where_weeks_of_two_meet),
        test_with_arena(names_months_and_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
