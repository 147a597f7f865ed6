/* Selections: from an address to facts and back, on both engines. Also the names of groups. */
#include "base/clock.h"
#include "customer/dashboards/rows.h"
#include "db/test_database.h"

static void fill(struct test_database *test)
{
    struct err err = {0};
    static const char *const ROWS[] = {
        "INSERT INTO customer (id, number, name) VALUES (1, 'K&1', 'Brf Eken')",
        "INSERT INTO object (id, number, name, customer_id) VALUES (7, 'O 7', 'Ängsgatan 4', 1)",
        "INSERT INTO article (id, number, name, article_type) VALUES (5, '100', 'Tekniker', 'time')",
        ("INSERT INTO picklist_item (id, list, key, label_sv, label_en) VALUES (2, 'case_type', 'fel', 'Fel', 'Fault'),"
         " (3, 'work_order_type', 'jour', 'Jour', ''), (4, 'action_code', 'byte', 'Byte', 'Replacement')"),
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_ok(db_exec(test->conn, ROWS[i], DB_NO_ARGS, &err), err);
}

static bool read_query(struct test_database *test, const struct list *list, const char *asked,
                       struct selection *selection)
{
    struct arena *arena = test->arena;
    struct http_request *http = ARENA_NEW(arena, struct http_request);
    struct config *config = ARENA_NEW(arena, struct config);
    struct visit *visit = ARENA_NEW(arena, struct visit);
    struct list_query *query = ARENA_NEW(arena, struct list_query);
    struct board_request request;
    struct err err = {0};
    config->dashboard_months = 3;
    *visit = (struct visit){.arena = arena, .db = test->conn, .request = http, .config = config};
    assert_true(clock_set_zone("Europe/Stockholm"));
    visit->now_us = clock_day_start(date_from_civil(2026, 11, 23));
    assert_true(http_parse_urlencoded(arena, str_of(asked), 20, &http->query, &err));
    assert_true(list_query_read(query, visit, list));
    board_request_fill(&request, query);
    bool ok = selection_read(&request, selection, &err);
    assert_true(ok || err.kind == ERR_NOT_FOUND);
    return ok;
}

static void check(struct test_database *test, const struct list *list, const char *query, int64_t key,
                  const char *label)
{
    struct selection selection;
    assert_true(read_query(test, list, query, &selection));
    assert_int_equal(selection.key, key);
    assert_str(selection.name.label, label);
    assert_str(selection_params(test->arena, &selection), query);
}

static void every_group_is_found_by_its_address(void **state)
{
    fill(*state);
    check(*state, &case_rows, "", 0, "");
    check(*state, &case_rows, "&by=time&is=2026-08-31", 3, "v. 36");
    check(*state, &case_rows, "&by=type&is=fel", 2, "Fel");
    check(*state, &case_rows, "&by=status&is=started", 2, "Påbörjat");
    check(*state, &case_rows, "&by=customer&is=K%261&state=open", 1, "Brf Eken");
    check(*state, &case_rows, "&by=object&is=O%207&state=finished", 7, "Ängsgatan 4");
    check(*state, &case_rows, "&by=object", 0, "Inget angivet");
    check(*state, &case_rows, "&by=object&others=1", KEY_OTHERS, "Övriga");
    check(*state, &order_rows, "&by=type&is=jour", 3, "Jour");
    check(*state, &order_rows, "&by=status&is=started", 2, "Påbörjad");
    check(*state, &order_rows, "&by=punctuality&is=late", LATE, "Avslutad för sent");
    check(*state, &throughput_rows, "&by=duration&is=4w-", 9, "4 veckor eller mer");
    check(*state, &row_rows, "&by=article_type&is=other", 5, "Övrigt");
    check(*state, &row_rows, "&by=action_code&is=byte", 4, "Byte");
    check(*state, &row_rows, "&by=article&is=100", 5, "Tekniker");
}

static void what_a_dashboard_does_not_show_is_not_found(void **state)
{
    static const struct {
        const struct list *list;
        const char *query;
    } CASES[] = {
        {&case_rows, "by=nothing&is=1"},         {&case_rows, "by=article&is=100"},
        {&case_rows, "by=time&is=2026-09-01"},   {&case_rows, "by=time&others=1"},
        {&case_rows, "by=status&is=gone"},       {&case_rows, "state=gone"},
        {&case_rows, "by=type&others=1"},        {&throughput_rows, "by=type&is=fel"},
        {&throughput_rows, "by=duration&is=5w"}, {&row_rows, "by=article_type&is=gold"},
        {&row_rows, "by=status&is=finished"},
    };
    fill(*state);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct selection selection;
        assert_false(read_query(*state, CASES[i].list, CASES[i].query, &selection));
    }
}

/* An unknown number answers like one that is not visible, so that nobody learns which numbers exist. */
static void unknown_numbers_are_groups_of_nothing(void **state)
{
    fill(*state);
    check(*state, &case_rows, "&by=object&is=gone", KEY_UNKNOWN, "gone");
    check(*state, &case_rows, "&by=type&is=jour", KEY_UNKNOWN, "jour"); /* a key of another list */
    check(*state, &row_rows, "&by=article&is=gone", KEY_UNKNOWN, "gone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(every_group_is_found_by_its_address),
        ON_BOTH_ENGINES(what_a_dashboard_does_not_show_is_not_found),
        ON_BOTH_ENGINES(unknown_numbers_are_groups_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
