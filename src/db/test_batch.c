#include "db/test_database.h"

#define ROWS 10000

static int64_t count(struct db_conn *conn)
{
    struct err err = {0};
    int64_t value;
    assert_ok(db_query_int(conn, "SELECT count(*) FROM contact_address", DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

struct load {
    struct arena *arena;
    int rows;
    int twice;   /* this row is repeated; 0: no row */
    int wrong;   /* this row has text that is not UTF-8; 0: no row */
    bool ignore; /* ignore the results of db_batch_add */
};

static const char insert_literal[] = "INSERT INTO contact_address (address, contact_id) VALUES ($1, $2)";

static bool load_rows(struct db_conn *conn, void *context, struct err *err)
{
    struct load *load = context;
    int64_t contact;
    if (!db_query_int(conn, "INSERT INTO contact (number, first_name, last_name) VALUES ('1', '', '') RETURNING id",
                      DB_NO_ARGS, NULL, &contact, err))
        return false;
    struct db_batch *batch = db_batch_begin(conn, load->arena, insert_literal, err);
    bool ok = batch != NULL;
    for (int i = 1; i <= load->rows && (ok || load->ignore); i++) {
        struct str address = i == load->wrong ? STR("\xff") : arena_printf(load->arena, "%d@example.com", i);
        ok = db_batch_add(batch, DB_ARGS(DB_TEXT(address), DB_INT(contact)), err);
        if (i == load->twice)
            ok = db_batch_add(batch, DB_ARGS(DB_TEXT(address), DB_INT(contact)), err);
    }
    return db_batch_end(batch, err);
}

static void stores_every_row(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct load load = {.arena = test->arena, .rows = ROWS};
    assert_ok(db_transaction(test->conn, load_rows, &load, &err), err);
    assert_int_equal(count(test->conn), ROWS);
}

static void stores_nothing_after_a_failure(void **state)
{
    struct test_database *test = *state;
    for (int ignore = 0; ignore < 2; ignore++) {
        struct err err = {0};
        struct load twice = {.arena = test->arena, .rows = ROWS, .twice = ROWS / 2, .ignore = ignore};
        assert_false(db_transaction(test->conn, load_rows, &twice, &err));
        assert_int_equal(err.kind, ERR_CONFLICT);
        assert_string_equal(err.detail, "unique: contact_address.address, contact_address.contact_id");
        struct load wrong = {.arena = test->arena, .rows = 500, .wrong = 3, .ignore = ignore};
        assert_false(db_transaction(test->conn, load_rows, &wrong, &err));
        assert_int_equal(err.kind, ERR_INVALID);
        assert_int_equal(count(test->conn), 0);
    }
}

static bool load_with_nulls(struct db_conn *conn, void *context, struct err *err)
{
    struct db_batch *batch = db_batch_begin(
        conn, context, "INSERT INTO cases (number, title, created, started, customer_id) VALUES ($1, 'x', $2, $3, $4)",
        err);
    bool ok = batch != NULL;
    for (int i = 0; ok && i < 600; i++)
        ok = db_batch_add(
            batch, DB_ARGS(DB_TEXT(arena_printf(context, "%d", i)), DB_INT(i), i % 2 ? DB_INT(i) : DB_NULL, DB_NULL),
            err);
    return db_batch_end(batch, err);
}

static void takes_nulls_in_any_row(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    assert_ok(db_transaction(test->conn, load_with_nulls, test->arena, &err), err);
    assert_ok(
        db_query_int(test->conn, "SELECT count(*) FROM cases WHERE started = created", DB_NO_ARGS, NULL, &value, &err),
        err);
    assert_int_equal(value, 300);
}

static bool two_at_once(struct db_conn *conn, void *context, struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, context, insert_literal, err);
    struct err refused = {0};
    if (batch && db_exec(conn, "DELETE FROM setting", DB_NO_ARGS, &refused))
        return err_set(err, ERR_NONE, NULL, "the test is wrong");
    return db_batch_end(batch, err) && err_set(err, refused.kind, NULL, "%s", refused.detail);
}

static void holds_one_at_a_time_and_only_in_a_transaction(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_null(db_batch_begin(test->conn, test->arena, insert_literal, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_false(db_transaction(test->conn, two_at_once, test->arena, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(count(test->conn), 0);
}

static bool forget_the_end(struct db_conn *conn, void *context, struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, context, "INSERT INTO setting (key, value) VALUES ($1, $1)", err);
    return batch && db_batch_add(batch, DB_ARGS(DB_TEXT(STR("a"))), err);
}

static void refuses_to_commit_an_open_batch(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    assert_false(db_transaction(test->conn, forget_the_end, test->arena, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_ok(db_query_int(test->conn, "SELECT count(*) FROM setting", DB_NO_ARGS, NULL, &value, &err), err);
    assert_int_equal(value, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(stores_every_row),
        ON_BOTH_ENGINES(stores_nothing_after_a_failure),
        ON_BOTH_ENGINES(takes_nulls_in_any_row),
        ON_BOTH_ENGINES(holds_one_at_a_time_and_only_in_a_transaction),
        ON_BOTH_ENGINES(refuses_to_commit_an_open_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
