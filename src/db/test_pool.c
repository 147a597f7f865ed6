#include "db/gate.h"
#include "db/test_database.h"

#include <pthread.h>
#include <time.h>

#define THREADS 16
#define ROUNDS 50

/* --- the gate ----------------------------------------------------------------------------------------------------- */

static void lets_in_no_more_than_its_places(void **state)
{
    (void)state;
    struct gate gate;
    assert_true(gate_init(&gate, 2));
    assert_true(gate_enter(&gate, 0) && gate_enter(&gate, 0));
    assert_false(gate_enter(&gate, 0));
    assert_false(gate_enter(&gate, 20));
    gate_leave(&gate);
    assert_true(gate_enter(&gate, 0));
    gate_leave(&gate);
    gate_leave(&gate);
    gate_destroy(&gate);
}

struct crowd {
    struct gate gate;
    int inside; /* guarded by the gate, which has one place */
    int most;
    int entered;
};

static void *pass_often(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < 1000; i++) {
        if (!gate_enter(&crowd->gate, i % 7 == 0 ? 0 : 5000))
            continue;
        crowd->inside++;
        crowd->most = crowd->inside > crowd->most ? crowd->inside : crowd->most;
        crowd->entered++;
        crowd->inside--;
        gate_leave(&crowd->gate);
    }
    return NULL;
}

static void keeps_a_crowd_apart(void **state)
{
    (void)state;
    struct crowd crowd = {0};
    pthread_t threads[THREADS];
    assert_true(gate_init(&crowd.gate, 1));
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, pass_often, &crowd), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(crowd.most, 1);
    assert_true(crowd.entered >= THREADS * 850);
    assert_true(gate_enter(&crowd.gate, 0));
    gate_leave(&crowd.gate);
    gate_destroy(&crowd.gate);
}

/* --- the pool ----------------------------------------------------------------------------------------------------- */

static bool increment(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    int64_t value; /* the first statement takes the lock, so that the second can use the value it read */
    return db_query_int(conn, "UPDATE generation SET value = value WHERE name = 'cases' RETURNING value", DB_NO_ARGS,
                        NULL, &value, err) &&
           db_exec(conn, "UPDATE generation SET value = $1 WHERE name = 'cases'", DB_ARGS(DB_INT(value + 1)), err);
}

struct worker {
    struct test_database *test;
    int failures;
    struct err err;
};

static void *work(void *context)
{
    struct worker *worker = context;
    for (int i = 0; i < ROUNDS; i++) {
        struct db_conn *conn = db_acquire(worker->test->db, &worker->err);
        int64_t value;
        bool ok = conn && (i % 4 == 0 ? db_transaction(conn, increment, NULL, &worker->err)
                                      : db_query_int(conn, "SELECT value FROM generation WHERE name = 'cases'",
                                                     DB_NO_ARGS, NULL, &value, &worker->err));
        worker->failures += !ok;
        db_release(conn);
    }
    return NULL;
}

static void serves_more_threads_than_connections(void **state)
{
    struct test_database *test = *state;
    struct worker workers[THREADS];
    pthread_t threads[THREADS];
    struct err err = {0};
    int64_t value;
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.test = test};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++)
        assert_ok(workers[i].failures == 0, workers[i].err);
    assert_ok(
        db_query_int(test->conn, "SELECT value FROM generation WHERE name = 'cases'", DB_NO_ARGS, NULL, &value, &err),
        err);
    assert_int_equal(value, 1 + THREADS * ((ROUNDS + 3) / 4));
}

static void is_busy_when_all_are_out(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db *db;
    assert_ok(db_open(&db, test->url, &(struct db_options){.connections = 2, .acquire_timeout_ms = 30}, &err), err);
    struct db_conn *one = db_acquire(db, &err), *two = db_acquire(db, &err);
    assert_ok(one && two, err);
    assert_null(db_acquire(db, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(err.retry_after > 0);
    db_release(one);
    one = db_acquire(db, &err);
    assert_non_null(one);
    db_release(one);
    db_release(two);
    db_release(NULL);
    db_close(db);
    db_close(NULL);
}

static void refuses_wrong_addresses(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "sqlite:",
                                        "sqlite::memory:",
                                        "mysql://localhost/x",
                                        "kundportal.db",
                                        "postgresql://user:hemlig@[::1/x",
                                        "sqlite:/nowhere/at/all/x.db"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct err err = {0};
        struct db *db;
        assert_false(db_open(&db, str_of(wrong[i]), NULL, &err));
        assert_null(db);
        assert_true(err.kind == ERR_INVALID || err.kind == ERR_INTERNAL);
        assert_null(strstr(err.detail, "hemlig"));
    }
}

static void says_when_there_is_no_server(void **state)
{
    (void)state;
    struct err err = {0};
    struct db *db;
    assert_false(db_open(&db, STR("postgresql://user:hemlig@127.0.0.1:1/x"), NULL, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_null(strstr(err.detail, "hemlig"));
}

static int64_t backend(struct db_conn *conn)
{
    struct err err = {0};
    int64_t id;
    assert_ok(db_query_int(conn, "SELECT pg_backend_pid()", DB_NO_ARGS, NULL, &id, &err), err);
    return id;
}

static void terminate(struct db_conn *conn, int64_t id)
{
    struct err err = {0};
    int64_t done;
    assert_ok(db_query_int(conn, "SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000)", DB_ARGS(DB_INT(id)), NULL,
                           &done, &err),
              err);
    assert_int_equal(done, 1);
}

static void connects_again_after_the_server_closed_an_idle_connection(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_conn *other = db_acquire(test->db, &err);
    assert_ok(other != NULL, err);
    int64_t first = backend(other);
    db_release(other);
    terminate(test->conn, first);
    other = db_acquire(test->db, &err);
    assert_ok(other != NULL, err);
    assert_true(backend(other) != first);
    terminate(test->conn, backend(other)); /* while it is checked out: a read is sent again */
    assert_true(backend(other) != first);
    db_release(other);
}

struct interrupted {
    struct db_conn *killer;
    int runs;
};

static bool lose_connection_once(struct db_conn *conn, void *context, struct err *err)
{
    struct interrupted *interrupted = context;
    if (!db_exec(conn, "INSERT INTO setting (key, value) VALUES ('a', '')", DB_NO_ARGS, err))
        return false;
    if (interrupted->runs++ == 0)
        terminate(interrupted->killer, backend(conn));
    return db_exec(conn, "INSERT INTO setting (key, value) VALUES ('b', '')", DB_NO_ARGS, err);
}

static void runs_a_transaction_again_after_a_lost_connection(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db_conn *other = db_acquire(test->db, &err);
    assert_ok(other != NULL, err);
    struct interrupted interrupted = {.killer = test->conn};
    assert_ok(db_transaction(other, lose_connection_once, &interrupted, &err), err);
    assert_int_equal(interrupted.runs, 2);
    int64_t count;
    assert_ok(db_query_int(other, "SELECT count(*) FROM setting", DB_NO_ARGS, NULL, &count, &err), err);
    assert_int_equal(count, 2);
    terminate(test->conn, backend(other)); /* a single write may have happened, so it is not repeated */
    assert_false(db_exec(other, "INSERT INTO setting (key, value) VALUES ('c', '')", DB_NO_ARGS, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    db_release(other);
}

static void ends_a_statement_that_runs_too_long(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct db *db;
    assert_ok(db_open(&db, test->url, &(struct db_options){.statement_timeout_ms = 50}, &err), err);
    struct db_conn *conn = db_acquire(db, &err);
    assert_false(db_exec(conn, "SELECT pg_sleep(5)", DB_NO_ARGS, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    db_release(conn);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_in_no_more_than_its_places),
        cmocka_unit_test(keeps_a_crowd_apart),
        ON_BOTH_ENGINES(serves_more_threads_than_connections),
        ON_BOTH_ENGINES(is_busy_when_all_are_out),
        cmocka_unit_test(refuses_wrong_addresses),
        cmocka_unit_test(says_when_there_is_no_server),
        ON_ENGINE(connects_again_after_the_server_closed_an_idle_connection, "PostgreSQL", DB_POSTGRES),
        ON_ENGINE(runs_a_transaction_again_after_a_lost_connection, "PostgreSQL", DB_POSTGRES),
        ON_ENGINE(ends_a_statement_that_runs_too_long, "PostgreSQL", DB_POSTGRES),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
