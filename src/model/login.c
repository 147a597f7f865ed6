#include "model/login.h"

#include "base/clock.h"
#include "base/digest.h"
#include "portal/visit.h"

#define DEVICE_KEEP_US (400 * 24 * 3600 * US_PER_SECOND)

#define LOGIN_COLUMNS                                                                                                  \
    "l.id, CASE WHEN l.kind = 'contact' THEN 1 ELSE 0 END, l.name, l.password_hash, a.id, a.email, a.verified,"        \
    " CASE WHEN a.language = 'en' THEN 1 ELSE 0 END"
_Static_assert(LANG_SV == 0 && LANG_EN == 1, "the languages as LOGIN_COLUMNS numbers them");
#define TO_LOGIN(login)                                                                                                \
    TO(&(login)->id), TO(&(login)->is_contact), TO(&(login)->name), TO(&(login)->hash), TO(&(login)->account_id),      \
        TO(&(login)->email), TO(&(login)->verified), TO(&(login)->lang)

bool login_find(struct db_conn *conn, struct arena *arena, struct str name, struct login_row *login, struct err *err)
{
    bool found;
    *login = (struct login_row){0};
    return db_find(conn, arena,
                   "SELECT " LOGIN_COLUMNS
                   " FROM login l LEFT JOIN account a ON l.kind = 'contact' AND a.id = l.owner_id WHERE l.name = $1",
                   DB_ARGS(DB_TEXT(name)), DB_TARGETS(TO_LOGIN(login)), &found, err);
}

bool account_add(struct db_conn *conn, struct str email, struct str name, enum lang lang, int64_t now_us,
                 int64_t *login_id, struct err *err)
{
    int64_t account_id;
    return db_query_int(conn, "INSERT INTO account (email, language, created) VALUES ($1, $2, $3) RETURNING id",
                        DB_ARGS(DB_TEXT(email), DB_TEXT(str_of(lang_code(lang))), DB_INT(now_us)), NULL, &account_id,
                        err) &&
           db_query_int(conn, "INSERT INTO login (name, kind, owner_id) VALUES ($1, 'contact', $2) RETURNING id",
                        DB_ARGS(DB_TEXT(name), DB_INT(account_id)), NULL, login_id, err);
}

bool account_set_language(struct db_conn *conn, int64_t account_id, enum lang lang, struct err *err)
{
    return db_exec(conn, "UPDATE account SET language = $2 WHERE id = $1",
                   DB_ARGS(DB_INT(account_id), DB_TEXT(str_of(lang_code(lang)))), err);
}

bool account_set_mails_off(struct db_conn *conn, int64_t account_id, int64_t off, struct err *err)
{
    return db_exec(conn, "UPDATE account SET mails_off = $2 WHERE id = $1", DB_ARGS(DB_INT(account_id), DB_INT(off)),
                   err);
}

bool account_set_verified(struct db_conn *conn, int64_t account_id, struct err *err)
{
    return db_exec(conn, "UPDATE account SET verified = 1 WHERE id = $1", DB_ARGS(DB_INT(account_id)), err);
}

bool login_set_password(struct db_conn *conn, int64_t login_id, struct str hash, int64_t now_us, struct err *err)
{
    return db_exec(conn, "UPDATE login SET password_hash = $2, password_set = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(login_id), DB_TEXT(hash), DB_INT(now_us)), err) &&
           db_exec(conn, "DELETE FROM mail_token WHERE login_id = $1", DB_ARGS(DB_INT(login_id)), err) &&
           session_end_all(conn, login_id, STR_NONE, err);
}

bool login_set_blocked(struct db_conn *conn, int64_t login_id, bool blocked, struct err *err)
{
    return db_exec(conn, "UPDATE login SET blocked = $2 WHERE id = $1", DB_ARGS(DB_INT(login_id), DB_INT(blocked)),
                   err) &&
           session_end_all(conn, login_id, STR_NONE, err);
}

bool login_note_success(struct db_conn *conn, const struct login_row *login, struct str new_hash, int64_t now_us,
                        bool *still, struct err *err)
{
    *still = false;
    if (!db_exec(conn,
                 "UPDATE login SET last_login = $3, password_hash = $4 WHERE id = $1 AND password_hash = $2"
                 " AND blocked = 0",
                 DB_ARGS(DB_INT(login->id), DB_TEXT(login->hash), DB_INT(now_us),
                         DB_TEXT(new_hash.n ? new_hash : login->hash)),
                 err))
        return false;
    *still = db_changes(conn) == 1;
    return true;
}

bool contacts_with_address(struct db_conn *conn, struct str name, int64_t *count, struct err *err)
{
    return db_query_int(conn,
                        "SELECT count(*) FROM contact_address m JOIN contact c ON c.id = m.contact_id AND c.active = 1"
                        " WHERE m.address = $1",
                        DB_ARGS(DB_TEXT(name)), NULL, count, err);
}

bool sessions_count(struct db_conn *conn, int64_t login_id, int64_t seen_after_us, int64_t made_after_us,
                    int64_t *count, struct err *err)
{
    return db_query_int(conn, "SELECT count(*) FROM session WHERE login_id = $1 AND last_seen > $2 AND created > $3",
                        DB_ARGS(DB_INT(login_id), DB_INT(seen_after_us), DB_INT(made_after_us)), NULL, count, err);
}

/* --- one-time links by mail --------------------------------------------------------------------------------------- */

static struct str purpose_name(enum token_purpose purpose)
{
    return purpose == TOKEN_VERIFY ? STR("verify") : STR("reset");
}

bool token_add(struct db_conn *conn, struct arena *arena, const struct token *token, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO mail_token (token_hash, purpose, login_id, pending_hash, expires)"
                   " VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_TEXT(digest_hex(arena, token->text)), DB_TEXT(purpose_name(token->purpose)),
                           DB_INT(token->login_id), DB_TEXT_OR_NULL(token->pending_hash), DB_INT(token->expires_us)),
                   err);
}

bool token_find(struct db_conn *conn, struct arena *arena, struct str text, enum token_purpose purpose, int64_t now_us,
                struct token *token, struct login_row *login, struct err *err)
{
    *token = (struct token){.text = text, .purpose = purpose};
    *login = (struct login_row){0};
    bool found;
    if (!db_find(conn, arena,
                 "SELECT " LOGIN_COLUMNS
                 ", t.pending_hash, t.expires FROM mail_token t JOIN login l ON l.id = t.login_id"
                 " AND l.kind = 'contact' AND l.blocked = 0 JOIN account a ON a.id = l.owner_id"
                 " WHERE t.token_hash = $1 AND t.purpose = $2 AND t.expires > $3",
                 DB_ARGS(DB_TEXT(digest_hex(arena, text)), DB_TEXT(purpose_name(purpose)), DB_INT(now_us)),
                 DB_TARGETS(TO_LOGIN(login), TO(&token->pending_hash), TO(&token->expires_us)), &found, err))
        return false;
    token->login_id = login->id;
    return true;
}

bool token_take(struct db_conn *conn, struct arena *arena, const struct token *token, bool *taken, struct err *err)
{
    *taken = false;
    if (!db_exec(conn, "UPDATE login SET blocked = 0 WHERE id = $1 AND blocked = 0", DB_ARGS(DB_INT(token->login_id)),
                 err))
        return false;
    if (db_changes(conn) != 1)
        return true;
    if (!db_exec(conn, "DELETE FROM mail_token WHERE token_hash = $1", DB_ARGS(DB_TEXT(digest_hex(arena, token->text))),
                 err))
        return false;
    *taken = db_changes(conn) == 1;
    return true;
}

bool tokens_forget_expired(struct db_conn *conn, int64_t now_us, struct err *err)
{
    return db_exec(conn, "DELETE FROM mail_token WHERE expires <= $1", DB_ARGS(DB_INT(now_us)), err);
}

/* --- devices that have logged in before --------------------------------------------------------------------------- */

bool device_is_known(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id, bool *known,
                     struct err *err)
{
    int64_t count = 0;
    if (!db_query_int(conn, "SELECT count(*) FROM known_device WHERE token_hash = $1 AND login_id = $2",
                      DB_ARGS(DB_TEXT(digest_hex(arena, token)), DB_INT(login_id)), NULL, &count, err))
        return false;
    *known = count > 0;
    return true;
}

bool device_note(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id, int64_t now_us,
                 struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO known_device (token_hash, login_id, seen) VALUES ($1, $2, $3)"
                   " ON CONFLICT (token_hash, login_id) DO UPDATE SET seen = excluded.seen",
                   DB_ARGS(DB_TEXT(digest_hex(arena, token)), DB_INT(login_id), DB_INT(now_us)), err) &&
           db_exec(
               conn,
               "DELETE FROM known_device WHERE login_id = $1 AND (seen < $2 OR seen < (SELECT seen FROM known_device"
               " WHERE login_id = $1 ORDER BY seen DESC LIMIT 1 OFFSET 49))",
               DB_ARGS(DB_INT(login_id), DB_INT(now_us - DEVICE_KEEP_US)), err);
}
