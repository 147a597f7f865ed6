/* Tests that queued values are written once each, that the newest value wins, and that a failed write loses none. */
#include "db/test_database.h"
#include "portal/write_behind.h"

static struct str written[8];
static size_t written_count;
static bool busy;
static struct arena *arena;
static struct write_behind *during;  /* a page queues a value here during the write */
static struct write_behind *watched; /* a page reads the value here during the write */

static bool write_one(struct db_conn *conn, struct str key, struct str value, struct err *err)
{
    (void)conn;
    if (during)
        write_behind_put(during, STR("a"), STR("newer"));
    struct str seen;
    if (watched)
        assert_true(write_behind_get(watched, arena, key, &seen) && str_eq(seen, value));
    if (busy)
        return err_set(err, ERR_INTERNAL, NULL, "not now");
    written[written_count++] = arena_printf(arena, "%.*s=%.*s", STR_FMT(key), STR_FMT(value));
    return true;
}

static void writes_the_newest_value_of_each_key_once(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct str value;
    struct write_behind queue = WRITE_BEHIND(2, write_one);
    arena = test->arena;
    written_count = 0;
    write_behind_put(&queue, STR("a"), STR("1"));
    write_behind_put(&queue, STR("b"), STR_NONE);
    write_behind_put(&queue, STR("a"), STR("a longer one"));
    write_behind_put(&queue, STR("c"), STR("finds the queue full"));
    assert_true(write_behind_get(&queue, arena, STR("a"), &value));
    assert_true(str_eqz(value, "a longer one"));
    assert_false(write_behind_get(&queue, arena, STR("c"), &value));
    assert_ok(write_behind_flush(&queue, test->conn, &err), err);
    assert_ok(write_behind_flush(&queue, test->conn, &err), err);
    assert_int_equal(written_count, 2);
    assert_true(str_eqz(written[0], "a=a longer one") && str_eqz(written[1], "b="));
}

static void keeps_what_cannot_be_written_unless_a_newer_value_came(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct str value;
    struct write_behind queue = WRITE_BEHIND(2, write_one);
    arena = test->arena;
    written_count = 0;
    write_behind_put(&queue, STR("a"), STR("older"));
    write_behind_put(&queue, STR("b"), STR("2"));
    busy = true;
    during = &queue;
    assert_false(write_behind_flush(&queue, test->conn, &err));
    busy = false;
    during = NULL;
    assert_true(write_behind_get(&queue, arena, STR("a"), &value));
    assert_true(str_eqz(value, "newer"));
    assert_true(write_behind_get(&queue, arena, STR("b"), &value));
    err = (struct err){0};
    assert_ok(write_behind_flush(&queue, test->conn, &err), err);
    assert_int_equal(written_count, 2);
}

/* A list that was searched during the write led to the search before it. */
static void a_value_is_read_while_it_is_written(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct str value;
    struct write_behind queue = WRITE_BEHIND(2, write_one);
    arena = test->arena;
    written_count = 0;
    write_behind_put(&queue, STR("a"), STR("1"));
    watched = &queue;
    assert_ok(write_behind_flush(&queue, test->conn, &err), err);
    watched = NULL;
    assert_int_equal(written_count, 1);
    assert_false(write_behind_get(&queue, arena, STR("a"), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(writes_the_newest_value_of_each_key_once),
        ON_BOTH_ENGINES(keeps_what_cannot_be_written_unless_a_newer_value_came),
        ON_BOTH_ENGINES(a_value_is_read_while_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
