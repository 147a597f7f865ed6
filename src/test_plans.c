/*
 * No page reads a growing table from end to end. The engine itself explains every query that the pages of cases, files
 * and specifications run, for each kind of login, over tables so large that it would scan one only if it found no
 * better plan.
 */
#include "test_plans.h"
#include "bulk/imports/pages.h"
#include "customer/actions/actions.h"
#include "customer/cases/page.h"
#include "customer/files/internal.h"
#include "customer/home/views.h"
#include "customer/invoices/internal.h"
#include "customer/objects/internal.h"
#include "lists/internal.h"
#include "model/case.h"
#include "model/case_find.h"
#include "model/choice_search.h"
#include "model/message.h"
#include "model/notice.h"
#include "model/notice_recipients.h"
#include "model/saved_search.h"
#include "model/specification.h"
#include "model/staff_file.h"
#include "parts/case_list/case_list.h"
#include "parts/messages/messages.h"
#include "staff/config/form.h"
#include "staff/home/home.h"
#include "staff/home/views.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"
#include "staff/work/rows.h"
#include "staff/work/work.h"
#include "test_company.h"

/* --- the pages ---------------------------------------------------------------------------------------------------- */

static size_t read_rows(struct list_query *query, int64_t limit, struct list_place *last)
{
    struct list_shown shown[LIST_COLUMNS_MAX];
    struct err err = {0};
    bool nothing;
    size_t count = 0, columns = list_columns_shown(query->visit, query->list, shown);
    struct db_rows *rows = list_rows(query, shown, columns, limit, &nothing, &err);
    if (nothing)
        return 0;
    while (db_next(rows)) {
        list_place_read(query, rows, last);
        count++;
    }
    assert_ok(db_done(rows, &err), err);
    return count;
}

/*
 * Runs a page, the pages before and after it, the count, and all rows for an export file. A page of words is also found
 * as if they were common.
 */
static void explain_search(struct list_query query)
{
    struct err err = {0};
    struct list_place last = {.set = false}, ignored;
    size_t found = read_rows(&query, 11, &last);
    query.kept = NULL;
    assert_ok(list_count(&query, &err), err);
    assert_int_equal(read_rows(&query, 0, &ignored), query.total);
    if (query.search.count)
        query.total = LIST_COUNT_MAX + 1;
    for (int backwards = 0; found && backwards < 2; backwards++) {
        query.kept = NULL;
        query.place = last;
        query.place.backwards = backwards;
        (void)read_rows(&query, 11, &ignored);
    }
}

static void ask_for(struct list_query *query, const char *name, struct str value)
{
    size_t i = 0;
    while (!str_eqz(str_of(name), query->list->criteria[i].name))
        i++;
    query->values[i] = value;
    query->numbers[i] = 1000000; /* for criteria that are a day */
}

static void explain_searches(struct visit *visit)
{
    const struct list *list = &customer_cases_list;
    for (size_t i = 0; i < list->order_count; i++) {
        struct list_query all = {.visit = visit, .list = list, .order = &list->orders[i], .descending = !i};
        struct list_query words = all, lists = all, both = all, followed = all, followed_words;
        words.search.words[words.search.count++] = STR("kran");
        ask_for(&lists, "status", STR("open"));
        ask_for(&lists, "customer", STR("K1"));
        ask_for(&lists, "object", STR("O1"));
        ask_for(&lists, "from", STR("1970-01-02"));
        both.search.words[both.search.count++] = STR("kra");
        ask_for(&both, "type", STR("typ1"));
        ask_for(&followed, "status", STR("followed"));
        followed_words = followed;
        followed_words.search.words[followed_words.search.count++] = STR("kran");
        explain_search(followed);
        explain_search(followed_words);
        explain_search(all);
        explain_search(words);
        explain_search(lists);
        explain_search(both);
    }
}

static void explain_choices(struct visit *visit)
{
    struct choices *hits = ARENA_NEW(visit->arena, struct choices);
    struct choice *items, one;
    struct err err = {0};
    size_t count;
    bool more;
    for (int kind = CHOICE_CUSTOMER; kind <= KNOWN_OBJECT; kind++) {
        assert_ok(choice_list(visit, (enum choice_kind)kind, 30, &items, &count, &more, &err), err);
        assert_ok(choice_search(visit, (enum choice_kind)kind, STR("objekt"), hits, &err), err);
        assert_ok(choice_find(visit, (enum choice_kind)kind, STR("O1"), &one, &more, &err), err);
    }
    assert_ok(choices_latest(visit, 4, &items, &count, &err), err);
    items[0].parent_id = 2; /* in a property that is not among them */
    assert_ok(choices_by_property(visit, items, count, &err), err);
}

static void explain_case(struct visit *visit)
{
    struct case_record record;
    struct work_order_record *orders;
    struct contact_record *contacts;
    struct file_record *files;
    struct list_query actions = {.visit = visit, .list = &actions_list, .order = &actions_list.orders[0]};
    struct list_place last;
    struct err err = {0};
    size_t count;
    int64_t id;
    struct done done;
    struct str reasons[SCOPE_KINDS];
    bool follows = false;
    assert_ok(cases_find_visible(visit, STR("260101-6000"), &id, &err), err);
    assert_ok(case_record_load(visit, id, &record, &err), err);
    assert_ok(work_orders_load(visit, id, &orders, &count, &err), err);
    assert_ok(case_contacts_load(visit, id, &contacts, &count, &err), err);
    assert_ok(case_files_load(visit, id, &files, &count, &err), err);
    assert_int_equal(count, 1);
    assert_ok(actions_done_load(visit, id, &done, &err), err);
    assert_ok(case_reasons_load(visit, id, reasons, &count, &follows, &err), err);
    assert_true(count > 0);
    const struct actions_case of = {.id = id};
    actions.context = &of;
    assert_int_equal(read_rows(&actions, 0, &last), 1);
}

static void explain_messages(struct visit *visit)
{
    struct http_param older = {STR("before"), STR("1000000")};
    struct http_request request = {.query = {.items = NULL}};
    struct html section;
    struct err err = {0};
    size_t count;
    int64_t id;
    visit->request = &request;
    assert_ok(cases_find_visible(visit, STR("260101-6000"), &id, &err), err);
    assert_ok(messages_section(visit, id, STR("260101-6000"), NULL, &section, &count, &err), err);
    assert_int_equal(count, 1);
    request.query = (struct http_params){.items = &older, .count = 1};
    assert_ok(messages_section(visit, id, STR("260101-6000"), NULL, &section, &count, &err), err);
    assert_int_equal(count, 1);
}

/* The start page and the numbers of the menu. */
static void explain_home(struct visit *visit)
{
    struct home_view home = {.task_count = 0};
    struct err err = {0};
    int64_t count;
    visit->now_us = INT64_C(1780000000000000);
    assert_ok(home_tasks_load(visit, &home, &err), err);
    assert_ok(home_times_load(visit, &home, &err), err);
    assert_ok(messages_unread_count(visit, &count, &err), err);
    assert_ok(specifications_waiting_count(visit, &count, &err), err);
}

static void explain_inbox(struct visit *visit)
{
    struct inbox_list list;
    struct err err = {0};
    visit->now_us = INT64_C(1780000000000000);
    assert_ok(inbox_waiting_messages(visit, &list, &err), err);
    assert_true(list.count > 0);
}

static void explain_recipients(struct visit *visit)
{
    struct recipient *found;
    struct err err = {0};
    int64_t id;
    size_t count;
    assert_ok(cases_find_visible(visit, STR("260101-6000"), &id, &err), err);
    assert_ok(recipients_find(visit, id, &found, &count, &err), err);
    assert_int_equal(count, 3);
    assert_true(str_eqz(found[0].address, "p2@x.se") && str_eqz(found[1].address, "p1@x.se") && found[1].sees);
    assert_true(found[2].follows);
}

static void explain_work(struct visit *visit)
{
    struct http_response response = {.status = 0};
    struct work_case work;
    struct work_row row;
    bool held = false;
    struct err err = {0};
    buf_init(&response.body, visit->arena);
    visit->response = &response;
    assert_ok(extra_is_held(visit, STR("nothing"), &held, &err), err);
    assert_ok(work_case_load(visit, STR("260101-6000"), &work, &err), err);
    assert_ok(work_section_write(visit, &work, &err), err);
    visit->response = NULL;
    struct field field = {.name = STR_NONE};
    struct str others;
    const struct work_booking booking = {STR("Maja"), 1000000, 2000000, 0};
    assert_ok(work_technicians(visit, &field, &err), err);
    assert_ok(work_overlaps(visit, &booking, &others, &err), err);
    assert_false(row_load(visit, work.id, STR("none"), &row, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
}

static void explain_imports(struct visit *visit)
{
    struct run run;
    struct list_query list = {.visit = visit, .list = &imports_list, .order = &imports_list.orders[0]};
    struct list_place last;
    struct run_file *files;
    struct err err = {0};
    size_t count = 0;
    bool found = false;
    list.descending = true;
    assert_int_equal(read_rows(&list, 51, &last), 51);
    list.place = last;
    assert_int_equal(read_rows(&list, 51, &last), 51);
    assert_ok(run_load(visit->db, visit->arena, 7, &run, &found, &err), err);
    assert_true(found);
    assert_ok(run_files_load(visit->db, visit->arena, 7, &files, &count, &err), err);
    assert_int_equal(count, 1);
}

static void explain_tree(struct visit *visit)
{
    struct object_tree_view view;
    struct form form = {.visit = visit, .id = 1};
    struct err err = {0};
    assert_ok(object_tree_load(visit, STR_NONE, STR_NONE, &view, &err), err);
    assert_int_equal(view.row_count, 50);
    assert_ok(object_tree_load(visit, STR_NONE, view.rows[49].number, &view, &err), err);
    assert_int_equal(view.row_count, 50);
    assert_ok(object_tree_load(visit, view.rows[0].number, STR("O1"), &view, &err), err);
    assert_int_equal(view.step_count, 1);
    assert_ok(object_tree_check(&form, &err), err);
}

static void explain_belongs(struct visit *visit)
{
    const struct staff_register *const all[] = {&customer_register, &object_register, &contact_register};
    for (size_t i = 0; i < 3; i++) {
        struct form form = {.visit = visit, .id = 1, .stored = {STR("1")}};
        struct register_form_view view = {.title = STR_NONE};
        struct str number;
        struct err err = {0};
        assert_ok(register_belongs(visit, all[i], &form, &view, &err), err);
        assert_true(view.belongs_count >= 4);
        assert_ok(register_next_number(visit, all[i], &number, &err), err);
    }
}

static void explain_file_lists(struct visit *visit)
{
    const struct list *list = &customer_files_list;
    for (size_t i = 0; i < list->order_count; i++) {
        struct list_query all = {.visit = visit, .list = list, .order = &list->orders[i], .descending = true};
        struct list_query words = all, lists = all;
        struct file *found;
        struct err err = {0};
        size_t count;
        words.search.words[words.search.count++] = STR("a");
        ask_for(&words, "q", STR("a"));
        ask_for(&lists, "owner", STR("object"));
        lists.numbers[2] = OWNER_OBJECT;
        ask_for(&lists, "from", STR("1970-01-02"));
        explain_search(all);
        explain_search(words);
        explain_search(lists);
        assert_ok(files_find(&all, 10, &err), err);
        assert_ok(files_of_found(visit, all.kept, &found, &count, &err), err);
        assert_int_equal(count, 10);
        assert_ok(files_of_keys(visit, (const struct str[]){STR("1"), STR("none")}, 2, &found, &count, &err) ||
                      err.kind == ERR_NOT_FOUND,
                  err);
    }
}

static void explain_objects(struct visit *visit, struct str number)
{
    const struct list *list = &customer_objects_list;
    struct object_view *view = ARENA_NEW(visit->arena, struct object_view);
    struct object_branch branch;
    struct err err = {0};
    visit->now_us = INT64_C(1780000000000000);
    for (size_t i = 0; i < list->order_count; i++) {
        struct list_query all = {.visit = visit, .list = list, .order = &list->orders[i]};
        struct list_query lists = all;
        ask_for(&lists, "q", STR("a"));
        ask_for(&lists, "customer", STR("K1"));
        explain_search(all);
        explain_search(lists);
    }
    assert_ok(objects_inside(visit, 0, STR_NONE, &branch, &err), err);
    assert_true(branch.count > 0);
    assert_ok(objects_inside(visit, 0, branch.items[0].number, &branch, &err), err);
    assert_ok(object_page_load(visit, number, view, &err), err);
    assert_true(view->id > 0);
}

static void explain_specifications(struct visit *visit)
{
    const struct list *list = &specifications_list;
    struct specification one, previous;
    bool found;
    struct criterion customers = {.field = {.name = STR("customer")}};
    struct str none = STR_NONE;
    struct err err = {0};
    for (size_t i = 0; i < list->order_count; i++) {
        struct list_query all = {.visit = visit, .list = list, .order = &list->orders[i], .descending = true};
        struct list_query words = all, lists = all;
        words.search.words[words.search.count++] = STR("s");
        ask_for(&words, "q", STR("s"));
        ask_for(&lists, "status", STR("invoiced"));
        ask_for(&lists, "customer", STR("K1"));
        ask_for(&lists, "from", STR("2025-01-01"));
        explain_search(all);
        explain_search(words);
        explain_search(lists);
    }
    assert_ok(list->criteria[2].fill(visit, &none, &customers, &err), err);
    assert_int_equal(customers.field.option_count, 1);
    assert_ok(specification_find(visit, STR("S1000"), &one, &err), err);
    one.period_from = STR("2026-01-01");
    assert_ok(specification_find_previous(visit, &one, &previous, &found, &err), err);
    assert_ok(specification_load_rows(visit, &one, &err), err);
    assert_int_equal(one.case_count, 1);
}

/* Searches kept by name, and the numbers on the chips of the list. */
static void explain_saved(struct visit *visit)
{
    struct list_query all = {
        .visit = visit, .list = &customer_cases_list, .order = &customer_cases_list.orders[0], .descending = true};
    struct saved_search *searches;
    struct err err = {0};
    size_t count;
    int64_t *counts = ARENA_ARRAY(visit->arena, int64_t, all.list->chip_count);
    assert_ok(saved_search_keep(visit, STR("Egen"), STR("status=open"), &err), err);
    assert_ok(saved_searches_load(visit, &searches, &count, &err), err);
    assert_int_equal(count, 1);
    assert_ok(all.list->chips_count(&all, counts, &err), err);
}

/* Files that a customer adds to a case. The case has one of them already. */
static void explain_added_files(struct visit *visit)
{
    struct http_request request = {.method = HTTP_POST};
    struct file_owner owner = {.kind = OWNER_CASE, .number = STR("260101-6000")};
    struct added_file files[] = {
        {.name = STR("a"), .digest = STR("d6000"), .media_type = "image/png", .size = 1},
        {.name = STR("b"), .digest = STR("new"), .media_type = "image/png", .size = 1},
    };
    struct err err = {0};
    visit->request = &request;
    assert_ok(cases_find_visible(visit, owner.number, &owner.id, &err), err);
    assert_ok(files_add(visit, &owner, files, 2, 0, true, &err), err);
    assert_true(files[0].twice && !files[1].twice);
}

/* Mails about specifications that still wait after some days. */
static void explain_reminders(struct test_database *test)
{
    static const struct config REMINDING = {.notify = {[NOTICE_SPECIFICATION] = true}, .reminder_days = 7};
    struct err err = {0};
    watch.test = NULL;
    run(test, "UPDATE invoice_specification SET status = 'awaiting_approval', told = 1 WHERE id = 1000", 0);
    watch.test = test;
    assert_ok(notice_specifications_due(test->conn, &REMINDING, INT64_C(1780000000000000), &err), err);
}

/* An object that each of the logins sees. */
static const struct str OBJECTS_OF[] = {
    {NULL, 0}, STR_INIT("O120"), STR_INIT("O150"), STR_INIT("O120"), STR_INIT("O1")};

static void no_page_scans_a_growing_table(void **state)
{
    struct test_database *test = *state;
    fill_registers(test);
    fill_imports(test);
    fill_cases(test);
    forbid_hashing(test);
    watch.test = test;
    for (int64_t login = 1; login <= 4; login++) {
        struct visit visit = visit_of(test, login);
        explain_searches(&visit);
        explain_choices(&visit);
        explain_objects(&visit, OBJECTS_OF[login]);
        explain_home(&visit);
        explain_saved(&visit);
        if (login != 2) {
            explain_case(&visit);
            explain_messages(&visit);
        }
        if (login <= 2)
            explain_file_lists(&visit);
        if (login == 1) {
            explain_specifications(&visit);
            explain_work(&visit);
            explain_recipients(&visit);
            explain_reminders(test);
            explain_inbox(&visit);
            explain_tree(&visit);
            explain_belongs(&visit);
            watch.walks = " ORDER BY t."; /* the list of imports, newest first */
            explain_imports(&visit);
            watch.walks = NULL;
        }
    }
    struct visit visit = visit_of(test, 1);
    explain_added_files(&visit);
    watch.test = NULL;
    assert_true(watch.explained > 100);
}

/* Checks the check: a query without an index must be noticed. */
static void a_scan_is_noticed(void **state)
{
    struct test_database *test = *state;
    fill_registers(test);
    run(test, "ANALYZE", 0);
    struct sql sql = sql_start(test->arena, "SELECT id FROM object WHERE name = 'x'");
    struct plan plan = read_plan(test->conn, test->arena, &sql);
    bool scans = false;
    for (size_t i = 0; i < plan.count; i++)
        scans = scans || (test->engine == DB_SQLITE ? sqlite_scans(&plan, &plan.lines[i]) : postgres_scans(&plan, i));
    assert_true(scans);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(no_page_scans_a_growing_table),
        ON_BOTH_ENGINES(a_scan_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
