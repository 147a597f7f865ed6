#include "base/clock.h"
#include "base/test.h"
#include "lists/internal.h"

static const struct code STATE_CODES[] = {{"open", _("Open")}, {"done", _("Done")}};
static const struct code_list STATES = {STATE_CODES, 2};
static const struct list_criterion CRITERIA[] = {
    {.name = "q", .kind = LIST_BY_WORDS},
    {.name = "status", .kind = LIST_BY_CODE, .codes = &STATES},
    {.name = "from", .kind = LIST_FROM},
    {.name = "to", .kind = LIST_TO},
};
static const struct list_order ORDERS[] = {
    {.name = "created",
     .keys = {{"t.created", LIST_KEY_NUMBER, LIST_KEY_ALONG}, {"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "title", .keys = {{"t.title", LIST_KEY_TEXT, LIST_KEY_ALONG}, {"t.id", LIST_KEY_NUMBER, LIST_KEY_DOWN}}},
};
static const struct list THINGS = {
    .path = "/things", .criteria = CRITERIA, .criterion_count = 4, .orders = ORDERS, .order_count = 2};
enum { WORDS, STATUS, FROM, TO };

static struct list_query *asked(struct arena *arena, const char *text)
{
    struct visit *visit = ARENA_NEW(arena, struct visit);
    struct list_query *query = ARENA_NEW(arena, struct list_query);
    struct err err = {0};
    visit->arena = arena;
    visit->request = ARENA_NEW(arena, struct http_request);
    assert_true(http_parse_urlencoded(arena, str_of(text), 50, &visit->request->query, &err));
    assert_true(list_query_read(query, visit, &THINGS) == !query->faulty);
    return query;
}

static void without_a_search_the_first_order_counts(void **state)
{
    const struct list_query *query = asked(*state, "");
    assert_true(query->order == &ORDERS[0] && query->descending && query->page_size == 20);
    assert_false(query->narrowed || query->faulty);
}

static void the_address_is_written_back(void **state)
{
    const struct list_query *query =
        asked(*state, "q=%C3%A5ska&status=open&sort=-title&page_size=50&from=2026-01-02&x=y");
    assert_str(list_address(query, "", STR_NONE, NULL),
               "/things?q=%C3%A5ska&status=open&from=2026-01-02&sort=-title&page_size=50");
    assert_str(list_address(query, ".csv", STR_NONE, NULL),
               "/things.csv?q=%C3%A5ska&status=open&from=2026-01-02&sort=-title");
    assert_str(list_address(asked(*state, "sort=-created"), "", STR_NONE, NULL), "/things");
}

static void days_are_local_and_inclusive(void **state)
{
    assert_true(clock_set_zone("Europe/Stockholm"));
    const struct list_query *query = asked(*state, "from=2026-03-29&to=2026-03-29");
    assert_true(query->numbers[TO] - query->numbers[FROM] == 23 * 3600 * US_PER_SECOND);
}

static void what_is_wrong_is_told_beside_its_field(void **state)
{
    const struct list_query *query = asked(*state, "status=x&from=yesterday&to=2026-02-30&sort=price");
    assert_true(query->faults[STATUS] && query->faults[FROM] && query->faults[TO] && query->link_fault);
    assert_true(asked(*state, "page_size=7")->size_fault && asked(*state, "after=zz")->link_fault);
    assert_non_null(asked(*state, "from=2026-02-02&to=2026-02-01")->faults[TO]);
}

static void a_place_in_the_list_survives_the_address(void **state)
{
    const struct list_place place = {.set = true, .backwards = true, .keys = {DB_TEXT(STR("Ö.x")), DB_INT(-3)}};
    struct str text = list_place_text(*state, &ORDERS[1], &place);
    const struct list_query *query = asked(*state, arena_printf(*state, "sort=title&after=%.*s", STR_FMT(text)).p);
    assert_true(query->place.set && query->place.backwards && query->place.keys[1].i == -3);
    assert_str(query->place.keys[0].s, "Ö.x");
    assert_true(asked(*state, arena_printf(*state, "after=%.*s", STR_FMT(text)).p)
                    ->faulty); /* the place belongs to another order */
}

static void a_question_without_words_finds_nothing(void **state)
{
    const struct list_query *query = asked(*state, "q=%25%2A");
    assert_true(query->unanswerable); /* its criterion has no text to look in */
    assert_str(query->search.signs, "%*");
    assert_int_equal(query->search.count, 0);
    assert_non_null(asked(*state, "q=a+b+c+d+e+f+g+h+i+j+k+l+m")->faults[WORDS]);
}

/* Keys with the same direction are compared together, which an index answers with a range; others one after another. */
static void rows_behind_a_place_are_asked_for_by_its_keys(void **state)
{
    struct list_query *query = asked(*state, "after=n.7.9");
    struct sql sql = sql_start(*state, "");
    list_add_place(&sql, query);
    list_add_order(&sql, query);
    assert_str(buf_text(&sql.text), " AND (t.created, t.id) < ($1, $2) ORDER BY t.created DESC, t.id DESC");
    query = asked(*state, "sort=title&after=p.61.9");
    sql = sql_start(*state, "");
    list_add_place(&sql, query);
    list_add_order(&sql, query);
    assert_str(buf_text(&sql.text),
               " AND (t.title < $1 OR (t.title = $2 AND (t.id > $3))) ORDER BY t.title DESC, t.id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(without_a_search_the_first_order_counts),
        test_with_arena(the_address_is_written_back),
        test_with_arena(days_are_local_and_inclusive),
        test_with_arena(what_is_wrong_is_told_beside_its_field),
        test_with_arena(a_place_in_the_list_survives_the_address),
        test_with_arena(a_question_without_words_finds_nothing),
        test_with_arena(rows_behind_a_place_are_asked_for_by_its_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
