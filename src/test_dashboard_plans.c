/* No dashboard reads a growing table from end to end, on both engines. */
#include "customer/dashboards/details.h"
#include "customer/dashboards/gather.h"
#include "test_company.h"
#include "test_plans.h"

/*
 * Runs every dashboard for a month of the test company: all of it, then narrowed by customer and object, with the
 * detail rows.
 */
static void explain_dashboards(struct visit *visit)
{
    struct http_param dates[] = {{STR("from"), STR("1970-06-01")}, {STR("to"), STR("1970-06-30")}};
    const struct http_params query = {dates, 2};
    struct err err = {0};
    for (size_t i = 0; i < sizeof boards / sizeof *boards; i++) {
        struct filter all = {.kinds = boards[i]->filters}, lists;
        struct gathered gathered;
        struct detail_row rows[2];
        assert_true(period_read(&query, 0, 3, &all.period));
        lists = all;
        lists.customer = STR("K1");
        lists.object = STR("O1");
        assert_ok(gather(visit, boards[i], &all, &gathered, &err), err);
        assert_true(gathered.all.count > 0 && gathered.before.count > 0);
        assert_ok(gather(visit, boards[i], &lists, &gathered, &err), err);
        assert_ok(details_load(visit, visit->arena, boards[i], (const int64_t[]){6000, 6001}, 2, rows, &err), err);
    }
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
        explain_dashboards(&visit);
    }
    watch.test = NULL;
    assert_true(watch.explained >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(no_dashboard_scans_a_growing_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
