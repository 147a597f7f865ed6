#include "base/test.h"
#include "db/sql.h"

static void numbers_placeholders_in_order(void **state)
{
    struct sql sql;
    sql_init(&sql, *state);
    sql_add(&sql, "SELECT 1 FROM cases WHERE id = ");
    sql_int(&sql, 7);
    sql_add(&sql, " AND title = ");
    sql_text(&sql, STR("pump"));
    sql_add(&sql, " AND object_id = ");
    sql_value(&sql, DB_NULL);
    assert_str(buf_text(&sql.text), "SELECT 1 FROM cases WHERE id = $1 AND title = $2 AND object_id = $3");
    assert_int_equal(sql.count, 3);
    assert_int_equal(sql.values[0].i, 7);
    assert_str(sql.values[1].s, "pump");
    assert_int_equal(sql.values[2].type, DB_VALUE_NULL);
}

static void keeps_a_thousand_values(void **state)
{
    struct sql sql;
    sql_init(&sql, *state);
    for (int i = 0; i < 1000; i++)
        sql_int(&sql, i);
    assert_int_equal(sql.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(sql.values[i].i, i);
    assert_true(str_ends(buf_text(&sql.text), STR("$1000")));
}

/* A condition for each of a thousand words was deeper than SQLite takes. */
static void takes_no_more_words_than_an_engine_can(void **state)
{
    struct buf typed;
    struct str rest, word;
    size_t count = 0;
    buf_init(&typed, *state);
    for (int i = 0; i < 1000; i++)
        buf_z(&typed, "  w");
    rest = buf_text(&typed);
    while (sql_word(&rest, &count, &word))
        assert_str(word, "w");
    assert_int_equal(count, SQL_WORDS);
    count = 0;
    rest = STR("  ");
    assert_false(sql_word(&rest, &count, &word));
}

static void takes_nothing_for_null(void **state)
{
    (void)state;
    assert_int_equal(DB_TEXT_OR_NULL(STR_NONE).type, DB_VALUE_NULL);
    assert_int_equal(DB_TEXT_OR_NULL(STR("a")).type, DB_VALUE_TEXT);
    assert_int_equal(DB_ID_OR_NULL(0).type, DB_VALUE_NULL);
    assert_int_equal(DB_ID_OR_NULL(-1).i, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(numbers_placeholders_in_order),
        test_with_arena(keeps_a_thousand_values),
        test_with_arena(takes_no_more_words_than_an_engine_can),
        cmocka_unit_test(takes_nothing_for_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
