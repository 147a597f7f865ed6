#include "base/test.h"
#include "portal/routes.h"

static bool nothing(struct visit *visit, struct err *err)
{
    (void)visit;
    (void)err;
    return true;
}

static const struct route ROUTES[] = {
    {"GET", "/cases/{number}", nothing, WHO_LOGIN, 0},
    {"GET", "/cases/{number}/actions", nothing, WHO_LOGIN, 0},
    {"GET", "/cases/{number}/actions.csv", nothing, 0, 0},
    {"GET", "/cases/new", nothing, WHO_LOGIN, 0},
    {"POST", "/cases/new", nothing, WHO_LOGIN, 0},
    {"GET", "/", nothing, WHO_LOGIN, 0},
    {"GET", "/cases", nothing, WHO_LOGIN, 0},
    {"GET", "/cases.csv", nothing, WHO_LOGIN, 0},
    {"GET", "/invoices/{number}.csv", nothing, WHO_LOGIN, 0},
    {"GET", "/invoices/{number}", nothing, WHO_LOGIN, 0},
    {"POST", "/logout", nothing, WHO_LOGIN, 0},
    {"GET", "/files/{id}/{name}", nothing, WHO_LOGIN, 0},
};
static const struct feature FEATURE = {.name = "test", .routes = ROUTES, .route_count = sizeof ROUTES / sizeof *ROUTES};

static struct route_table gather(struct arena *arena)
{
    const struct feature **items = ARENA_ARRAY(arena, const struct feature *, 1);
    struct route_table table;
    struct err err;
    items[0] = &FEATURE;
    assert_true(routes_gather(arena, (struct feature_list){items, 1}, &table, &err));
    return table;
}

static struct route_match find(struct arena *arena, enum http_method method, const char *path)
{
    struct route_table table = gather(arena);
    struct route_match match;
    routes_find(&table, method, str_of(path), &match);
    return match;
}

static void prefers_literal_over_pattern(void **state)
{
    assert_string_equal(find(*state, HTTP_GET, "/cases/new").route->path, "/cases/new");
    assert_string_equal(find(*state, HTTP_GET, "/cases/newer").route->path, "/cases/{number}");
    assert_string_equal(find(*state, HTTP_GET, "/").route->path, "/");
}

static void prefers_ending_over_plain_segment(void **state)
{
    struct route_match match = find(*state, HTTP_GET, "/invoices/F 1.csv");
    assert_string_equal(match.route->path, "/invoices/{number}.csv");
    assert_str(match.value[0], "F 1");
    assert_string_equal(find(*state, HTTP_GET, "/invoices/.csv").route->path, "/invoices/{number}");
}

static void takes_any_character_in_a_number(void **state)
{
    struct route_match match = find(*state, HTTP_GET, "/cases/Å 1.2 #?;{x}");
    assert_str(match.value[0], "Å 1.2 #?;{x}");
    match = find(*state, HTTP_GET, "/files/7/bild på pump.jpg");
    assert_str(match.value[0], "7");
    assert_str(match.value[1], "bild på pump.jpg");
}

static void knows_no_more_and_no_less_segments(void **state)
{
    assert_null(find(*state, HTTP_GET, "/cases/1/2").route);
    assert_null(find(*state, HTTP_GET, "/cases/1/actions/").route);
    assert_null(find(*state, HTTP_GET, "/files/7").route);
    assert_null(find(*state, HTTP_GET, "/casesx").route);
    assert_null(find(*state, HTTP_GET, "/casesx").allow);
}

static void tells_allowed_methods(void **state)
{
    assert_string_equal(find(*state, HTTP_OTHER, "/cases/new").allow, "GET, HEAD, POST");
    assert_string_equal(find(*state, HTTP_GET, "/logout").allow, "POST");
    assert_string_equal(find(*state, HTTP_POST, "/cases").allow, "GET, HEAD");
    assert_string_equal(find(*state, HTTP_HEAD, "/cases").route->path, "/cases");
}

/*
 * POST /cases/new must not fall through to a POST of the pattern, and a 405 of the pattern must not hide a literal
 * route.
 */
static void takes_method_of_the_best_pattern_only(void **state)
{
    assert_string_equal(find(*state, HTTP_POST, "/cases/new").route->path, "/cases/new");
    assert_string_equal(find(*state, HTTP_POST, "/cases/7").allow, "GET, HEAD");
}

static void refuses_two_routes_for_one_address(void **state)
{
    const struct feature *items[] = {&FEATURE, &FEATURE};
    struct route_table table;
    struct err err;
    assert_false(routes_gather(*state, (struct feature_list){items, 2}, &table, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(prefers_literal_over_pattern),
        test_with_arena(prefers_ending_over_plain_segment),
        test_with_arena(takes_any_character_in_a_number),
        test_with_arena(knows_no_more_and_no_less_segments),
        test_with_arena(tells_allowed_methods),
        test_with_arena(takes_method_of_the_best_pattern_only),
        test_with_arena(refuses_two_routes_for_one_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
