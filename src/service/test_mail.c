#include "db/test_database.h"

#include "base/clock.h"
#include "service/mail.h"
#include "service/mail_message.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* --- composing ---------------------------------------------------------------------------------------------------- */

static const struct mail_message MESSAGE = {
    .from_name = STR_INIT("Städ & Värme"),
    .from = STR_INIT("portal@example.com"),
    .to = STR_INIT("anna@example.com"),
    .subject = STR_INIT("Bekräfta din adress"),
    .body = STR_INIT("Hej!\n\nhttps://portal.example.com/verify?token=abc\n"),
    .id = 7,
    .created_us = INT64_C(1763884800) * US_PER_SECOND,
};

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

static void a_mail_is_composed_for_the_wire(void **state)
{
    struct str text = mail_message_write(*state, &MESSAGE);
    assert_true(has(text, "To: anna@example.com\r\n"));
    assert_true(has(text, "<portal@example.com>\r\n"));
    assert_true(has(text, "Subject: =?UTF-8?"));
    assert_true(has(text, "Message-Id: <7.1763884800000000@example.com>\r\n"));
    assert_true(has(text, "Date: Sun, 23 Nov 2025 08:00:00 +0000\r\n"));
    assert_true(has(text, "Content-Type: text/plain; charset=utf-8\r\n"));
    assert_true(has(text, "Content-Transfer-Encoding: quoted-printable\r\n"));
    assert_true(has(text, "Auto-Submitted: auto-generated\r\n"));
    assert_true(has(text, "verify?token=3Dabc\r\n"));
    for (size_t i = 0; i < text.n; i++) {
        assert_true((unsigned char)text.p[i] < 0x80);
        assert_true(text.p[i] != '\n' || (i > 0 && text.p[i - 1] == '\r'));
    }
}

static void a_file_can_be_read_as_it_is(void **state)
{
    struct mail_message message = MESSAGE;
    message.for_reading = true;
    struct str text = mail_message_write(*state, &message);
    assert_true(has(text, "\n\nHej!\n\nhttps://portal.example.com/verify?token=abc\n"));
    assert_false(has(text, "\r"));
}

static void no_value_makes_a_header_line_of_its_own(void **state)
{
    struct mail_message message = MESSAGE;
    message.subject = STR("Hej\r\nBcc: x@example.com\nX: y");
    message.from_name = STR("Namn\r\nBcc: x@example.com");
    struct str text = mail_message_write(*state, &message);
    assert_false(has(text, "\nBcc:"));
    assert_false(has(text, "\nX:"));
    assert_true(has(text, "Hej"));
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

/* A small mail server: it serves one connection after the other and refuses recipients that begin with "no". */
struct server {
    int listener, port, connections;
    pthread_t thread;
    char seen[16384];
    size_t n;
};

static void say(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

static void converse(struct server *server, int fd)
{
    FILE *in = fdopen(fd, "r");
    char line[1024];
    bool data = false;
    assert_non_null(in);
    say(fd, "220 test\r\n");
    while (fgets(line, sizeof line, in)) {
        size_t n = strlen(line);
        if (server->n + n < sizeof server->seen) {
            memcpy(server->seen + server->n, line, n);
            server->n += n;
        }
        if (data && strcmp(line, ".\r\n") != 0)
            continue;
        if (strncmp(line, "QUIT", 4) == 0) {
            say(fd, "221 bye\r\n");
            break;
        }
        bool begins = strncmp(line, "DATA", 4) == 0;
        say(fd, begins ? "354 go\r\n" : strncmp(line, "RCPT TO:<no", 11) == 0 ? "550 n\xC3\xA4h\r\n" : "250 ok\r\n");
        data = begins;
    }
    (void)fclose(in);
}

static void *serve(void *context)
{
    struct server *server = context;
    int fd;
    while ((fd = accept(server->listener, NULL, NULL)) >= 0) {
        server->connections++;
        converse(server, fd);
    }
    return NULL;
}

static void server_start(struct server *server, const char *host)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = inet_addr(host)};
    socklen_t size = sizeof address;
    *server = (struct server){.listener = socket(AF_INET, SOCK_STREAM, 0)};
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->listener, 1), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&address, &size), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
}

static void server_stop(struct server *server)
{
    (void)shutdown(server->listener, SHUT_RDWR);
    assert_int_equal(pthread_join(server->thread, NULL), 0);
    assert_int_equal(close(server->listener), 0);
}

static struct config config_for(struct test_database *test, int port)
{
    return (struct config){
        .name = STR("Kundportal"),
        .mail_from = STR("portal@example.com"),
        .smtp_url = port ? arena_printf(test->arena, "smtp://127.0.0.1:%d", port) : STR_NONE,
    };
}

static void queue(struct test_database *test, const char *to)
{
    struct err err;
    assert_ok(mail_queue(test->conn, str_of(to), STR("Ämne"), STR("Text\n.\nslut\n"), &err), err);
}

static int64_t count(struct test_database *test, const char *literal)
{
    int64_t value;
    struct err err;
    assert_ok(db_query_int(test->conn, literal, DB_NO_ARGS, NULL, &value, &err), err);
    return value;
}

static void due_mails_go_over_one_connection(void **state)
{
    struct test_database *test = *state;
    struct server server;
    struct err err;
    server_start(&server, "127.0.0.1");
    struct config config = config_for(test, server.port);
    queue(test, "anna@example.com");
    queue(test, "bo@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    server_stop(&server);
    struct str seen = {server.seen, server.n};
    assert_int_equal(server.connections, 1);
    assert_true(has(seen, "MAIL FROM:<portal@example.com>"));
    assert_true(has(seen, "RCPT TO:<anna@example.com>"));
    assert_true(has(seen, "RCPT TO:<bo@example.com>"));
    assert_true(has(seen, "\r\nText\r\n..\r\nslut\r\n")); /* a single dot in a line does not end the mail */
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE state = 'sent' AND body = ''"), 2);
    assert_ok(mail_send_due(test->db, &config, &err), err);
}

static void a_refused_mail_waits_and_does_not_hold_up_others(void **state)
{
    struct test_database *test = *state;
    struct server server;
    struct err err;
    server_start(&server, "127.0.0.1");
    struct config config = config_for(test, server.port);
    queue(test, "nobody@example.com");
    queue(test, "bo@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    server_stop(&server);
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE state = 'sent'"), 1);
    assert_int_equal(count(test, "SELECT attempts FROM mail WHERE state = 'queued' AND last_error <> ''"), 1);
    int64_t wait_us = count(test, "SELECT next_attempt - created FROM mail WHERE state = 'queued'");
    assert_in_range(wait_us / US_PER_SECOND, 60, 90);
}

/*
 * Only the names of this machine itself may go without TLS; here another loopback address stands for another machine.
 */
static void no_mail_leaves_the_machine_without_tls(void **state)
{
    struct test_database *test = *state;
    struct server server;
    struct err err;
    server_start(&server, "127.0.0.2");
    struct config config = config_for(test, server.port);
    config.smtp_url = arena_printf(test->arena, "smtp://127.0.0.2:%d", server.port);
    queue(test, "anna@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    server_stop(&server);
    assert_true(has((struct str){server.seen, server.n}, "EHLO"));
    assert_false(has((struct str){server.seen, server.n}, "MAIL FROM"));
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE state = 'queued' AND attempts = 1"), 1);
}

static void a_server_that_is_down_is_asked_once(void **state)
{
    struct test_database *test = *state;
    struct err err;
    struct config config = config_for(test, 1);
    queue(test, "anna@example.com");
    queue(test, "bo@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    assert_int_equal(count(test, "SELECT sum(attempts) FROM mail WHERE state = 'queued'"), 1);
}

static void a_mail_is_given_up_in_the_end(void **state)
{
    struct test_database *test = *state;
    struct err err;
    struct config config = config_for(test, 1);
    queue(test, "anna@example.com");
    for (int i = 0; i < 20; i++) {
        assert_ok(db_exec(test->conn, "UPDATE mail SET next_attempt = 0 WHERE state = 'queued'", DB_NO_ARGS, &err),
                  err);
        assert_ok(mail_send_due(test->db, &config, &err), err);
    }
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE state = 'failed' AND body = ''"), 1);
    assert_int_equal(count(test, "SELECT attempts FROM mail"), 9);
}

static void a_claimed_mail_is_not_taken_twice(void **state)
{
    struct test_database *test = *state;
    struct err err;
    struct config config = config_for(test, 1);
    queue(test, "anna@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    assert_ok(mail_send_due(test->db, &config, &err), err);
    assert_int_equal(count(test, "SELECT attempts FROM mail"), 1);
}

static void without_a_server_mails_are_files_for_their_owner_alone(void **state)
{
    struct test_database *test = *state;
    struct err err;
    char folder[] = "/tmp/kundportal-mail.XXXXXX";
    struct config config = config_for(test, 0);
    struct stat status;
    assert_non_null(mkdtemp(folder));
    config.data = str_of(folder);
    queue(test, "anna@example.com");
    assert_ok(mail_send_due(test->db, &config, &err), err);
    char *file = arena_z(test->arena, arena_printf(test->arena, "%s/mail/000001.eml", folder));
    char *mails = arena_z(test->arena, arena_printf(test->arena, "%s/mail", folder));
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(mails, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE state = 'sent'"), 1);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(mails), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void old_mails_are_forgotten(void **state)
{
    struct test_database *test = *state;
    struct err err;
    int64_t day = 24 * 3600 * US_PER_SECOND, now = clock_now_us();
    for (int i = 0; i < 3; i++)
        queue(test, "anna@example.com");
    assert_ok(db_exec(test->conn, "UPDATE mail SET state = 'sent', next_attempt = $1 WHERE id = 1",
                      DB_ARGS(DB_INT(now - 31 * day)), &err),
              err);
    assert_ok(db_exec(test->conn, "UPDATE mail SET state = 'failed', next_attempt = $1 WHERE id = 2",
                      DB_ARGS(DB_INT(now - 29 * day)), &err),
              err);
    assert_ok(db_exec(test->conn, "UPDATE mail SET next_attempt = 0 WHERE id = 3", DB_NO_ARGS, &err), err);
    assert_ok(mail_upkeep(test->conn, now, &err), err);
    assert_int_equal(count(test, "SELECT count(*) FROM mail"), 2);
    assert_int_equal(count(test, "SELECT count(*) FROM mail WHERE id = 1"), 0);
}

static void an_address_that_is_none_is_not_queued(void **state)
{
    struct test_database *test = *state;
    struct err err;
    assert_false(mail_queue(test->conn, STR("a@example.com\r\nBcc: b@example.com"), STR("x"), STR("y"), &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(a_mail_is_composed_for_the_wire),
        test_with_arena(a_file_can_be_read_as_it_is),
        test_with_arena(no_value_makes_a_header_line_of_its_own),
        ON_BOTH_ENGINES(due_mails_go_over_one_connection),
        ON_BOTH_ENGINES(a_refused_mail_waits_and_does_not_hold_up_others),
        ON_BOTH_ENGINES(no_mail_leaves_the_machine_without_tls),
        ON_BOTH_ENGINES(a_server_that_is_down_is_asked_once),
        ON_BOTH_ENGINES(a_mail_is_given_up_in_the_end),
        ON_BOTH_ENGINES(a_claimed_mail_is_not_taken_twice),
        ON_BOTH_ENGINES(without_a_server_mails_are_files_for_their_owner_alone),
        ON_BOTH_ENGINES(old_mails_are_forgotten),
        ON_BOTH_ENGINES(an_address_that_is_none_is_not_queued),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
