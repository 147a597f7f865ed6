#include "db/test_database.h"
#include "db/test_words.h"

#include <fcntl.h>
#include <sys/stat.h>

static void put_setting(struct db_conn *conn, const char *key)
{
    struct err err = {0};
    assert_ok(db_exec(conn, "INSERT INTO setting (key, value) VALUES ($1, 'x')", DB_ARGS(DB_TEXT(str_of(key))), &err),
              err);
}

static struct str verify(struct test_database *test)
{
    struct err err = {0};
    struct buf report;
    buf_init(&report, test->arena);
    assert_ok(db_verify(test->conn, &report, &err), err);
    return buf_text(&report);
}

static void finds_nothing_wrong_with_a_good_database(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    for (int i = 1; i < 200; i++)
        assert_ok(put(test->conn, i, arena_z(test->arena, arena_printf(test->arena, "ord%d dörr", i)), &err), err);
    assert_ok(db_maintain(test->conn, &err), err);
    assert_ok(db_maintain(test->conn, &err), err);
    assert_int_equal(verify(test).n, 0);
}

static void finds_an_index_that_disagrees_with_its_words(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "dörr", &err), err);
    assert_ok(db_exec(test->conn, "UPDATE case_words SET words = 'annat'", DB_NO_ARGS, &err), err);
    assert_true(str_find(verify(test), STR("full text")) >= 0);
}

static void finds_words_without_their_parts(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "vattenläckage pump åäö 123456 \uE0001bad", &err), err);
    assert_int_equal(verify(test).n, 0);
    assert_ok(db_exec(test->conn, "DELETE FROM search_part WHERE word = 'pump'", DB_NO_ARGS, &err), err);
    assert_true(str_find(verify(test), STR("search words: 1 are not found inside words")) >= 0);
}

static void finds_a_reference_to_nothing(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_exec(test->conn, "PRAGMA foreign_keys = OFF", DB_NO_ARGS, &err), err);
    assert_ok(db_exec(test->conn, "INSERT INTO case_contact (case_id, contact_id) VALUES (1, 2)", DB_NO_ARGS, &err),
              err);
    assert_true(str_find(verify(test), STR("foreign key: case_contact")) >= 0);
}

static void copies_a_database_to_a_new_file(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    char *path = arena_z(test->arena, arena_printf(test->arena, "%s/copy.db", test->folder));
    put_setting(test->conn, "before");
    assert_ok(db_backup(test->conn, path, &err), err);
    put_setting(test->conn, "after");
    struct stat made;
    assert_int_equal(stat(path, &made), 0);
    assert_int_equal(made.st_mode & 0777, 0600);
    assert_false(db_backup(test->conn, path, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);

    struct db *db;
    int64_t count;
    assert_ok(db_open(&db, arena_printf(test->arena, "sqlite:%s", path), NULL, &err), err);
    struct db_conn *conn = db_acquire(db, &err);
    assert_ok(db_query_int(conn, "SELECT count(*) FROM setting", DB_NO_ARGS, NULL, &count, &err), err);
    assert_int_equal(count, 1);
    assert_ok(migrate_check(conn, &err), err);
    db_release(conn);
    db_close(db);
    assert_int_equal(unlink(path), 0);
}

static void leaves_no_half_backup(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_false(db_backup(test->conn, "/nowhere/at/all/copy.db", &err));
    char *path = arena_z(test->arena, arena_printf(test->arena, "%s/copy.db", test->folder));
    char *part = arena_z(test->arena, arena_printf(test->arena, "%s/copy.db.part", test->folder));
    int fd = open(part, O_CREAT | O_WRONLY, 0600); /* left by a process that was killed */
    assert_true(fd >= 0 && write(fd, "rest", 4) == 4 && close(fd) == 0);
    assert_ok(db_backup(test->conn, path, &err), err);
    assert_int_equal(access(part, F_OK), -1);
    assert_int_equal(unlink(path), 0);
}

static void brings_back_only_into_an_empty_postgresql_database(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(db_exec(test->conn, "CREATE TABLE stands (x INT)", DB_NO_ARGS, &err), err);
    assert_false(db_restore(test->conn, "/nowhere/copy", &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
}

static void leaves_copies_of_sqlite_to_be_put_in_place(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_false(db_restore(test->conn, "/nowhere/copy", &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

static bool fill_up(struct db_conn *conn, void *context, struct err *err)
{
    struct arena *arena = context;
    char *page = arena_alloc(arena, 100001);
    memset(page, 'x', 100000);
    return db_exec(conn, "INSERT INTO setting (key, value) VALUES ('large', $1)", DB_ARGS(DB_TEXT(str_of(page))), err);
}

static void says_that_the_disk_is_full_and_goes_on(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t value;
    assert_ok(db_query_int(test->conn, "PRAGMA max_page_count = 1", DB_NO_ARGS, NULL, &value, &err), err);
    assert_false(db_transaction(test->conn, fill_up, test->arena, &err));
    assert_int_equal(err.kind, ERR_FULL);
    assert_ok(db_query_int(test->conn, "PRAGMA max_page_count = 100000", DB_NO_ARGS, NULL, &value, &err), err);
    assert_ok(db_transaction(test->conn, fill_up, test->arena, &err), err);
}

static void keeps_a_new_database_to_its_owner(void **state)
{
    struct test_database *test = *state;
    struct stat made;
    put_setting(test->conn, "a");
    assert_int_equal(stat(arena_z(test->arena, arena_printf(test->arena, "%s/test.db", test->folder)), &made), 0);
    assert_int_equal(made.st_mode & 0777, 0600);
    assert_int_equal(stat(arena_z(test->arena, arena_printf(test->arena, "%s/test.db-wal", test->folder)), &made), 0);
    assert_int_equal(made.st_mode & 0777, 0600);
}

static void bounds_the_wal_without_upkeep(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct stat wal;
    char *path = arena_z(test->arena, arena_printf(test->arena, "%s/test.db-wal", test->folder));
    char value[8001];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    for (int i = 0; i < 6000; i++)
        assert_ok(
            db_exec(
                test->conn,
                "INSERT INTO setting (key, value) VALUES ('a', $1) ON CONFLICT (key) DO UPDATE SET value = $1 || $2",
                DB_ARGS(DB_TEXT(str_of(value)), DB_INT(i)), &err),
            err);
    assert_int_equal(stat(path, &wal), 0);
    assert_true(wal.st_size < 24 * 1024 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(finds_nothing_wrong_with_a_good_database),
        ON_BOTH_ENGINES(finds_words_without_their_parts),
        ON_ENGINE(finds_an_index_that_disagrees_with_its_words, "SQLite", DB_SQLITE),
        ON_ENGINE(finds_a_reference_to_nothing, "SQLite", DB_SQLITE),
        ON_ENGINE(copies_a_database_to_a_new_file, "SQLite", DB_SQLITE),
        ON_ENGINE(leaves_no_half_backup, "SQLite", DB_SQLITE),
        ON_ENGINE(leaves_copies_of_sqlite_to_be_put_in_place, "SQLite", DB_SQLITE),
        ON_ENGINE(brings_back_only_into_an_empty_postgresql_database, "PostgreSQL", DB_POSTGRES),
        ON_ENGINE(says_that_the_disk_is_full_and_goes_on, "SQLite", DB_SQLITE),
        ON_ENGINE(keeps_a_new_database_to_its_owner, "SQLite", DB_SQLITE),
        ON_ENGINE(bounds_the_wal_without_upkeep, "SQLite", DB_SQLITE),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
