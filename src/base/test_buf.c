#include "base/buf.h"
#include "base/test.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static void grows_and_stays_nul_terminated(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    assert_int_equal(buf_text(&buf).n, 0);
    for (int i = 0; i < 10000; i++) {
        buf_char(&buf, (char)('a' + i % 26));
        assert_int_equal(buf.p[buf.n], '\0');
    }
    assert_int_equal(buf.n, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(buf.p[i], 'a' + i % 26);
}

static void adds_texts_and_numbers(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_z(&buf, "n=");
    buf_int(&buf, 0);
    buf_str(&buf, STR(" "));
    buf_int(&buf, INT64_MIN);
    buf_str(&buf, STR_NONE);
    buf_z(&buf, NULL);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MAX);
    assert_string_equal(buf.p, "n=0 -9223372036854775808 9223372036854775807");
    buf_clear(&buf);
    assert_string_equal(buf.p, "");
    buf_add(&buf, "a\0b", 3);
    assert_memory_equal(buf.p, "a\0b", 4);
}

static void clears_what_was_never_filled(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_clear(&buf);
    assert_int_equal(buf_text(&buf).n, 0);
}

static void prints_over_the_end_of_its_room(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_z(&buf, "x");
    buf_printf(&buf, "%0*d", 1000, 7);
    assert_int_equal(buf.n, 1001);
    assert_int_equal(buf.p[1000], '7');
    buf_printf(&buf, "%s", "");
    assert_int_equal(buf.n, 1001);
}

/* Compares with libc, for each conversion that is written without libc and for some that libc formats. */
#define PRINTS_LIKE_LIBC(...)                                                                                          \
    do {                                                                                                               \
        char wanted[300];                                                                                              \
        buf_clear(&buf);                                                                                               \
        buf_printf(&buf, __VA_ARGS__);                                                                                 \
        assert_int_equal(buf.n, snprintf(wanted, sizeof wanted, __VA_ARGS__));                                         \
        assert_string_equal(buf.p, wanted);                                                                            \
    } while (0)

static void prints_like_libc(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    PRINTS_LIKE_LIBC("plain");
    PRINTS_LIKE_LIBC("%d|%i|%u|%x|%c|%%", -7, INT_MIN, UINT_MAX, 0xbeefu, 'x');
    PRINTS_LIKE_LIBC("%ld|%lld|%lu|%llu|%zu|%lx", LONG_MIN, LLONG_MAX, ULONG_MAX, ULLONG_MAX, SIZE_MAX, 0x1234abcdul);
    PRINTS_LIKE_LIBC("%02d|%04d|%06d|%04u|%08x|%03d", 5, 2026, -12, 7u, 0xabu, 12345);
    PRINTS_LIKE_LIBC("%5d|%-5d|%5s|%-5s|%3c|%-3c|", -42, -42, "ab", "ab", 'c', 'c');
    PRINTS_LIKE_LIBC("%*d|%-*d|%0*d|%*s|%*d", 6, 1, 6, 2, 6, 3, 4, "x", -5, 9);
    PRINTS_LIKE_LIBC("%.*s|%.3s|%.0s|%.*s|%10.2s|%.*s", 2, "abcdef", "abcdef", "abc", 9, "ab", "xyz", -1, "all");
    PRINTS_LIKE_LIBC("%s|%g|%.2f|%+d|%s", "before", 0.25, 1.005, 3, "after");
    PRINTS_LIKE_LIBC("%.3d|%hhd|%#x|% d|%o", 7, (signed char)5, 255u, 5, 8u);
    assert_str(arena_printf(*state, "%.*s", 3, (const char[]){'a', 'b', 'c'}), "abc");
}

static void escapes_html_in_texts_of_any_length(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    for (size_t n = 0; n < 70; n++) {
        for (size_t at = 0; at < n; at++) {
            char text[70];
            memset(text, 'a', n);
            text[at] = "&<>\"'"[n % 5];
            buf_clear(&buf);
            buf_html(&buf, (struct str){text, n});
            assert_int_equal(buf.p[at], '&');
            assert_int_equal(buf.n,
                             n - 1 + strlen((const char *[]){"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}[n % 5]));
            assert_int_equal(buf.p[buf.n - 1], at == n - 1 ? ';' : 'a');
        }
    }
}

static void grows_in_place_only_when_it_is_the_newest(void **state)
{
    struct buf a, b;
    buf_init(&a, *state);
    buf_init(&b, *state);
    for (int i = 0; i < 30000; i++) {
        buf_char(&a, (char)('a' + i % 26));
        if (i % 3 == 0)
            buf_char(&b, (char)('A' + i % 26));
    }
    for (int i = 0; i < 30000; i++) {
        assert_int_equal(a.p[i], 'a' + i % 26);
        assert_int_equal(b.p[i / 3], 'A' + i / 3 * 3 % 26);
    }
}

static void escapes_html_text_and_attributes(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_html(&buf, STR("<a href=\"x\" title='y'>\xc3\xa5 & b</a>"));
    assert_string_equal(buf.p, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;\xc3\xa5 &amp; b&lt;/a&gt;");
    buf_clear(&buf);
    buf_html(&buf, STR_NONE);
    buf_html(&buf, STR("&amp;"));
    assert_string_equal(buf.p, "&amp;amp;");
}

static void escapes_all_but_unreserved_in_urls(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_url_part(&buf, STR("AZaz09-._~"));
    assert_string_equal(buf.p, "AZaz09-._~");
    buf_clear(&buf);
    buf_url_part(&buf, STR("a b/c?d=e&f#g%+\xc3\xa5\n"));
    assert_string_equal(buf.p, "a%20b%2Fc%3Fd%3De%26f%23g%25%2B%C3%A5%0A");
}

static void escapes_json(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_json(&buf, STR("\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa5"));
    assert_string_equal(buf.p, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa5\"");
    buf_clear(&buf);
    buf_json(&buf, STR("\0"));
    assert_string_equal(buf.p, "\"\\u0000\"");
    buf_clear(&buf);
    buf_json(&buf, STR_NONE);
    assert_string_equal(buf.p, "\"\"");
}

static void writes_hex(void **state)
{
    struct buf buf;
    buf_init(&buf, *state);
    buf_hex(&buf, (const unsigned char *)"\x00\x7f\xff", 3);
    assert_string_equal(buf.p, "007fff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(grows_and_stays_nul_terminated),
        test_with_arena(adds_texts_and_numbers),
        test_with_arena(clears_what_was_never_filled),
        test_with_arena(prints_over_the_end_of_its_room),
        test_with_arena(prints_like_libc),
        test_with_arena(grows_in_place_only_when_it_is_the_newest),
        test_with_arena(escapes_html_in_texts_of_any_length),
        test_with_arena(escapes_html_text_and_attributes),
        test_with_arena(escapes_all_but_unreserved_in_urls),
        test_with_arena(escapes_json),
        test_with_arena(writes_hex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
