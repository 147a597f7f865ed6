#include "base/clock.h"
#include "base/test.h"
#include "model/case_criteria.h"

static bool read_query(struct arena *arena, const char *query, struct criteria *criteria)
{
    struct http_params params;
    struct err err = {0};
    assert_true(http_parse_urlencoded(arena, str_of(query), 50, &params, &err));
    return criteria_read(arena, &params, criteria);
}

static void an_empty_search_is_newest_first(void **state)
{
    struct criteria criteria;
    assert_true(read_query(*state, "", &criteria));
    assert_true(criteria.sort == SORT_CREATED && criteria.descending && criteria.page_size == 20);
    assert_false(criteria_any(&criteria));
}

static void the_address_is_written_back(void **state)
{
    struct criteria criteria;
    assert_true(read_query(*state, "q=%C3%A5ska&status=open&sort=-title&page_size=50&from=2026-01-02", &criteria));
    assert_str(criteria_url(*state, "/cases", &criteria, NULL, STR_NONE, false),
               "/cases?q=%C3%A5ska&status=open&from=2026-01-02&sort=-title&page_size=50");
    assert_str(criteria_url(*state, "/cases.csv", &criteria, NULL, STR("x"), true),
               "/cases.csv?q=%C3%A5ska&status=open&from=2026-01-02&sort=-title");
}

static void days_are_local_and_inclusive(void **state)
{
    struct criteria criteria;
    assert_true(clock_set_zone("Europe/Stockholm"));
    assert_true(read_query(*state, "from=2026-03-29&to=2026-03-29", &criteria));
    assert_true(criteria.to_us - criteria.from_us == 23 * 3600 * US_PER_SECOND);
}

static void what_is_wrong_is_told_beside_its_field(void **state)
{
    struct criteria criteria;
    assert_false(
        read_query(*state, "status=x&from=yesterday&to=2026-02-30&sort=price&page_size=7&after=zz", &criteria));
    assert_true(criteria.status_fault && criteria.from_fault && criteria.to_fault && criteria.sort_fault &&
                criteria.page_size_fault && criteria.after_fault);
    assert_false(read_query(*state, "from=2026-02-02&to=2026-02-01", &criteria));
    assert_non_null(criteria.to_fault);
}

static void a_place_in_the_list_survives_the_address(void **state)
{
    struct criteria criteria;
    struct case_cursor cursor = {
        .set = true, .backwards = true, .text = STR("Ö.x"), .value = -3, .created = 7, .id = 9};
    struct str text = cursor_write(*state, &cursor);
    assert_true(read_query(*state, arena_printf(*state, "after=%.*s", STR_FMT(text)).p, &criteria));
    assert_true(criteria.after.backwards && criteria.after.value == -3 && criteria.after.created == 7);
    assert_str(criteria.after.text, "Ö.x");
}

static void a_question_without_words_finds_nothing(void **state)
{
    struct criteria criteria;
    assert_true(read_query(*state, "q=%25%2A", &criteria));
    assert_true(criteria.unanswerable);
    assert_false(read_query(*state, "q=a+b+c+d+e+f+g+h+i+j+k+l+m", &criteria));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(an_empty_search_is_newest_first),
        test_with_arena(the_address_is_written_back),
        test_with_arena(days_are_local_and_inclusive),
        test_with_arena(what_is_wrong_is_told_beside_its_field),
        test_with_arena(a_place_in_the_list_survives_the_address),
        test_with_arena(a_question_without_words_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
