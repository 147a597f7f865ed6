#include "db/migrations.h"
#include "db/test_database.h"

#include <pthread.h>

static int64_t number(struct db_conn *conn, const char *literal)
{
    struct err err = {0};
    int64_t value;
    assert_ok(db_query_int(conn, literal, DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

static void empty_again(struct test_database *test)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, "DROP TABLE schema_migration", DB_NO_ARGS, &err), err);
}

static void is_up_to_date_after_a_run(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct buf report;
    int applied;
    buf_init(&report, test->arena);
    assert_ok(migrate_check(test->conn, &err), err);
    assert_ok(migrate_run(test->conn, false, &applied, &report, &err), err);
    assert_int_equal(applied, 0);
    assert_int_equal(report.n, 0);
    assert_int_equal(number(test->conn, "SELECT max(version) FROM schema_migration"), migration_count);
    assert_int_equal(number(test->conn, "SELECT value FROM generation WHERE name = 'cases'"), 1);
}

static void only_tells_in_a_dry_run(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct buf report;
    int applied;
    buf_init(&report, test->arena);
    empty_again(test);
    assert_false(migrate_check(test->conn, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_ok(migrate_run(test->conn, true, &applied, &report, &err), err);
    assert_int_equal(applied, migration_count);
    assert_true(str_starts(buf_text(&report), STR("0001 first\n")));
    assert_false(migrate_check(test->conn, &err));
}

static void leaves_nothing_behind_when_a_migration_fails(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int applied;
    empty_again(test); /* now the first migration finds its own tables there */
    assert_false(migrate_run(test->conn, false, &applied, NULL, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(applied, 0);
    err = (struct err){0};
    assert_false(migrate_check(test->conn, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
}

static void refuses_a_database_of_a_newer_program(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int applied;
    assert_ok(db_exec(test->conn, "INSERT INTO schema_migration (version, name, applied) VALUES (9000, 'later', 0)",
                      DB_NO_ARGS, &err),
              err);
    assert_false(migrate_check(test->conn, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    err = (struct err){0};
    assert_false(migrate_run(test->conn, false, &applied, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
}

struct side {
    struct str url;
    int applied;
    bool ok;
    struct err err;
};

static void *migrate_side(void *context)
{
    struct side *side = context;
    struct arena *arena = arena_create();
    struct db *db = NULL;
    if (db_open(&db, side->url, NULL, &side->err)) {
        struct db_conn *conn = db_acquire(db, &side->err);
        side->ok = conn && migrate_run(conn, false, &side->applied, NULL, &side->err);
        db_release(conn);
    }
    db_close(db);
    arena_destroy(arena);
    return NULL;
}

/* Creates a second database beside that of the test. */
static struct str empty_database(struct test_database *test)
{
    if (test->engine == DB_SQLITE)
        return arena_printf(test->arena, "sqlite:%s/second.db", test->folder);
    test_database_command(test->arena, "CREATE DATABASE ",
                          arena_z(test->arena, arena_printf(test->arena, "%s_second", test->name)), "");
    return test_database_url(test->arena, arena_z(test->arena, arena_printf(test->arena, "%s_second", test->name)));
}

static void empty_database_drop(struct test_database *test)
{
    static const char *const files[] = {"second.db", "second.db-wal", "second.db-shm"};
    for (size_t i = 0; test->folder && i < sizeof files / sizeof files[0]; i++)
        (void)unlink(arena_z(test->arena, arena_printf(test->arena, "%s/%s", test->folder, files[i])));
    if (test->name)
        test_database_command(test->arena, "DROP DATABASE ",
                              arena_z(test->arena, arena_printf(test->arena, "%s_second", test->name)), "");
}

static void runs_once_when_many_start_together(void **state)
{
    struct test_database *test = *state;
    struct side sides[6];
    pthread_t threads[6];
    struct str url = empty_database(test);
    for (int i = 0; i < 6; i++) {
        sides[i] = (struct side){.url = url};
        assert_int_equal(pthread_create(&threads[i], NULL, migrate_side, &sides[i]), 0);
    }
    int applied = 0;
    for (int i = 0; i < 6; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        applied += sides[i].applied;
    }
    empty_database_drop(test);
    for (int i = 0; i < 6; i++)
        assert_ok(sides[i].ok, sides[i].err);
    assert_int_equal(applied, migration_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(is_up_to_date_after_a_run),
        ON_BOTH_ENGINES(only_tells_in_a_dry_run),
        ON_BOTH_ENGINES(leaves_nothing_behind_when_a_migration_fails),
        ON_BOTH_ENGINES(refuses_a_database_of_a_newer_program),
        ON_BOTH_ENGINES(runs_once_when_many_start_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
