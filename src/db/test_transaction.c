#include "db/test_database.h"

#include <pthread.h>
#include <time.h>

static bool put(struct db_conn *conn, const char *key, const char *value, struct err *err)
{
    return db_exec(conn, "INSERT INTO setting (key, value) VALUES ($1, $2)",
                   DB_ARGS(DB_TEXT(str_of(key)), DB_TEXT(str_of(value))), err);
}

static int64_t settings(struct db_conn *conn)
{
    struct err err = {0};
    int64_t count;
    assert_ok(db_query_int(conn, "SELECT count(*) FROM setting", DB_NO_ARGS, NULL, &count, &err), err);
    return count;
}

static bool put_two(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return put(conn, "a", "1", err) && put(conn, "b", "2", err);
}

static bool put_and_refuse(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return put(conn, "c", "1", err) && err_set(err, ERR_FORBIDDEN, NULL, "no");
}

static bool do_nothing(struct db_conn *conn, void *context, struct err *err)
{
    (void)conn;
    (void)context;
    (void)err;
    return true;
}

static void commits_all_or_nothing(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_transaction(test->conn, put_two, NULL, &err), err);
    assert_int_equal(settings(test->conn), 2);
    assert_false(db_transaction(test->conn, put_and_refuse, NULL, &err));
    assert_int_equal(err.kind, ERR_FORBIDDEN);
    assert_int_equal(settings(test->conn), 2);
    assert_false(db_transaction(test->conn, put_two, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_string_equal(err.detail, "unique: setting.key");
    assert_ok(db_transaction(test->conn, do_nothing, NULL, &err), err);
    assert_int_equal(settings(test->conn), 2);
}

static bool ignore_a_failure(struct db_conn *conn, void *context, struct err *err)
{
    bool *refused = context;
    struct err ignored;
    int64_t value;
    if (!put(conn, "x", "", err) || put(conn, "x", "", &ignored))
        return err_set(err, ERR_NONE, NULL, "the test is wrong");
    *refused = !db_query_int(conn, "SELECT 1", DB_NO_ARGS, NULL, &value, &ignored);
    return true;
}

static void never_commits_after_a_failed_statement(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    bool refused = false;
    assert_false(db_transaction(test->conn, ignore_a_failure, &refused, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_true(refused);
    assert_int_equal(settings(test->conn), 0);
}

static bool nest(struct db_conn *conn, void *context, struct err *err)
{
    return db_transaction(conn, put_two, context, err);
}

static bool leave_open(struct db_conn *conn, void *context, struct err *err)
{
    return db_query(conn, context, "SELECT 1 UNION ALL SELECT 2", DB_NO_ARGS, err) != NULL;
}

static void refuses_disorder(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_false(db_transaction(test->conn, nest, NULL, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_false(db_transaction(test->conn, leave_open, test->arena, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(settings(test->conn), 0);
}

static void reads_one_snapshot(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_conn *other = db_acquire(test->db, &err);
    assert_ok(other != NULL, err);
    assert_ok(db_read_begin(test->conn, &err), err);
    assert_int_equal(settings(test->conn), 0);
    assert_ok(db_transaction(other, put_two, NULL, &err), err);
    assert_int_equal(settings(other), 2);
    assert_int_equal(settings(test->conn), 0);
    db_read_end(test->conn);
    assert_int_equal(settings(test->conn), 2);
    assert_ok(db_read_begin(test->conn, &err), err);
    db_read_end(test->conn);
    db_release(other);
}

/*
 * On SQLite the reads of a request fit together, and the request sees its own writes. On PostgreSQL each statement sees
 * its own moment.
 */
static void reads_steadily_to_the_next_write(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    bool sqlite = db_conn_engine(test->conn) == DB_SQLITE;
    struct db_conn *other = db_acquire(test->db, &err);
    assert_ok(other != NULL, err);
    db_read_steady(test->conn);
    assert_int_equal(settings(test->conn), 0);
    assert_ok(put(other, "x", "1", &err), err);
    assert_int_equal(settings(test->conn), sqlite ? 0 : 1);
    assert_ok(put(test->conn, "y", "2", &err), err);
    assert_int_equal(settings(test->conn), 2);
    assert_ok(put(other, "z", "3", &err), err);
    assert_int_equal(settings(test->conn), sqlite ? 2 : 3);
    assert_ok(db_transaction(test->conn, put_two, NULL, &err), err);
    assert_int_equal(settings(test->conn), 5);
    assert_false(put(test->conn, "x", "again", &err));
    assert_int_equal(settings(test->conn), 5);
    assert_false(db_transaction(test->conn, put_two, NULL, &err));
    assert_int_equal(settings(test->conn), 5);
    assert_ok(db_read_begin(test->conn, &err), err);
    assert_int_equal(settings(test->conn), 5);
    db_read_end(test->conn);
    db_release(test->conn);
    assert_ok(put(other, "last", "6", &err), err);
    test->conn = db_acquire(test->db, &err);
    assert_ok(test->conn != NULL, err);
    assert_int_equal(settings(test->conn), 6);
    assert_ok(put(other, "very last", "7", &err), err);
    assert_int_equal(settings(test->conn), 7);
    db_release(other);
}

static void refuses_to_write_in_a_snapshot(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_read_begin(test->conn, &err), err);
    assert_false(put(test->conn, "a", "", &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    db_read_end(test->conn);
    assert_ok(put(test->conn, "a", "", &err), err);
}

static void gives_back_clean_connections(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_read_begin(test->conn, &err), err);
    assert_int_equal(settings(test->conn), 0);
    assert_non_null(db_query(test->conn, test->arena, "SELECT 1 UNION ALL SELECT 2", DB_NO_ARGS, &err));
    db_release(test->conn);
    test->conn = db_acquire(test->db, &err);
    assert_ok(put(test->conn, "a", "", &err), err);
    assert_int_equal(settings(test->conn), 1);
}

static bool begin_with_null(struct db_conn *conn, void *context, struct err *err)
{
    const struct db_value *object = context;
    return db_exec(conn, "INSERT INTO cases (number, title, object_id, created) VALUES ($1, $2, $3, $4)",
                   DB_ARGS(DB_TEXT(STR("1")), DB_TEXT(STR("a")), *object, DB_INT(1)), err);
}

static bool begin_with_nonsense(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return db_exec(conn, "SELECT $1 FROM nowhere", DB_ARGS(DB_NULL), err);
}

/* The statement that travels with BEGIN may itself fail. */
static void survives_a_first_statement_of_any_kind(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_value wrong = DB_INT(77), none = DB_NULL;
    for (int round = 0; round < 2; round++) {
        assert_false(db_transaction(test->conn, begin_with_nonsense, NULL, &err));
        assert_int_equal(err.kind, ERR_INTERNAL);
        assert_false(db_transaction(test->conn, begin_with_null, &wrong, &err)); /* no such object exists */
        assert_int_equal(err.kind, ERR_INTERNAL);
    }
    assert_ok(db_transaction(test->conn, begin_with_null, &none, &err), err);
    assert_false(db_transaction(test->conn, begin_with_null, &none, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_int_equal(settings(test->conn), 0);
}

struct meeting {
    struct test_database *test;
    pthread_barrier_t both_hold_one;
    int runs[2];
    int i;
};

struct meeting_side {
    struct meeting *meeting;
    int i;
    bool ok;
    struct err err;
};

/* On PostgreSQL the two sides lock two rows in opposite order; SQLite lets them in one after the other. */
static bool take_both(struct db_conn *conn, void *context, struct err *err)
{
    struct meeting_side *side = context;
    struct meeting *meeting = side->meeting;
    static const char *const keys[] = {"a", "b"};
    static const char *const update = "UPDATE setting SET value = value || 'x' WHERE key = $1";
    if (!db_exec(conn, update, DB_ARGS(DB_TEXT(str_of(keys[side->i]))), err))
        return false;
    if (meeting->runs[side->i]++ == 0 && meeting->test->engine == DB_POSTGRES)
        (void)pthread_barrier_wait(&meeting->both_hold_one);
    return db_exec(conn, update, DB_ARGS(DB_TEXT(str_of(keys[1 - side->i]))), err);
}

static void *take_both_thread(void *context)
{
    struct meeting_side *side = context;
    struct db_conn *conn = db_acquire(side->meeting->test->db, &side->err);
    side->ok = conn && db_transaction(conn, take_both, side, &side->err);
    db_release(conn);
    return NULL;
}

static void runs_again_after_a_deadlock(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_transaction(test->conn, put_two, NULL, &err), err);
    struct meeting meeting = {.test = test};
    assert_int_equal(pthread_barrier_init(&meeting.both_hold_one, NULL, 2), 0);
    struct meeting_side sides[2] = {{.meeting = &meeting, .i = 0}, {.meeting = &meeting, .i = 1}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_both_thread, &sides[i]), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < 2; i++)
        assert_ok(sides[i].ok, sides[i].err);
    int runs = meeting.runs[0] + meeting.runs[1];
    assert_true(test->engine == DB_POSTGRES ? runs >= 3 : runs == 2); /* on a slow machine they may meet again */
    int64_t once;
    assert_ok(db_query_int(test->conn, "SELECT count(*) FROM setting WHERE value IN ('1xx', '2xx')", DB_NO_ARGS, NULL,
                           &once, &err),
              err);
    assert_int_equal(once, 2);
    (void)pthread_barrier_destroy(&meeting.both_hold_one);
}

struct hold {
    pthread_barrier_t held, tried;
    struct test_database *test;
};

static bool hold_the_row(struct db_conn *conn, void *context, struct err *err)
{
    struct hold *hold = context;
    bool ok = db_exec(conn, "UPDATE setting SET value = 'held' WHERE key = 'a'", DB_NO_ARGS, err);
    (void)pthread_barrier_wait(&hold->held);
    (void)pthread_barrier_wait(&hold->tried);
    return ok;
}

static void *hold_thread(void *context)
{
    struct hold *hold = context;
    struct err err = {0};
    struct db_conn *conn = db_acquire(hold->test->db, &err);
    bool ok = conn && db_transaction(conn, hold_the_row, hold, &err);
    db_release(conn);
    return ok ? hold : NULL;
}

static void is_busy_when_another_writes_too_long(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_transaction(test->conn, put_two, NULL, &err), err);
    struct db *impatient;
    assert_ok(db_open(&impatient, test->url, &(struct db_options){.busy_timeout_ms = 100}, &err), err);
    struct db_conn *conn = db_acquire(impatient, &err);
    assert_ok(conn != NULL, err);
    struct hold hold = {.test = test};
    assert_int_equal(pthread_barrier_init(&hold.held, NULL, 2), 0);
    assert_int_equal(pthread_barrier_init(&hold.tried, NULL, 2), 0);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, hold_thread, &hold), 0);
    (void)pthread_barrier_wait(&hold.held);
    bool wrote = db_exec(conn, "UPDATE setting SET value = 'late' WHERE key = 'a'", DB_NO_ARGS, &err);
    int64_t read = settings(conn); /* readers never wait */
    (void)pthread_barrier_wait(&hold.tried);
    void *done;
    assert_int_equal(pthread_join(thread, &done), 0);
    assert_non_null(done);
    assert_false(wrote);
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(err.retry_after > 0);
    assert_int_equal(read, 2);
    db_release(conn);
    db_close(impatient);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(commits_all_or_nothing),
        ON_BOTH_ENGINES(never_commits_after_a_failed_statement),
        ON_BOTH_ENGINES(refuses_disorder),
        ON_BOTH_ENGINES(reads_one_snapshot),
        ON_BOTH_ENGINES(reads_steadily_to_the_next_write),
        ON_BOTH_ENGINES(refuses_to_write_in_a_snapshot),
        ON_BOTH_ENGINES(gives_back_clean_connections),
        ON_BOTH_ENGINES(survives_a_first_statement_of_any_kind),
        ON_BOTH_ENGINES(runs_again_after_a_deadlock),
        ON_BOTH_ENGINES(is_busy_when_another_writes_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
