#include "base/clock.h"
#include "i18n/i18n.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NB "\u00a0"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return clock_set_zone("Europe/Stockholm") ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

#define assert_text(got, want) assert_string_equal(arena_z(arena, (got)), (want))

static void integers(void **state)
{
    (void)state;
    assert_text(fmt_int(arena, LANG_SV, 0), "0");
    assert_text(fmt_int(arena, LANG_SV, 999), "999");
    assert_text(fmt_int(arena, LANG_SV, 1234567), "1" NB "234" NB "567");
    assert_text(fmt_int(arena, LANG_EN, 1234567), "1,234,567");
    assert_text(fmt_int(arena, LANG_SV, -1000), "\u22121" NB "000");
    assert_text(fmt_int(arena, LANG_EN, INT64_MIN), "\u22129,223,372,036,854,775,808");
}

static void decimals(void **state)
{
    (void)state;
    assert_text(fmt_decimal(arena, LANG_SV, 1500000, 0), "1,5");
    assert_text(fmt_decimal(arena, LANG_SV, 2000000, 0), "2");
    assert_text(fmt_decimal(arena, LANG_SV, 2000000, 2), "2,00");
    assert_text(fmt_decimal(arena, LANG_EN, 1234500001, 0), "1,234.500001");
    assert_text(fmt_decimal(arena, LANG_SV, -50000, 0), "\u22120,05");
}

static void money(void **state)
{
    (void)state;
    assert_text(fmt_money(arena, LANG_SV, 123450), "1" NB "234,50" NB "kr");
    assert_text(fmt_money(arena, LANG_EN, 123450), "1,234.50" NB "kr");
    assert_text(fmt_money(arena, LANG_SV, -5), "\u22120,05" NB "kr");
}

static void percentages(void **state)
{
    (void)state;
    assert_text(fmt_percent(arena, LANG_SV, 125000), "12,5" NB "%");
    assert_text(fmt_percent(arena, LANG_EN, 1000000), "100%");
    assert_text(fmt_percent(arena, LANG_SV, 0), "0" NB "%");
}

static void sizes(void **state)
{
    (void)state;
    assert_text(fmt_size(arena, LANG_SV, 0), "0" NB "B");
    assert_text(fmt_size(arena, LANG_SV, 999), "999" NB "B");
    assert_text(fmt_size(arena, LANG_SV, 1449000), "1,4" NB "MB");
    assert_text(fmt_size(arena, LANG_EN, 1450000), "1.5" NB "MB");
    assert_text(fmt_size(arena, LANG_SV, 10485760), "10" NB "MB");
    assert_text(fmt_size(arena, LANG_SV, 25600), "26" NB "kB");
}

static void spans(void **state)
{
    int64_t from = INT64_C(1795000000) * US_PER_SECOND, hour = 3600 * US_PER_SECOND;
    (void)state;
    assert_text(fmt_span(arena, from, from + 2 * hour), "2026-11-18 12:06–14:06");
    assert_text(fmt_span(arena, from, from + 12 * hour), "2026-11-18 12:06–2026-11-19 00:06");
    assert_text(fmt_span(arena, from, 0), "2026-11-18 12:06");
    assert_text(fmt_span(arena, 0, from), "2026-11-18 12:06");
    assert_text(fmt_span(arena, 0, 0), "");
}

static void visits(void **state)
{
    int64_t hour = 3600 * US_PER_SECOND, now = INT64_C(1795000000) * US_PER_SECOND;
    int64_t from = clock_day_start(date_from_civil(2026, 12, 2)) + 8 * hour;
    (void)state;
    assert_text(fmt_visit(arena, LANG_SV, from, from + 2 * hour, now), "ons 2 dec 08–10");
    assert_text(fmt_visit(arena, LANG_EN, from, from + 2 * hour, now), "Wed 2 Dec 08–10");
    assert_text(fmt_visit(arena, LANG_SV, from, from + hour / 2, now), "ons 2 dec 08:00–08:30");
    assert_text(fmt_visit(arena, LANG_SV, from, 0, now), "ons 2 dec 08:00");
    assert_text(fmt_visit(arena, LANG_SV, 0, from, now), "ons 2 dec 08:00");
    assert_text(fmt_visit(arena, LANG_SV, 0, 0, now), "");
    assert_text(fmt_visit(arena, LANG_SV, from + 14 * hour, from + 18 * hour, now),
                "ons 2 dec 22:00 – tors 3 dec 02:00");
    assert_text(fmt_day(arena, LANG_SV, from - 366 * 24 * hour, now), "mån 1 dec 2025");
}

static void durations(void **state)
{
    static const struct {
        int64_t minutes;
        const char *swedish, *english;
    } CASES[] = {
        {0, "0 min", "0 min"},
        {59, "59 min", "59 min"},
        {60, "1 tim 0 min", "1 h 0 min"},
        {47 * 60 + 59, "47 tim 59 min", "47 h 59 min"},
        {48 * 60, "2 d 0 tim", "2 d 0 h"},
        {100 * 24 * 60 + 125, "100 d 2 tim", "100 d 2 h"},
        {-90, "−1 tim 30 min", "−1 h 30 min"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t us = CASES[i].minutes * 60 * US_PER_SECOND;
        assert_text(fmt_duration(arena, LANG_SV, us), CASES[i].swedish);
        assert_text(fmt_duration(arena, LANG_EN, us), CASES[i].english);
    }
    assert_text(fmt_duration(arena, LANG_SV, -30 * US_PER_SECOND), "0 min");
    assert_text(fmt_duration(arena, LANG_SV, 119 * US_PER_SECOND), "1 min");
}

static void days_are_read_in_every_form_that_is_written(void **state)
{
    const int64_t now = INT64_C(1796169600000000); /* 2026-12-02 */
    const int64_t day_us = 86400 * US_PER_SECOND;
    (void)state;
    for (int days = -800; days < 800; days += 7) {
        int64_t from = now + days * day_us, to = from + 2 * 3600 * US_PER_SECOND;
        for (enum lang lang = LANG_SV; lang <= LANG_EN; lang++) {
            const struct str forms[] = {date_format(arena, clock_date(from)),
                                        instant_format_local(arena, from),
                                        fmt_span(arena, from, to),
                                        fmt_day(arena, lang, from, now),
                                        fmt_span(arena, from, to + day_us),
                                        fmt_visit(arena, lang, from, to, now),
                                        fmt_visit(arena, lang, from, to + day_us, now),
                                        fmt_visit(arena, lang, from, 0, now)};
            for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                int32_t date = 0;
                if (!date_read(arena, forms[i], now, &date) || date != clock_date(from))
                    fail_msg("%.*s is read as %d", STR_FMT(forms[i]), date);
            }
        }
    }
}

static void other_texts_are_no_days(void **state)
{
    static const char *const TEXTS[] = {"",
                                        "2026",
                                        "2026-13-01",
                                        "31 februari 2026",
                                        "onsdag",
                                        "2 d 2026",
                                        "40 maj",
                                        "2026-12-02 hissen",
                                        "2 maj hissen",
                                        "maj 2",
                                        "2 maj 20267",
                                        "-2 maj"};
    int32_t date;
    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (date_read(arena, str_of(TEXTS[i]), 0, &date))
            fail_msg("%s is read as a day", TEXTS[i]);
    }
    assert_true(date_read(arena, STR("2 December 2026"), 0, &date));
    assert_true(date_read(arena, STR("Onsdag 2 DEC. 2026, 08:30"), 0, &date));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_in_every_form_that_is_written),
        cmocka_unit_test(other_texts_are_no_days),
        cmocka_unit_test(integers),
        cmocka_unit_test(decimals),
        cmocka_unit_test(money),
        cmocka_unit_test(percentages),
        cmocka_unit_test(sizes),
        cmocka_unit_test(spans),
        cmocka_unit_test(visits),
        cmocka_unit_test(durations),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
