/*
 * For unit tests only: every test that needs a database runs on both engines, each time with a new database.
 *     const struct CMUnitTest tests[] = {ON_BOTH_ENGINES(finds_a_case), …};
 * The state of the test is a struct test_database. KP_TEST_POSTGRES names the PostgreSQL server (tools/with-postgres
 * sets it); a test fails when it is not set.
 */
#pragma once

#include "base/test.h"
#include "db/db.h"
#include "db/migrate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct test_database {
    enum db_engine engine;
    struct arena *arena;
    struct db *db;
    struct db_conn *conn;
    struct str url;
    char *folder; /* folder of SQLite's files */
    char *name;   /* name of PostgreSQL's database */
};

#define ON_ENGINE(test, engine_name, kind)                                                                             \
    {                                                                                                                  \
#test " on " engine_name, test, test_database_setup, test_database_teardown, &(enum db_engine)                 \
        {                                                                                                              \
            kind                                                                                                       \
        }                                                                                                              \
    }
#define ON_BOTH_ENGINES(test) ON_ENGINE(test, "SQLite", DB_SQLITE), ON_ENGINE(test, "PostgreSQL", DB_POSTGRES)

/* Fails the test with the error of the call. */
#define assert_ok(call, err)                                                                                           \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: kind %d, %s", #call, (int)(err).kind, (err).detail);                                         \
    } while (0)

/* Runs CREATE or DROP DATABASE, which take no placeholders. */
static inline void test_database_command(struct arena *arena, const char *before, const char *name, const char *after)
{
    struct err err = {0};
    struct db *db;
    const char *server = getenv("KP_TEST_POSTGRES");
    if (!server)
        fail_msg("KP_TEST_POSTGRES is not set: run the tests through tools/with-postgres");
    assert_ok(db_open(&db, str_of(server), &(struct db_options){.connections = 1}, &err), err);
    struct db_conn *conn = db_acquire(db, &err);
    assert_ok(conn != NULL, err);
    struct sql sql = sql_start(arena, "");
    buf_printf(&sql.text, "%s%s%s", before, name, after);
    assert_ok(db_exec_sql(conn, &sql, &err), err);
    db_release(conn);
    db_close(db);
}

/* Returns the URL of the database `name` on the server: only the path of the URL is replaced. */
static inline struct str test_database_url(struct arena *arena, const char *name)
{
    struct str server = str_of(getenv("KP_TEST_POSTGRES"));
    size_t host = (size_t)str_find(server, STR("://")) + 3;
    ptrdiff_t slash = str_find_char(str_slice(server, host, server.n), '/');
    ptrdiff_t question = str_find_char(server, '?');
    size_t end = slash < 0 ? server.n : host + (size_t)slash;
    struct str options = question < 0 ? STR_NONE : str_slice(server, (size_t)question, server.n);
    return arena_printf(arena, "%.*s/%s%.*s", STR_FMT(str_slice(server, 0, end)), name, STR_FMT(options));
}

static inline int test_database_setup(void **state)
{
    static int made;
    struct arena *arena = arena_create();
    struct test_database *test = ARENA_NEW(arena, struct test_database);
    struct err err = {0};
    int applied;
    test->engine = *(enum db_engine *)*state;
    test->arena = arena;
    if (test->engine == DB_SQLITE) {
        const char *folder = getenv("TMPDIR");
        test->folder = arena_z(arena, arena_printf(arena, "%s/kundportal-test.XXXXXX", folder ? folder : "/tmp"));
        assert_non_null(mkdtemp(test->folder));
        test->url = arena_printf(arena, "sqlite:%s/test.db", test->folder);
    } else {
        test->name = arena_z(arena, arena_printf(arena, "kundportal_test_%d_%d", (int)getpid(), ++made));
        test_database_command(arena, "CREATE DATABASE ", test->name, "");
        test->url = test_database_url(arena, test->name);
    }
    assert_ok(db_open(&test->db, test->url, NULL, &err), err);
    test->conn = db_acquire(test->db, &err);
    assert_ok(test->conn != NULL, err);
    assert_ok(migrate_run(test->conn, false, &applied, NULL, &err), err);
    *state = test;
    return 0;
}

static inline int test_database_teardown(void **state)
{
    struct test_database *test = *state;
    static const char *const files[] = {"test.db", "test.db-wal", "test.db-shm"};
    db_release(test->conn);
    db_close(test->db);
    for (size_t i = 0; test->folder && i < sizeof files / sizeof files[0]; i++)
        (void)unlink(arena_z(test->arena, arena_printf(test->arena, "%s/%s", test->folder, files[i])));
    if (test->folder)
        assert_int_equal(rmdir(test->folder), 0);
    else
        test_database_command(test->arena, "DROP DATABASE ", test->name, " WITH (FORCE)");
    arena_destroy(test->arena);
    return 0;
}
