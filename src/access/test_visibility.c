/*
 * Tests the table of domain 3 and 5, row by row, on both engines. tests/property compares random data with an
 * independent model.
 */
#include "access/scope.h"
#include "access/visibility.h"
#include "db/test_database.h"

static void run(struct test_database *test, const char *literal)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, literal, DB_NO_ARGS, &err), err);
}

static bool refresh_all(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return scope_refresh_cases(conn, "SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2", err);
}

/*
 * Customers 1 and 2. Object 1 belongs to customer 1, object 2 to customer 2, object 3 to no customer. Contact 1 is
 * linked to customer 1, contact 2 to object 2, contact 3 to nothing. Case 1 is of customer 1; case 2 is on object 1 for
 * customer 2; case 3 is on object 2; case 4 is on object 3 and has contact 3; case 5 has no customer, object or
 * contact.
 */
static void fill(struct test_database *test)
{
    struct err err = {0};
    run(test, "INSERT INTO customer (id, number, name) VALUES (1, 'C1', 'Ett'), (2, 'C2', 'Två')");
    run(test, "INSERT INTO object (id, number, name, customer_id) VALUES (1, 'O1', 'o', 1), (2, 'O2', 'o', 2),"
              " (3, 'O3', 'o', NULL)");
    run(test, "INSERT INTO contact (id, number, first_name, last_name, email) VALUES (1, 'K1', 'A', 'B', 'k1@x.se'),"
              " (2, 'K2', 'A', 'B', 'k2@x.se'), (3, 'K3', 'A', 'B', 'k3@x.se')");
    run(test, "INSERT INTO contact_address (address, contact_id) VALUES ('k1@x.se', 1), ('k2@x.se', 2), ('k3@x.se', 3),"
              " ('both@x.se', 1), ('both@x.se', 2)");
    run(test, "INSERT INTO contact_customer (contact_id, customer_id) VALUES (1, 1)");
    run(test, "INSERT INTO contact_object (contact_id, object_id) VALUES (2, 2)");
    run(test,
        "INSERT INTO cases (id, number, title, created, customer_id, object_id) VALUES (1, 'N1', 'a', 10, 1, NULL),"
        " (2, 'N2', 'a', 20, 2, 1), (3, 'N3', 'a', 30, NULL, 2), (4, 'N4', 'a', 40, NULL, 3), (5, 'N5', 'a', 50, NULL, "
        "NULL)");
    run(test, "INSERT INTO case_contact (case_id, contact_id) VALUES (4, 3)");
    assert_ok(db_transaction(test->conn, refresh_all, NULL, &err), err);
}

static void login(struct test_database *test, const char *name, int64_t account, bool verified)
{
    struct err err = {0};
    assert_ok(db_exec(test->conn, "INSERT INTO account (id, email, verified, created) VALUES ($1, $2, $3, 0)",
                      DB_ARGS(DB_INT(account), DB_TEXT(str_of(name)), DB_INT(verified)), &err),
              err);
    assert_ok(db_exec(test->conn, "INSERT INTO login (id, name, kind, owner_id) VALUES ($1, $2, 'contact', $3)",
                      DB_ARGS(DB_INT(account), DB_TEXT(str_of(name)), DB_INT(account)), &err),
              err);
}

static struct actor load(struct test_database *test, int64_t id)
{
    struct actor actor;
    struct err err = {0};
    assert_ok(actor_load(test->conn, test->arena, id, &actor, &err), err);
    return actor;
}

/* Returns the numbers of the cases that the actor sees, as one text. */
static struct str seen(struct test_database *test, const struct actor *actor)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out, test->arena);
    struct sql sql = sql_start(test->arena, "SELECT c.number FROM cases c WHERE ");
    visible_case(&sql, actor, "c.id");
    sql_put(&sql, " ORDER BY c.number");
    struct db_rows *rows = db_query_sql(test->conn, test->arena, &sql, &err);
    while (db_next(rows))
        buf_str(&out, db_text(rows, 0));
    assert_ok(db_done(rows, &err), err);
    return buf_text(&out);
}

static void a_contact_of_a_customer_sees_its_cases_and_those_on_its_objects(void **state)
{
    fill(*state);
    login(*state, "k1@x.se", 1, true);
    struct actor actor = load(*state, 1);
    assert_true(actor.contact_id == 1 && actor.has_customers && !actor.has_objects);
    assert_str(seen(*state, &actor), "N1N2");
}

static void a_contact_of_an_object_sees_cases_on_it(void **state)
{
    fill(*state);
    login(*state, "k2@x.se", 1, true);
    struct actor actor = load(*state, 1);
    assert_str(seen(*state, &actor), "N3");
}

static void a_contact_of_a_case_sees_it(void **state)
{
    fill(*state);
    login(*state, "k3@x.se", 1, true);
    struct actor actor = load(*state, 1);
    assert_str(seen(*state, &actor), "N4");
}

static void an_unproven_address_links_nothing(void **state)
{
    fill(*state);
    login(*state, "k1@x.se", 1, false);
    struct actor actor = load(*state, 1);
    assert_true(actor.kind == ACTOR_CONTACT && actor.contact_id == 0);
    assert_str(seen(*state, &actor), "");
}

static void two_matching_contacts_link_nothing(void **state)
{
    fill(*state);
    login(*state, "both@x.se", 1, true);
    assert_true(load(*state, 1).contact_id == 0);
}

static void an_inactive_contact_links_nothing(void **state)
{
    fill(*state);
    login(*state, "both@x.se", 1, true);
    run(*state, "UPDATE contact SET active = 0 WHERE id = 2");
    assert_true(load(*state, 1).contact_id == 1);
    run(*state, "UPDATE contact SET active = 0 WHERE id = 1");
    assert_true(load(*state, 1).contact_id == 0);
}

static void a_link_counts_from_the_moment_it_exists(void **state)
{
    fill(*state);
    login(*state, "new@x.se", 1, true);
    assert_true(load(*state, 1).contact_id == 0);
    run(*state, "INSERT INTO contact_address (address, contact_id) VALUES ('new@x.se', 2)");
    assert_true(load(*state, 1).contact_id == 2);
}

static void a_customer_login_sees_the_cases_of_that_customer_only(void **state)
{
    fill(*state);
    run(*state, "INSERT INTO login (id, name, kind, owner_id) VALUES (7, 'kund', 'customer', 1)");
    struct actor actor = load(*state, 7);
    assert_true(actor.kind == ACTOR_CUSTOMER);
    assert_str(seen(*state, &actor), "N1");
}

static void an_object_login_sees_the_cases_on_that_object_only(void **state)
{
    fill(*state);
    run(*state, "INSERT INTO login (id, name, kind, owner_id) VALUES (7, 'objekt', 'object', 1)");
    struct actor actor = load(*state, 7);
    assert_true(actor.kind == ACTOR_OBJECT && actor.customer_id == 1);
    assert_str(seen(*state, &actor), "N2");
}

static void an_inactive_customer_cannot_log_in(void **state)
{
    fill(*state);
    run(*state, "INSERT INTO login (id, name, kind, owner_id) VALUES (7, 'kund', 'customer', 1)");
    run(*state, "UPDATE customer SET active = 0 WHERE id = 1");
    assert_true(load(*state, 7).kind == ACTOR_NOBODY);
}

static void prices_are_shown_for_own_customers_only(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    bool prices;
    fill(test);
    login(test, "k1@x.se", 1, true);
    struct actor actor = load(test, 1);
    assert_ok(visible_prices(test->conn, &actor, PRICE_OF_OWN_CUSTOMERS, 1, &prices, &err), err);
    assert_true(prices);
    assert_ok(visible_prices(test->conn, &actor, PRICE_OF_OWN_CUSTOMERS, 2, &prices, &err), err);
    assert_false(prices);
    assert_ok(visible_prices(test->conn, &actor, PRICE_ALWAYS, 2, &prices, &err), err);
    assert_true(prices);
    assert_ok(visible_prices(test->conn, &actor, PRICE_NEVER, 1, &prices, &err), err);
    assert_false(prices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(a_contact_of_a_customer_sees_its_cases_and_those_on_its_objects),
        ON_BOTH_ENGINES(a_contact_of_an_object_sees_cases_on_it),
        ON_BOTH_ENGINES(a_contact_of_a_case_sees_it),
        ON_BOTH_ENGINES(an_unproven_address_links_nothing),
        ON_BOTH_ENGINES(two_matching_contacts_link_nothing),
        ON_BOTH_ENGINES(an_inactive_contact_links_nothing),
        ON_BOTH_ENGINES(a_link_counts_from_the_moment_it_exists),
        ON_BOTH_ENGINES(a_customer_login_sees_the_cases_of_that_customer_only),
        ON_BOTH_ENGINES(an_object_login_sees_the_cases_on_that_object_only),
        ON_BOTH_ENGINES(an_inactive_customer_cannot_log_in),
        ON_BOTH_ENGINES(prices_are_shown_for_own_customers_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
