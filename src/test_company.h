/*
 * For tests of query plans: fills a company so large that the engine reads a whole table only where it finds no better
 * plan.
 */
#pragma once

#include "access/entity_words.h"
#include "access/scope.h"
#include "db/test_database.h"
#include "portal/visit.h"

enum { CASES = 12000, CUSTOMERS = 3000, OBJECTS = 6000, CONTACTS = 3000 };

/* --- a company ---------------------------------------------------------------------------------------------------- */

static void run(struct test_database *test, const char *literal, int64_t rows)
{
    struct err err = {0};
    const struct db_value values[] = {DB_INT(rows)};
    assert_ok(db_exec(test->conn, literal, values, rows ? 1 : 0, &err), err);
}

#define NUMBERS "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) "

static bool derive(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return scope_refresh_cases(conn, "SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2", err) &&
           scope_refresh_events(conn, "SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2", err);
}

/* Logins: 1 is a contact of customer 1, 2 a contact of forty objects, 3 is customer 1, 4 is object 1. */
static void fill_registers(struct test_database *test)
{
    run(test, "INSERT INTO customer (id, number, name) " NUMBERS "SELECT i, 'K' || i, 'Kund' FROM n", CUSTOMERS);
    run(test,
        "INSERT INTO object (id, number, name, customer_id) " NUMBERS
        "SELECT i, 'O' || i, 'Objekt', i % 120 + 1 FROM n",
        OBJECTS);
    run(test, "INSERT INTO article (number, name, article_type) " NUMBERS "SELECT 'A' || i, 'Artikel', 'other' FROM n",
        CUSTOMERS);
    run(test,
        "INSERT INTO contact (id, number, first_name, last_name) " NUMBERS "SELECT i, 'P' || i, 'Kim', 'Ek' FROM n",
        CONTACTS);
    run(test, "INSERT INTO contact_address (address, contact_id) " NUMBERS "SELECT 'p' || i || '@x.se', i FROM n",
        CONTACTS);
    run(test, "INSERT INTO contact_customer (contact_id, customer_id) " NUMBERS "SELECT i, i FROM n WHERE i <> 2",
        CONTACTS);
    run(test, "INSERT INTO contact_object (contact_id, object_id) " NUMBERS "SELECT i % 150 * 2 + 2, i FROM n",
        OBJECTS);
    run(test,
        "INSERT INTO account (id, email, verified, created) " NUMBERS "SELECT i, 'p' || i || '@x.se', 1, 0 FROM n",
        CONTACTS);
    run(test,
        "INSERT INTO login (id, name, kind, owner_id) " NUMBERS
        "SELECT i + 100, 'p' || i || '@x.se', 'contact', i FROM n",
        CONTACTS);
    run(test,
        "INSERT INTO login (id, name, kind, owner_id) VALUES (3, 'kund', 'customer', 1), (4, 'objekt', 'object', 1)",
        0);
    run(test, "UPDATE login SET id = id - 100 WHERE id IN (101, 102)", 0);
}

static inline void fill_imports(struct test_database *test)
{
    run(test, "INSERT INTO staff (id, email, name, role, created) VALUES (1, 'a@x.se', 'a@x.se', 'administrator', 0)",
        0);
    run(test,
        "INSERT INTO import_run (id, staff_id, who, created, state) " NUMBERS "SELECT i, 1, 'a@x.se', i, 'done' FROM n",
        2000);
    run(test,
        "INSERT INTO import_file (run_id, position, name, stored, size) " NUMBERS
        "SELECT i, 0, 'customers.csv', '', 1 FROM n",
        2000);
}

static void fill_cases(struct test_database *test)
{
    struct err err = {0};
    run(test, "INSERT INTO picklist_item (list, key, label_sv) " NUMBERS "SELECT 'case_type', 'typ' || i, 'Typ' FROM n",
        8);
    run(test,
        "INSERT INTO cases (id, number, title, type_id, customer_id, object_id, created) " NUMBERS
        "SELECT i, '260101-' || i, 'Kran ' || i, (SELECT min(id) FROM picklist_item) + i % 8, i % 120 + 1,"
        " i % 6000 + 1, i * 3600000000 FROM n",
        CASES);
    run(test, "UPDATE cases SET status = 2, started = created + 1, finished = created + 2 WHERE id % 3 <> 1", 0);
    run(test, "INSERT INTO case_contact (case_id, contact_id) " NUMBERS "SELECT i, i % 120 + 1 FROM n", CASES);
    run(test, "INSERT INTO case_extra (case_id, key, value) " NUMBERS "SELECT i, 'floor', 'x' FROM n", CASES);
    run(test, "INSERT INTO work_order (number, case_id, created) " NUMBERS "SELECT 'W' || i, i, i * 3600000000 FROM n",
        CASES);
    run(test,
        "INSERT INTO article_row (number, case_id, row_date, article_type, quantity) " NUMBERS
        "SELECT 'R' || i, i, '2026-01-01', 'other', 1 FROM n",
        CASES);
    run(test,
        "INSERT INTO case_message (id, case_id, at, from_staff, who, body, waiting, submission) " NUMBERS
        "SELECT i, i, i, i % 2, 'x', 'x', CASE WHEN i % 100 = 0 THEN 1 ELSE 0 END, 's' || i FROM n",
        CASES);
    run(test, "INSERT INTO message_seen (login_id, case_id, message_id) " NUMBERS "SELECT 1, i, 1 FROM n", CASES);
    run(test, "INSERT INTO case_follower (login_id, case_id, created) " NUMBERS "SELECT i % 4 + 1, i, i FROM n", CASES);
    run(test, "INSERT INTO case_follower (login_id, case_id, created) VALUES (103, 6000, 1)", 0);
    run(test,
        "INSERT INTO file (key, case_id, name, media_type, size, digest, created) " NUMBERS
        "SELECT 'F' || i, i, 'a', 'image/png', 1, 'd' || i, 1 FROM n",
        CASES);
    run(test,
        "INSERT INTO file (key, customer_id, name, media_type, size, digest, created) " NUMBERS
        "SELECT 'K' || i, i % 3000 + 1, 'a', 'image/png', 1, 'k' || i, i FROM n",
        CASES);
    run(test,
        "INSERT INTO file (key, object_id, name, media_type, size, digest, created) " NUMBERS
        "SELECT 'O' || i, i % 6000 + 1, 'a', 'image/png', 1, 'o' || i, i FROM n",
        CASES);
    run(test,
        "INSERT INTO invoice_specification (id, number, customer_id, period_from, status) " NUMBERS
        "SELECT i, 'S' || i, i % 1000 + 1, '2026-01-01', 'invoiced' FROM n",
        CASES);
    run(test,
        "INSERT INTO specification_decision (seq, specification_id, number, customer, decision, content, digest,"
        " row_count, total, your_reference, comment, login, contact, name, decided_at, previous_hash, hash) " NUMBERS
        "SELECT i, i, 'S' || i, 'K1', 'approved', '', '', 1, 1, '', '', '', '', '', i, '', '' FROM n",
        CASES);
    run(test,
        "INSERT INTO decision_remark (seq, place, case_id, article_row_id, case_number, row_number, title, "
        "comment) " NUMBERS "SELECT i, 0, i, i, '', '', '', '' FROM n",
        CASES);
    run(test, "UPDATE decision_head SET seq = $1", CASES);
    run(test, "INSERT INTO invoice_specification_row (specification_id, article_row_id) " NUMBERS "SELECT i, i FROM n",
        CASES);
    run(test, "UPDATE contact SET email = 'p' || id || '@x.se'", 0);
    run(test, "UPDATE cases SET primary_contact_id = 1, created_by = 2 WHERE id = 6000", 0);
    run(test,
        "INSERT INTO search_part (part, word) " NUMBERS
        "SELECT CASE WHEN i % 100 = 0 THEN 'kran' ELSE 'del' END || i, 'x' || i FROM n",
        CASES);
    assert_ok(db_transaction(test->conn, derive, NULL, &err), err);
    assert_ok(entity_words_fill(test->conn, &err), err);
    run(test, "ANALYZE", 0);
}

static const struct str COLUMNS[] = {STR_INIT("number"),  STR_INIT("title"),      STR_INIT("status"),
                                     STR_INIT("type"),    STR_INIT("customer"),   STR_INIT("object"),
                                     STR_INIT("created"), STR_INIT("extra_floor")};
static const struct config CONFIG = {.columns = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS}};

static inline struct visit visit_of(struct test_database *test, int64_t login)
{
    struct err err = {0};
    struct visit visit = {.arena = test->arena, .config = &CONFIG, .db = test->conn, .view = {.arena = test->arena}};
    assert_ok(actor_load(test->conn, test->arena, login, &visit.actor, &err), err);
    assert_true(visit.actor.kind != ACTOR_NOBODY);
    return visit;
}

/* Forbids hash joins. They are right for small tables, but would hide a missing index. */
static void forbid_hashing(struct test_database *test)
{
    if (test->engine != DB_POSTGRES)
        return;
    run(test, "SET enable_hashjoin = off", 0);
    run(test, "SET enable_mergejoin = off", 0);
}
