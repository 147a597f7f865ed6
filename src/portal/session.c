#include "base/clock.h"
#include "base/digest.h"
#include "base/random.h"
#include "portal/portal.h"

#define MINUTE_US (60 * US_PER_SECOND)
#define DAY_US (24 * 60 * MINUTE_US)

/*
 * A session that was ended from another device, or by a new password, has the negative moment of its end as last_seen:
 * it is older than every limit.
 */

static int64_t session_idle_us(const struct config *config)
{
    return config->session_idle_minutes * MINUTE_US;
}

static int64_t session_age_us(const struct config *config)
{
    return config->session_days * DAY_US;
}

/* Updates last_seen at most once a minute; more often if the idle limit is short. */
static void note_activity(const struct portal_visit *pv, const struct actor_session *row)
{
    const struct visit *visit = &pv->visit;
    int64_t step = session_idle_us(visit->config) / 4 < MINUTE_US ? session_idle_us(visit->config) / 4 : MINUTE_US;
    bool quiet = pv->route && (pv->route->flags & ROUTE_QUIET);
    if (!quiet && visit->now_us - row->last_seen > step)
        activity_note(visit->session, visit->now_us);
}

bool session_load(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct actor_session row;
    struct actor actor;
    if (!pv->session_token.n)
        return true;
    struct str hash = digest_hex(visit->arena, pv->session_token);
    if (!actor_load_session(visit->db, visit->arena, hash, &row, &actor, err))
        return false;
    if (!row.found)
        return true;
    if (visit->now_us - row.last_seen >= session_idle_us(visit->config) ||
        visit->now_us - row.created >= session_age_us(visit->config)) {
        pv->expired_login = row.login_id;
        pv->expired_hash = hash;
        pv->ended_elsewhere = row.last_seen < 0;
        return true;
    }
    /* The customer or object may be inactive by now, or this kind of login turned off. */
    if (actor.kind == ACTOR_NOBODY || !login_kind_is_on(visit->config, actor.kind))
        return true;
    visit->actor = actor;
    visit->actor.sees_cancelled = visit->config->show_cancelled;
    visit->generations = row.generations;
    pv->session_live = true;
    visit->session = hash;
    note_activity(pv, &row);
    return true;
}

bool session_begin(struct visit *visit, int64_t login_id, struct err *err)
{
    struct portal_visit *pv = portal_of(visit);
    struct str token = random_token(visit->arena, 32);
    struct str hash = digest_hex(visit->arena, token);
    struct str sent = http_cookie_get(
        visit->request,
        SESSION_COOKIE); /* read from the request, so that it is the same when the transaction runs again */
    struct str before = digest_hex(visit->arena, sent);
    if (sent.n && !db_exec(visit->db, "DELETE FROM session WHERE token_hash = $1", DB_ARGS(DB_TEXT(before)), err))
        return false;
    if (!db_exec(visit->db, "INSERT INTO session (token_hash, login_id, created, last_seen) VALUES ($1, $2, $3, $3)",
                 DB_ARGS(DB_TEXT(hash), DB_INT(login_id), DB_INT(visit->now_us)), err))
        return false;
    pv->session_token = token;
    pv->session_live = true;
    visit->session = hash;
    visit->view.csrf_token = csrf_token(pv);
    /* The cookie outlives the session, so that a form sent with an expired session can be matched to its login. */
    http_cookie_set(
        visit->request, visit->response,
        (struct http_cookie){.name = SESSION_COOKIE,
                             .value = token,
                             .max_age = (visit->config->session_days + SESSION_KEEP_DAYS) * INT64_C(86400)});
    return true;
}

bool session_end(struct visit *visit, struct err *err)
{
    struct portal_visit *pv = portal_of(visit);
    if (visit->session.n &&
        !db_exec(visit->db, "DELETE FROM session WHERE token_hash = $1", DB_ARGS(DB_TEXT(visit->session)), err))
        return false;
    visit->session = STR_NONE;
    visit->actor = (struct actor){.kind = ACTOR_NOBODY};
    pv->session_live = false;
    pv->session_token = STR_NONE;
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = SESSION_COOKIE, .max_age = -1});
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = DRAFT_COOKIE, .max_age = -1});
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = RESULT_COOKIE, .max_age = -1});
    http_set(visit->response, "Clear-Site-Data", STR("\"cache\""));
    return true;
}

bool session_end_all(struct db_conn *conn, int64_t login_id, struct str keep, struct err *err)
{
    /* An ended session is remembered like one that ran out, so that what is being written in it is kept. */
    return db_exec(conn,
                   "UPDATE session SET last_seen = $3 WHERE login_id = $1 AND token_hash <> $2 AND last_seen >= 0",
                   DB_ARGS(DB_INT(login_id), DB_TEXT(keep), DB_INT(-clock_now_us())), err);
}

bool sessions_end(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM session WHERE login_id IN (", logins, ")", err);
}

int64_t session_expired_login(const struct visit *visit)
{
    const struct portal_visit *pv = portal_of(visit);
    return pv->token_right ? pv->expired_login : 0;
}

const struct msgid *session_kept_text(const struct visit *visit)
{
    return portal_of(visit)->ended_elsewhere
               ? _("You were logged out from another device, or the password was changed. What you wrote is kept: log "
                   "in again to send it.")
               : _("Your session has ended. What you wrote is kept: log in again to send it.");
}

struct str session_expired_hash(const struct visit *visit)
{
    return session_expired_login(visit) ? portal_of(visit)->expired_hash : STR_NONE;
}

bool session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    int64_t keep = SESSION_KEEP_DAYS * DAY_US;
    return db_exec(conn,
                   "DELETE FROM session WHERE (last_seen >= 0 AND last_seen < $1) OR (last_seen > $3 AND last_seen < 0)"
                   " OR created < $2",
                   DB_ARGS(DB_INT(now_us - session_idle_us(config) - keep),
                           DB_INT(now_us - session_age_us(config) - keep), DB_INT(keep - now_us)),
                   err);
}
