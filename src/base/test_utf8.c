#include "base/test.h"

static void accepts_every_length_and_limit(void **state)
{
    (void)state;
    const char *right[] = {"",
                           "abc",
                           "r\xc3\xa4ksm\xc3\xb6rg\xc3\xa5s och en l\xc3\xa5ng rad till",
                           "\xc2\x80",
                           "\xdf\xbf",
                           "\xe0\xa0\x80",
                           "\xed\x9f\xbf",
                           "\xee\x80\x80",
                           "\xef\xbf\xbf",
                           "\xf0\x90\x80\x80",
                           "\xf4\x8f\xbf\xbf",
                           "12345678\xf0\x9f\x9a\xaa"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(utf8_valid(str_of(right[i])));
    assert_true(utf8_valid(STR("a\0b")));
    assert_true(utf8_valid(STR_NONE));
}

static void refuses_what_rfc_3629_refuses(void **state)
{
    (void)state;
    const char *wrong[] = {"\x80",
                           "\xc3",
                           "\xc0\xaf",
                           "\xc1\xbf",
                           "\xe0\x9f\xbf",
                           "\xed\xa0\x80",
                           "\xed\xbf\xbf",
                           "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80",
                           "\xf5\x80\x80\x80",
                           "\xff",
                           "\xfe",
                           "\xe2\x82",
                           "\xe2\x28\xa1",
                           "\xe2\x82\x28",
                           "\xf0\x90\x80",
                           "\xf0\x28\x8c\xbc",
                           "\xc3\x28",
                           "12345678\xc3\x28",
                           "\xc3\xa5\xc3",
                           "f\xf6rg",
                           "1234567\xc3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(utf8_valid(str_of(wrong[i])));
    struct str cut = {"12345678\xe2\x82\xac", 10}; /* the third byte is beyond the end */
    assert_false(utf8_valid(cut));
}

static void counts_code_points(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(STR("")), 0);
    assert_int_equal(utf8_count(STR("\xc3\xa5\xc3\xa4\xc3\xb6")), 3);
    assert_int_equal(utf8_count(STR("a\xf0\x9f\x9a\xaa")), 2);
}

static void cuts_between_code_points(void **state)
{
    (void)state;
    struct str text = STR("\xc3\xa5\xe2\x82\xac\xf0\x9f\x9a\xaax");
    assert_str(utf8_prefix(text, 0), "");
    assert_str(utf8_prefix(text, 1), "\xc3\xa5");
    assert_str(utf8_prefix(text, 2), "\xc3\xa5\xe2\x82\xac");
    assert_str(utf8_prefix(text, 3), "\xc3\xa5\xe2\x82\xac\xf0\x9f\x9a\xaa");
    assert_int_equal(utf8_prefix(text, 4).n, text.n);
    assert_int_equal(utf8_prefix(text, 99).n, text.n);
    assert_int_equal(utf8_prefix(STR_NONE, 0).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_every_length_and_limit),
        cmocka_unit_test(refuses_what_rfc_3629_refuses),
        cmocka_unit_test(counts_code_points),
        cmocka_unit_test(cuts_between_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
