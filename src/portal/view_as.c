/*
 * Lets staff view the portal as a customer. This has a cookie and a table of its own, so that no customer session is
 * ever made. The actor of the login alone decides what is visible, and cycle.c refuses every change.
 */
#include "base/clock.h"
#include "base/digest.h"
#include "base/random.h"
#include "portal/portal.h"

#define VIEW_MINUTES 30
#define MINUTE_US (60 * US_PER_SECOND)

bool view_as_load(struct portal_visit *pv, struct str token, bool *found, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct str hash = digest_hex(visit->arena, token);
    int64_t login_id = 0, idle_us = visit->config->staff_idle_minutes * MINUTE_US;
    int64_t age_us = visit->config->staff_hours * 60 * MINUTE_US;
    if (!db_find(
            visit->db, visit->arena,
            "SELECT v.login_id, u.id, u.email FROM view_as v JOIN staff_session s ON s.token_hash = v.staff_session"
            " JOIN staff u ON u.id = s.staff_id AND u.active = 1"
            " WHERE v.token_hash = $1 AND v.ends > $2 AND s.last_seen > $3 AND s.created > $4",
            DB_ARGS(DB_TEXT(hash), DB_INT(visit->now_us), DB_INT(visit->now_us - idle_us),
                    DB_INT(visit->now_us - age_us)),
            DB_TARGETS(TO(&login_id), TO(&visit->viewer.staff_id), TO(&visit->viewer.email)), found, err) ||
        (login_id && !actor_load(visit->db, visit->arena, login_id, &visit->actor, err)))
        return false;
    *found = login_id && login_kind_is_on(visit->config, visit->actor.kind);
    if (*found) {
        pv->session_token = token;
        pv->session_live = true;
        visit->session = hash;
        return true;
    }
    visit->viewer = (struct viewer){.staff_id = 0};
    visit->actor = (struct actor){.kind = ACTOR_NOBODY};
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = VIEW_AS_COOKIE, .max_age = -1});
    return true;
}

bool view_as_begin(struct visit *visit, int64_t login_id, struct err *err)
{
    struct str token = random_token(visit->arena, 32);
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = VIEW_AS_COOKIE, .value = token});
    return db_exec(visit->db, "DELETE FROM view_as WHERE staff_session = $1", DB_ARGS(DB_TEXT(visit->session)), err) &&
           db_exec(visit->db, "INSERT INTO view_as (token_hash, staff_session, login_id, ends) VALUES ($1, $2, $3, $4)",
                   DB_ARGS(DB_TEXT(digest_hex(visit->arena, token)), DB_TEXT(visit->session), DB_INT(login_id),
                           DB_INT(visit->now_us + VIEW_MINUTES * MINUTE_US)),
                   err);
}

bool view_as_end(struct visit *visit, struct err *err)
{
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = VIEW_AS_COOKIE, .max_age = -1});
    http_set(visit->response, "Clear-Site-Data", STR("\"cache\""));
    return db_exec(visit->db, "DELETE FROM view_as WHERE token_hash = $1", DB_ARGS(DB_TEXT(visit->session)), err);
}

bool view_as_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM view_as WHERE login_id IN (", logins, ")", err);
}

bool view_as_upkeep(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn, "DELETE FROM view_as WHERE ends < $1", DB_ARGS(DB_INT(now_us)), err);
}
