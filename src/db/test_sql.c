#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "db/sql.h"

static void numbers_placeholders_in_order(void **state)
{
    struct sql sql = sql_start(*state, "SELECT 1 FROM cases WHERE id = ?", DB_INT(7));
    sql_put(&sql, " AND title = ? AND object_id = ?", DB_TEXT(STR("pump")), DB_NULL);
    sql_put(&sql, " LIMIT 1");
    assert_str(buf_text(&sql.text), "SELECT 1 FROM cases WHERE id = $1 AND title = $2 AND object_id = $3 LIMIT 1");
    assert_int_equal(sql.count, 3);
    assert_int_equal(sql.values[0].i, 7);
    assert_str(sql.values[1].s, "pump");
    assert_int_equal(sql.values[2].type, DB_VALUE_NULL);
}

static void puts_text_of_the_program_among_the_values(void **state)
{
    const char *more_literal = NULL;
    struct sql sql = sql_start(*state, "SELECT t.{} FROM {} t WHERE t.{} = ?{}", SQL("name"), SQL("object"), SQL("a?b"),
                               DB_INT(3), SQL(more_literal));
    assert_str(buf_text(&sql.text), "SELECT t.name FROM object t WHERE t.a?b = $1");
    assert_int_equal(sql.count, 1);
}

static void leaves_signs_in_quotes_alone(void **state)
{
    struct sql sql = sql_start(*state, "SELECT '?', 'it''s {}', \"a?\" WHERE x LIKE ? ESCAPE '\\'", DB_TEXT(STR("w")));
    assert_str(buf_text(&sql.text), "SELECT '?', 'it''s {}', \"a?\" WHERE x LIKE $1 ESCAPE '\\'");
}

static void finds_words_with_signs_of_patterns(void **state)
{
    struct sql sql = sql_start(*state, "x LIKE ? ESCAPE '\\'", SQL_CONTAINING(STR("50%_\\")));
    assert_int_equal(sql.values[0].type, DB_VALUE_TEXT);
    assert_str(sql.values[0].s, "%50\\%\\_\\\\%");
}

/* Runs in a child process, which must end itself. */
static void ends_on(struct arena *arena, const struct db_value *parts, size_t count)
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        struct sql sql = sql_start(arena, "");
        if (!freopen("/dev/null", "w", stderr))
            _exit(0);
        signal(SIGABRT, SIG_DFL);
        sql_put_parts(&sql, parts, count);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void ends_when_values_do_not_match(void **state)
{
    ends_on(*state, SQL_PARTS("a = ?", ));
    ends_on(*state, SQL_PARTS("a", DB_INT(1), ));
    ends_on(*state, SQL_PARTS("a = ?", DB_INT(1), DB_INT(2), ));
    ends_on(*state, SQL_PARTS("{} = ?", DB_INT(1), SQL("a"), ));
    ends_on(*state, SQL_PARTS("a = '?", DB_INT(1), ));
}

static void keeps_a_thousand_values(void **state)
{
    struct sql sql = sql_start(*state, "");
    for (int i = 0; i < 1000; i++)
        sql_put(&sql, "?", DB_INT(i));
    assert_int_equal(sql.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(sql.values[i].i, i);
    assert_true(str_ends(buf_text(&sql.text), STR("$1000")));
}

/* A condition for each of a thousand words would nest deeper than SQLite allows. */
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
        test_with_arena(puts_text_of_the_program_among_the_values),
        test_with_arena(leaves_signs_in_quotes_alone),
        test_with_arena(finds_words_with_signs_of_patterns),
        test_with_arena(ends_when_values_do_not_match),
        test_with_arena(keeps_a_thousand_values),
        test_with_arena(takes_no_more_words_than_an_engine_can),
        cmocka_unit_test(takes_nothing_for_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
