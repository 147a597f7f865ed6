#include "base/test.h"
#include "http/escape.h"
#include "http/head.h"

/* Makes a head as the engine gathers it. `lines` are `name: value`, separated by line feeds. */
static struct head head_of(struct arena *arena, const char *method, const char *target, const char *lines)
{
    struct head head = {.method = str_of(method), .target = str_of(target), .version = STR("HTTP/1.1")};
    struct str rest = str_of(lines), line;
    head.lines = ARENA_ARRAY(arena, struct head_line, 200);
    while (str_cut(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon >= 0)
            head.lines[head.count++] = (struct head_line){str_slice(line, 0, (size_t)colon),
                                                          trim_blanks(str_slice(line, (size_t)colon + 1, line.n))};
    }
    return head;
}

static int status_of(struct arena *arena, const char *method, const char *target, const char *lines)
{
    struct head head = head_of(arena, method, target, lines);
    return head_check(&head).status;
}

static void takes_good_heads(void **state)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        assert_int_equal(status_of(*state, methods[i], "/", "Host: x"), 0);
    assert_int_equal(status_of(*state, "POST", "/", "Host: [::1]:80\nContent-Length: 12"), 0);
    assert_int_equal(status_of(*state, "GET", "/a?b=%20&c", "Host: x\nX: a\tb\nY: \xc3\xa5\nZ:"), 0);
}

static void refuses_first_lines(void **state)
{
    assert_int_equal(status_of(*state, "BREW", "/", "Host: x"), 501);
    assert_int_equal(status_of(*state, "TRACE", "/", "Host: x"), 501);
    assert_int_equal(status_of(*state, "CONNECT", "x:80", "Host: x"), 501);
    assert_int_equal(status_of(*state, "get", "/", "Host: x"), 501);
    assert_int_equal(status_of(*state, "G(T", "/", "Host: x"), 400);
    assert_int_equal(status_of(*state, "", "/", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "http://x/", "Host: x"), 400);
    assert_int_equal(status_of(*state, "OPTIONS", "*", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "/a b", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "/a#b", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "/a\x01", "Host: x"), 400);
    assert_int_equal(status_of(*state, "GET", "/\xe5", "Host: x"), 400);
    struct head head = head_of(*state, "GET", "/", "Host: x");
    head.version = STR("HTTP/1.2");
    assert_int_equal(head_check(&head).status, 505);
    char *target = arena_alloc(*state, 9000);
    for (int i = 0; i < 8999; i++)
        target[i] = '/';
    assert_int_equal(status_of(*state, "GET", target, "Host: x"), 414);
}

static void refuses_hosts(void **state)
{
    assert_int_equal(status_of(*state, "GET", "/", ""), 400);
    assert_int_equal(status_of(*state, "GET", "/", "Host:"), 400);
    assert_int_equal(status_of(*state, "GET", "/", "Host: a\nhost: a"), 400);
    assert_int_equal(status_of(*state, "GET", "/", "Host: a/b"), 400);
    assert_int_equal(status_of(*state, "GET", "/", "Host: a@b"), 400);
    assert_int_equal(status_of(*state, "GET", "/", "Host: a b"), 400);
    struct head head = head_of(*state, "GET", "/", "");
    head.version = STR("HTTP/1.0");
    assert_int_equal(head_check(&head).status, 0);
}

static void refuses_two_readings_of_the_length(void **state)
{
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nContent-Length: 1\nContent-Length: 1"), 400);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nContent-Length: 1\nTransfer-Encoding: chunked"), 400);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked"),
                     400);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nTransfer-Encoding: Chunked"), 411);
    assert_int_equal(status_of(*state, "GET", "/", "Host: x\nTransfer-Encoding: chunked"), 411);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nTransfer-Encoding: gzip, chunked"), 501);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nTransfer-Encoding: identity"), 501);
    assert_int_equal(status_of(*state, "POST", "/", "Host: x\nTransfer-Encoding:"), 501);
    static const char *const lengths[] = {"", "+1", "-1", "0x1", "1.0", "1, 1", "1a", "9999999999999999999"};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct str lines = arena_printf(*state, "Host: x\nContent-Length: %s", lengths[i]);
        assert_int_equal(status_of(*state, "POST", "/", lines.p), 400);
    }
}

static void refuses_header_lines(void **state)
{
    static const char *const lines[] = {
        "Host: x\nA b: c",  "Host: x\nA : c", "Host: x\n: c",     "Host: x\nA: \x01",
        "Host: x\nA: \x7f", "Host: x\nA: \r", "Host: x\nA: \xff", "Host: x\nContent-Type: a/b\ncontent-type: a/b",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_int_equal(status_of(*state, "GET", "/", lines[i]), 400);
}

static void reads_the_request(void **state)
{
    struct head head = head_of(*state, "POST", "/cases?q=%C3%A5&q=2", "Host: x\nCookie: a=1\nX-Ab: c \ncookie: b=2");
    struct http_request request = {.arena = *state};
    struct err broken = {.kind = ERR_NONE};
    assert_int_equal(head_read(&head, &request, &broken).status, 0);
    assert_int_equal(broken.kind, ERR_NONE);
    assert_int_equal(request.method, HTTP_POST);
    assert_str(request.path, "/cases");
    assert_str(request.query_text, "q=%C3%A5&q=2");
    assert_str(http_param(&request.query, "q"), "å");
    assert_int_equal(request.cookies.count, 2);
    assert_str(http_header(&request, "x-ab"), "c");
    assert_int_equal(http_header(&request, "y").n, 0);
    assert_int_equal(head_length(&head), 0);
    head = head_of(*state, "DELETE", "/", "Content-Length: 77");
    assert_int_equal(head_length(&head), 77);
}

static void a_broken_query_is_left_to_the_application(void **state)
{
    struct head head = head_of(*state, "GET", "/cases?q=%e5", "Host: x");
    struct http_request request = {.arena = *state};
    struct err broken = {.kind = ERR_NONE};
    assert_int_equal(head_read(&head, &request, &broken).status, 0);
    assert_int_equal(broken.kind, ERR_INVALID);
    assert_int_equal(request.query.count, 0);
    head = head_of(*state, "GET", "/a/../b", "Host: x");
    assert_int_equal(head_read(&head, &request, &broken).status, 400);
}

static void a_slash_at_the_end_is_taken_away(void **state)
{
    static const char *const wrong[] = {"//host/", "/\\host/", "/a//", "/a/../", "/%00/"};
    struct http_request request = {.arena = *state};
    struct err broken = {.kind = ERR_NONE};
    struct head head = head_of(*state, "GET", "/cases/?q=%C3%A5/", "Host: x");
    struct refusal refusal = head_read(&head, &request, &broken);
    assert_int_equal(refusal.status, 308);
    assert_str(refusal.location, "/cases?q=%C3%A5/");
    head = head_of(*state, "POST", "/cases/", "Host: x");
    assert_int_equal(head_read(&head, &request, &broken).status, 400);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        head = head_of(*state, "GET", wrong[i], "Host: x");
        assert_int_equal(head_read(&head, &request, &broken).status, 400);
    }
}

struct seen {
    const char *client;
    bool loopback, secure;
};

static void expect_client(struct arena *arena, const char *peer, const char *lines, const char *trusted, bool https,
                          struct seen seen)
{
    struct head head = head_of(arena, "GET", "/", lines);
    struct http_options options = {.trusted_proxy = str_of(trusted), .https = https};
    struct http_request request = {.arena = arena};
    client_find(&head, str_of(peer), &options, &request);
    assert_str(request.client, seen.client);
    assert_int_equal(request.loopback, seen.loopback);
    assert_int_equal(request.secure, seen.secure);
}

static void nobody_is_believed_unless_trusted(void **state)
{
    const char *said = "X-Forwarded-For: 203.0.113.9\nX-Forwarded-Proto: https";
    expect_client(*state, "192.0.2.1", "", "", false, (struct seen){"192.0.2.1", false, false});
    expect_client(*state, "127.0.0.1", "", "", false, (struct seen){"127.0.0.1", true, false});
    expect_client(*state, "::1", "", "", true, (struct seen){"::1", true, true});
    expect_client(*state, "192.0.2.1", said, "", false, (struct seen){"192.0.2.1", false, false});
    expect_client(*state, "127.0.0.1", said, "", false, (struct seen){"127.0.0.1", false, false});
    expect_client(*state, "127.0.0.1", "Forwarded: for=1", "", false, (struct seen){"127.0.0.1", false, false});
    expect_client(*state, "", "", "", false, (struct seen){"unix", true, false});
    expect_client(*state, "", said, "127.0.0.1", false, (struct seen){"unix", false, false});
}

static void a_trusted_proxy_names_the_client(void **state)
{
    expect_client(*state, "", "X-Forwarded-For: 203.0.113.9\nX-Forwarded-Proto: https", "unix", false,
                  (struct seen){"203.0.113.9", false, true});
    expect_client(*state, "127.0.0.1", "X-Forwarded-For: 6.6.6.6, 203.0.113.9", "127.0.0.1", false,
                  (struct seen){"203.0.113.9", false, false});
    expect_client(*state, "127.0.0.1", "X-Forwarded-For: 6.6.6.6\nX-Forwarded-For: 203.0.113.9, 10.0.0.1",
                  "127.0.0.1 10.0.0.1", false, (struct seen){"203.0.113.9", false, false});
    expect_client(*state, "::ffff:127.0.0.1", "X-Forwarded-For: 2001:DB8:0::1", "127.0.0.1", false,
                  (struct seen){"2001:db8::1", false, false});
    expect_client(*state, "127.0.0.1", "X-Forwarded-For: 203.0.113.9, rubbish", "127.0.0.1", false,
                  (struct seen){"127.0.0.1", false, false});
    expect_client(*state, "127.0.0.1", "X-Forwarded-Proto: https, http", "127.0.0.1", false,
                  (struct seen){"127.0.0.1", true, false});
    expect_client(*state, "2001:db8::2", "X-Forwarded-For: [2001:db8::9]", "2001:DB8::2", false,
                  (struct seen){"2001:db8::9", false, false});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(takes_good_heads),
        test_with_arena(refuses_first_lines),
        test_with_arena(refuses_hosts),
        test_with_arena(refuses_two_readings_of_the_length),
        test_with_arena(refuses_header_lines),
        test_with_arena(reads_the_request),
        test_with_arena(a_broken_query_is_left_to_the_application),
        test_with_arena(a_slash_at_the_end_is_taken_away),
        test_with_arena(nobody_is_believed_unless_trusted),
        test_with_arena(a_trusted_proxy_names_the_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
