#include "model/draft.h"

#include "base/clock.h"
#include "model/upload.h"
#include "portal/quota.h"

#include <sodium.h>

#define DRAFT_DAYS 30
#define FORM_FIELDS 2200 /* as many as a request may have */
#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)
#define AT_ONCE 500

/* --- owners ------------------------------------------------------------------------------------------------------- */

static struct str draft_session_owner(struct visit *visit, struct str hash)
{
    return arena_printf(visit->arena, "session:%.*s", STR_FMT(hash));
}

static struct str draft_cookie_mac(const struct visit *visit, int64_t login, struct str hash)
{
    struct str text = arena_printf(visit->arena, "%lld %.*s", (long long)login, STR_FMT(hash));
    return app_mac(visit->app, visit->arena, "draft", text);
}

/* Binds the drafts of a session to this browser, so that the next session of the same login finds them. */
static void draft_remember(struct visit *visit, int64_t login, struct str hash)
{
    struct str value =
        arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(hash), STR_FMT(draft_cookie_mac(visit, login, hash)));
    if (!str_eq(http_cookie_get(visit->request, DRAFT_COOKIE), value))
        http_cookie_set(
            visit->request, visit->response,
            (struct http_cookie){.name = DRAFT_COOKIE, .value = value, .max_age = DRAFT_DAYS * INT64_C(86400)});
}

struct takeover {
    struct str from, to;
};

/* Takes over only drafts of forms that the new session has not begun itself. */
static bool draft_take_over(struct db_conn *conn, void *context, struct err *err)
{
    const struct takeover *takeover = context;
    struct db_value ends[] = {DB_TEXT(takeover->from), DB_TEXT(takeover->to)};
    return db_exec(conn,
                   "UPDATE draft SET owner = $2 WHERE owner = $1"
                   " AND NOT EXISTS (SELECT 1 FROM draft own WHERE own.owner = $2 AND own.about = draft.about)",
                   ends, 2, err) &&
           upload_take_over(conn, takeover->from, takeover->to, err);
}

static bool draft_adopt(struct visit *visit, struct str owner, struct err *err)
{
    struct str rest = http_cookie_get(visit->request, DRAFT_COOKIE), hash;
    if (!str_cut(&rest, '.', &hash) || str_eq(hash, visit->session))
        return true;
    struct str mac = draft_cookie_mac(visit, visit->actor.login_id, hash);
    if (rest.n != mac.n || sodium_memcmp(rest.p, mac.p, mac.n) != 0)
        return true;
    struct takeover takeover = {draft_session_owner(visit, hash), owner};
    draft_remember(visit, visit->actor.login_id, visit->session);
    return db_transaction(visit->db, draft_take_over, &takeover, err);
}

static bool login_is_personal(struct visit *visit, int64_t login, bool *personal, struct err *err)
{
    int64_t ignored = 0;
    return db_query_int(visit->db, "SELECT 1 FROM login WHERE id = $1 AND kind = 'contact'", DB_ARGS(DB_INT(login)),
                        personal, &ignored, err);
}

bool draft_owner(struct visit *visit, struct str *owner, struct err *err)
{
    int64_t login = visit->actor.kind == ACTOR_NOBODY ? session_expired_login(visit) : visit->actor.login_id;
    bool personal = visit->actor.kind == ACTOR_CONTACT && !visit->viewer.staff_id;
    if (visit->actor.kind == ACTOR_NOBODY && !login_is_personal(visit, login, &personal, err))
        return false;
    if (personal) {
        *owner = arena_printf(visit->arena, "login:%lld", (long long)login);
        return true;
    }
    if (visit->actor.kind == ACTOR_NOBODY) {
        *owner = draft_session_owner(visit, session_expired_hash(visit));
        return true;
    }
    *owner = draft_session_owner(visit, visit->session);
    return visit->viewer.staff_id || draft_adopt(visit, *owner, err);
}

static void draft_bind(struct visit *visit)
{
    if (visit->actor.kind == ACTOR_NOBODY)
        draft_remember(visit, session_expired_login(visit), session_expired_hash(visit));
    else if (visit->actor.kind != ACTOR_CONTACT)
        draft_remember(visit, visit->actor.login_id, visit->session);
}

/* --- loading and saving ------------------------------------------------------------------------------------------- */

bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft, struct err *err)
{
    struct str text = STR_NONE;
    *draft = (struct draft){.found = false};
    bool found;
    if (!db_find(visit->db, visit->arena, "SELECT form, updated FROM draft WHERE owner = $1 AND about = $2",
                 DB_ARGS(DB_TEXT(owner), DB_TEXT(about)), DB_TARGETS(TO(&text), TO(&draft->updated)), &found, err))
        return false;
    struct err ignored = {.kind = ERR_NONE};
    draft->found = found && http_parse_urlencoded(visit->arena, text, FORM_FIELDS, &draft->params, &ignored);
    return true;
}

static void draft_add_pair(struct buf *out, struct str name, struct str value)
{
    if (out->n)
        buf_char(out, '&');
    buf_url_part(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

/* Counts the bytes by which a draft grows. */
static bool draft_may_grow(struct visit *visit, struct str owner, struct str about, size_t bytes, struct err *err)
{
    int64_t before = 0;
    bool found;
    if (!db_query_int(visit->db, "SELECT LENGTH(form) FROM draft WHERE owner = $1 AND about = $2",
                      DB_ARGS(DB_TEXT(owner), DB_TEXT(about)), &found, &before, err))
        return false;
    int64_t more = (int64_t)bytes - (found ? before : 0);
    return more <= 0 || quota_take(visit, QUOTA_DRAFTS, more, err);
}

bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                struct err *err)
{
    struct buf form;
    buf_init(&form, visit->arena);
    for (size_t i = 0; i < params->count; i++)
        draft_add_pair(&form, params->items[i].name, params->items[i].value);
    draft_bind(visit);
    return draft_may_grow(visit, owner, about, form.n, err) &&
           db_exec(visit->db,
                   "INSERT INTO draft (owner, about, form, updated) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (owner, about) DO UPDATE SET form = excluded.form, updated = excluded.updated",
                   DB_ARGS(DB_TEXT(owner), DB_TEXT(about), DB_TEXT(buf_text(&form)), DB_INT(visit->now_us)), err);
}

bool draft_send_to_login(struct visit *visit, struct str next)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, "/login?next=");
    buf_url_part(&url, next);
    page_notice_next(visit, session_kept_text(visit));
    return visit_redirect(visit, buf_text(&url));
}

bool draft_keep_form(struct visit *visit, struct str owner, struct str about, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct http_params typed = {.items = ARENA_ARRAY(visit->arena, struct http_param, form->count)};
    for (size_t i = 0; i < form->count; i++) {
        if (!str_eqz(form->items[i].name, "csrf_token") && str_find(form->items[i].name, STR("password")) < 0)
            typed.items[typed.count++] = form->items[i];
    }
    return draft_keep(visit, owner, about, &typed, err);
}

bool draft_keep_for_login(struct visit *visit, struct str about, struct str next, struct err *err)
{
    struct str owner;
    return draft_owner(visit, &owner, err) && draft_keep_form(visit, owner, about, err) &&
           draft_send_to_login(visit, next);
}

bool draft_drop(struct db_conn *conn, struct str owner, struct str about, struct err *err)
{
    return db_exec(conn, "DELETE FROM draft WHERE owner = $1 AND about = $2", DB_ARGS(DB_TEXT(owner), DB_TEXT(about)),
                   err);
}

bool draft_log_out(struct visit *visit, struct err *err)
{
    struct str owner;
    if (visit->actor.kind == ACTOR_NOBODY && !session_expired_login(visit))
        return true;
    return draft_owner(visit, &owner, err) &&
           db_exec(visit->db, "DELETE FROM draft WHERE owner = $1 AND about <> ''", DB_ARGS(DB_TEXT(owner)), err);
}

bool draft_discard(struct db_conn *conn, struct str owner, struct str about, struct err *err)
{
    return draft_drop(conn, owner, about, err) && upload_forget_all(conn, owner, err);
}

bool drafts_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM draft WHERE owner IN (SELECT 'login:' || o.id FROM (", logins, ") o)", err);
}

bool draft_upkeep(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn,
                   "DELETE FROM draft WHERE (owner, about) IN"
                   " (SELECT owner, about FROM draft WHERE updated < $1 ORDER BY updated LIMIT $2)",
                   DB_ARGS(DB_INT(now_us - DRAFT_DAYS * DAY_US), DB_INT(AT_ONCE)), err);
}
