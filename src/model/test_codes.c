#include "base/test.h"
#include "model/codes.h"

static void finds_codes_as_spelled_or_in_other_capitals(void **state)
{
    (void)state;
    assert_int_equal(code_find(&case_statuses, STR("finished")), CASE_FINISHED);
    assert_int_equal(code_find(&case_statuses, STR("Finished")), CASE_FINISHED);
    assert_int_equal(code_find(&case_statuses, STR("done")), -1);
    assert_int_equal(code_find(&case_statuses, STR_NONE), -1);
    static const struct code both[] = {{"A", NULL}, {"a", NULL}};
    const struct code_list list = {both, 2};
    assert_int_equal(code_find(&list, STR("a")), 1);
}

static void names_and_labels_by_position(void **state)
{
    (void)state;
    assert_string_equal(code_name(&row_statuses, ROW_ATTESTED), "attested");
    assert_string_equal(code_label(&article_types, ARTICLE_TIME), "Time");
    assert_null(code_name(&article_types, ARTICLE_TYPES));
    assert_null(code_label(&article_types, -1));
    assert_string_equal(code_label_of(&specification_statuses, STR("approved")), "Approved");
    assert_null(code_label_of(&specification_statuses, STR("x")));
}

static void literals_of_sql_are_the_numbers_of_their_states(void **state)
{
    (void)state;
    const struct {
        const char *literal;
        int64_t code;
    } all[] = {{CASE_NOT_STARTED_SQL, CASE_NOT_STARTED},     {CASE_STARTED_SQL, CASE_STARTED},
               {CASE_FINISHED_SQL, CASE_FINISHED},           {WORK_ORDER_NOT_STARTED_SQL, WORK_ORDER_NOT_STARTED},
               {WORK_ORDER_STARTED_SQL, WORK_ORDER_STARTED}, {WORK_ORDER_FINISHED_SQL, WORK_ORDER_FINISHED},
               {CASE_CANCELLED_SQL, CASE_CANCELLED},         {WORK_ORDER_CANCELLED_SQL, WORK_ORDER_CANCELLED}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int64_t number = -1;
        assert_true(str_to_int(str_of(all[i].literal), &number));
        assert_int_equal(number, all[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_codes_as_spelled_or_in_other_capitals),
        cmocka_unit_test(names_and_labels_by_position),
        cmocka_unit_test(literals_of_sql_are_the_numbers_of_their_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
