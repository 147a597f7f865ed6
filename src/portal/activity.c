/* Records when sessions were last used. If the queue is full, the session is recorded at its next request. */
#include "portal/portal.h"
#include "portal/write_behind.h"

#include <string.h>

enum { SLOTS = 1024, HASH_BYTES = 64 };

static bool activity_write(struct db_conn *conn, struct str hash, struct str moment, struct err *err)
{
    int64_t seen_us = 0;
    memcpy(&seen_us, moment.p, sizeof seen_us);
    /* A session is in only one of the two tables. One that was ended (session.c) stays so. */
    return db_exec(conn,
                   "UPDATE session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2 AND last_seen >= 0",
                   DB_ARGS(DB_TEXT(hash), DB_INT(seen_us)), err) &&
           db_exec(
               conn,
               "UPDATE staff_session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2 AND last_seen >= 0",
               DB_ARGS(DB_TEXT(hash), DB_INT(seen_us)), err);
}

static struct write_behind activity = WRITE_BEHIND(SLOTS, activity_write);

void activity_note(struct str token_hash, int64_t now_us)
{
    if (token_hash.n == HASH_BYTES)
        write_behind_put(&activity, token_hash, (struct str){(const char *)&now_us, sizeof now_us});
}
