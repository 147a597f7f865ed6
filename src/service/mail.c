#include "service/mail.h"

#include "base/clock.h"
#include "base/log.h"
#include "service/mail_message.h"
#include "service/mail_transport.h"

/*
 * If the process is killed after a claim, before it records an outcome, the claim ends after this time and the mail is
 * sent again.
 */
#define CLAIM_US (10 * 60 * US_PER_SECOND)
#define KEEP_US (30 * 24 * 3600 * US_PER_SECOND)

enum { BATCH_LIMIT = 100 };

static const int64_t BACK_OFF_MINUTES[] = {1, 5, 15, 60, 180, 360, 720, 1440};
enum { BACK_OFF_COUNT = sizeof BACK_OFF_MINUTES / sizeof *BACK_OFF_MINUTES };

/* --- the queue ---------------------------------------------------------------------------------------------------- */

bool mail_queue(struct db_conn *conn, struct str recipient, struct str subject, struct str body, struct err *err)
{
    return mail_queue_order(conn, &(struct mail_order){.recipient = recipient, .subject = subject, .body = body}, err);
}

/* A mail that a process has claimed is not replaced: it is on its way already. */
bool mail_queue_order(struct db_conn *conn, const struct mail_order *order, struct err *err)
{
    int64_t now = 0;
    if (!mail_address_valid(order->recipient))
        return err_set(err, ERR_INVALID, NULL, "a mail to a bad address");
    if (!db_now(conn, &now, err))
        return false;
    if (order->topic.n &&
        !db_exec(conn, "DELETE FROM mail WHERE state = 'queued' AND attempts = 0 AND topic = $1 AND recipient = $2",
                 DB_ARGS(DB_TEXT(order->topic), DB_TEXT(order->recipient)), err))
        return false;
    return db_exec(conn,
                   "INSERT INTO mail (recipient, subject, body, created, next_attempt, topic, contact_id, calendar)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   DB_ARGS(DB_TEXT(order->recipient), DB_TEXT(order->subject), DB_TEXT(order->body), DB_INT(now),
                           DB_INT(now + order->wait_us), DB_TEXT(order->topic), DB_ID_OR_NULL(order->contact_id),
                           DB_TEXT(order->calendar)),
                   err);
}

bool mail_drop_waiting(struct db_conn *conn, struct str topic, struct err *err)
{
    return db_exec(conn, "DELETE FROM mail WHERE state = 'queued' AND attempts = 0 AND topic = $1",
                   DB_ARGS(DB_TEXT(topic)), err);
}

struct due {
    bool found;
    int64_t id, created, attempts;
    struct str recipient, subject, body, calendar;
};

/* One statement finds and claims a mail, so that two processes never take the same one. */
static bool claim_next(struct db *db, struct arena *arena, struct due *due, struct err *err)
{
    int64_t now = 0;
    struct db_conn *conn = db_acquire(db, err);
    *due = (struct due){.found = false};
    bool ok = conn && db_now(conn, &now, err) &&
              db_find(conn, arena,
                      "UPDATE mail SET next_attempt = $2, attempts = attempts + 1"
                      " WHERE state = 'queued' AND next_attempt <= $1 AND id = (SELECT id FROM mail"
                      "   WHERE state = 'queued' AND next_attempt <= $1 ORDER BY next_attempt, id LIMIT 1)"
                      " RETURNING id, created, attempts, recipient, subject, body, calendar",
                      DB_ARGS(DB_INT(now), DB_INT(now + CLAIM_US)),
                      DB_TARGETS(TO(&due->id), TO(&due->created), TO(&due->attempts), TO(&due->recipient),
                                 TO(&due->subject), TO(&due->body), TO(&due->calendar)),
                      &due->found, err);
    db_release(conn);
    return ok;
}

/*
 * The text is deleted with the final outcome, because it may hold a link that logs in anyone who reads it. Every claim
 * raises `attempts`: if a process was stuck for so long that another one claimed the mail, it writes nothing.
 */
static bool note_outcome(struct db *db, const struct due *due, bool sent, const struct err *why, struct err *err)
{
    int64_t now = 0;
    struct db_conn *conn = db_acquire(db, err);
    bool last = due->attempts > BACK_OFF_COUNT;
    bool ok = conn && db_now(conn, &now, err);
    if (ok && (sent || last))
        ok = db_exec(
            conn,
            "UPDATE mail SET state = $2, next_attempt = $3, last_error = $4, body = '', calendar = '' WHERE id = $1"
            " AND state = 'queued' AND attempts = $5",
            DB_ARGS(DB_INT(due->id), DB_TEXT(sent ? STR("sent") : STR("failed")), DB_INT(now),
                    DB_TEXT(sent ? STR_NONE : str_of(why->detail)), DB_INT(due->attempts)),
            err);
    else if (ok)
        ok = db_exec(conn,
                     "UPDATE mail SET next_attempt = $2, last_error = $3 WHERE id = $1 AND state = 'queued'"
                     " AND attempts = $4",
                     DB_ARGS(DB_INT(due->id), DB_INT(now + BACK_OFF_MINUTES[due->attempts - 1] * 60 * US_PER_SECOND),
                             DB_TEXT(str_of(why->detail)), DB_INT(due->attempts)),
                     err);
    db_release(conn);
    if (sent)
        log_event(LOG_INFO, "mail_sent", LOG_I("id", due->id));
    else
        log_event(last ? LOG_ERROR : LOG_WARN, last ? "mail_given_up" : "mail_not_sent", LOG_I("id", due->id),
                  LOG_I("attempt", due->attempts));
    return ok;
}

/* A server's answer may be in any encoding; the database takes UTF-8 only. */
static void clean_detail(struct err *why)
{
    for (char *at = why->detail; *at; at++) {
        if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7f)
            *at = '?';
    }
}

static bool send_one(struct arena *arena, const struct config *config, struct mail_smtp *smtp, const struct due *due,
                     bool *unreachable, struct err *why)
{
    struct mail_message message = {
        .from_name = config->name,
        .from = config->mail_from,
        .to = due->recipient,
        .subject = due->subject,
        .body = due->body,
        .calendar = due->calendar,
        .id = due->id,
        .created_us = due->created,
        .for_reading = !smtp,
    };
    struct str text = mail_message_write(arena, &message);
    if (!smtp)
        return mail_file_write(arena, config->data, due->id, text, why);
    return mail_smtp_send(smtp, config->mail_from, due->recipient, text, unreachable, why);
}

static bool send_batch(struct db *db, const struct config *config, struct mail_smtp *smtp, struct err *err)
{
    struct arena *arena = arena_create();
    struct due due = {.found = true};
    bool ok = true, unreachable = false;
    for (int i = 0; ok && due.found && !unreachable && i < BATCH_LIMIT; i++) {
        struct err why = {.kind = ERR_NONE};
        ok = claim_next(db, arena, &due, err);
        if (ok && due.found) {
            bool sent = send_one(arena, config, smtp, &due, &unreachable, &why);
            clean_detail(&why);
            ok = note_outcome(db, &due, sent, &why, err);
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
    return ok;
}

bool mail_send_due(struct db *db, const struct config *config, struct err *err)
{
    int64_t due = 0, now = 0;
    struct mail_smtp *smtp = NULL;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && db_now(conn, &now, err) &&
              db_query_int(conn, "SELECT count(*) FROM mail WHERE state = 'queued' AND next_attempt <= $1",
                           DB_ARGS(DB_INT(now)), NULL, &due, err);
    db_release(conn);
    if (!ok || due == 0)
        return ok;
    if (config->smtp_url.n && !(smtp = mail_smtp_open(config, err)))
        return false;
    ok = send_batch(db, config, smtp, err);
    mail_smtp_close(smtp);
    return ok;
}

bool mail_upkeep(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn, "DELETE FROM mail WHERE state IN ('sent', 'failed') AND next_attempt < $1",
                   DB_ARGS(DB_INT(now_us - KEEP_US)), err);
}

bool mail_drop_recipients(struct db_conn *conn, struct row_set addresses, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM mail WHERE recipient IN (", addresses, ")", err);
}

bool mail_drop_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    return db_exec(conn, "DELETE FROM mail WHERE contact_id = $1", DB_ARGS(DB_INT(contact_id)), err);
}
