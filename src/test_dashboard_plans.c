/* No dashboard reads a growing table from end to end, on both engines. */
#include "customer/dashboards/rows.h"
#include "lists/internal.h"
#include "test_company.h"
#include "test_plans.h"

/* Returns the query of an address, for a month of the test company. */
static struct list_query *query_of(struct visit *visit, const struct board *board, const char *asked)
{
    struct http_request *request = ARENA_NEW(visit->arena, struct http_request);
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    struct err err = {0};
    assert_ok(http_parse_urlencoded(visit->arena, str_of(asked), 20, &request->query, &err), err);
    visit->request = request;
    assert_true(list_query_read(query, visit, board->rows));
    return query;
}

static void explain_figures(struct visit *visit, const struct board *board, const char *asked, bool found)
{
    struct board_request request;
    struct gathered gathered;
    struct err err = {0};
    board_request_fill(&request, query_of(visit, board, asked));
    assert_ok(gather(&request, &gathered, &err), err);
    assert_true(!found || (gathered.all.count > 0 && gathered.before.count > 0));
}

/* Runs a page of rows, the pages before and after it, the count, and all rows for a file. Returns their number. */
static int64_t explain_rows(struct visit *visit, const struct board *board, const char *asked)
{
    static const int64_t LIMITS[] = {11, 0, 11, 11};
    struct list_query *query = query_of(visit, board, asked);
    struct list_shown *shown = ARENA_ARRAY(visit->arena, struct list_shown, LIST_COLUMNS_MAX);
    struct list_place last = {.set = false};
    struct err err = {0};
    int64_t count = 0;
    assert_ok(list_count(query, &err), err);
    for (int i = 0; i < 4; i++) {
        bool nothing = false;
        struct db_rows *rows =
            list_rows(query, shown, list_columns_shown(visit, query->list, shown), LIMITS[i], &nothing, &err);
        for (count = i == 1 ? 0 : count; db_next(rows); count += i == 1) {
            if (i == 0)
                list_place_read(query, rows, &last);
        }
        assert_ok(db_done(rows, &err), err);
        query->place = i && last.set ? last : query->place;
        query->place.backwards = i == 2;
    }
    assert_int_equal(count, query->total);
    return count;
}

static void no_dashboard_scans_a_growing_table(void **state)
{
    struct test_database *test = *state;
    fill_registers(test);
    fill_cases(test);
    forbid_hashing(test);
    watch.test = test;
    for (int64_t login = 1; login <= 2; login++) {
        struct visit visit = visit_of(test, login);
        for (size_t i = 0; i < BOARDS; i++) {
            explain_figures(&visit, boards[i], "from=1970-06-01&to=1970-06-30", true);
            explain_figures(&visit, boards[i], "from=1970-06-01&to=1970-06-30&customer=K1&object=O1", false);
            assert_true(explain_rows(&visit, boards[i], "from=1970-06-01&to=1970-06-30") > 0);
            (void)explain_rows(&visit, boards[i], "from=1970-06-01&to=1970-06-30&by=object&is=O1&state=finished");
            (void)explain_rows(&visit, boards[i], "from=1970-06-01&to=1970-06-30&by=object&others=1");
        }
    }
    watch.test = NULL;
    assert_true(watch.explained >= 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(no_dashboard_scans_a_growing_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
