/*
 * No page, list or poll of staff reads a growing table from end to end, on both engines. The engine explains the
 * queries of the routes, of the numbers in the menu, and of the background work. READS_WHOLE lists the exceptions and
 * the reasons.
 */
#include "program.h"
#include "service/config_versions.h"
#include "service/mail.h"
#include "test_company.h"
#include "test_plans.h"

/*
 * Each exception is a list that stops when its page is full. It reads to the end of the table when it finds few rows or
 * no rows.
 */
static const char *const READS_WHOLE[] = {
    /*
     * Accounts, by the number of contacts that have their address. That number is computed on request, because contacts
     * change. The menu keeps its number for some seconds. Without criteria the list walks by id and stops when its page
     * is full.
     */
    " FROM account a JOIN login l ",
    /* The newest cases, tried one by one whether they have a common word: some rows for each row of the page. */
    " FROM (SELECT created, id AS case_id, status FROM cases) s WHERE 1 = 1 ORDER BY ",
    /* How many cases there are: kept until a case changes (parts/case_list/count_cache.h). */
    "SELECT count(*) FROM (SELECT s.case_id FROM (SELECT created, id AS case_id, status FROM cases) s WHERE 1 = 1) AS",
    /* All specifications: the list walks by id and stops when its page is full. */
    " WHERE 1 = 1 ORDER BY s.id DESC LIMIT ",
    /* Picklists are short, so SQLite reads all of them for the choices of one. */
    " FROM picklist_item WHERE list = $1 AND ",
    NULL,
};

/* Pages are drawn without their frame: the only queries of the frame are those of the menu. */
void __wrap_page_begin(struct visit *visit, struct str title);
void __wrap_page_begin_narrow(struct visit *visit, struct str title);
void __wrap_page_end(struct visit *visit);

void __wrap_page_begin(struct visit *visit, struct str title)
{
    assert_true(title.n > 0);
    visit->response->status = visit->response->status ? visit->response->status : 200;
}

void __wrap_page_begin_narrow(struct visit *visit, struct str title)
{
    __wrap_page_begin(visit, title);
}

void __wrap_page_end(struct visit *visit)
{
    assert_true(visit->response->body.n > 0);
}

static void fill_staff(struct test_database *test)
{
    run(test,
        "INSERT INTO mail (recipient, subject, body, created, next_attempt, state) " NUMBERS
        "SELECT 'a@x.se', 's', 'b', i, i, CASE WHEN i % 100 = 0 THEN 'failed' ELSE 'sent' END FROM n",
        CASES);
    run(test,
        "INSERT INTO audit (at, kind, who, action, subject, detail, client) " NUMBERS
        "SELECT i, 'system', 'x', 'x', 's' || i, '', '' FROM n",
        CASES);
    run(test, "UPDATE invoice_specification SET status = 'approved' WHERE id % 500 = 0", 0);
    run(test, "UPDATE invoice_specification SET status = 'draft' WHERE id % 500 = 1", 0);
    run(test, "ANALYZE", 0);
}

static const struct route *route_of(const char *path)
{
    const struct feature_list all = feature_list();
    for (size_t i = 0; i < all.count; i++) {
        for (size_t r = 0; r < all.items[i]->route_count; r++) {
            const struct route *route = &all.items[i]->routes[r];
            if (str_eqz(str_of(route->path), path) && str_eqz(str_of(route->method), "GET"))
                return route;
        }
    }
    fail_msg("no route %s", path);
    return NULL;
}

static struct visit staff_visit(struct test_database *test, struct http_request *request,
                                struct http_response *response)
{
    struct visit visit = {.arena = test->arena,
                          .config = &CONFIG,
                          .db = test->conn,
                          .request = request,
                          .response = response,
                          .staff = {.role = STAFF_ADMINISTRATOR, .id = 1, .email = STR("a@x.se"), .whole = true},
                          .view = {.arena = test->arena},
                          .now_us = INT64_C(1780000000000000)};
    buf_init(&response->body, test->arena);
    return visit;
}

struct asked {
    /* value: for the first `{…}` of the path; name and given: a parameter of the query */
    const char *path, *value, *name, *given;
};

static void ask(struct test_database *test, const struct asked *asked)
{
    struct http_param given = {str_of(asked->name), str_of(asked->given)};
    struct http_request request = {.method = HTTP_GET, .path = str_of(asked->path)};
    struct http_response response = {.status = 0};
    struct err err = {0};
    if (asked->name)
        request.query = (struct http_params){.items = &given, .count = 1};
    struct visit visit = staff_visit(test, &request, &response);
    visit.path_value[0] = str_of(asked->value);
    if (!route_of(asked->path)->handle(&visit, &err))
        fail_msg("%s: %s", asked->path, err.detail);
    assert_int_equal(response.status, 200);
}

/* The orders of all cases, and the index that each walks through until the page is full. */
static const struct {
    const char *sort, *index;
} CASE_ORDERS[] = {{"number", " cases_number"},
                   {"-number", " cases_number"},
                   {"booked", " cases_booked"},
                   {"finished", " cases_finished"},
                   {"technician", " cases_technician"}};

/* Rows with words that many have are tried in the order of the page until it is full. */
static void ask_for_common_words(struct test_database *test)
{
    watch.walks = " ORDER BY s.id DESC LIMIT ";
    ask(test, &(struct asked){"/staff/invoices", NULL, "q", "s1"});
    ask(test, &(struct asked){"/staff/invoices", NULL, "q", "s1234"});
    watch.walks = " DESC"; /* the active ones first, specifications the newest first */
    ask(test, &(struct asked){"/staff/find", NULL, "q", "und"});
}

static void no_page_of_staff_scans_a_growing_table(void **state)
{
    static const struct asked ALL[] = {
        {"/staff", NULL, NULL, NULL},
        {"/staff/find", NULL, "q", "6000"},
        {"/staff/find", NULL, "q", "kran"},
        {"/staff/lookup/customers", NULL, "q", "K17"},
        {"/staff/lookup/objects", NULL, "q", "finns inte"},
        {"/staff/lookup/contacts", NULL, "q", "ek"},
        {"/staff/lookup/articles", NULL, "q", "A1"},
        {"/staff/accounts", NULL, NULL, NULL},
        {"/staff/accounts", NULL, "after", "n.1500"},
        {"/staff/accounts", NULL, "q", "p17"},
        {"/staff/customers", NULL, NULL, NULL},
        {"/staff/customers", NULL, "sort", "-name"},
        {"/staff/objects", NULL, "inactive", "yes"},
        {"/staff/customers", NULL, "q", "und"},
        {"/staff/objects", NULL, "q", "O17 jekt"},
        {"/staff/contacts", NULL, "q", "070-123 45 67"},
        {"/staff/articles", NULL, "q", ".."},
        {"/staff/files", NULL, "q", "bild"},
        {"/staff/objects", NULL, "after", "n.4b313030"},
        {"/staff/contacts", NULL, "sort", "last_name"},
        {"/staff/articles", NULL, "sort", "number"},
        {"/staff/articles", NULL, "sort", "name"},
        {"/staff/audit", NULL, "sort", "at"},
        {"/staff/accounts/{id}", "17", NULL, NULL},
        {"/staff/invoices", NULL, NULL, NULL},
        {"/staff/invoices", NULL, "status", "draft"},
        {"/staff/invoices", NULL, "status", "awaiting_approval"},
        {"/staff/invoices/new", NULL, "customer", "K1"},
        {"/staff/invoices/{number}", "S501", NULL, NULL},
        {"/staff/invoices/{number}/edit", "S501", NULL, NULL},
        {"/staff/imports", NULL, NULL, NULL},
        {"/staff/imports", NULL, "sort", "number"},
        {"/staff/imports/{id}", "7", NULL, NULL},
        {"/staff/imports/{id}/state", "7", NULL, NULL},
    };
    struct test_database *test = *state;
    watch.test = NULL;
    watch.read_whole = READS_WHOLE;
    watch.walks = " ORDER BY t."; /* lists that are described by a table */
    fill_registers(test);
    fill_imports(test);
    fill_cases(test);
    fill_staff(test);
    forbid_hashing(test);
    watch.test = test;
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++)
        ask(test, &ALL[i]);
    ask_for_common_words(test);
    watch.walks = " ORDER BY f.";
    ask(test, &(struct asked){"/staff/files", NULL, "sort", "created"});
    ask(test, &(struct asked){"/staff/files", NULL, "sort", "-name"});
    for (size_t i = 0; i < sizeof CASE_ORDERS / sizeof *CASE_ORDERS; i++) {
        watch.index = CASE_ORDERS[i].index;
        ask(test, &(struct asked){"/staff/cases", NULL, "sort", CASE_ORDERS[i].sort});
    }
    watch.index = NULL;
    watch.test = NULL;
    assert_true(watch.explained > 40);
}

static void no_number_of_the_menu_and_no_poll_does(void **state)
{
    struct test_database *test = *state;
    const struct feature_list all = feature_list();
    struct http_request request = {.method = HTTP_GET};
    struct http_response response = {.status = 0};
    struct visit visit = staff_visit(test, &request, &response);
    struct err err = {0};
    int64_t number = 0;
    size_t counted = 0;
    watch.test = NULL;
    watch.read_whole = READS_WHOLE;
    fill_registers(test);
    fill_imports(test);
    fill_cases(test);
    fill_staff(test);
    forbid_hashing(test);
    watch.test = test;
    for (size_t i = 0; i < all.count; i++) {
        for (size_t m = 0; m < all.items[i]->menu_count; m++) {
            if (!all.items[i]->menu[m].count)
                continue;
            assert_ok(all.items[i]->menu[m].count(&visit, &number, &err), err);
            counted++;
        }
        if (all.items[i]->work)
            assert_ok(all.items[i]->work(test->db, &CONFIG, &err), err);
    }
    assert_true(counted >= 3);
    assert_ok(config_version_newest(test->conn, &number, &err), err);
    assert_ok(mail_send_due(test->db, &CONFIG, &err), err);
    watch.test = NULL;
}

/* The page on which customers correct a case that they reported; here because pages are drawn without their frame. */
static void no_correction_by_a_customer_does(void **state)
{
    struct test_database *test = *state;
    struct http_request request = {.method = HTTP_GET, .path = STR("/cases/260101-5880/edit")};
    struct http_response response = {.status = 0};
    struct err err = {0};
    watch.test = NULL;
    watch.read_whole = NULL;
    fill_registers(test);
    fill_cases(test);
    run(test, "UPDATE cases SET status = 0, started = NULL, finished = NULL, created_by = 1 WHERE id = 5880", 0);
    forbid_hashing(test);
    struct visit visit = visit_of(test, 1);
    visit.request = &request;
    visit.response = &response;
    visit.path_value[0] = STR("260101-5880");
    buf_init(&response.body, test->arena);
    watch.test = test;
    assert_ok(route_of("/cases/{number}/edit")->handle(&visit, &err), err);
    assert_int_equal(response.status, 200);
    watch.test = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(no_page_of_staff_scans_a_growing_table),
        ON_BOTH_ENGINES(no_number_of_the_menu_and_no_poll_does),
        ON_BOTH_ENGINES(no_correction_by_a_customer_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
