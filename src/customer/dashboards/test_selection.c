/* Selections: from an address to facts and back, on both engines. Also the names of groups and durations. */
#include "base/clock.h"
#include "customer/dashboards/selection.h"
#include "db/test_database.h"

struct asked {
    struct http_request request;
    struct visit visit;
    struct buckets buckets;
};

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

static void ask(struct test_database *test, struct asked *asked, const char *query)
{
    struct err err = {0};
    struct period period;
    *asked = (struct asked){.visit = {.arena = test->arena, .db = test->conn, .request = &asked->request}};
    assert_true(clock_set_zone("Europe/Stockholm"));
    assert_true(http_parse_urlencoded(test->arena, str_of(query), 20, &asked->request.query, &err));
    assert_true(period_read(&asked->request.query, date_from_civil(2026, 11, 23), 3, &period));
    asked->buckets = period_buckets(test->arena, &period);
}

static bool read_query(struct test_database *test, const struct board *board, const char *query,
                       struct selection *selection)
{
    struct asked asked;
    struct err err = {0};
    ask(test, &asked, query);
    bool ok = selection_read(&asked.visit, board, &asked.buckets, selection, &err);
    assert_true(ok || err.kind == ERR_NOT_FOUND);
    return ok;
}

static void check(struct test_database *test, const struct board *board, const char *query, int64_t key,
                  const char *label)
{
    struct selection selection;
    struct buf back;
    assert_true(read_query(test, board, query + (query[0] == '?'), &selection));
    assert_int_equal(selection.key, key);
    assert_str(selection.name.label, label);
    buf_init(&back, test->arena);
    selection_params(&back, &selection);
    assert_str(buf_text(&back), query);
}

static void every_group_is_found_by_its_address(void **state)
{
    fill(*state);
    check(*state, &case_board, "", 0, "");
    check(*state, &case_board, "?by=time&is=2026-08-31", 3, "v. 36 2026");
    check(*state, &case_board, "?by=type&is=fel", 2, "Fel");
    check(*state, &case_board, "?by=status&is=started", 2, "Påbörjat");
    check(*state, &case_board, "?by=customer&is=K%261&state=open", 1, "Brf Eken");
    check(*state, &case_board, "?by=object&is=O%207&state=finished", 7, "Ängsgatan 4");
    check(*state, &case_board, "?by=object", 0, "Inget angivet");
    check(*state, &case_board, "?by=object&others=1", KEY_OTHERS, "Övriga");
    check(*state, &order_board, "?by=type&is=jour", 3, "Jour");
    check(*state, &order_board, "?by=status&is=started", 2, "Påbörjad");
    check(*state, &order_board, "?by=punctuality&is=late", LATE, "Avslutad för sent");
    check(*state, &throughput_board, "?by=duration&is=4w-", 9, "4 veckor eller mer");
    check(*state, &row_board, "?by=article_type&is=other", 5, "Övrigt");
    check(*state, &row_board, "?by=action_code&is=byte", 4, "Byte");
    check(*state, &row_board, "?by=article&is=100", 5, "Tekniker");
}

static void what_a_dashboard_does_not_show_is_not_found(void **state)
{
    static const struct {
        const struct board *board;
        const char *query;
    } CASES[] = {
        {&case_board, "by=nothing&is=1"},         {&case_board, "by=article&is=100"},
        {&case_board, "by=time&is=2026-09-01"},   {&case_board, "by=time&others=1"},
        {&case_board, "by=status&is=gone"},       {&case_board, "state=gone"},
        {&case_board, "by=type&others=1"},        {&throughput_board, "by=type&is=fel"},
        {&throughput_board, "by=duration&is=5w"}, {&row_board, "by=article_type&is=gold"},
        {&row_board, "by=status&is=finished"},
    };
    fill(*state);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct selection selection;
        assert_false(read_query(*state, CASES[i].board, CASES[i].query, &selection));
    }
}

/* An unknown number answers like one that is not visible, so that nobody learns which numbers exist. */
static void unknown_numbers_are_groups_of_nothing(void **state)
{
    fill(*state);
    check(*state, &case_board, "?by=object&is=gone", KEY_UNKNOWN, "gone");
    check(*state, &case_board, "?by=type&is=jour", KEY_UNKNOWN, "jour"); /* a key of another list */
    check(*state, &row_board, "?by=article&is=gone", KEY_UNKNOWN, "gone");
}

static void facts_are_taken_by_group_and_state(void **state)
{
    const struct fact finished = {.key[BY_OBJECT] = 7, .finished = true}, open = {.key[BY_OBJECT] = 8};
    struct selection selection = {.grouped = true, .by = BY_OBJECT, .key = 7, .state = SELECT_ALL};
    struct group items[] = {{.key = 7}, {.key = KEY_OTHERS}};
    const struct groups top = {items, 2}, none = {NULL, 0};
    (void)state;
    assert_true(selection_has(&selection, &none, &finished) && !selection_has(&selection, &none, &open));
    selection.state = SELECT_OPEN;
    assert_false(selection_has(&selection, &none, &finished));
    selection = (struct selection){.state = SELECT_OPEN};
    assert_true(selection_has(&selection, &none, &open) && !selection_has(&selection, &none, &finished));
    selection = (struct selection){.grouped = true, .by = BY_OBJECT, .key = KEY_OTHERS};
    assert_true(selection_has(&selection, &top, &open) && !selection_has(&selection, &top, &finished));
}

/* --- durations ---------------------------------------------------------------------------------------------------- */

static void durations_are_told_as_people_count(void **state)
{
    static const struct {
        int64_t minutes;
        const char *swedish, *english;
    } CASES[] = {
        {0, "0 min", "0 min"},
        {59, "59 min", "59 min"},
        {60, "1 tim 0 min", "1 h 0 min"},
        {47 * 60 + 59, "47 tim 59 min", "47 h 59 min"},
        {48 * 60, "2 d 0 tim", "2 d 0 h"},
        {100 * 24 * 60 + 125, "100 d 2 tim", "100 d 2 h"},
        {-90, "−1 tim 30 min", "−1 h 30 min"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t us = CASES[i].minutes * 60 * US_PER_SECOND;
        assert_str(duration_text(*state, LANG_SV, us), CASES[i].swedish);
        assert_str(duration_text(*state, LANG_EN, us), CASES[i].english);
    }
    assert_str(duration_text(*state, LANG_SV, -30 * US_PER_SECOND), "0 min");
    assert_str(duration_text(*state, LANG_SV, 119 * US_PER_SECOND), "1 min");
}

static void durations_of_files_are_hours(void **state)
{
    assert_str(duration_hours(*state, 5400 * US_PER_SECOND), "1.5");
    assert_str(duration_hours(*state, 0), "0");
    assert_str(duration_hours(*state, 1200 * US_PER_SECOND), "0.333333");
    assert_str(duration_hours(*state, -5400 * US_PER_SECOND), "-1.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(every_group_is_found_by_its_address),
        ON_BOTH_ENGINES(what_a_dashboard_does_not_show_is_not_found),
        ON_BOTH_ENGINES(unknown_numbers_are_groups_of_nothing),
        cmocka_unit_test(facts_are_taken_by_group_and_state),
        test_with_arena(durations_are_told_as_people_count),
        test_with_arena(durations_of_files_are_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
