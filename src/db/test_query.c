#include "db/test_database.h"

static int64_t number(struct db_conn *conn, const char *literal)
{
    struct err err = {0};
    int64_t value;
    assert_ok(db_query_int(conn, literal, DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

static void make_table(struct db_conn *conn)
{
    struct err err = {0};
    assert_ok(db_exec(conn, "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT, size BIGINT)", DB_NO_ARGS, &err),
              err);
}

static bool insert(struct db_conn *conn, struct db_value id, struct db_value name, struct db_value size,
                   struct err *err)
{
    return db_exec(conn, "INSERT INTO thing (id, name, size) VALUES ($1, $2, $3)", DB_ARGS(id, name, size), err);
}

static void gives_back_what_was_stored(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    make_table(test->conn);
    const char *texts[] = {"", "a", "Åäö é 漢字 😀", "it's \"quoted\" \\ $1 %s", "line\nline\ttab"};
    const int64_t numbers[] = {0, -1, INT64_MAX, INT64_MIN, 1000000};
    for (int i = 0; i < 5; i++)
        assert_ok(insert(test->conn, DB_INT(i), DB_TEXT(str_of(texts[i])), DB_INT(numbers[i]), &err), err);
    struct db_rows *rows =
        db_query(test->conn, test->arena, "SELECT id, name, size FROM thing ORDER BY id", DB_NO_ARGS, &err);
    for (int i = 0; i < 5; i++) {
        assert_true(db_next(rows));
        assert_int_equal(db_int(rows, 0), i);
        assert_str(db_text(rows, 1), texts[i]);
        assert_true(db_int(rows, 2) == numbers[i]);
        assert_false(db_null(rows, 1));
    }
    assert_false(db_next(rows));
    assert_false(db_next(rows));
    assert_ok(db_done(rows, &err), err);
}

static void reads_rows_in_the_order_of_the_select(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    make_table(test->conn);
    assert_ok(insert(test->conn, DB_INT(1), DB_TEXT(STR("Åsa")), DB_INT(7), &err), err);
    assert_ok(insert(test->conn, DB_INT(2), DB_NULL, DB_NULL, &err), err);
    struct str names[2];
    size_t sizes[2];
    int numbers[2];
    bool ones[2];
    struct db_rows *rows =
        db_query(test->conn, test->arena, "SELECT id, size, name, id, id = 1 FROM thing ORDER BY id", DB_NO_ARGS, &err);
    for (int i = 0; db_next(rows); i++)
        db_read(rows, TO(&numbers[i]), TO(&sizes[i]), TO(&names[i]), TO_NOTHING, TO(&ones[i]));
    assert_ok(db_done(rows, &err), err);
    assert_str(names[0], "Åsa"); /* the text is the caller's own */
    assert_true(numbers[0] == 1 && sizes[0] == 7 && ones[0]);
    assert_true(numbers[1] == 2 && sizes[1] == 0 && !names[1].n && !ones[1]);
}

static void finds_one_row_or_says_that_there_is_none(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct str name = STR("before");
    bool found;
    make_table(test->conn);
    assert_ok(insert(test->conn, DB_INT(1), DB_TEXT(STR("Åsa")), DB_INT(7), &err), err);
    assert_ok(db_find(test->conn, test->arena, "SELECT name FROM thing WHERE id = $1", DB_ARGS(DB_INT(2)),
                      DB_TARGETS(TO(&name)), &found, &err),
              err);
    assert_false(found);
    assert_str(name, "before");
    assert_false(db_find(test->conn, test->arena, "SELECT name FROM thing WHERE id = $1", DB_ARGS(DB_INT(2)),
                         DB_TARGETS(TO(&name)), NULL, &err));
    assert_ok(db_find(test->conn, test->arena, "SELECT name FROM thing WHERE id = $1", DB_ARGS(DB_INT(1)),
                      DB_TARGETS(TO(&name)), &found, &err),
              err);
    assert_true(found);
    assert_str(name, "Åsa");
}

static void tells_null_from_empty(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    make_table(test->conn);
    assert_ok(insert(test->conn, DB_INT(1), DB_NULL, DB_NULL, &err), err);
    assert_ok(insert(test->conn, DB_INT(2), DB_TEXT(STR_NONE), DB_INT(0), &err), err);
    struct db_rows *rows =
        db_query(test->conn, test->arena, "SELECT name, size FROM thing ORDER BY id", DB_NO_ARGS, &err);
    assert_true(db_next(rows));
    assert_true(db_null(rows, 0) && db_null(rows, 1));
    assert_int_equal(db_text(rows, 0).n, 0);
    assert_int_equal(db_int(rows, 1), 0);
    assert_true(db_next(rows));
    assert_false(db_null(rows, 0) || db_null(rows, 1));
    assert_ok(db_done(rows, &err), err);
}

static void takes_values_after_a_null_came_first(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    make_table(test->conn);
    for (int round = 0; round < 3; round++) {
        assert_ok(insert(test->conn, DB_INT(round * 2), DB_NULL, DB_NULL, &err), err);
        assert_ok(insert(test->conn, DB_INT(round * 2 + 1), DB_TEXT(STR("x")), DB_INT(5), &err), err);
    }
    assert_int_equal(number(test->conn, "SELECT count(*) FROM thing WHERE name = 'x' AND size = 5"), 3);
}

static void orders_placeholders_by_number_not_by_appearance(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    assert_ok(db_query_int(test->conn, "SELECT $2 * 100 + $1 * 10 + $3 + $1 * 0",
                           DB_ARGS(DB_INT(1), DB_INT(2), DB_INT(3)), NULL, &value, &err),
              err);
    assert_int_equal(value, 213);
}

static void refuses_a_wrong_number_of_values(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    assert_false(db_query_int(test->conn, "SELECT $1 + $2", DB_ARGS(DB_INT(1)), NULL, &value, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_false(db_query_int(test->conn, "SELECT 1", DB_ARGS(DB_INT(1), DB_INT(2)), NULL, &value, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_ok(db_query_int(test->conn, "SELECT $1 + $2 + 1", DB_ARGS(DB_INT(1), DB_INT(1)), NULL, &value, &err), err);
    assert_false(db_query_int(test->conn, "SELECT $1 + $2 + 1", DB_ARGS(DB_INT(1)), NULL, &value, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(number(test->conn, "SELECT 5"), 5);
}

static void refuses_text_that_is_not_utf8_or_has_nul(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    make_table(test->conn);
    struct str wrong[] = {STR("a\0b"), STR("\xe5"), STR("\xc3"), STR("\xed\xa0\x80"), STR("\xc0\x80")};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        err = (struct err){0};
        assert_false(insert(test->conn, DB_INT(1), DB_TEXT(wrong[i]), DB_NULL, &err));
        assert_int_equal(err.kind, ERR_INVALID);
        assert_null(db_query(test->conn, test->arena, "SELECT $1", DB_ARGS(DB_TEXT(wrong[i])), &err));
    }
    assert_int_equal(number(test->conn, "SELECT count(*) FROM thing"), 0);
}

static void reads_conditions_as_numbers(void **state)
{
    struct test_database *test = *state;
    assert_int_equal(number(test->conn, "SELECT 1 = 1"), 1);
    assert_int_equal(number(test->conn, "SELECT EXISTS (SELECT 1 FROM cases)"), 0);
    assert_int_equal(number(test->conn, "SELECT avg(id) FROM (SELECT 3 AS id UNION ALL SELECT 4) AS t"), 3);
    assert_int_equal(number(test->conn, "SELECT sum(id) FROM (SELECT 3 AS id UNION ALL SELECT 4) AS t"), 7);
}

static void tells_whether_a_row_was_found(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    bool found = true;
    int64_t value = 9;
    assert_ok(db_query_int(test->conn, "SELECT id FROM cases WHERE id = $1", DB_ARGS(DB_INT(1)), &found, &value, &err),
              err);
    assert_false(found);
    assert_int_equal(value, 0);
    assert_false(db_query_int(test->conn, "SELECT id FROM cases WHERE id = 1", DB_NO_ARGS, NULL, &value, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
}

static void counts_the_rows_touched(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t id;
    make_table(test->conn);
    for (int i = 0; i < 3; i++)
        assert_ok(insert(test->conn, DB_INT(i), DB_NULL, DB_INT(i), &err), err);
    assert_int_equal(db_changes(test->conn), 1);
    assert_ok(db_exec(test->conn, "UPDATE thing SET size = 7 WHERE id > $1", DB_ARGS(DB_INT(0)), &err), err);
    assert_int_equal(db_changes(test->conn), 2);
    assert_ok(db_exec(test->conn, "INSERT INTO thing (id) VALUES (1) ON CONFLICT DO NOTHING", DB_NO_ARGS, &err), err);
    assert_int_equal(db_changes(test->conn), 0);
    assert_ok(db_query_int(test->conn, "DELETE FROM thing WHERE id = 2 RETURNING size", DB_NO_ARGS, NULL, &id, &err),
              err);
    assert_int_equal(id, 7);
    assert_int_equal(db_changes(test->conn), 1);
    assert_int_equal(number(test->conn, "SELECT count(*) FROM thing"), 2);
}

static void names_the_columns_of_a_conflict(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    static const char *const person = "INSERT INTO customer (number, name) VALUES ($1, $2)";
    assert_ok(db_exec(test->conn, person, DB_ARGS(DB_TEXT(STR("K1")), DB_TEXT(STR("A"))), &err), err);
    assert_false(db_exec(test->conn, person, DB_ARGS(DB_TEXT(STR("K1")), DB_TEXT(STR("B"))), &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_string_equal(err.detail, "unique: customer.number");
    static const char *const login = "INSERT INTO login (name, kind, owner_id) VALUES ($1, 'contact', 1)";
    assert_ok(db_exec(test->conn, login, DB_ARGS(DB_TEXT(STR("(a)=(b)"))), &err), err);
    assert_false(db_exec(test->conn, login, DB_ARGS(DB_TEXT(STR("b"))), &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_string_equal(err.detail, "unique: login.kind, login.owner_id");
}

static void keeps_data_and_statements_out_of_other_failures(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_value secret = DB_TEXT(STR("hemlig"));
    assert_false(
        db_exec(test->conn, "INSERT INTO login (name, kind, owner_id) VALUES ($1, $1, 1)", DB_ARGS(secret), &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_null(strstr(err.detail, "hemlig"));
    assert_false(db_exec(test->conn, "INSERT INTO case_contact VALUES (1, 2)", DB_NO_ARGS, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_false(db_exec(test->conn, "SELECT number FROM nowhere", DB_NO_ARGS, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_non_null(strstr(err.detail, "nowhere")); /* a mistake of the program: the log must name it */
}

static void holds_one_result_at_a_time(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    struct db_rows *rows = db_query(test->conn, test->arena, "SELECT 1 UNION ALL SELECT 2", DB_NO_ARGS, &err);
    assert_true(db_next(rows));
    assert_false(db_exec(test->conn, "DELETE FROM cases", DB_NO_ARGS, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_false(db_query_int(test->conn, "SELECT 3", DB_NO_ARGS, NULL, &value, &err));
    assert_int_equal(db_int(rows, 0), 1);
    assert_ok(db_done(rows, &err), err); /* one row was left unread */
    assert_int_equal(number(test->conn, "SELECT 3"), 3);
    assert_false(db_done(NULL, &err));
}

static void reads_a_hundred_thousand_rows_one_by_one(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_rows *rows =
        db_query(test->conn, test->arena,
                 "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) SELECT i FROM n",
                 DB_ARGS(DB_INT(1), DB_INT(100000)), &err);
    int64_t sum = 0;
    while (db_next(rows))
        sum += db_int(rows, 0);
    assert_ok(db_done(rows, &err), err);
    assert_true(sum == INT64_C(5000050000));
}

static void reports_a_failure_in_the_middle_of_a_result(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_rows *rows = db_query(test->conn, test->arena,
                                    "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                                    " SELECT abs(-9223372036854775707 - i) FROM n",
                                    DB_ARGS(DB_INT(1)), &err);
    int count = 0;
    while (db_next(rows))
        count++;
    assert_false(rows && db_done(rows, &err));
    assert_true(count < 103);
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(number(test->conn, "SELECT 1"), 1);
}

static void prepares_more_statements_than_it_keeps(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 400; i++) {
            struct sql sql = sql_start(test->arena, "");
            buf_printf(&sql.text, "SELECT %d + ", i);
            sql_put(&sql, "?", DB_INT(i));
            struct db_rows *rows = db_query_sql(test->conn, test->arena, &sql, &err);
            assert_ok(db_next(rows), err);
            assert_int_equal(db_int(rows, 0), 2 * i);
            assert_ok(db_done(rows, &err), err);
        }
    }
}

static void compares_text_by_bytes_and_case(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    const char *names[] = {"b", "B", "a", "å", "A", "Å", "-", "é"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_ok(db_exec(test->conn, "INSERT INTO setting (key, value) VALUES ($1, '')",
                          DB_ARGS(DB_TEXT(str_of(names[i]))), &err),
                  err);
    const char *sorted[] = {"-", "A", "B", "a", "b", "Å", "å", "é"};
    struct db_rows *rows = db_query(test->conn, test->arena, "SELECT key FROM setting ORDER BY key", DB_NO_ARGS, &err);
    for (size_t i = 0; i < sizeof sorted / sizeof sorted[0]; i++) {
        assert_true(db_next(rows));
        assert_str(db_text(rows, 0), sorted[i]);
    }
    assert_ok(db_done(rows, &err), err);
    assert_int_equal(number(test->conn, "SELECT count(*) FROM setting WHERE key LIKE 'a%'"), 1);
    assert_int_equal(number(test->conn, "SELECT count(*) FROM setting WHERE key > 'B'"), 5);
}

static void makes_small_letters_of_all_alphabets(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_rows *rows =
        db_query(test->conn, test->arena,
                 "SELECT lower('PUMP ÅÄÖ É Ø Д İ' COLLATE \"sv-natural\"), lower(''), lower(NULL)", DB_NO_ARGS, &err);
    assert_true(db_next(rows));
    assert_str(db_text(rows, 0), "pump åäö é ø д i̇");
    assert_str(db_text(rows, 1), "");
    assert_true(db_null(rows, 2));
    assert_ok(db_done(rows, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(gives_back_what_was_stored),
        ON_BOTH_ENGINES(reads_rows_in_the_order_of_the_select),
        ON_BOTH_ENGINES(finds_one_row_or_says_that_there_is_none),
        ON_BOTH_ENGINES(tells_null_from_empty),
        ON_BOTH_ENGINES(takes_values_after_a_null_came_first),
        ON_BOTH_ENGINES(orders_placeholders_by_number_not_by_appearance),
        ON_BOTH_ENGINES(refuses_a_wrong_number_of_values),
        ON_BOTH_ENGINES(refuses_text_that_is_not_utf8_or_has_nul),
        ON_BOTH_ENGINES(reads_conditions_as_numbers),
        ON_BOTH_ENGINES(tells_whether_a_row_was_found),
        ON_BOTH_ENGINES(counts_the_rows_touched),
        ON_BOTH_ENGINES(names_the_columns_of_a_conflict),
        ON_BOTH_ENGINES(keeps_data_and_statements_out_of_other_failures),
        ON_BOTH_ENGINES(holds_one_result_at_a_time),
        ON_BOTH_ENGINES(reads_a_hundred_thousand_rows_one_by_one),
        ON_BOTH_ENGINES(reports_a_failure_in_the_middle_of_a_result),
        ON_BOTH_ENGINES(prepares_more_statements_than_it_keeps),
        ON_BOTH_ENGINES(compares_text_by_bytes_and_case),
        ON_BOTH_ENGINES(makes_small_letters_of_all_alphabets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
