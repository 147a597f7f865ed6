#include "http/test_server.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>

#define HOST "Host: x\r\n"
#define CLOSE "Connection: close\r\n\r\n"

/* Sanitizers need much memory for each thread. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CROWD 200
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CROWD 200
#endif
#endif
#ifndef CROWD
#define CROWD 2000
#endif

static void sleep_ms(long ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&pause, NULL);
}

static int64_t ms_since(int64_t start_us)
{
    return (clock_monotonic_us() - start_us) / 1000;
}

/* --- many and slow clients ---------------------------------------------------------------------------------------- */

static void a_crowd_of_idle_clients_is_no_burden(void **state)
{
    int *fds = ARENA_ARRAY(*state, int, CROWD);
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    struct rlimit limit; /* http_start has raised the soft limit to the hard one */
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    int count = limit.rlim_cur > 2 * CROWD + 600 ? CROWD : (int)(limit.rlim_cur / 4);
    for (int i = 0; i < count; i++) {
        fds[i] = connect_to(server);
        /* One third sends nothing, one third sends half a head, one third has already been answered. */
        if (i % 3)
            assert_true(send_all(fds[i], i % 3 == 1 ? STR("GET / HTT") : STR("GET / HTTP/1.1\r\n" HOST "\r\n")));
    }
    for (int i = 2; i < count; i += 3)
        assert_int_equal(status_in(read_answer(*state, fds[i])), 200);
    int64_t start_us = clock_monotonic_us();
    for (int i = 0; i < 20; i++)
        assert_int_equal(status_in(ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST CLOSE))), 200);
    assert_true(ms_since(start_us) < 5000);
    assert_true(http_stats(server).connections >= count);
    for (int i = 0; i < count; i++)
        (void)close(fds[i]);
    start_us = clock_monotonic_us();
    http_stop(server, 5);
    assert_true(ms_since(start_us) < 10000);
    assert_int_equal(http_stats(server).connections, 0);
}

static void a_crowd_is_not_kept_for_long(void **state)
{
    enum { COUNT = 520 };
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    int fds[COUNT];
    for (int i = 0; i < COUNT; i++) {
        fds[i] = connect_to(server);
        assert_true(send_all(fds[i], STR("GET / HTTP/1.1\r\n" HOST "\r\n")));
    }
    assert_int_equal(status_in(read_answer(*state, fds[0])), 200);
    assert_int_equal(status_in(read_to_end(*state, fds[COUNT - 1])), 200);
    for (int i = 0; i < COUNT - 1; i++)
        (void)close(fds[i]);
    http_stop(server, 1);
}

static void clients_over_the_limit_are_turned_away(void **state)
{
    struct http_server *server =
        start_server((struct http_options){.connection_limit = 5, .trusted_proxy = STR("127.0.0.1")});
    int fds[5], status = 0;
    for (int i = 0; i < 5; i++) {
        fds[i] = connect_to(server);
        assert_true(send_all(fds[i], STR("GET / HTTP/1.1\r\n" HOST "\r\n")));
        assert_int_equal(status_in(read_answer(*state, fds[i])), 200);
    }
    assert_int_equal(ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST CLOSE)).n, 0);
    (void)close(fds[0]);
    for (int i = 0; i < 200 && status != 200; i++) {
        sleep_ms(10);
        status = status_in(ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST CLOSE)));
    }
    assert_int_equal(status, 200);
    for (int i = 1; i < 5; i++)
        (void)close(fds[i]);
    http_stop(server, 1);
}

/* Opens up to `count` slow connections from an address and returns how many the server keeps. */
static int keep_open(const struct http_server *server, uint32_t source, int *fds, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        int fd = try_connect_from(server, source);
        assert_true(fd >= 0);
        (void)send_all(fd, STR("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        char byte;
        if (recv(fd, &byte, 1, 0) == 1)
            fds[kept++] = fd;
        else
            (void)close(fd);
    }
    return kept;
}

static void one_address_cannot_take_all_connections(void **state)
{
    enum { LIMIT = 24, TRIES = 40 };
    struct http_server *server = start_server((struct http_options){.connection_limit = LIMIT, .idle_seconds = 60});
    int fds[3 * TRIES];
    int first = keep_open(server, INADDR_LOOPBACK + 1, fds, TRIES);
    assert_int_equal(first, LIMIT / 2);
    int second = keep_open(server, INADDR_LOOPBACK + 2, fds + first, TRIES);
    assert_int_equal(second, LIMIT / 4);
    assert_int_equal(status_in(ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST CLOSE))), 200);
    for (int i = 0; i < first + second; i++)
        (void)close(fds[i]);
    for (int i = 0; http_stats(server).connections && i < 4000; i++)
        sleep_ms(5);
    first = keep_open(server, INADDR_LOOPBACK + 1, fds, TRIES);
    assert_int_equal(first, LIMIT / 2); /* closed connections are free again */
    for (int i = 0; i < first; i++)
        (void)close(fds[i]);
    http_stop(server, 1);
}

static void a_trusted_proxy_may_take_all_connections(void **state)
{
    enum { LIMIT = 8 };
    (void)state;
    struct http_server *server = start_server((struct http_options){
        .connection_limit = LIMIT, .idle_seconds = 60, .trusted_proxy = STR("192.0.2.1 127.0.0.2")});
    int fds[LIMIT];
    assert_int_equal(keep_open(server, INADDR_LOOPBACK + 1, fds, LIMIT), LIMIT);
    for (int i = 0; i < LIMIT; i++)
        (void)close(fds[i]);
    http_stop(server, 1);
}

static void slow_requests_hold_nobody(void **state)
{
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    int fds[8];
    atomic_store(&slow_may_end, false);
    for (int i = 0; i < 8; i++) {
        fds[i] = connect_to(server);
        assert_true(send_all(fds[i], STR("GET /slow HTTP/1.1\r\n" HOST CLOSE)));
    }
    while (atomic_load(&slow_running) < 8)
        sleep_ms(1);
    assert_int_equal(status_in(ask(*state, server, STR("GET / HTTP/1.1\r\n" HOST CLOSE))), 200);
    atomic_store(&slow_may_end, true);
    for (int i = 0; i < 8; i++)
        assert_int_equal(status_in(read_to_end(*state, fds[i])), 200);
    http_stop(server, 5);
}

/* Sends a byte every 100 ms, so there is never silence. Returns the time until the server answers or closes, in ms. */
static int64_t drip(const struct http_server *server, struct str first, const char *byte)
{
    int64_t start_us = clock_monotonic_us();
    int fd = connect_to(server);
    char answer[100];
    assert_true(send_all(fd, first));
    while (ms_since(start_us) < 15000 && send_all(fd, (struct str){byte, 1})) {
        if (recv(fd, answer, sizeof answer, MSG_DONTWAIT) >= 0 || errno != EAGAIN)
            break;
        sleep_ms(100);
    }
    (void)close(fd);
    return ms_since(start_us);
}

static void who_drips_a_head_is_cut(void **state)
{
    (void)state;
    struct http_server *server = start_server((struct http_options){.idle_seconds = 1});
    assert_in_range(drip(server, STR("G"), "E"), 1000, 6000);
    assert_in_range(drip(server, STR("GET / HTTP/1.1\r\nA: "), "b"), 500, 6000);
    http_stop(server, 1);
}

static void silence_is_cut(void **state)
{
    static const char *const begun[] = {"", "GET / HT", "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\na"};
    struct http_server *server = start_server((struct http_options){.idle_seconds = 1});
    for (size_t i = 0; i < sizeof begun / sizeof begun[0]; i++) {
        int64_t start_us = clock_monotonic_us();
        struct str answer = ask(*state, server, str_of(begun[i]));
        assert_int_equal(answer.n, 0);
        assert_in_range(ms_since(start_us), 500, 6000);
    }
    http_stop(server, 1);
}

struct caller {
    pthread_t thread;
    const struct http_server *server;
    int good;
};

static void *call(void *what)
{
    struct caller *caller = what;
    struct arena *arena = arena_create();
    int fd = connect_to(caller->server);
    for (int i = 0; i < 50; i++) {
        if (send_all(fd, STR("POST /x HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
                             "Content-Length: 3\r\n\r\na=1")))
            caller->good += has(read_answer(arena, fd), " a=1 .");
        (void)http_stats(caller->server);
    }
    (void)close(fd);
    arena_destroy(arena);
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
    struct caller callers[8];
    (void)state;
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    for (size_t i = 0; i < 8; i++) {
        callers[i] = (struct caller){.server = server};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call, &callers[i]), 0);
    }
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
        assert_int_equal(callers[i].good, 50);
    }
    assert_int_equal(http_stats(server).requests, 400);
    http_stop(server, 5);
}

/* --- stop --------------------------------------------------------------------------------------------------------- */

static void *stop_server(void *server)
{
    http_stop(server, 10);
    return NULL;
}

static void a_running_request_is_answered_before_the_stop(void **state)
{
    pthread_t stopper;
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    int idle = connect_to(server), busy = connect_to(server), refused;
    atomic_store(&slow_may_end, false);
    assert_true(send_all(busy, STR("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
    while (atomic_load(&slow_running) < 1)
        sleep_ms(1);
    assert_int_equal(pthread_create(&stopper, NULL, stop_server, server), 0);
    for (int i = 0; (refused = try_connect(server)) >= 0 && i < 1000; i++) {
        (void)close(refused);
        sleep_ms(5);
    }
    assert_int_equal(refused, -1);
    assert_int_equal(atomic_load(&slow_running), 1);
    atomic_store(&slow_may_end, true);
    struct str answer = read_to_end(*state, busy);
    assert_int_equal(status_in(answer), 200);
    assert_has(answer, "Connection: close\r\n");
    assert_has(answer, "GET /slow ");
    assert_int_equal(pthread_join(stopper, NULL), 0);
    assert_int_equal(read_to_end(*state, idle).n, 0);
}

static void idle_clients_do_not_hold_up_the_stop(void **state)
{
    struct http_server *server = start_server((struct http_options){.idle_seconds = 60});
    int fd = connect_to(server), silent = connect_to(server), half = connect_to(server);
    assert_true(send_all(fd, STR("GET / HTTP/1.1\r\n" HOST "\r\n")) && send_all(half, STR("GET / ")));
    assert_int_equal(status_in(read_answer(*state, fd)), 200);
    int64_t start_us = clock_monotonic_us();
    http_stop(server, 10);
    assert_true(ms_since(start_us) < 3000);
    (void)close(fd);
    (void)close(silent);
    (void)close(half);
}

/* --- addresses ---------------------------------------------------------------------------------------------------- */

static void expect_no_start(const char *listen_at, bool allow_public)
{
    struct http_options options = {.listen = str_of(listen_at), .allow_public = allow_public, .upload_dir = "/tmp"};
    struct http_app app = {.begin = test_begin, .respond = test_respond};
    struct err err = {.kind = ERR_NONE};
    assert_null(http_start(&options, &app, &err));
    assert_int_not_equal(err.kind, ERR_NONE);
    assert_true(err.detail[0]);
}

static void refuses_addresses(void **state)
{
    static const char *const wrong[] = {"",
                                        "8080",
                                        "127.0.0.1",
                                        "127.0.0.1:x",
                                        "127.0.0.1:70000",
                                        "::1:80",
                                        "[::1]",
                                        "[x]:80",
                                        "host:80",
                                        "unix:",
                                        "127.0.0.1:-1",
                                        ":80",
                                        "[::1:80",
                                        "1.2.3:80",
                                        "unix:/nonexistent/folder/socket"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_no_start(wrong[i], true);
    expect_no_start("0.0.0.0:0", false);
    expect_no_start("[::]:0", false);
    struct str taken = http_address(start_server((struct http_options){.idle_seconds = 1}), *state);
    expect_no_start(taken.p, false);
    http_stop(servers[server_count - 1], 1);
}

static void listens_where_it_is_told(void **state)
{
    struct http_server *server = start_server((struct http_options){.listen = STR("localhost:0")});
    assert_true(str_starts(http_address(server, *state), STR("127.0.0.1:")));
    http_stop(server, 1);
    server = start_server((struct http_options){.listen = STR("0.0.0.0:0"), .allow_public = true});
    assert_true(str_starts(http_address(server, *state), STR("0.0.0.0:")));
    http_stop(server, 1);
    struct http_options six = {.listen = STR("[::1]:0"), .upload_dir = "/tmp"};
    struct http_app app = {.begin = test_begin, .respond = test_respond};
    server = http_start(&six, &app, NULL);
    if (!server)
        return; /* this machine has no IPv6 */
    servers[server_count++] = server;
    assert_true(str_starts(http_address(server, *state), STR("[::1]:")));
    http_stop(server, 1);
}

static int connect_local(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static void a_unix_socket_comes_and_goes(void **state)
{
    char dir[] = "/tmp/kundportal-socket-XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct str path = arena_printf(*state, "%s/s", dir), at = arena_printf(*state, "unix:%s", path.p);
    struct http_server *server = start_server((struct http_options){.listen = at, .trusted_proxy = STR("unix")});
    struct stat st;
    assert_int_equal(stat(path.p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    assert_str(http_address(server, *state), at.p);
    int fd = connect_local(path.p);
    assert_true(send_all(fd, STR("GET / HTTP/1.1\r\n" HOST "X-Forwarded-For: 203.0.113.9\r\n" CLOSE)));
    assert_has(read_to_end(*state, fd), "client=203.0.113.9");
    expect_no_start(at.p, false); /* another server listens there */
    http_stop(server, 1);
    assert_int_equal(stat(path.p, &st), -1);
    assert_int_equal(rmdir(dir), 0);
}

static void a_socket_left_behind_is_replaced_but_nothing_else(void **state)
{
    char dir[] = "/tmp/kundportal-socket-XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct str path = arena_printf(*state, "%s/s", dir), at = arena_printf(*state, "unix:%s", path.p);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path.p, path.n);
    int stale = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(stale, (const struct sockaddr *)&address, sizeof address), 0);
    (void)close(stale);
    http_stop(start_server((struct http_options){.listen = at}), 1);
    int file = open(path.p, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    (void)close(file);
    expect_no_start(at.p, false);
    assert_int_equal(unlink(path.p), 0);
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(a_crowd_of_idle_clients_is_no_burden),
        test_with_arena(a_crowd_is_not_kept_for_long),
        test_with_arena(clients_over_the_limit_are_turned_away),
        test_with_arena(one_address_cannot_take_all_connections),
        test_with_arena(a_trusted_proxy_may_take_all_connections),
        test_with_arena(slow_requests_hold_nobody),
        test_with_arena(who_drips_a_head_is_cut),
        test_with_arena(silence_is_cut),
        test_with_arena(threads_do_not_disturb_each_other),
        test_with_arena(a_running_request_is_answered_before_the_stop),
        test_with_arena(idle_clients_do_not_hold_up_the_stop),
        test_with_arena(refuses_addresses),
        test_with_arena(listens_where_it_is_told),
        test_with_arena(a_unix_socket_comes_and_goes),
        test_with_arena(a_socket_left_behind_is_replaced_but_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
