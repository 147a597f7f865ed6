#include "http/test_server.h"

static struct http_server *server;

#define HOST "Host: x\r\n"
#define CLOSE "Connection: close\r\n\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

struct exchange_case {
    int status; /* 0: closed without an answer */
    struct str bytes;
};

static void expect_statuses(struct arena *arena, const struct exchange_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str answer = ask(arena, server, cases[i].bytes);
        if (status_in(answer) != cases[i].status)
            fail_msg("%d expected for: %.*s\nanswered: %.*s", cases[i].status, STR_FMT(cases[i].bytes),
                     STR_FMT(answer));
    }
}

static void answers(void **state)
{
    struct str answer = ask(*state, server, STR("GET /a%20b?q=%C3%A5 HTTP/1.1\r\n" HOST CLOSE));
    assert_int_equal(status_in(answer), 200);
    assert_has(answer, "GET /a b client=127.0.0.1 ?q=å .\n");
    assert_has(answer, "Content-Type: text/plain; charset=utf-8\r\n");
    assert_has(answer, "Content-Length: ");
    /* A page that is not visible to this user and a missing page must give exactly the same bytes. */
    assert_false(has(answer, "X-Request-Id: "));
}

static void refuses_malformed_heads(void **state)
{
    static const struct exchange_case cases[] = {
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST HOST "\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\nHost : x\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST ": no name\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\r\n c\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n " HOST "\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\0c\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A\0: b\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "\0\r\n\r\n")},
        {400, STR_INIT("GET /\0 HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("G\0ET / HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: b\r\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: \x01\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "A: \xe5\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\nHost: x\n\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1.1\r\n" HOST "\n")},
    };
    expect_statuses(*state, cases, sizeof cases / sizeof cases[0]);
}

static void refuses_malformed_first_lines(void **state)
{
    static const struct exchange_case cases[] = {
        {400, STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n")},
        {400, STR_INIT("GET /a b HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /\r\n\r\n")},
        {400, STR_INIT("GET / HTTP/1\r\n\r\n")},
        {505, STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n")},
        {505, STR_INIT("GET / HTTP/1.7\r\n" HOST "\r\n")},
        {400, STR_INIT("GET http://x/ HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("OPTIONS * HTTP/1.1\r\n" HOST "\r\n")},
        {501, STR_INIT("CONNECT x:80 HTTP/1.1\r\n" HOST "\r\n")},
        {501, STR_INIT("TRACE / HTTP/1.1\r\n" HOST "\r\n")},
        {501, STR_INIT("get / HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("G(T / HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /%zz HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /%00 HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /%e5 HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /a/../b HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /%2e%2e/b HTTP/1.1\r\n" HOST "\r\n")},
        {400, STR_INIT("GET /a?q=%e5 HTTP/1.1\r\n" HOST CLOSE)},
        {0, STR_INIT("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n")},
        {0, STR_INIT("GET\t/\tHTTP/1.1\r\n" HOST "\r\n")},
    };
    expect_statuses(*state, cases, sizeof cases / sizeof cases[0]);
}

static void refuses_two_readings_of_a_body(void **state)
{
    static const struct exchange_case cases[] = {
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\na")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: abc\r\n\r\n")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\na")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\na")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n\r\na")},
        {400, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n")},
        {413, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999999\r\n\r\n")},
        {413, STR_INIT("POST / HTTP/1.1\r\n" HOST "Content-Length: 10000000000\r\n\r\n")},
        {501, STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")},
        {501, STR_INIT("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")},
        {400, STR_INIT("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {411, STR_INIT("POST / HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: chunked\r\n\r\n3\na=1\n0\n\n")},
        {411, STR_INIT("POST / HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n")},
        {411, STR_INIT("GET / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\n")},
    };
    expect_statuses(*state, cases, sizeof cases / sizeof cases[0]);
}

static struct str long_head(struct arena *arena, const char *before, const char *unit, size_t count, const char *after)
{
    struct buf text;
    buf_init(&text, arena);
    buf_z(&text, before);
    for (size_t i = 0; i < count; i++)
        buf_z(&text, unit);
    buf_z(&text, after);
    return buf_text(&text);
}

static void refuses_heads_that_are_too_long(void **state)
{
    const char *get = "GET / HTTP/1.1\r\n" HOST;
    const struct exchange_case cases[] = {
        {414, long_head(*state, "GET /", "a", 9000, " HTTP/1.1\r\n" HOST "\r\n")},
        {414, long_head(*state, "GET /", "a", 1000000, " HTTP/1.1\r\n" HOST "\r\n")},
        {200, long_head(*state, "GET / HTTP/1.1\r\n" HOST "A: ", "a", 8000, "\r\n" CLOSE)},
        {431, long_head(*state, "GET / HTTP/1.1\r\n" HOST "A: ", "a", 13500, "\r\n\r\n")},
        {431, long_head(*state, "GET / HTTP/1.1\r\n" HOST "A: ", "a", 1000000, "\r\n\r\n")},
        {431, long_head(*state, "GET / HTTP/1.1\r\n" HOST, "a", 1000000, "\r\n\r\n")},
        {431, long_head(*state, get, "A: b\r\n", 240, "\r\n")},
        {431, long_head(*state, get, "A: b\r\n", 100000, "\r\n")},
        {200, long_head(*state, "GET / HTTP/1.1\r\n" HOST "Cookie: a=\"", "b", 4000, "\r\n" CLOSE)},
        {431, long_head(*state, "GET / HTTP/1.1\r\n" HOST "Cookie: ", "a=b; ", 1000, "\r\n" CLOSE)},
        {413, long_head(*state, "GET /?", "a&", 1000, " HTTP/1.1\r\n" HOST CLOSE)},
        {200, long_head(*state, "GET /?", "a=1&", 400, " HTTP/1.1\r\n" HOST CLOSE)},
    };
    expect_statuses(*state, cases, sizeof cases / sizeof cases[0]);
}

static void takes_unusual_but_legal_heads(void **state)
{
    static const struct exchange_case cases[] = {
        {200, STR_INIT("GET / HTTP/1.0\r\n\r\n")},
        {200, STR_INIT("\r\nGET / HTTP/1.1\r\n" HOST CLOSE)},
        {200, STR_INIT("GET / HTTP/1.1\r\nhost:x\r\nA: \t b \t\r\nB:\r\n" CLOSE)},
        {200, STR_INIT("GET / HTTP/1.1\r\n" HOST "Cookie: a=\"\r\n" CLOSE)},
        {200, STR_INIT("GET / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n" CLOSE "hello")},
        {200, STR_INIT("DELETE / HTTP/1.1\r\n" HOST CLOSE)},
        {200, STR_INIT("POST / HTTP/1.1\r\n" HOST CLOSE)},
    };
    expect_statuses(*state, cases, sizeof cases / sizeof cases[0]);
}

static void answers_pipelined_requests_in_order(void **state)
{
    struct str answer =
        ask(*state, server,
            STR("GET /1 HTTP/1.1\r\n" HOST "\r\nPOST /2 HTTP/1.1\r\n" HOST FORM
                "Content-Length: 3\r\n\r\na=1HEAD /3 HTTP/1.1\r\n" HOST "\r\nGET /4 HTTP/1.1\r\n" HOST CLOSE));
    ptrdiff_t one = str_find(answer, STR("GET /1 ")), two = str_find(answer, STR("POST /2 "));
    assert_true(one > 0 && two > one && str_find(answer, STR("GET /4 ")) > two);
    assert_has(answer, " a=1 .");
    assert_false(has(answer, "HEAD /3"));
}

static void reads_requests_byte_by_byte(void **state)
{
    struct str bytes = STR("POST /x HTTP/1.1\r\n" HOST FORM "Content-Length: 7\r\n" CLOSE "a=1&b=2");
    int fd = connect_to(server);
    for (size_t i = 0; i < bytes.n; i++)
        assert_true(send_all(fd, str_slice(bytes, i, i + 1)));
    assert_has(read_to_end(*state, fd), "POST /x client=127.0.0.1 a=1 b=2 .");
}

static void says_continue(void **state)
{
    int fd = connect_to(server);
    assert_true(
        send_all(fd, STR("POST /x HTTP/1.1\r\n" HOST FORM "Expect: 100-continue\r\nContent-Length: 3\r\n" CLOSE)));
    assert_int_equal(status_in(read_answer(*state, fd)), 100);
    assert_true(send_all(fd, STR("a=1")));
    assert_has(read_to_end(*state, fd), " a=1 .");
}

#define MULTIPART "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: %d\r\n" CLOSE

static struct str multipart(struct arena *arena, const char *path, const char *body)
{
    return arena_printf(arena, "POST %s HTTP/1.1\r\n" HOST MULTIPART "%s", path, (int)strlen(body), body);
}

#define PART(rest) "--B\r\nContent-Disposition: form-data; name=" rest "\r\n"

static void reads_forms_and_uploads(void **state)
{
    const char *body = PART("a\r\n\r\n1") PART("f; filename=x.txt\r\n\r\n12345") "--B--\r\n";
    assert_has(ask(*state, server, multipart(*state, "/upload", body)),
               "POST /upload client=127.0.0.1 a=1 f:x.txt:5 .");
    assert_int_equal(status_in(ask(*state, server, multipart(*state, "/", body))), 415);
    assert_int_equal(status_in(ask(*state, server, multipart(*state, "/upload", PART("a\r\n\r\n1")))), 400);
    assert_int_equal(status_in(ask(*state, server, multipart(*state, "/upload", ""))), 200);
}

static struct str post(struct arena *arena, const char *type, size_t n)
{
    struct buf text;
    buf_init(&text, arena);
    buf_printf(&text, "POST / HTTP/1.1\r\n" HOST "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, n);
    buf_reserve(&text, n);
    memset(text.p + text.n, 'x', n);
    text.n += n;
    return buf_text(&text);
}

static void whoever_sends_too_much_reads_why(void **state)
{
    const char *form = "application/x-www-form-urlencoded";
    struct str answer = ask(*state, server, post(*state, form, 300000));
    assert_int_equal(status_in(answer), 413);
    assert_has(answer, "Connection: close\r\n");
    assert_int_equal(status_in(ask(*state, server, post(*state, form, 20000000))), 413);
    assert_int_equal(status_in(ask(*state, server,
                                   long_head(*state, "POST / HTTP/1.1\r\n" HOST FORM "Content-Length: 300000\r\n" CLOSE,
                                             "a=&", 100000, ""))),
                     413);
    assert_int_equal(status_in(ask(*state, server,
                                   long_head(*state, "POST / HTTP/1.1\r\n" HOST FORM "Content-Length: 20000\r\n" CLOSE,
                                             "a&", 10000, ""))),
                     413);
}

static void bodies_of_other_kinds_are_refused(void **state)
{
    static const char *const types[] = {"application/json", "text/plain",
                                        "application/x-www-form-urlencoded; charset=latin1",
                                        "application/x-www-form-urlencoded; charset", "rubbish"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct str bytes = arena_printf(
            *state, "POST / HTTP/1.1\r\n" HOST "Content-Type: %s\r\nContent-Length: 3\r\n" CLOSE "a=1", types[i]);
        assert_int_equal(status_in(ask(*state, server, bytes)), 415);
    }
    assert_int_equal(status_in(ask(*state, server, STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n" CLOSE "a"))),
                     415);
    assert_has(
        ask(*state, server,
            STR("POST / HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: 3\r\n" CLOSE "a=1")),
        " a=1 .");
}

static void an_early_answer_is_read(void **state)
{
    struct buf text;
    buf_init(&text, *state);
    buf_printf(&text, "POST /early HTTP/1.1\r\n" HOST FORM "Content-Length: 5000000\r\n\r\n");
    for (int i = 0; i < 5000000; i++)
        buf_char(&text, 'x');
    struct str answer = ask(*state, server, buf_text(&text));
    assert_int_equal(status_in(answer), 403);
    assert_has(answer, "Connection: close\r\n");
    assert_has(answer, "not read");
}

static void sends_files_and_static_pages(void **state)
{
    struct str answer = ask(*state, server, STR("GET /file HTTP/1.1\r\n" HOST CLOSE));
    assert_has(answer, "Content-Length: 300000\r\n");
    assert_int_equal(answer.n - (size_t)str_find(answer, STR("\r\n\r\n")) - 4, FILE_BYTES);
    answer = ask(*state, server, STR("HEAD /file HTTP/1.1\r\n" HOST CLOSE));
    assert_has(answer, "Content-Length: 300000\r\n");
    assert_true(str_ends(answer, STR("\r\n\r\n")));
    answer = ask(*state, server, STR("GET /static HTTP/1.1\r\n" HOST CLOSE));
    assert_int_equal(answer.n - (size_t)str_find(answer, STR("\r\n\r\n")) - 4, STATIC_BYTES);
    answer = ask(*state, server, STR("GET /304 HTTP/1.1\r\n" HOST CLOSE));
    assert_int_equal(status_in(answer), 304);
    assert_true(str_ends(answer, STR("\r\n\r\n")));
}

static void sends_a_part_of_a_file(void **state)
{
    struct str answer = ask(*state, server, STR("GET /part HTTP/1.1\r\n" HOST CLOSE));
    struct str body = str_slice(answer, (size_t)str_find(answer, STR("\r\n\r\n")) + 4, answer.n);
    assert_has(answer, "Content-Length: 100000\r\n");
    assert_int_equal(body.n, 100000);
    assert_memory_equal(body.p, "5678901234", 10);
    assert_memory_equal(body.p + body.n - 5, "01234", 5);
}

static size_t count_of(struct str text, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == c;
    return n;
}

static void wait_for_streams(int count)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    for (int i = 0; i < 2000 && atomic_load(&streams_open) != count; i++)
        (void)nanosleep(&pause, NULL);
    assert_int_equal(atomic_load(&streams_open), count);
}

static void sends_streams(void **state)
{
    struct str answer = ask(*state, server, STR("GET /stream HTTP/1.1\r\n" HOST CLOSE));
    assert_has(answer, "Transfer-Encoding: chunked\r\n");
    assert_true(str_ends(answer, STR("\r\n0\r\n\r\n")));
    struct str body = str_slice(answer, (size_t)str_find(answer, STR("\r\n\r\n")) + 4, answer.n);
    assert_int_equal(count_of(body, 'x'), STREAM_BYTES);
    struct str after =
        ask(*state, server, STR("GET /stream HTTP/1.1\r\n" HOST "\r\nGET /next HTTP/1.1\r\n" HOST CLOSE));
    assert_has(after, "GET /next client=");
    struct str head = ask(*state, server, STR("HEAD /stream HTTP/1.1\r\n" HOST CLOSE));
    assert_true(str_ends(head, STR("\r\n\r\n")));
    wait_for_streams(0);
}

static void a_stream_that_fails_is_seen_to_be_cut(void **state)
{
    struct str answer = ask(*state, server, STR("GET /failing-stream HTTP/1.1\r\n" HOST "\r\n"));
    assert_int_equal(status_in(answer), 200);
    assert_false(str_ends(answer, STR("\r\n0\r\n\r\n")));
    wait_for_streams(0);
}

static void a_stream_ends_when_its_client_goes(void **state)
{
    (void)state;
    int fd[5];
    for (size_t i = 0; i < sizeof fd / sizeof *fd; i++) {
        char byte;
        fd[i] = connect_to(server);
        assert_true(send_all(fd[i], STR("GET /endless-stream HTTP/1.1\r\n" HOST "\r\n")));
        assert_int_equal(recv(fd[i], &byte, 1, 0), 1);
    }
    wait_for_streams(5);
    for (size_t i = 0; i < sizeof fd / sizeof *fd; i++)
        (void)close(fd[i]);
    wait_for_streams(0);
}

static void mistakes_of_the_application_answer_500(void **state)
{
    struct str answer = ask(*state, server, STR("GET /split HTTP/1.1\r\n" HOST CLOSE));
    assert_int_equal(status_in(answer), 500);
    assert_false(has(answer, "X-Split"));
    answer = ask(*state, server, STR("GET /long HTTP/1.1\r\n" HOST CLOSE));
    assert_int_equal(status_in(answer), 500);
    assert_false(has(answer, "X-Long"));
    assert_int_equal(status_in(ask(*state, server, STR("GET /nothing HTTP/1.1\r\n" HOST CLOSE))), 500);
}

static void a_slash_too_much_is_led_back(void **state)
{
    struct str answer = ask(*state, server, STR("GET /cases/?q=1 HTTP/1.1\r\n" HOST "\r\n"));
    assert_int_equal(status_in(answer), 308);
    assert_has(answer, "Location: /cases?q=1\r\n");
}

static void every_failure_has_an_id_of_its_own(void **state)
{
    struct str answer =
        ask(*state, server, STR("GET /split HTTP/1.1\r\n" HOST "\r\nGET /split HTTP/1.1\r\n" HOST CLOSE));
    ptrdiff_t first = str_find(answer, STR("X-Request-Id: "));
    struct str rest = str_slice(answer, (size_t)first + 14, answer.n);
    ptrdiff_t second = str_find(rest, STR("X-Request-Id: "));
    assert_true(first > 0 && second > 0);
    assert_int_equal(str_find(rest, STR("\r\n")), 16);
    assert_memory_not_equal(rest.p, rest.p + second + 14, 16);
}

static void counts(void **state)
{
    struct http_stats before = http_stats(server);
    (void)ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST "\r\nGET / HTTP/1.1\r\n" HOST CLOSE));
    (void)ask(*state, server, STR("GET / HTTP/1.1\r\n\r\n"));
    struct http_stats after = http_stats(server);
    assert_int_equal(after.requests - before.requests, 3);
    assert_int_equal(after.refused - before.refused, 1);
    int fd = connect_to(server);
    assert_true(send_all(fd, STR("GET / HTTP/1.1\r\n" HOST "\r\n")));
    (void)read_answer(*state, fd);
    assert_true(http_stats(server).connections >= 1);
    (void)close(fd);
}

static int start(void **state)
{
    (void)state;
    server = start_server((struct http_options){.trusted_proxy = STR("")});
    return 0;
}

static int stop(void **state)
{
    (void)state;
    http_stop(server, 5);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(answers),
        test_with_arena(refuses_malformed_heads),
        test_with_arena(refuses_malformed_first_lines),
        test_with_arena(refuses_two_readings_of_a_body),
        test_with_arena(refuses_heads_that_are_too_long),
        test_with_arena(takes_unusual_but_legal_heads),
        test_with_arena(answers_pipelined_requests_in_order),
        test_with_arena(reads_requests_byte_by_byte),
        test_with_arena(says_continue),
        test_with_arena(reads_forms_and_uploads),
        test_with_arena(whoever_sends_too_much_reads_why),
        test_with_arena(bodies_of_other_kinds_are_refused),
        test_with_arena(an_early_answer_is_read),
        test_with_arena(sends_files_and_static_pages),
        test_with_arena(sends_a_part_of_a_file),
        test_with_arena(sends_streams),
        test_with_arena(a_stream_that_fails_is_seen_to_be_cut),
        test_with_arena(a_stream_ends_when_its_client_goes),
        test_with_arena(mistakes_of_the_application_answer_500),
        test_with_arena(a_slash_too_much_is_led_back),
        test_with_arena(every_failure_has_an_id_of_its_own),
        test_with_arena(counts),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
