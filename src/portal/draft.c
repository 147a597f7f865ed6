#include "portal/draft.h"

#include "base/clock.h"
#include "portal/quota.h"

#define DRAFT_DAYS 30
#define FORM_FIELDS 2200
#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)
#define AT_ONCE 500

struct http_params draft_fields(struct arena *arena, struct str form)
{
    struct http_params params = {.items = NULL};
    struct err ignored = {.kind = ERR_NONE};
    return http_parse_urlencoded(arena, form, FORM_FIELDS, &params, &ignored) ? params
                                                                              : (struct http_params){.items = NULL};
}

static bool draft_is_secret(struct str name)
{
    static const char *const NAMES[] = {"csrf_token", "password", "code", "secret", "proof", "token"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        if (str_eqz(name, NAMES[i]))
            return true;
    }
    return str_ends(name, STR("_password"));
}

struct http_params draft_without_secrets(struct arena *arena, const struct http_params *form)
{
    struct http_params typed = {.items = ARENA_ARRAY(arena, struct http_param, form->count)};
    for (size_t i = 0; i < form->count; i++) {
        if (!draft_is_secret(form->items[i].name))
            typed.items[typed.count++] = form->items[i];
    }
    return typed;
}

bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft, struct err *err)
{
    struct str text = STR_NONE;
    *draft = (struct draft){.found = false};
    if (!db_find(visit->db, visit->arena, "SELECT form, updated FROM draft WHERE owner = $1 AND about = $2",
                 DB_ARGS(DB_TEXT(owner), DB_TEXT(about)), DB_TARGETS(TO(&text), TO(&draft->updated)), &draft->found,
                 err))
        return false;
    draft->params = draft_fields(visit->arena, text);
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

bool draft_store(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                 struct err *err)
{
    struct buf form;
    buf_init(&form, visit->arena);
    for (size_t i = 0; i < params->count; i++)
        draft_add_pair(&form, params->items[i].name, params->items[i].value);
    return draft_may_grow(visit, owner, about, form.n, err) &&
           db_exec(visit->db,
                   "INSERT INTO draft (owner, about, form, updated) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (owner, about) DO UPDATE SET form = excluded.form, updated = excluded.updated",
                   DB_ARGS(DB_TEXT(owner), DB_TEXT(about), DB_TEXT(buf_text(&form)), DB_INT(visit->now_us)), err);
}

bool draft_drop(struct db_conn *conn, struct str owner, struct str about, struct err *err)
{
    return db_exec(conn, "DELETE FROM draft WHERE owner = $1 AND about = $2", DB_ARGS(DB_TEXT(owner), DB_TEXT(about)),
                   err);
}

bool drafts_drop_owner(struct db_conn *conn, struct str owner, struct err *err)
{
    return db_exec(conn, "DELETE FROM draft WHERE owner = $1 AND about <> ''", DB_ARGS(DB_TEXT(owner)), err);
}

bool drafts_move(struct db_conn *conn, struct str from, struct str to, struct err *err)
{
    return db_exec(conn,
                   "UPDATE draft SET owner = $2 WHERE owner = $1"
                   " AND NOT EXISTS (SELECT 1 FROM draft own WHERE own.owner = $2 AND own.about = draft.about)",
                   DB_ARGS(DB_TEXT(from), DB_TEXT(to)), err);
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
