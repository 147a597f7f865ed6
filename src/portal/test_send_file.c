#include "base/test.h"
#include "portal/send_file.h"

static const struct {
    const char *header;
    enum range_kind kind;
    int64_t from, length;
} RANGES[] = {
    {"", RANGE_WHOLE, 0, 1000},
    {"bytes=0-", RANGE_PART, 0, 1000},
    {"bytes=0-0", RANGE_PART, 0, 1},
    {"bytes=10-19", RANGE_PART, 10, 10},
    {"bytes=999-", RANGE_PART, 999, 1},
    {"bytes=990-5000", RANGE_PART, 990, 10},
    {"bytes=0-99999999999999999999999", RANGE_PART, 0, 1000},
    {"bytes=-1", RANGE_PART, 999, 1},
    {"bytes=-5000", RANGE_PART, 0, 1000},
    {" bytes= 5-9 ", RANGE_PART, 5, 5},
    {"bytes=1000-", RANGE_OUTSIDE, 0, 0},
    {"bytes=99999999999999999999-", RANGE_OUTSIDE, 0, 0},
    {"bytes=-0", RANGE_OUTSIDE, 0, 0},
    {"bytes=0-1,5-6", RANGE_WHOLE, 0, 1000},
    {"bytes=9-5", RANGE_WHOLE, 0, 1000},
    {"bytes=-", RANGE_WHOLE, 0, 1000},
    {"bytes=", RANGE_WHOLE, 0, 1000},
    {"bytes=a-b", RANGE_WHOLE, 0, 1000},
    {"bytes=1-b", RANGE_WHOLE, 0, 1000},
    {"bytes=+1-2", RANGE_WHOLE, 0, 1000},
    {"bytes=--5", RANGE_WHOLE, 0, 1000},
    {"lines=1-2", RANGE_WHOLE, 0, 1000},
};

static void reads_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
        int64_t from, length;
        if (range_read(str_of(RANGES[i].header), 1000, &from, &length) != RANGES[i].kind)
            fail_msg("another kind: %s", RANGES[i].header);
        if (RANGES[i].kind != RANGE_OUTSIDE && (from != RANGES[i].from || length != RANGES[i].length))
            fail_msg("%s: %lld bytes from %lld", RANGES[i].header, (long long)length, (long long)from);
    }
}

static void nothing_is_a_part_of_an_empty_file(void **state)
{
    (void)state;
    int64_t from, length;
    assert_int_equal(range_read(STR("bytes=0-"), 0, &from, &length), RANGE_OUTSIDE);
    assert_int_equal(range_read(STR("bytes=-1"), 0, &from, &length), RANGE_OUTSIDE);
    assert_int_equal(range_read(STR(""), 0, &from, &length), RANGE_WHOLE);
}

static void finds_tags_in_lists(void **state)
{
    (void)state;
    assert_true(etag_listed(STR("\"a\""), STR("\"a\"")));
    assert_true(etag_listed(STR("\"b\", W/\"a\""), STR("\"a\"")));
    assert_true(etag_listed(STR(" * "), STR("\"a\"")));
    assert_false(etag_listed(STR("\"b\",\"ab\""), STR("\"a\"")));
    assert_false(etag_listed(STR("a"), STR("\"a\"")));
}

static void shows_only_pictures_and_pdf(void **state)
{
    (void)state;
    assert_true(send_file_shows(STR("image/png")));
    assert_true(send_file_shows(STR("application/pdf")));
    assert_false(send_file_shows(STR("image/heic")));
    assert_false(send_file_shows(STR("image/svg+xml")));
    assert_false(send_file_shows(STR("text/html")));
    assert_false(send_file_shows(STR("text/plain")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(nothing_is_a_part_of_an_empty_file),
        cmocka_unit_test(finds_tags_in_lists),
        cmocka_unit_test(shows_only_pictures_and_pdf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
