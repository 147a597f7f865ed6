/* Tests on both engines what the upkeep deletes and what it keeps. */
#include "base/clock.h"
#include "customer/cases/new.h"
#include "db/test_database.h"
#include "service/store.h"

#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)
#define NOW INT64_C(1780353000000000)

static void run(struct test_database *test, const char *literal, int64_t instant)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, literal, DB_ARGS(DB_INT(instant)), &err), err);
}

static int64_t count(struct test_database *test, const char *literal)
{
    struct err err = {0};
    int64_t value = 0;
    assert_ok(db_query_int(test->conn, literal, DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

static void throws_away_what_nobody_sent(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct config config = {.data = STR("/nonexistent")};
    run(test, "INSERT INTO login (id, name, kind, owner_id, last_login) VALUES (1, 'a', 'contact', 1, $1)", NOW);
    run(test, "INSERT INTO cases (id, number, created) VALUES (1, 'N1', $1)", NOW);
    run(test, "INSERT INTO draft (owner, form, updated) VALUES ('old', '', $1)", NOW - 31 * DAY_US);
    run(test, "INSERT INTO draft (owner, form, updated) VALUES ('young', '', $1)", NOW - 29 * DAY_US);
    run(test,
        "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
        " VALUES ('old', 'o', 'n', 'm', 1, 'd', $1)",
        NOW - 3 * DAY_US);
    run(test,
        "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
        " VALUES ('young', 'o', 'n', 'm', 1, 'd', $1)",
        NOW - DAY_US);
    run(test, "INSERT INTO draft (owner, form, updated) VALUES ('o', 'title=x&upload=drafted', $1)", NOW - 20 * DAY_US);
    run(test,
        "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
        " VALUES ('drafted', 'o', 'n', 'm', 1, 'd', $1)",
        NOW - 20 * DAY_US);
    run(test, "INSERT INTO submission (key, receipt, case_id, login_id, created) VALUES ('old', 'a', 1, 1, $1)",
        NOW - 366 * DAY_US);
    run(test, "INSERT INTO submission (key, receipt, case_id, login_id, created) VALUES ('young', 'b', 1, 1, $1)",
        NOW - 364 * DAY_US);
    assert_ok(new_upkeep(test->conn, &config, NOW, &err), err);
    assert_int_equal(count(test, "SELECT count(*) FROM draft WHERE owner = 'young'"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM draft"), 2);
    assert_int_equal(count(test, "SELECT count(*) FROM upload WHERE key = 'young'"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM upload WHERE key = 'drafted'"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM upload"), 2);
    assert_int_equal(count(test, "SELECT count(*) FROM submission WHERE key = 'young'"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM submission"), 1);
    for (int minute = 0; minute < 2; minute++)
        assert_ok(new_upkeep(test->conn, &config, NOW + 11 * DAY_US, &err), err);
    assert_int_equal(count(test, "SELECT count(*) FROM upload WHERE key = 'drafted'"), 0);
}

/* The content of a case stays, no matter how old it is; a content that nothing refers to is deleted after a day. */
static void sweeps_contents_without_references(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    char folder[] = "/tmp/kundportal-upkeep.XXXXXX";
    struct stored kept, orphan;
    int fd = -1;
    int64_t size = 0, now = clock_now_us();
    assert_non_null(mkdtemp(folder));
    struct config config = {.data = str_of(folder)};
    assert_ok(store_prepare(config.data, &err), err);
    struct stored *const stored[] = {&kept, &orphan};
    const char *const texts[] = {"kvar", "bort"};
    for (size_t i = 0; i < 2; i++) {
        FILE *file = tmpfile();
        assert_non_null(file);
        assert_true(fputs(texts[i], file) >= 0 && fflush(file) == 0);
        assert_ok(store_put(test->arena, config.data, &store_unlimited, fileno(file), STR("a.txt"), stored[i], &err),
                  err);
        (void)fclose(file);
    }
    assert_ok(db_exec(test->conn,
                      "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
                      " VALUES ('k', 'o', 'n', 'm', 4, $1, $2)",
                      DB_ARGS(DB_TEXT(kept.digest), DB_INT(now + 2 * DAY_US)), &err),
              err);
    for (int64_t minute = 0; minute < STORE_PARTS; minute++)
        assert_ok(new_upkeep(test->conn, &config, now + 2 * DAY_US + minute * 60 * US_PER_SECOND, &err), err);
    assert_ok(store_open(config.data, kept.digest, &fd, &size, &err), err);
    (void)close(fd);
    assert_false(store_open(config.data, orphan.digest, &fd, &size, &err));
    assert_int_equal(system(arena_z(test->arena, arena_printf(test->arena, "rm -r '%s'", folder))), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(throws_away_what_nobody_sent),
        ON_BOTH_ENGINES(sweeps_contents_without_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
