#include "base/buf.h"
#include "base/test.h"

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
        test_with_arena(escapes_html_text_and_attributes),
        test_with_arena(escapes_all_but_unreserved_in_urls),
        test_with_arena(escapes_json),
        test_with_arena(writes_hex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
