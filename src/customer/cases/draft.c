#include "customer/cases/draft.h"

#include "customer/cases/cases.h"
#include "customer/cases/submission.h"
#include "customer/cases/upload.h"

#include <sodium.h>

#define DRAFT_DAYS 30
#define FORM_FIELDS 400

/* --- whose ------------------------------------------------------------------------------------------------------------------- */

static struct str session_owner(struct visit *visit, struct str hash)
{
    return arena_printf(visit->arena, "session:%.*s", STR_FMT(hash));
}

static struct str cookie_mac(const struct visit *visit, int64_t login, struct str hash)
{
    struct str text = arena_printf(visit->arena, "%lld %.*s", (long long)login, STR_FMT(hash));
    return app_mac(visit->app, visit->arena, "draft", text);
}

/* Binds the drafts of a session to this browser, so that the next session of the same login finds them. */
static void remember(struct visit *visit, int64_t login, struct str hash)
{
    struct str value = arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(hash), STR_FMT(cookie_mac(visit, login, hash)));
    if (!str_eq(http_cookie_get(visit->request, DRAFT_COOKIE), value))
        http_cookie_set(
            visit->request, visit->response,
            (struct http_cookie){.name = DRAFT_COOKIE, .value = value, .max_age = DRAFT_DAYS * INT64_C(86400)});
}

struct takeover {
    struct str from, to;
};

/* Only what the new session has not begun on its own. */
static bool take_over(struct db_conn *conn, void *context, struct err *err)
{
    const struct takeover *takeover = context;
    struct db_value ends[] = {DB_TEXT(takeover->from), DB_TEXT(takeover->to)};
    return db_exec(conn,
                   "UPDATE draft SET owner = $2 WHERE owner = $1"
                   " AND NOT EXISTS (SELECT 1 FROM draft own WHERE own.owner = $2 AND own.about = draft.about)",
                   ends, 2, err) &&
           db_exec(conn, "UPDATE upload SET owner = $2 WHERE owner = $1", ends, 2, err);
}

/* Staff who look as the login may have used it in this browser themselves: what they began there stays where it is. */
static bool adopt(struct visit *visit, struct str owner, struct err *err)
{
    struct str rest = http_cookie_get(visit->request, DRAFT_COOKIE), hash;
    if (visit->viewer.staff_id || !str_cut(&rest, '.', &hash) || str_eq(hash, visit->session))
        return true;
    struct str mac = cookie_mac(visit, visit->actor.login_id, hash);
    if (rest.n != mac.n || sodium_memcmp(rest.p, mac.p, mac.n) != 0)
        return true;
    struct takeover takeover = {session_owner(visit, hash), owner};
    remember(visit, visit->actor.login_id, visit->session);
    return db_transaction(visit->db, take_over, &takeover, err);
}

static bool is_personal(struct visit *visit, int64_t login, bool *personal, struct err *err)
{
    int64_t ignored = 0;
    return db_query_int(visit->db, "SELECT 1 FROM login WHERE id = $1 AND kind = 'contact'", DB_ARGS(DB_INT(login)),
                        personal, &ignored, err);
}

bool draft_owner(struct visit *visit, struct str *owner, struct err *err)
{
    int64_t login = visit->actor.kind == ACTOR_NOBODY ? session_expired_login(visit) : visit->actor.login_id;
    bool personal = visit->actor.kind == ACTOR_CONTACT;
    if (visit->actor.kind == ACTOR_NOBODY && !is_personal(visit, login, &personal, err))
        return false;
    if (personal) {
        *owner = arena_printf(visit->arena, "login:%lld", (long long)login);
        return true;
    }
    if (visit->actor.kind == ACTOR_NOBODY) {
        *owner = session_owner(visit, session_expired_hash(visit));
        return true;
    }
    *owner = session_owner(visit, visit->session);
    return adopt(visit, *owner, err);
}

static void bind_to_browser(struct visit *visit)
{
    if (visit->actor.kind == ACTOR_NOBODY)
        remember(visit, session_expired_login(visit), session_expired_hash(visit));
    else if (visit->actor.kind != ACTOR_CONTACT)
        remember(visit, visit->actor.login_id, visit->session);
}

/* --- loading and saving ------------------------------------------------------------------------------------------------------ */

bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft, struct err *err)
{
    struct str text = STR_NONE;
    *draft = (struct draft){.found = false};
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT form, updated FROM draft WHERE owner = $1 AND about = $2",
                 DB_ARGS(DB_TEXT(owner), DB_TEXT(about)), err);
    bool found = rows && db_next(rows);
    if (found) {
        text = db_text_copy(rows, 0, visit->arena);
        draft->updated = db_int(rows, 1);
    }
    if (!db_done(rows, err))
        return false;
    struct err ignored = {.kind = ERR_NONE};
    draft->found = found && http_parse_urlencoded(visit->arena, text, FORM_FIELDS, &draft->params, &ignored);
    return true;
}

static void add_pair(struct buf *out, struct str name, struct str value)
{
    if (out->n)
        buf_char(out, '&');
    buf_url_part(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                struct err *err)
{
    struct buf form;
    buf_init(&form, visit->arena);
    for (size_t i = 0; i < params->count; i++)
        add_pair(&form, params->items[i].name, params->items[i].value);
    bind_to_browser(visit);
    return db_exec(visit->db,
                   "INSERT INTO draft (owner, about, form, updated) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (owner, about) DO UPDATE SET form = excluded.form, updated = excluded.updated",
                   DB_ARGS(DB_TEXT(owner), DB_TEXT(about), DB_TEXT(buf_text(&form)), DB_INT(visit->now_us)), err);
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

/* Files stand by their keys; tokens and buttons are no part of what was typed. */
static struct http_params typed_of(struct visit *visit, const struct new_form *form)
{
    static const char *const LEFT_OUT[] = {"csrf_token", "search", "upload", "upload_remove"};
    const struct http_params *params = &visit->request->form;
    struct http_params typed = {.items =
                                    ARENA_ARRAY(visit->arena, struct http_param, params->count + form->file_count)};
    for (size_t i = 0; i < params->count; i++) {
        bool kept = true;
        for (size_t j = 0; j < sizeof LEFT_OUT / sizeof *LEFT_OUT; j++)
            kept = kept && !str_eqz(params->items[i].name, LEFT_OUT[j]);
        if (kept)
            typed.items[typed.count++] = params->items[i];
    }
    for (size_t i = 0; i < form->file_count; i++)
        typed.items[typed.count++] = (struct http_param){STR("upload"), form->files[i].key};
    return typed;
}

bool draft_save(struct visit *visit, const struct new_form *form, struct err *err)
{
    bool sent = false;
    if (!submission_was_sent(visit, form->submission, &sent, err))
        return false;
    if (sent)
        return true;
    struct http_params typed = typed_of(visit, form);
    return draft_keep(visit, form->owner, DRAFT_NEW_CASE, &typed, err);
}

/* --- handlers ---------------------------------------------------------------------------------------------------------------- */

/* Sent by the page while somebody types: no field is looked at, so that nothing half-typed is in the way. */
bool draft_post(struct visit *visit, struct err *err)
{
    struct new_form form = {0};
    if (!draft_owner(visit, &form.owner, err))
        return false;
    new_form_read(visit, &form, &visit->request->form);
    if (!upload_find(visit, &form, err) || !draft_save(visit, &form, err))
        return false;
    visit->response->status = 204;
    return true;
}

static bool discard(struct db_conn *conn, void *context, struct err *err)
{
    const struct str *owner = context;
    return draft_drop(conn, *owner, DRAFT_NEW_CASE, err) &&
           db_exec(conn, "DELETE FROM upload WHERE owner = $1", DB_ARGS(DB_TEXT(*owner)), err);
}

bool draft_discard_post(struct visit *visit, struct err *err)
{
    struct str owner;
    if (!draft_owner(visit, &owner, err) || !db_transaction(visit->db, discard, &owner, err))
        return false;
    page_notice_next(visit, _("The draft has been thrown away."));
    return visit_redirect(visit, STR("/cases/new"));
}
