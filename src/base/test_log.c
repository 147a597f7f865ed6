#include "base/log.h"
#include "base/test.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char path[64];
static char text[1 << 20];

static int open_log(void **state)
{
    (void)state;
    (void)snprintf(path, sizeof path, "/tmp/kundportal-log-%ld", (long)getpid());
    log_set_level(LOG_INFO);
    return log_open(path) ? 0 : -1;
}

static int close_log(void **state)
{
    (void)state;
    log_set_request(STR_NONE);
    return log_open(NULL) && unlink(path) == 0 ? 0 : -1;
}

static const char *read_log(void)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    assert_int_equal(fclose(file), 0);
    return text;
}

static void writes_one_object_a_line(void **state)
{
    (void)state;
    log_event(LOG_WARN, "mail_sent", LOG_I("id", -7), LOG_Z("kind", "verify"));
    log_event(LOG_ERROR, "second", LOG_S("none", STR_NONE));
    const char *line = read_log();
    assert_int_equal(strncmp(line, "{\"time\":\"20", 11), 0);
    assert_non_null(strstr(line, "Z\",\"level\":\"warn\",\"event\":\"mail_sent\",\"id\":-7,\"kind\":\"verify\"}\n{"));
    assert_non_null(strstr(line, "\"level\":\"error\",\"event\":\"second\",\"none\":\"\"}\n"));
}

static void escapes_what_comes_from_outside(void **state)
{
    (void)state;
    log_event(LOG_INFO, "odd", LOG_S("a", STR("\"\\\n\x01\x7f")), LOG_S("b", STR("f\xf6rg")),
              LOG_Z("c", "f\xc3\xa4rg"));
    assert_non_null(
        strstr(read_log(), "\"a\":\"\\\"\\\\\\u000a\\u0001\\u007f\",\"b\":\"f?rg\",\"c\":\"f\xc3\xa4rg\"}\n"));
}

static void carries_the_request_of_the_thread(void **state)
{
    (void)state;
    log_set_request(STR("req-1"));
    assert_str(log_request(), "req-1");
    log_event(LOG_INFO, "one", LOG_I("n", 1));
    log_set_request(STR("0123456789012345678901234567890123456789"));
    assert_int_equal(log_request().n, 32);
    log_set_request(STR_NONE);
    log_event(LOG_INFO, "two", LOG_I("n", 2));
    const char *line = read_log();
    assert_non_null(strstr(line, "\"event\":\"one\",\"request\":\"req-1\",\"n\":1}\n"));
    assert_non_null(strstr(line, "\"event\":\"two\",\"n\":2}\n"));
}

static void leaves_out_levels_below_the_set_one(void **state)
{
    (void)state;
    log_event(LOG_DEBUG, "hidden", LOG_I("n", 1));
    log_set_level(LOG_DEBUG);
    log_event(LOG_DEBUG, "shown", LOG_I("n", 1));
    const char *line = read_log();
    assert_null(strstr(line, "hidden"));
    assert_non_null(strstr(line, "shown"));
}

static void keeps_lines_whole_when_there_is_too_much(void **state)
{
    (void)state;
    static char much[100000];
    memset(much, '\x01', sizeof much);
    struct str value = {much, sizeof much};
    log_event(LOG_INFO, "much", LOG_S("a", value), LOG_S("b", value), LOG_S("c", value), LOG_S("d", value),
              LOG_I("e", 5));
    const char *line = read_log();
    size_t n = strlen(line);
    assert_true(n <= 4096);
    assert_string_equal(line + n - 7, "\"e\":5}\n");
    assert_non_null(strstr(line, "\",\"b\":\""));
    assert_null(strstr(line, "\"d\":"));
}

static void goes_on_in_a_new_file_after_a_rotation(void **state)
{
    (void)state;
    char rotated[80];
    (void)snprintf(rotated, sizeof rotated, "%s.1", path);
    log_event(LOG_INFO, "before", LOG_I("n", 1));
    assert_int_equal(rename(path, rotated), 0);
    assert_true(log_reopen());
    log_event(LOG_INFO, "after", LOG_I("n", 1));
    const char *line = read_log();
    assert_null(strstr(line, "before"));
    assert_non_null(strstr(line, "after"));
    assert_int_equal(unlink(rotated), 0);
}

static void refuses_a_path_that_cannot_be_opened(void **state)
{
    (void)state;
    assert_false(log_open("/nowhere/at/all"));
    log_event(LOG_INFO, "still_here", LOG_I("n", 1));
    assert_non_null(strstr(read_log(), "still_here"));
}

static void *write_many(void *context)
{
    (void)context;
    for (int i = 0; i < 500; i++)
        log_event(LOG_INFO, "line", LOG_I("n", i));
    return NULL;
}

static void writes_from_many_threads(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, NULL), 0);
    for (int i = 0; i < 20; i++)
        assert_true(log_reopen());
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    struct str rest = str_of(read_log());
    struct str line;
    size_t lines = 0;
    while (str_cut(&rest, '\n', &line) && line.n) {
        assert_true(str_starts(line, STR("{\"time\":")) && str_ends(line, STR("}")));
        lines++;
    }
    assert_int_equal(lines, 2000);
}

#define with_log(test) cmocka_unit_test_setup_teardown(test, open_log, close_log)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_log(writes_one_object_a_line),
        with_log(escapes_what_comes_from_outside),
        with_log(carries_the_request_of_the_thread),
        with_log(leaves_out_levels_below_the_set_one),
        with_log(keeps_lines_whole_when_there_is_too_much),
        with_log(goes_on_in_a_new_file_after_a_rotation),
        with_log(refuses_a_path_that_cannot_be_opened),
        with_log(writes_from_many_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
