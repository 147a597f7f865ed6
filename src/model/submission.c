#include "model/submission.h"

#include "base/clock.h"

#define RECEIPT_DAYS 365
#define STAFF_FORM_DAYS 30
#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)
#define AT_ONCE 500

bool submission_add(struct db_conn *conn, const struct submission *submission, struct err *err)
{
    if (submission->same_since &&
        !db_exec(conn, "UPDATE submission SET key = key || '.' || receipt WHERE key = $1 AND created < $2",
                 DB_ARGS(DB_TEXT(submission->key), DB_INT(submission->same_since)), err))
        return false;
    return db_exec(conn,
                   "INSERT INTO submission (key, receipt, case_id, login_id, created) VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_TEXT(submission->key), DB_TEXT(submission->receipt), DB_INT(submission->case_id),
                           DB_INT(submission->login_id), DB_INT(submission->created)),
                   err);
}

bool submission_find_start(struct db_conn *conn, struct arena *arena, struct str start, bool *found, struct err *err)
{
    int64_t ignored = 0;
    /* `/` follows `.`: finds all keys that begin with `start` and a point. */
    return db_query_int(conn, "SELECT 1 FROM submission WHERE key >= $1 AND key < $2 LIMIT 1",
                        DB_ARGS(DB_TEXT(arena_printf(arena, "%.*s.", STR_FMT(start))),
                                DB_TEXT(arena_printf(arena, "%.*s/", STR_FMT(start)))),
                        found, &ignored, err);
}

bool submissions_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM submission WHERE login_id IN (", logins, ")", err);
}

bool submission_upkeep(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn,
                   "DELETE FROM submission WHERE key IN"
                   " (SELECT key FROM submission WHERE created < $1 ORDER BY created LIMIT $2)",
                   DB_ARGS(DB_INT(now_us - RECEIPT_DAYS * DAY_US), DB_INT(AT_ONCE)), err) &&
           db_exec(conn,
                   "DELETE FROM staff_submission WHERE key IN"
                   " (SELECT key FROM staff_submission WHERE created < $1 ORDER BY created LIMIT $2)",
                   DB_ARGS(DB_INT(now_us - STAFF_FORM_DAYS * DAY_US), DB_INT(AT_ONCE)), err);
}

bool staff_submission_add(struct db_conn *conn, struct str key, int64_t case_id, int64_t now_us, struct err *err)
{
    return db_exec(conn, "INSERT INTO staff_submission (key, case_id, created) VALUES ($1, $2, $3)",
                   DB_ARGS(DB_TEXT(key), DB_INT(case_id), DB_INT(now_us)), err);
}

bool staff_submission_find(struct db_conn *conn, struct arena *arena, struct str key, struct str *number,
                           struct err *err)
{
    bool found;
    *number = STR_NONE;
    return db_find(conn, arena,
                   "SELECT c.number FROM staff_submission s JOIN cases c ON c.id = s.case_id WHERE s.key = $1",
                   DB_ARGS(DB_TEXT(key)), DB_TARGETS(TO(number)), &found, err);
}
