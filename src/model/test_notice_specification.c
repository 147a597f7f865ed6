/* Reminders of invoice specifications that wait, and mails about those that wait again, on both engines. */
#include "db/test_database.h"

#include "base/clock.h"
#include "model/notice.h"

#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)
#define NOW INT64_C(1796112000000000)

static const struct config CONFIG = {.notify = {[NOTICE_SPECIFICATION] = true},
                                     .reminder_days = 7,
                                     .base_url = STR_INIT("https://portal.example.com"),
                                     .language = LANG_EN};

static void run(struct test_database *test, const char *literal, int64_t instant)
{
    struct err err = {0};
    const struct db_value args[] = {DB_INT(instant)};
    assert_ok(db_exec(test->conn, literal, args, instant != 0, &err), err);
}

/* One customer, the contact that may approve for it, and a specification with this state, told and digests. */
static void make(struct test_database *test, const char *literal, int64_t told)
{
    run(test, "INSERT INTO customer (id, number, name) VALUES (1, 'K1', 'Brf Eken')", 0);
    run(test,
        "INSERT INTO contact (id, number, first_name, last_name, email) VALUES (1, 'P1', 'Kim', 'Ek', 'kim@x.se')", 0);
    run(test, "INSERT INTO contact_address (address, contact_id) VALUES ('kim@x.se', 1)", 0);
    run(test, "INSERT INTO contact_customer (contact_id, customer_id) VALUES (1, 1)", 0);
    run(test, "INSERT INTO account (id, email, verified, created) VALUES (1, 'kim@x.se', 1, $1)", NOW);
    run(test, "INSERT INTO login (id, name, kind, owner_id) VALUES (1, 'kim@x.se', 'contact', 1)", 0);
    run(test, literal, told);
}

static int64_t due(struct test_database *test, int64_t now, const char *subject)
{
    struct err err = {0};
    int64_t count = 0;
    assert_ok(notice_specifications_due(test->conn, &CONFIG, now, &err), err);
    assert_ok(db_query_int(test->conn, "SELECT COUNT(*) FROM mail WHERE subject LIKE $1 AND recipient = 'kim@x.se'",
                           DB_ARGS(DB_TEXT(str_of(subject))), NULL, &count, &err),
              err);
    return count;
}

static void a_reminder_is_sent_once_after_the_days_of_the_setting(void **state)
{
    struct test_database *test = *state;
    make(test,
         "INSERT INTO invoice_specification (id, number, customer_id, status, told)"
         " VALUES (1, 'F1', 1, 'awaiting_approval', $1)",
         NOW);
    assert_int_equal(due(test, NOW + 6 * DAY_US, "Reminder:%F1%"), 0);
    assert_int_equal(due(test, NOW + 7 * DAY_US, "Reminder:%F1%"), 1);
    assert_int_equal(due(test, NOW + 70 * DAY_US, "Reminder:%F1%"), 1);
}

static void rows_that_change_after_the_decision_are_told_once_and_recalled_once(void **state)
{
    struct test_database *test = *state;
    make(test,
         "INSERT INTO invoice_specification (id, number, customer_id, status, decided_digest, digest, told)"
         " SELECT 1, 'F1', 1, 'approved', 'a', 'a', 0 WHERE $1 > 0",
         NOW);
    assert_int_equal(due(test, NOW, "%F1%"), 0);
    run(test, "UPDATE invoice_specification SET digest = 'b'", 0);
    assert_int_equal(due(test, NOW, "Invoice specification F1 waits%"), 1);
    assert_int_equal(due(test, NOW + 6 * DAY_US, "%F1%"), 1);
    assert_int_equal(due(test, NOW + 7 * DAY_US, "Reminder:%F1%"), 1);
}

static void imported_specifications_are_never_told(void **state)
{
    struct test_database *test = *state;
    make(test,
         "INSERT INTO invoice_specification (id, number, customer_id, status) SELECT 1, 'F1', 1, 'awaiting_approval'"
         " WHERE $1 > 0",
         NOW);
    assert_int_equal(due(test, NOW + 70 * DAY_US, "%F1%"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(a_reminder_is_sent_once_after_the_days_of_the_setting),
        ON_BOTH_ENGINES(rows_that_change_after_the_decision_are_told_once_and_recalled_once),
        ON_BOTH_ENGINES(imported_specifications_are_never_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
