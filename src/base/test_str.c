#include "base/test.h"

static void compares(void **state)
{
    (void)state;
    assert_true(str_eq(STR("ab"), STR("ab")));
    assert_false(str_eq(STR("ab"), STR("abc")));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_eqz(STR("x"), "x"));
    assert_true(str_eqz(STR_NONE, NULL));
    assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_eq_nocase(STR("\xc3\x85"), STR("\xc3\xa5"))); /* Å å: ignores case only of ASCII */
    assert_false(str_eq_nocase(STR("@"), STR("`")));
}

static void orders_by_bytes_shorter_first(void **state)
{
    (void)state;
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("b"), STR("ab")) > 0);
    assert_true(str_cmp(STR("z"), STR("\xc3\xa5")) < 0);
    assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
    assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
    assert_true(str_cmp(STR_NONE, STR("a")) < 0);
}

static void finds(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_true(str_starts(STR("abc"), STR_NONE));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("x")), -1);
    assert_int_equal(str_find(STR("abc"), STR_NONE), 0);
    assert_int_equal(str_find(STR_NONE, STR("x")), -1);
    assert_int_equal(str_find_char(STR("a\0b"), 'b'), 2);
    assert_int_equal(str_find_char(STR_NONE, 'b'), -1);
}

static void slices_within_its_ends(void **state)
{
    (void)state;
    assert_str(str_slice(STR("abcdef"), 2, 4), "cd");
    assert_str(str_slice(STR("abc"), 1, 99), "bc");
    assert_str(str_slice(STR("abc"), 99, 100), "");
    assert_str(str_slice(STR("abc"), 2, 1), "");
    assert_int_equal(str_slice(STR_NONE, 0, 5).n, 0);
}

static void trims_ascii_and_hard_blanks(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n a b \v\f ")), "a b");
    assert_str(str_trim(STR("\xc2\xa0 \xc2\xa0x\xc2\xa0 ")), "x");
    assert_str(str_trim(STR(" \xc2\xa0 ")), "");
    assert_str(str_trim(STR("\xc3\xa0")), "\xc3\xa0"); /* the last byte of à is also the last byte of U+00A0 */
    assert_str(str_trim(STR_NONE), "");
}

static void cuts_into_parts(void **state)
{
    (void)state;
    struct str rest = STR("a,,b,");
    struct str part;
    const char *expected[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_cut(&rest, ',', &part));
        assert_str(part, expected[i]);
    }
    assert_false(str_cut(&rest, ',', &part));
    rest = STR("");
    assert_true(str_cut(&rest, ',', &part));
    assert_false(str_cut(&rest, ',', &part));
    rest = STR_NONE;
    assert_false(str_cut(&rest, ',', &part));
}

static void reads_integers_of_the_whole_range(void **state)
{
    (void)state;
    int64_t value = 42;
    assert_true(str_to_int(STR("0"), &value) && value == 0);
    assert_true(str_to_int(STR("-17"), &value) && value == -17);
    assert_true(str_to_int(STR("007"), &value) && value == 7);
    assert_true(str_to_int(STR("9223372036854775807"), &value) && value == INT64_MAX);
    assert_true(str_to_int(STR("-9223372036854775808"), &value) && value == INT64_MIN);
    value = 42;
    const char *wrong[] = {"",
                           "-",
                           "+1",
                           " 1",
                           "1 ",
                           "1.0",
                           "0x1",
                           "9223372036854775808",
                           "-9223372036854775809",
                           "99999999999999999999",
                           "1-",
                           "--1",
                           "\xef\xbc\x91"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(str_to_int(str_of(wrong[i]), &value));
    assert_int_equal(value, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(orders_by_bytes_shorter_first),
        cmocka_unit_test(finds),
        cmocka_unit_test(slices_within_its_ends),
        cmocka_unit_test(trims_ascii_and_hard_blanks),
        cmocka_unit_test(cuts_into_parts),
        cmocka_unit_test(reads_integers_of_the_whole_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
