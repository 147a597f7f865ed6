/* The job process' side of mail: what is due is claimed, sent or written as a file, and its outcome noted. */
#include "service/mail.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/clock.h"
#include "base/log.h"
#include "service/mail_message.h"

#define MINUTE_US (60 * US_PER_SECOND)
/* A mail that is being sent belongs to its sender this long; then another may try. */
#define CLAIM_US (5 * MINUTE_US)
#define CONNECT_SECONDS 15L
#define TRANSFER_SECONDS 60L
/* Waits after the first, second… failure; a mail that fails after the last is given up. */
static const int64_t WAITS_US[] = {MINUTE_US,       5 * MINUTE_US,   15 * MINUTE_US,  60 * MINUTE_US,
                                   180 * MINUTE_US, 720 * MINUTE_US, 1440 * MINUTE_US};
#define ATTEMPTS_MAX (sizeof WAITS_US / sizeof *WAITS_US)

struct due {
    bool found;
    int64_t attempts;
    struct mail_message message;
};

/* One statement finds and claims, so that two senders never take the same mail. */
static bool claim(struct db_conn *conn, struct arena *arena, struct due *due, struct err *err)
{
    int64_t now = clock_now_us();
    struct db_rows *rows =
        db_query(conn, arena,
                 "UPDATE mail SET next_attempt = $1, attempts = attempts + 1 WHERE state = 'queued' AND next_attempt <= $2"
                 " AND id = (SELECT id FROM mail WHERE state = 'queued' AND next_attempt <= $2 ORDER BY next_attempt, id LIMIT 1)"
                 " RETURNING id, recipient, subject, body, created, attempts",
                 DB_ARGS(DB_INT(now + CLAIM_US), DB_INT(now)), err);
    due->found = rows && db_next(rows);
    if (due->found) {
        due->message.id = db_int(rows, 0);
        due->message.recipient = db_text_copy(rows, 1, arena);
        due->message.subject = db_text_copy(rows, 2, arena);
        due->message.body = db_text_copy(rows, 3, arena);
        due->message.created = db_int(rows, 4);
        due->attempts = db_int(rows, 5);
    }
    return db_done(rows, err);
}

/* --- SMTP ------------------------------------------------------------------------------------------------------------------------ */

struct reading {
    struct str rest;
};

static size_t read_some(char *out, size_t size, size_t count, void *context)
{
    struct reading *reading = context;
    size_t n = size * count < reading->rest.n ? size * count : reading->rest.n;
    memcpy(out, reading->rest.p, n);
    reading->rest = str_slice(reading->rest, n, reading->rest.n);
    return n;
}

static bool is_loopback(struct str url)
{
    return str_starts(url, STR("smtp://127.")) || str_starts(url, STR("smtp://localhost")) ||
           str_starts(url, STR("smtp://[::1]"));
}

static bool set_options(CURL *curl, struct arena *arena, const struct config *config, struct curl_slist *recipients,
                        const struct mail_message *message, struct reading *reading)
{
    bool ok = curl_easy_setopt(curl, CURLOPT_URL, arena_z(arena, config->smtp_url)) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_z(arena, message->from)) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_some) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_READDATA, reading) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_TIMEOUT, TRANSFER_SECONDS) == CURLE_OK;
    if (ok && !is_loopback(config->smtp_url))
        ok = curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL) == CURLE_OK;
    if (ok && config->smtp_user.n)
        ok = curl_easy_setopt(curl, CURLOPT_USERNAME, arena_z(arena, config->smtp_user)) == CURLE_OK &&
             curl_easy_setopt(curl, CURLOPT_PASSWORD, arena_z(arena, config->smtp_password)) == CURLE_OK;
    return ok;
}

static bool send_smtp(struct arena *arena, const struct config *config, const struct mail_message *message,
                      struct str text, struct err *err)
{
    struct reading reading = {text};
    struct curl_slist *recipients = curl_slist_append(NULL, arena_z(arena, message->recipient));
    CURL *curl = curl_easy_init();
    CURLcode code = CURLE_OUT_OF_MEMORY;
    long answer = 0;
    if (curl && recipients && set_options(curl, arena, config, recipients, message, &reading))
        code = curl_easy_perform(curl);
    if (curl)
        (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    curl_easy_cleanup(curl);
    curl_slist_free_all(recipients);
    return code == CURLE_OK || err_set(err, ERR_INTERNAL, NULL, "%s (server: %ld)", curl_easy_strerror(code), answer);
}

/* --- files, when there is no server ---------------------------------------------------------------------------------------------- */

static bool write_whole(int fd, struct str text)
{
    while (text.n) {
        ssize_t n = write(fd, text.p, text.n);
        if (n < 0)
            return false;
        text = str_slice(text, (size_t)n, text.n);
    }
    return fsync(fd) == 0;
}

static bool write_file(struct arena *arena, const struct config *config, const struct mail_message *message,
                       struct str text, struct err *err)
{
    struct str path = arena_printf(arena, "%.*s/mail/%06lld.eml", STR_FMT(config->data), (long long)message->id);
    struct str part = arena_printf(arena, "%s.part", path.p);
    int fd = open(part.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(err, "open a mail file");
    bool ok = write_whole(fd, text) || err_errno(err, "write a mail file");
    (void)close(fd);
    if (ok && rename(part.p, path.p) != 0)
        ok = err_errno(err, "name a mail file");
    return ok;
}

/* --- outcome --------------------------------------------------------------------------------------------------------------------- */

/* A sent mail holds a link that opens an account: its text goes at once. */
static bool note_sent(struct db_conn *conn, const struct due *due, struct err *err)
{
    log_event(LOG_INFO, "mail_sent", LOG_I("mail", due->message.id), LOG_I("attempts", due->attempts));
    return db_exec(conn, "UPDATE mail SET state = 'sent', body = '', last_error = '' WHERE id = $1",
                   DB_ARGS(DB_INT(due->message.id)), err);
}

static bool note_failure(struct db_conn *conn, const struct due *due, const struct err *failure, struct err *err)
{
    bool last = due->attempts > (int64_t)ATTEMPTS_MAX;
    int64_t wait = last ? 0 : WAITS_US[due->attempts - 1];
    log_event(LOG_WARN, last ? "mail_given_up" : "mail_delayed", LOG_I("mail", due->message.id),
              LOG_I("attempts", due->attempts), LOG_Z("detail", failure->detail));
    return db_exec(conn, "UPDATE mail SET state = $2, next_attempt = $3, last_error = $4 WHERE id = $1",
                   DB_ARGS(DB_INT(due->message.id), DB_TEXT(last ? STR("failed") : STR("queued")),
                           DB_INT(clock_now_us() + wait), DB_TEXT(str_of(failure->detail))),
                   err);
}

static bool deliver(struct arena *arena, const struct config *config, struct due *due, struct err *failure)
{
    struct str text;
    due->message.from = config->mail_from.n ? config->mail_from : STR("kundportal@localhost");
    if (!mail_message_write(arena, &due->message, &text, failure))
        return false;
    return config->smtp_url.n ? send_smtp(arena, config, &due->message, text, failure)
                              : write_file(arena, config, &due->message, text, failure);
}

/* No connection is held while a mail server is talked to. */
static bool send_one(struct db *db, struct arena *arena, const struct config *config, bool *found, struct err *err)
{
    struct due due = {0};
    struct err failure = {0};
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && claim(conn, arena, &due, err);
    db_release(conn);
    *found = ok && due.found;
    if (!*found)
        return ok;
    bool sent = deliver(arena, config, &due, &failure);
    conn = db_acquire(db, err);
    ok = conn && (sent ? note_sent(conn, &due, err) : note_failure(conn, &due, &failure, err));
    db_release(conn);
    return ok;
}

bool mail_send_due(struct db *db, const struct config *config, struct err *err)
{
    struct arena *arena = arena_create();
    bool found = true, ok = true;
    while (ok && found) {
        ok = send_one(db, arena, config, &found, err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return ok;
}
