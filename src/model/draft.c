#include "model/draft.h"

#include "model/upload.h"

#include <sodium.h>

#define DRAFT_COOKIE_DAYS 30

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
            (struct http_cookie){.name = DRAFT_COOKIE, .value = value, .max_age = DRAFT_COOKIE_DAYS * INT64_C(86400)});
}

struct takeover {
    struct str from, to;
};

static bool draft_take_over(struct db_conn *conn, void *context, struct err *err)
{
    const struct takeover *takeover = context;
    return drafts_move(conn, takeover->from, takeover->to, err) &&
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

/* --- saving ------------------------------------------------------------------------------------------------------- */

bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                struct err *err)
{
    draft_bind(visit);
    return draft_store(visit, owner, about, params, err);
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
    struct http_params typed = draft_without_secrets(visit->arena, &visit->request->form);
    return draft_keep(visit, owner, about, &typed, err);
}

bool draft_keep_for_login(struct visit *visit, struct str about, struct str next, struct err *err)
{
    struct str owner;
    return draft_owner(visit, &owner, err) && draft_keep_form(visit, owner, about, err) &&
           draft_send_to_login(visit, next);
}

bool draft_log_out(struct visit *visit, struct err *err)
{
    struct str owner;
    if (visit->actor.kind == ACTOR_NOBODY && !session_expired_login(visit))
        return true;
    return draft_owner(visit, &owner, err) && drafts_drop_owner(visit->db, owner, err);
}

bool draft_discard(struct db_conn *conn, struct str owner, struct str about, struct err *err)
{
    return draft_drop(conn, owner, about, err) && upload_forget_all(conn, owner, err);
}
