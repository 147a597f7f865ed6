/* Creating a case in the database, on both engines. */
#include "access/scope.h"
#include "base/clock.h"
#include "db/test_database.h"
#include "model/case_create.h"

#include <pthread.h>

/* 2026-06-01 22:30 UTC is 2 June in Stockholm. */
#define EVENING INT64_C(1780353000000000)

static void run(struct test_database *test, const char *literal)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, literal, DB_NO_ARGS, &err), err);
}

static int64_t count(struct test_database *test, const char *literal)
{
    struct err err = {0};
    int64_t value = 0;
    assert_ok(db_query_int(test->conn, literal, DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

static struct new_case fill(struct test_database *test, const char *key)
{
    assert_true(clock_set_zone("Europe/Stockholm"));
    if (!count(test, "SELECT count(*) FROM login")) {
        run(test, "INSERT INTO login (id, name, kind, owner_id) VALUES (1, 'a@x.se', 'contact', 1)");
        run(test, "INSERT INTO contact (id, number, first_name, last_name) VALUES (1, 'K1', 'A', 'B')");
        run(test, "INSERT INTO customer (id, number, name) VALUES (1, 'C1', 'Ett')");
        run(test, "INSERT INTO object (id, number, name, customer_id) VALUES (1, 'O1', 'o', 1)");
    }
    static const int64_t CONTACTS[] = {1};
    static struct record_column columns[] = {
        {"title", {.type = DB_VALUE_TEXT, .s = STR_INIT("Läcka")}},
        {"customer_id", {.type = DB_VALUE_INT, .i = 1}},
        {"object_id", {.type = DB_VALUE_INT, .i = 1}},
        {"primary_contact_id", {.type = DB_VALUE_INT, .i = 1}},
    };
    return (struct new_case){.columns = columns,
                             .column_count = sizeof columns / sizeof *columns,
                             .contacts = CONTACTS,
                             .contact_count = 1,
                             .created_by = 1,
                             .now_us = EVENING,
                             .submission = str_of(key),
                             .owner = STR("login:1")};
}

static struct made_case create(struct test_database *test, const struct new_case *wanted)
{
    struct err err = {0};
    struct made_case made;
    assert_ok(case_create(test->conn, test->arena, wanted, &made, &err), err);
    return made;
}

static void writes_everything_at_once(void **state)
{
    struct test_database *test = *state;
    struct new_case wanted = fill(test, "k");
    static const struct new_case_extra EXTRAS[] = {{STR_INIT("floor"), STR_INIT("k")}};
    static const struct new_case_file FILES[] = {
        {STR_INIT("a.jpg"), STR_INIT("image/jpeg"), STR_INIT("d1"), 3, STR_INIT("kept")},
        {STR_INIT("b.jpg"), STR_INIT("image/jpeg"), STR_INIT("d2"), 4, STR_INIT("")}};
    wanted.extras = EXTRAS;
    wanted.extra_count = 1;
    wanted.files = FILES;
    wanted.file_count = 2;
    run(test, "INSERT INTO draft (owner, form, updated) VALUES ('login:1', 'a=b', 1), ('login:2', 'a=b', 1)");
    run(test,
        "INSERT INTO upload (key, owner, name, media_type, size, digest, created) VALUES"
        " ('kept', 'login:1', 'a.jpg', 'image/jpeg', 3, 'd1', 1), ('other', 'login:1', 'c', 'image/jpeg', 3, 'd3', 1)");
    int64_t before = count(test, "SELECT value FROM generation WHERE name = 'cases'");
    struct made_case made = create(test, &wanted);
    assert_str(made.number, "260602-0001");
    assert_true(made.receipt.n > 20);
    assert_int_equal(count(test, "SELECT count(*) FROM cases WHERE title = 'Läcka' AND status = 0 AND created_by = 1"),
                     1);
    assert_int_equal(count(test, "SELECT count(*) FROM case_contact"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM case_extra WHERE value = 'k'"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM file WHERE visible = 1"), 2);
    assert_int_equal(count(test, "SELECT count(*) FROM draft"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM upload"), 1);
    assert_int_equal(count(test, "SELECT count(*) FROM case_scope"), 3);
    assert_int_equal(count(test, "SELECT value FROM generation WHERE name = 'cases'"), before + 1);
}

static void makes_one_case_of_one_submission(void **state)
{
    struct test_database *test = *state;
    struct new_case wanted = fill(test, "k");
    struct made_case first = create(test, &wanted), again = create(test, &wanted);
    assert_true(str_eq(first.number, again.number) && str_eq(first.receipt, again.receipt));
    assert_int_equal(count(test, "SELECT count(*) FROM cases"), 1);
    wanted.submission = STR("other");
    assert_str(create(test, &wanted).number, "260602-0002");
}

/* Without the random number of a form, only the same content sent a moment ago is the same case. */
static void makes_another_case_of_an_old_submission(void **state)
{
    struct test_database *test = *state;
    struct new_case wanted = fill(test, "k");
    struct made_case first = create(test, &wanted);
    wanted.now_us += 700 * US_PER_SECOND;
    wanted.same_since = wanted.now_us - 600 * US_PER_SECOND;
    struct made_case second = create(test, &wanted), again = create(test, &wanted);
    assert_false(str_eq(first.number, second.number));
    assert_true(str_eq(second.receipt, again.receipt));
    assert_int_equal(count(test, "SELECT count(*) FROM submission"), 2);
}

static void passes_over_numbers_that_were_imported(void **state)
{
    struct test_database *test = *state;
    struct new_case wanted = fill(test, "k");
    run(test, "INSERT INTO cases (number, created) VALUES ('260602-0001', 1), ('260602-0002', 1)");
    assert_str(create(test, &wanted).number, "260602-0003");
}

struct sender {
    pthread_t thread;
    struct db *db;
    struct new_case wanted;
    char receipt[64];
    bool ok;
};

static void *send_once(void *context)
{
    struct sender *sender = context;
    struct arena *arena = arena_create();
    struct err err = {0};
    struct made_case made;
    struct db_conn *conn = db_acquire(sender->db, &err);
    sender->ok = conn && case_create(conn, arena, &sender->wanted, &made, &err);
    if (sender->ok)
        (void)snprintf(sender->receipt, sizeof sender->receipt, "%.*s", STR_FMT(made.receipt));
    db_release(conn);
    arena_destroy(arena);
    return NULL;
}

/* Six threads send the same form, six times: each time makes one case, and all threads get its receipt. */
static void makes_one_case_of_many_sendings_at_once(void **state)
{
    static const char *const KEYS[] = {"a", "b", "c", "d", "e", "f"};
    struct test_database *test = *state;
    struct sender senders[6];
    for (size_t round = 0; round < 6; round++) {
        for (size_t i = 0; i < 6; i++) {
            senders[i] = (struct sender){.db = test->db, .wanted = fill(test, KEYS[round])};
            assert_int_equal(pthread_create(&senders[i].thread, NULL, send_once, &senders[i]), 0);
        }
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(pthread_join(senders[i].thread, NULL), 0);
        for (size_t i = 0; i < 6; i++) {
            assert_true(senders[i].ok);
            assert_string_equal(senders[i].receipt, senders[0].receipt);
        }
    }
    assert_int_equal(count(test, "SELECT count(*) FROM cases"), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(writes_everything_at_once),
        ON_BOTH_ENGINES(makes_one_case_of_one_submission),
        ON_BOTH_ENGINES(makes_another_case_of_an_old_submission),
        ON_BOTH_ENGINES(passes_over_numbers_that_were_imported),
        ON_BOTH_ENGINES(makes_one_case_of_many_sendings_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
