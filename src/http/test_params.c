#include "base/test.h"
#include "http/http.h"

#include <string.h>

static bool parse(struct arena *arena, struct str text, struct http_params *params, struct err *err)
{
    *err = (struct err){.kind = ERR_NONE};
    return http_parse_urlencoded(arena, text, 3, params, err);
}

static void reads_fields_in_order(void **state)
{
    struct http_params params;
    struct err err;
    assert_true(parse(*state, STR("a=1&b=%C3%A5+%2b&a=2"), &params, &err));
    assert_int_equal(params.count, 3);
    assert_str(http_param(&params, "a"), "1");
    assert_str(http_param(&params, "b"), "å +");
    size_t at = 0;
    struct str value;
    assert_true(http_param_next(&params, "a", &at, &value));
    assert_true(http_param_next(&params, "a", &at, &value));
    assert_str(value, "2");
    assert_false(http_param_next(&params, "a", &at, &value));
    assert_false(http_has(&params, "c"));
    assert_int_equal(http_param(&params, "c").n, 0);
}

static void reads_odd_but_legal_pairs(void **state)
{
    struct http_params params;
    struct err err;
    assert_true(parse(*state, STR("&&a&b=&=c&"), &params, &err));
    assert_int_equal(params.count, 3);
    assert_true(http_has(&params, "a") && http_has(&params, "b"));
    assert_str(http_param(&params, ""), "c");
    assert_true(parse(*state, STR("a=b=c"), &params, &err));
    assert_str(http_param(&params, "a"), "b=c");
    assert_true(parse(*state, STR(""), &params, &err));
    assert_int_equal(params.count, 0);
}

static void refuses_what_is_not_escaped_utf8(void **state)
{
    static const char *const wrong[] = {
        "a=%", "a=%4", "a=%4g", "a=%zz", "%=1", "a=%00", "a=%e5", "a=%C3", "a=%ED%A0%80", "a=%C0%80", "a=\xe5",
    };
    struct http_params params;
    struct err err;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(parse(*state, str_of(wrong[i]), &params, &err));
        assert_int_equal(err.kind, ERR_INVALID);
    }
    assert_false(parse(*state, (struct str){"a=b\0c", 5}, &params, &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

static void counts_fields_before_it_reads_them(void **state)
{
    struct buf text;
    struct http_params params;
    struct err err;
    buf_init(&text, *state);
    for (int i = 0; i < 100000; i++)
        buf_z(&text, "a=%zz&");
    assert_false(parse(*state, buf_text(&text), &params, &err));
    assert_int_equal(err.kind, ERR_TOO_LARGE);
    assert_int_equal(params.count, 0);
}

static void reads_paths(void **state)
{
    static const struct {
        const char *raw, *path;
    } right[] = {
        {"/", "/"},
        {"/cases/261123-0001.csv", "/cases/261123-0001.csv"},
        {"/files/7/l%C3%A4gg%20till+1.pdf", "/files/7/lägg till+1.pdf"},
        {"/%41", "/A"},
        {"/%2541", "/%41"},
        {"/...", "/..."},
        {"/.well-known", "/.well-known"},
        {"/\xc3\xa5", "/å"},
    };
    struct str path;
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        assert_true(http_parse_path(*state, str_of(right[i].raw), &path));
        assert_str(path, right[i].path);
    }
}

static void refuses_paths(void **state)
{
    static const char *const wrong[] = {
        "",      "a",      "//",       "/a//b",  "//host", "/a/",     "/.",   "/..",     "/../a",
        "/a/..", "/a/./b", "/%2e%2e/", "/%2E/a", "/a%2fb", "/a%2F..", "/a%5", "/%zz",    "/%00",
        "/a%0a", "/%7f",   "/%e5",     "/\xe5",  "/%c3",   "/%",      "/a%2", "/a/%2e.",
    };
    struct str path;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(http_parse_path(*state, str_of(wrong[i]), &path));
}

static size_t choose(const char *header)
{
    static const char *const offered[] = {"sv", "en"};
    return http_accept_language(str_of(header), offered, 2);
}

static void chooses_language(void **state)
{
    (void)state;
    assert_int_equal(choose("en"), 1);
    assert_int_equal(choose("en-GB,en;q=0.9,sv;q=0.8"), 1);
    assert_int_equal(choose("sv-SE,en;q=0.9"), 0);
    assert_int_equal(choose("de, en;q=0.2"), 1);
    assert_int_equal(choose("sv;q=0.1, *;q=0.5"), 1);
    assert_int_equal(choose("en;q=0.5, sv;q=0.5"), 1);
    assert_int_equal(choose("EN-us"), 1);
    assert_int_equal(choose("sv;q=0, en;q=0.001"), 1);
    assert_int_equal(choose("sv-SE;q=0.5, sv;q=0.9, en;q=0.8"), 0);
}

static void falls_back_to_the_first_language(void **state)
{
    static const char *const odd[] = {
        "", "de", "english", "en;q=0", "en;q=2", "en;q=-1", "en;q=x", ",,;", ";q=1", "en;q=0.0000", "\xff", "en;q=1.1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(choose(odd[i]), 0);
    assert_int_equal(http_accept_language(STR_NONE, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(reads_fields_in_order),
        test_with_arena(reads_odd_but_legal_pairs),
        test_with_arena(refuses_what_is_not_escaped_utf8),
        test_with_arena(counts_fields_before_it_reads_them),
        test_with_arena(reads_paths),
        test_with_arena(refuses_paths),
        test_with_arena(chooses_language),
        test_with_arena(falls_back_to_the_first_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
