#include "model/message.h"

#include "access/scope.h"
#include "access/visibility.h"
#include "base/clock.h"
#include "model/case_write.h"
#include "model/contact.h"
#include "model/notice.h"
#include "portal/kept.h"

#include <inttypes.h>

bool messages_find(struct visit *visit, int64_t case_id, int64_t before, size_t limit, struct message_thread *thread,
                   struct err *err)
{
    struct sql sql =
        sql_start(visit->arena,
                  "SELECT m.id, m.at, m.from_staff, m.who, m.body, m.waiting, m.asks_time,"
                  " COALESCE(l.name, ''), COALESCE((SELECT st.full_name FROM staff st WHERE st.id = m.staff_id),"
                  " '') FROM case_message m LEFT JOIN login l ON l.id = m.login_id WHERE m.case_id = ?",
                  DB_INT(case_id));
    if (!visit_is_staff(visit)) {
        sql_put(&sql, " AND ");
        visible_message(&sql, &visit->actor);
    }
    if (before)
        sql_put(&sql, " AND m.id < ?", DB_INT(before));
    sql_put(&sql, " ORDER BY m.id DESC LIMIT ?", DB_INT((int64_t)limit + 1));
    *thread = (struct message_thread){.messages = ARENA_ARRAY(visit->arena, struct message, limit)};
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        thread->more = thread->count == limit;
        if (thread->more)
            break;
        struct message *one = &thread->messages[thread->count++];
        db_read(rows, TO(&one->id), TO(&one->at), TO(&one->from_staff), TO(&one->who), TO(&one->body),
                TO(&one->waiting), TO(&one->asks_time), TO(&one->login), TO(&one->staff_name));
    }
    return db_done(rows, err);
}

bool messages_count(struct db_conn *conn, int64_t case_id, int64_t *count, struct err *err)
{
    return db_query_int(conn, "SELECT COUNT(*) FROM case_message WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), NULL,
                        count, err);
}

/* Adds what comes after SELECT … FROM: alias c is a case whose newest message is by staff and has not been seen. */
static void unread_add(struct sql *sql, const struct visit *visit)
{
    visible_newest(sql, &visit->actor, EVENT_STAFF_WROTE, MESSAGES_DEPTH);
    sql_put(sql,
            " e CROSS JOIN cases c WHERE c.id = e.case_id AND c.staff_message > COALESCE((SELECT s.message_id"
            " FROM message_seen s WHERE s.login_id = ? AND s.case_id = e.case_id), 0)",
            DB_INT(visit->actor.login_id));
}

bool messages_unread(struct visit *visit, size_t limit, struct unread_message **messages, size_t *count,
                     struct err *err)
{
    struct unread_message *all = *messages = ARENA_ARRAY(visit->arena, struct unread_message, limit);
    int64_t unread = 0;
    *count = 0;
    if (!messages_unread_count(visit, &unread, err))
        return false;
    if (!unread)
        return true;
    struct sql sql = sql_start(visit->arena, "SELECT u.number, u.title, m.body, m.at"
                                             " FROM (SELECT c.number, c.title, c.staff_message FROM ");
    unread_add(&sql, visit);
    sql_put(&sql,
            " ORDER BY c.staff_message DESC LIMIT ?) u CROSS JOIN case_message m WHERE m.id = u.staff_message"
            " ORDER BY m.at DESC, m.id DESC",
            DB_INT(limit));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        struct unread_message *one = &all[(*count)++];
        db_read(rows, TO(&one->number), TO(&one->title), TO(&one->body), TO(&one->at));
    }
    return db_done(rows, err);
}

static bool messages_unread_count_now(struct visit *visit, int64_t *count, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT COUNT(*) FROM ");
    unread_add(&sql, visit);
    return db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(count)), NULL, err);
}

bool messages_unread_count(struct visit *visit, int64_t *count, struct err *err)
{
    return kept_count(visit, "unread messages", messages_unread_count_now, count, err);
}

bool messages_move(struct db_conn *conn, int64_t from, int64_t to, struct err *err)
{
    return db_exec(conn, "UPDATE case_message SET case_id = $2 WHERE case_id = $1", DB_ARGS(DB_INT(from), DB_INT(to)),
                   err) &&
           db_exec(conn, "DELETE FROM message_seen WHERE case_id = $1", DB_ARGS(DB_INT(from)), err);
}

/* --- deleted logins and erased contacts --------------------------------------------------------------------------- */

bool messages_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE case_message SET login_id = NULL WHERE login_id IN (", logins, ")", err);
}

bool messages_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE case_message AS t SET login_id = p.login_id FROM (", logins,
                        ") p WHERE t.id = p.message_id", err);
}

bool messages_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    return db_exec(conn,
                   "UPDATE case_message AS m SET who = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
                   "', login_id = NULL WHERE " CONTACT_MESSAGES,
                   DB_ARGS(DB_INT(contact_id)), err);
}

/* --- writing -------------------------------------------------------------------------------------------------- */

/* Returns the same key when the same form is sent twice, and another key when the same text is written again later. */
static struct str message_key(struct visit *visit, const struct new_message *new)
{
    bool staff = visit_is_staff(visit), seen = new->seen != INT64_MAX;
    struct str text = arena_printf(
        visit->arena, "%s %" PRId64 " %" PRId64 " %s %" PRId64 " %zu %.*s %.*s", staff ? "staff" : "login",
        staff ? visit->staff.id : visit->actor.login_id, new->case_id, seen ? "seen" : "day",
        seen ? new->seen : (int64_t)clock_date(visit->now_us), new->who.n, STR_FMT(new->who), STR_FMT(new->body));
    return app_mac(visit->app, visit->arena, "message", text);
}

static bool message_audit(struct visit *visit, const char *action, struct str case_number, struct err *err)
{
    return visit_audit(visit, action, arena_printf(visit->arena, "case %.*s", STR_FMT(case_number)), STR_NONE, err);
}

static bool messages_end_waiting(struct db_conn *conn, int64_t case_id, int64_t seen, struct err *err)
{
    return db_exec(conn, "UPDATE case_message SET waiting = 0 WHERE case_id = $1 AND waiting = 1 AND id <= $2",
                   DB_ARGS(DB_INT(case_id), DB_INT(seen)), err);
}

bool message_insert(struct db_conn *conn, const struct message_row *row, bool *added, struct err *err)
{
    bool ok =
        db_exec(conn,
                "INSERT INTO case_message (case_id, at, staff_id, login_id, from_staff, who, body, waiting, submission,"
                " asks_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (submission) DO NOTHING",
                DB_ARGS(DB_INT(row->case_id), DB_INT(row->at), DB_ID_OR_NULL(row->staff_id),
                        DB_ID_OR_NULL(row->login_id), DB_INT(row->from_staff), DB_TEXT(row->who), DB_TEXT(row->body),
                        DB_INT(row->waiting), DB_TEXT(row->submission), DB_INT(row->asks_time)),
                err);
    *added = ok && db_changes(conn);
    return ok &&
           (!*added ||
            (cases_derive_texts(conn, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", row->case_id), err) &&
             scope_refresh_case_events(conn, row->case_id, err) && generation_bump_waiting(conn, err)));
}

bool message_add(struct visit *visit, const struct new_message *new, struct err *err)
{
    bool staff = visit_is_staff(visit), waits, added = false;
    int64_t ignored = 0;
    const struct message_row row = {.case_id = new->case_id,
                                    .at = visit->now_us,
                                    .staff_id = staff ? visit->staff.id : 0,
                                    .login_id = staff ? 0 : visit->actor.login_id,
                                    .from_staff = staff,
                                    .waiting = !staff,
                                    .asks_time = new->asks_time,
                                    .who = new->who,
                                    .body = new->body,
                                    .submission = message_key(visit, new)};
    if (!db_query_int(visit->db, "SELECT 1 FROM case_message WHERE case_id = $1 AND waiting = 1 LIMIT 1",
                      DB_ARGS(DB_INT(new->case_id)), &waits, &ignored, err) ||
        !message_insert(visit->db, &row, &added, err))
        return false;
    if (!added) /* the form was sent before */
        return true;
    if (!message_audit(visit, "case_message_added", new->case_number, err))
        return false;
    if (staff)
        return messages_end_waiting(visit->db, new->case_id, new->seen, err) &&
               notice_message(visit, new->case_id, new->body, err);
    /* Staff get a mail only about the first waiting message of a case, but always when the time does not suit. */
    return (waits && !new->asks_time) || notice_of_customer(visit, new->case_id, new->asks_time, err);
}

bool messages_mark_read(struct visit *visit, int64_t case_id, struct str case_number, int64_t seen, struct err *err)
{
    return messages_end_waiting(visit->db, case_id, seen, err) &&
           (!db_changes(visit->db) || message_audit(visit, "case_messages_read", case_number, err));
}

struct seeing {
    int64_t login_id, case_id, message_id;
};

static bool messages_see(struct db_conn *conn, void *context, struct err *err)
{
    const struct seeing *seeing = context;
    return db_exec(conn,
                   "INSERT INTO message_seen (login_id, case_id, message_id) SELECT l.id, $2, $3 FROM login l"
                   " WHERE l.id = $1 ON CONFLICT (login_id, case_id) DO UPDATE SET message_id = excluded.message_id"
                   " WHERE message_seen.message_id < excluded.message_id",
                   DB_ARGS(DB_INT(seeing->login_id), DB_INT(seeing->case_id), DB_INT(seeing->message_id)), err) &&
           (!db_changes(conn) || generation_bump_waiting(conn, err));
}

bool messages_mark_seen(struct visit *visit, int64_t case_id, int64_t message_id, struct err *err)
{
    struct seeing seeing = {visit->actor.login_id, case_id, message_id};
    int64_t seen = 0;
    bool found;
    struct err busy = {.kind = ERR_NONE};
    if (!db_query_int(visit->db, "SELECT message_id FROM message_seen WHERE login_id = $1 AND case_id = $2",
                      DB_ARGS(DB_INT(seeing.login_id), DB_INT(case_id)), &found, &seen, err))
        return false;
    if (seen >= message_id || db_transaction(visit->db, messages_see, &seeing, &busy) || busy.kind == ERR_BUSY)
        return true;
    *err = busy;
    return false;
}
