/*
 * Sessions of staff have a cookie and a table of their own, so that they can never be mistaken for sessions of
 * customers. They are shorter, and half until the second factor is given.
 */
#include "base/clock.h"
#include "base/digest.h"
#include "base/random.h"
#include "portal/portal.h"

#define MINUTE_US (60 * US_PER_SECOND)
#define DAY_US (24 * 60 * MINUTE_US)

static int64_t staff_session_idle_us(const struct config *config)
{
    return config->staff_idle_minutes * MINUTE_US;
}

static int64_t staff_session_age_us(const struct config *config)
{
    return config->staff_hours * 60 * MINUTE_US;
}

bool staff_address(struct str path)
{
    return str_eqz(path, "/staff") || str_starts(path, STR("/staff/"));
}

bool staff_needs_second(const struct config *config, const struct staff_user *user)
{
    return user->has_second || user->role == STAFF_ADMINISTRATOR || config->staff_second_factor;
}

bool staff_session_load(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct staff_user user = {.role = STAFF_NOBODY};
    struct str role = STR_NONE;
    int64_t created = 0, last_seen = 0;
    bool found = false;
    if (!pv->session_token.n)
        return true;
    struct str hash = digest_hex(visit->arena, pv->session_token);
    if (!db_find(visit->db, visit->arena,
                 "SELECT s.created, s.last_seen, u.id, u.email, u.role, u.language,"
                 " CASE WHEN u.totp_secret IS NULL THEN 0 ELSE 1 END, s.second, s.proven"
                 " FROM staff_session s JOIN staff u ON u.id = s.staff_id WHERE s.token_hash = $1 AND u.active = 1",
                 DB_ARGS(DB_TEXT(hash)),
                 DB_TARGETS(TO(&created), TO(&last_seen), TO(&user.id), TO(&user.email), TO(&role), TO(&user.language),
                            TO(&user.has_second), TO(&user.whole), TO(&user.proven_us)),
                 &found, err))
        return false;
    if (!found)
        return true;
    user.role = code_find(&staff_roles, role) == STAFF_ADMINISTRATOR ? STAFF_ADMINISTRATOR : STAFF_HANDLER;
    /* The settings may have begun to ask handlers for a second factor. */
    user.whole = user.whole || !staff_needs_second(visit->config, &user);
    if (visit->now_us - last_seen >= staff_session_idle_us(visit->config) ||
        visit->now_us - created >= staff_session_age_us(visit->config)) {
        pv->expired_staff = user.whole ? user.id : 0;
        pv->ended_elsewhere = last_seen < 0;
        return true;
    }
    visit->staff = user;
    visit->session = hash;
    pv->session_live = true;
    bool quiet = pv->route && (pv->route->flags & ROUTE_QUIET);
    if (!quiet && visit->now_us - last_seen > MINUTE_US)
        activity_note(hash, visit->now_us);
    return true;
}

/* Uses the cookie as the browser sent it, so that a transaction that runs again finds the same session. */
static struct str sent_hash(const struct visit *visit)
{
    return digest_hex(visit->arena, http_cookie_get(visit->request, STAFF_COOKIE));
}

static void keep_token(struct visit *visit, struct str token)
{
    struct portal_visit *pv = portal_of(visit);
    pv->session_token = token;
    pv->session_live = true;
    visit->session = digest_hex(visit->arena, token);
    visit->view.csrf_token = csrf_token(pv);
    http_cookie_set(visit->request, visit->response,
                    (struct http_cookie){.name = STAFF_COOKIE, .value = token}); /* until the browser closes */
}

bool staff_session_begin(struct visit *visit, int64_t staff_id, struct err *err)
{
    struct str token = random_token(visit->arena, 32);
    if (!db_exec(visit->db, "DELETE FROM staff_session WHERE token_hash = $1", DB_ARGS(DB_TEXT(sent_hash(visit))),
                 err) ||
        !db_exec(visit->db,
                 "INSERT INTO staff_session (token_hash, staff_id, created, last_seen, proven, second)"
                 " VALUES ($1, $2, $3, $3, $3, 0)",
                 DB_ARGS(DB_TEXT(digest_hex(visit->arena, token)), DB_INT(staff_id), DB_INT(visit->now_us)), err))
        return false;
    keep_token(visit, token);
    return true;
}

static bool must_stand(const struct visit *visit, struct err *err)
{
    return db_changes(visit->db) == 1 ||
           err_set(err, ERR_UNAUTHENTICATED, NULL, "the session of staff ended meanwhile");
}

bool staff_session_renew(struct visit *visit, bool second, struct err *err)
{
    struct str token = random_token(visit->arena, 32);
    struct str hash = digest_hex(visit->arena, token), before = sent_hash(visit);
    if (!db_exec(
            visit->db,
            "UPDATE staff_session SET token_hash = $2, proven = $3, second = CASE WHEN $4 = 1 THEN 1 ELSE second END"
            " WHERE token_hash = $1 AND last_seen >= 0",
            DB_ARGS(DB_TEXT(before), DB_TEXT(hash), DB_INT(visit->now_us), DB_INT(second)), err) ||
        !must_stand(visit, err) ||
        !db_exec(visit->db, "UPDATE view_as SET staff_session = $2 WHERE staff_session = $1",
                 DB_ARGS(DB_TEXT(before), DB_TEXT(hash)), err))
        return false;
    visit->staff.proven_us = visit->now_us;
    keep_token(visit, token);
    return true;
}

bool staff_session_hold(struct visit *visit, struct err *err)
{
    return db_exec(visit->db, "UPDATE staff_session SET proven = proven WHERE token_hash = $1 AND last_seen >= 0",
                   DB_ARGS(DB_TEXT(visit->session)), err) &&
           must_stand(visit, err);
}

bool staff_session_end(struct visit *visit, struct err *err)
{
    struct portal_visit *pv = portal_of(visit);
    if (visit->session.n &&
        !db_exec(visit->db, "DELETE FROM staff_session WHERE token_hash = $1", DB_ARGS(DB_TEXT(visit->session)), err))
        return false;
    visit->session = STR_NONE;
    visit->staff = (struct staff_user){.role = STAFF_NOBODY};
    pv->session_live = false;
    pv->session_token = STR_NONE;
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = STAFF_COOKIE, .max_age = -1});
    http_set(visit->response, "Clear-Site-Data", STR("\"cache\""));
    return true;
}

bool staff_session_end_all(struct db_conn *conn, int64_t staff_id, struct str keep, struct err *err)
{
    /* An ended session is remembered like one that ran out, so that what is being written in it is kept (session.c). */
    return db_exec(
        conn, "UPDATE staff_session SET last_seen = $3 WHERE staff_id = $1 AND token_hash <> $2 AND last_seen >= 0",
        DB_ARGS(DB_INT(staff_id), DB_TEXT(keep), DB_INT(-clock_now_us())), err);
}

int64_t staff_session_expired(const struct visit *visit)
{
    const struct portal_visit *pv = portal_of(visit);
    return pv->token_right ? pv->expired_staff : 0;
}

bool staff_session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    int64_t keep = SESSION_KEEP_DAYS * DAY_US;
    return db_exec(conn,
                   "DELETE FROM staff_session WHERE (last_seen >= 0 AND last_seen < $1)"
                   " OR (last_seen > $3 AND last_seen < 0) OR created < $2",
                   DB_ARGS(DB_INT(now_us - staff_session_idle_us(config) - keep),
                           DB_INT(now_us - staff_session_age_us(config) - keep), DB_INT(keep - now_us)),
                   err);
}
