/* Tests the chain of decisions on both engines: what it accepts, and which changes it notices. */
#include "base/digest.h"
#include "db/test_database.h"
#include "model/decision_chain.h"

#define DECIDED_AT INT64_C(1780353000000000)

static void run(struct test_database *test, const char *literal)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, literal, DB_NO_ARGS, &err), err);
}

static void append(struct test_database *test, const char *decision, const char *text, struct str remarks)
{
    struct err err = {0};
    struct decision_record record = {.specification_id = 1,
                                     .number = STR("FS-1"),
                                     .customer = STR("K1"),
                                     .decision = str_of(decision),
                                     .content = str_of(text),
                                     .digest = digest_hex(test->arena, str_of(text)),
                                     .row_count = 2,
                                     .total = 12345,
                                     .your_reference = STR("Ref"),
                                     .comment = STR("å\nä"),
                                     .remarks = remarks,
                                     .login = STR("kim@x.se"),
                                     .contact = STR("P1"),
                                     .name = STR("Kim Ek"),
                                     .decided_at = DECIDED_AT};
    assert_ok(chain_lock(test->conn, &err), err);
    assert_ok(chain_append(test->conn, test->arena, &record, &err), err);
}

/* A remark on the decision that is the newest then. */
static void append_rejection(struct test_database *test)
{
    const struct remark remark = {1, 0, STR("C1"), STR_NONE, STR_NONE, STR("Fel")};
    struct buf text;
    buf_init(&text, test->arena);
    remark_add_line(&text, &remark);
    append(test, "rejected", "first", buf_text(&text));
    run(test, "INSERT INTO decision_remark (seq, place, case_id, case_number, row_number, title, comment)"
              " VALUES (1, 0, 1, 'C1', '', '', 'Fel')");
}

static void fill(struct test_database *test)
{
    run(test, "INSERT INTO cases (id, number, title, created) VALUES (1, 'C1', 'Kran', 1)");
    run(test, "INSERT INTO customer (id, number, name) VALUES (1, 'K1', 'Brf Eken')");
    run(test, "INSERT INTO invoice_specification (id, number, customer_id, title, status)"
              " VALUES (1, 'FS-1', 1, 'Mars', 'awaiting_approval'), (7, 'FS-7', 1, 'April', 'draft')");
    append_rejection(test);
    append(test, "approved", "second", STR_NONE);
    append(test, "approved", "third", STR_NONE);
}

/* Removes the protection of the rows, as somebody with access to the database can. */
static void let_change(struct test_database *test)
{
    if (test->engine == DB_SQLITE) {
        run(test, "DROP TRIGGER specification_decision_kept");
        run(test, "DROP TRIGGER specification_decision_stays");
        run(test, "DROP TRIGGER decision_remark_kept");
        run(test, "DROP TRIGGER decision_remark_stays");
    } else {
        run(test, "DROP TRIGGER specification_decision_kept ON specification_decision");
        run(test, "DROP TRIGGER decision_remark_kept ON decision_remark");
    }
}

static struct str findings(struct test_database *test)
{
    struct buf report;
    struct err err = {0};
    buf_init(&report, test->arena);
    assert_ok(chain_check(test->conn, test->arena, &report, &err), err);
    return buf_text(&report);
}

static void holds_when_nothing_was_touched(void **state)
{
    struct test_database *test = *state;
    assert_string_equal(findings(test).p ? findings(test).p : "", "");
    fill(test);
    assert_int_equal(findings(test).n, 0);
}

static void refuses_to_change_or_delete(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    fill(test);
    assert_false(db_exec(test->conn, "UPDATE specification_decision SET comment = ''", DB_NO_ARGS, &err));
    assert_false(db_exec(test->conn, "DELETE FROM specification_decision", DB_NO_ARGS, &err));
    assert_false(db_exec(test->conn, "UPDATE decision_remark SET comment = ''", DB_NO_ARGS, &err));
    assert_false(db_exec(test->conn, "DELETE FROM decision_remark", DB_NO_ARGS, &err));
    assert_int_equal(findings(test).n, 0);
}

/* The hash covers each column: the check finds a change of any column, and finds nothing after it is put back. */
static void notices_a_change_of_every_column(void **state)
{
    static const struct {
        const char *change, *back;
    } columns[] = {
        {"specification_id = 7", "specification_id = 1"},
        {"number = 'FS-2'", "number = 'FS-1'"},
        {"customer = 'K2'", "customer = 'K1'"},
        {"decision = 'rejected'", "decision = 'approved'"},
        {"row_count = 3", "row_count = 2"},
        {"total = 12346", "total = 12345"},
        {"your_reference = 'ref'", "your_reference = 'Ref'"},
        {"comment = 'a'", "comment = 'å\nä'"},
        {"login = 'eva@x.se'", "login = 'kim@x.se'"},
        {"contact = 'P2'", "contact = 'P1'"},
        {"name = 'Eva Ek'", "name = 'Kim Ek'"},
        {"decided_at = decided_at + 1", "decided_at = decided_at - 1"},
        {"content = content || '!'", "content = 'second'"},
        {"digest = digest || '0'", "digest = substr(digest, 1, 64)"},
        {"hash = hash || '0'", "hash = substr(hash, 1, 64)"},
        {"previous_hash = previous_hash || '0'", "previous_hash = substr(previous_hash, 1, 64)"},
    };
    struct test_database *test = *state;
    fill(test);
    let_change(test);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        run(test, arena_printf(test->arena, "UPDATE specification_decision SET %s WHERE seq = 2", columns[i].change).p);
        if (!findings(test).n)
            fail_msg("not noticed: %s", columns[i].change);
        run(test, arena_printf(test->arena, "UPDATE specification_decision SET %s WHERE seq = 2", columns[i].back).p);
        assert_int_equal(findings(test).n, 0);
    }
}

static void notices_a_remark_that_was_changed(void **state)
{
    static const struct {
        const char *change, *back;
    } changes[] = {
        {"UPDATE decision_remark SET case_number = 'C2'", "UPDATE decision_remark SET case_number = 'C1'"},
        {"UPDATE decision_remark SET row_number = 'R1'", "UPDATE decision_remark SET row_number = ''"},
        {"UPDATE decision_remark SET title = 'Resa'", "UPDATE decision_remark SET title = ''"},
        {"UPDATE decision_remark SET comment = 'Bra'", "UPDATE decision_remark SET comment = 'Fel'"},
        {"UPDATE decision_remark SET seq = 2", "UPDATE decision_remark SET seq = 1"},
        {"INSERT INTO decision_remark (seq, place, case_id, case_number, row_number, title, comment)"
         " VALUES (2, 0, 1, 'C1', '', '', 'Fel')",
         "DELETE FROM decision_remark WHERE seq = 2"},
    };
    struct test_database *test = *state;
    fill(test);
    let_change(test);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        run(test, changes[i].change);
        if (!findings(test).n)
            fail_msg("not noticed: %s", changes[i].change);
        run(test, changes[i].back);
        assert_int_equal(findings(test).n, 0);
    }
    run(test, "DELETE FROM decision_remark");
    assert_non_null(strstr(findings(test).p, "decision 1 on FS-1: it was changed"));
}

static void notices_what_was_taken_out(void **state)
{
    struct test_database *test = *state;
    fill(test);
    let_change(test);
    run(test, "DELETE FROM specification_decision WHERE seq = 2");
    assert_non_null(strstr(findings(test).p, "decisions: 1 is followed by 3"));
    run(test, "DELETE FROM specification_decision WHERE seq = 3");
    assert_non_null(strstr(findings(test).p, "the last is 1 and should be 3"));
}

static void notices_a_specification_that_says_otherwise(void **state)
{
    struct test_database *test = *state;
    fill(test);
    run(test, "UPDATE invoice_specification SET status = 'approved', decided_by = 'Kim Ek', comment = 'å\nä',"
              " decided_at = 1780353000000000, decided_digest = (SELECT digest FROM specification_decision WHERE seq = "
              "3) WHERE id = 1");
    assert_int_equal(findings(test).n, 0);
    run(test, "UPDATE invoice_specification SET status = 'rejected' WHERE id = 1");
    assert_non_null(strstr(findings(test).p, "invoice specification FS-1: it does not say what was decided"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(holds_when_nothing_was_touched),   ON_BOTH_ENGINES(refuses_to_change_or_delete),
        ON_BOTH_ENGINES(notices_a_change_of_every_column), ON_BOTH_ENGINES(notices_a_remark_that_was_changed),
        ON_BOTH_ENGINES(notices_what_was_taken_out),       ON_BOTH_ENGINES(notices_a_specification_that_says_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
