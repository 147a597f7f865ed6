#include "base/test.h"
#include "http/http.h"

static struct http_request request_with(struct arena *arena, const char *header, bool secure)
{
    struct http_request request = {.arena = arena, .secure = secure};
    assert_true(http_parse_cookies(arena, str_of(header), &request.cookies));
    return request;
}

static void reads_cookies(void **state)
{
    struct http_request request = request_with(*state, "session=abc; other=\"q\";  empty=; session=late", false);
    assert_int_equal(request.cookies.count, 4);
    assert_str(http_cookie_get(&request, "session"), "abc");
    assert_str(http_cookie_get(&request, "other"), "q");
    assert_int_equal(http_cookie_get(&request, "empty").n, 0);
    assert_int_equal(http_cookie_get(&request, "missing").n, 0);
}

static void passes_over_what_is_no_cookie(void **state)
{
    struct http_request request = request_with(*state, ";;=x; a b=1; flag; session=\"; last=a=b", false);
    assert_int_equal(request.cookies.count, 2);
    assert_str(http_cookie_get(&request, "session"), "\"");
    assert_str(http_cookie_get(&request, "last"), "a=b");
    request = request_with(*state, "", false);
    assert_int_equal(request.cookies.count, 0);
}

static void refuses_cookies(void **state)
{
    struct http_params cookies;
    struct buf many;
    assert_false(http_parse_cookies(*state, STR("a=\xe5"), &cookies));
    assert_false(http_parse_cookies(*state, STR("a=\n"), &cookies));
    assert_false(http_parse_cookies(*state, (struct str){"a=\0", 3}, &cookies));
    buf_init(&many, *state);
    for (int i = 0; i < 101; i++)
        buf_z(&many, "a=b;");
    assert_false(http_parse_cookies(*state, buf_text(&many), &cookies));
}

static void https_takes_only_its_own_cookies(void **state)
{
    struct http_request request = request_with(*state, "session=tossed; __Host-session=own", true);
    assert_str(http_cookie_get(&request, "session"), "own");
    request = request_with(*state, "session=tossed", true);
    assert_int_equal(http_cookie_get(&request, "session").n, 0);
}

static struct str line_set(struct arena *arena, bool secure, struct http_cookie cookie)
{
    struct http_request request = {.arena = arena, .secure = secure};
    struct http_response response = {.fd = -1};
    http_cookie_set(&request, &response, cookie);
    assert_int_equal(response.header_count, 1);
    assert_false(response.broken);
    assert_string_equal(response.headers[0].name, "Set-Cookie");
    return response.headers[0].value;
}

static void sets_cookies(void **state)
{
    struct http_cookie cookie = {.name = "session", .value = STR("abc")};
    assert_str(line_set(*state, false, cookie), "session=abc; Path=/; HttpOnly; SameSite=Lax");
    assert_str(line_set(*state, true, cookie), "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    cookie.max_age = 60;
    assert_str(line_set(*state, false, cookie), "session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    cookie = (struct http_cookie){.name = "session", .max_age = -1};
    assert_str(line_set(*state, false, cookie), "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

static void a_broken_cookie_is_an_error(void **state)
{
    static const char *const wrong[] = {"a;b", "a,b", "a\r\nX: y", "a\nb"};
    struct http_request request = {.arena = *state};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct http_response response = {.fd = -1};
        http_cookie_set(&request, &response, (struct http_cookie){.name = "a", .value = str_of(wrong[i])});
        assert_true(response.broken);
    }
}

static void sets_headers(void **state)
{
    struct http_response response = {.fd = -1};
    (void)state;
    http_set(&response, "Cache-Control", STR("no-store"));
    http_set(&response, "cache-control", STR("private"));
    assert_int_equal(response.header_count, 1);
    assert_str(response.headers[0].value, "private");
    http_set(&response, "Set-Cookie", STR("a=1"));
    http_set(&response, "Set-Cookie", STR("b=2"));
    assert_int_equal(response.header_count, 3);
    assert_false(response.broken);
    http_set(&response, "X-Split", STR("a\r\nb"));
    assert_true(response.broken);
}

static void too_many_headers_are_an_error(void **state)
{
    struct http_response response = {.fd = -1};
    (void)state;
    for (int i = 0; i < 24; i++)
        http_set(&response, "Set-Cookie", STR("a=1"));
    assert_false(response.broken);
    http_set(&response, "Set-Cookie", STR("a=1"));
    assert_true(response.broken);
    assert_int_equal(response.header_count, 24);
}

static void redirects_only_within_the_site(void **state)
{
    static const char *const elsewhere[] = {"", "//evil.example", "https://evil.example", "/\\evil.example", "cases"};
    (void)state;
    struct http_response response = {.fd = -1};
    http_redirect(&response, STR("/cases?q=1"));
    assert_int_equal(response.status, 303);
    assert_str(response.headers[0].value, "/cases?q=1");
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        http_redirect(&response, str_of(elsewhere[i]));
        assert_str(response.headers[0].value, "/");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(reads_cookies),
        test_with_arena(passes_over_what_is_no_cookie),
        test_with_arena(refuses_cookies),
        test_with_arena(https_takes_only_its_own_cookies),
        test_with_arena(sets_cookies),
        test_with_arena(a_broken_cookie_is_an_error),
        test_with_arena(sets_headers),
        test_with_arena(too_many_headers_are_an_error),
        test_with_arena(redirects_only_within_the_site),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
