#include "base/test.h"
#include "model/choice_match.h"

static int rank(struct arena *arena, const char *question, const char *name)
{
    struct match_question prepared;
    match_prepare(arena, str_of(question), &prepared);
    return match_rank(arena, &prepared, STR("F-1017"), str_of(name), STR("Storgatan 1, 411 01 Göteborg"));
}

static void finds_by_number_name_and_address(void **state)
{
    assert_true(rank(*state, "f-1017", "Eken") >= 0);
    assert_true(rank(*state, "1017", "Eken") >= 0);
    assert_true(rank(*state, "eke", "Eken") >= 0);
    assert_true(rank(*state, "göteb stor", "Eken") >= 0);
    assert_true(rank(*state, "GÖTEBORG, storgatan", "Eken") >= 0);
    assert_true(rank(*state, "goteborg", "Eken") < 0);
    assert_true(rank(*state, "eken stockholm", "Eken") < 0);
    assert_true(rank(*state, "", "Eken") >= 0);
}

static void puts_what_begins_so_first(void **state)
{
    assert_true(rank(*state, "F-1017", "x") < rank(*state, "F-10", "x"));
    assert_true(rank(*state, "F-10", "x") < rank(*state, "brf", "Brf Eken"));
    assert_true(rank(*state, "eken", "Eken 4") < rank(*state, "eken", "Brf Eken"));
    assert_true(rank(*state, "eken", "Brf Eken") < rank(*state, "eken", "Blåeken"));
}

static void folds_as_icu_does(void **state)
{
    assert_true(rank(*state, "ÉCOLE", "école") >= 0);
    assert_true(rank(*state, "strasse", "Straße 7") >= 0);
    assert_true(rank(*state,
                     "wasastra\xcc\x8a"
                     "n",
                     "Wasastr\xc3\xa5n") >= 0);
    assert_true(rank(*state, "žižka", "ŽIŽKA") >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(finds_by_number_name_and_address),
        test_with_arena(puts_what_begins_so_first),
        test_with_arena(folds_as_icu_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
