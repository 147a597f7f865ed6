/*
 * Logins of customers, and the accounts of contact logins (domain 3). Names are folded (actor_fold_name); tokens are as
 * in links.
 */
#pragma once

#include "db/row_set.h"
#include "i18n/i18n.h"
#include "model/codes.h"

struct login_row {
    int64_t id; /* 0: no login has that name */
    bool is_contact;
    struct str name;
    struct str hash; /* empty: no password yet */
    /* only of contact logins: */
    int64_t account_id;
    struct str email;
    bool verified;
    enum lang lang;
};

MUST_CHECK bool login_find(struct db_conn *conn, struct arena *arena, struct str name, struct login_row *login,
                           struct err *err);

/*
 * Adds an account without a password, whose address is not proven, and gives its login_id. Fails with ERR_CONFLICT when
 * somebody else added it first.
 */
MUST_CHECK bool account_add(struct db_conn *conn, struct str email, struct str name, enum lang lang, int64_t now_us,
                            int64_t *login_id, struct err *err);
MUST_CHECK bool account_set_language(struct db_conn *conn, int64_t account_id, enum lang lang, struct err *err);
MUST_CHECK bool account_set_mails_off(struct db_conn *conn, int64_t account_id, int64_t off, struct err *err);
MUST_CHECK bool account_set_verified(struct db_conn *conn, int64_t account_id, struct err *err);

/* Sets a password. Voids all links mailed before, and ends all sessions. */
MUST_CHECK bool login_set_password(struct db_conn *conn, int64_t login_id, struct str hash, int64_t now_us,
                                   struct err *err);
/* Blocks a login, or lets it log in again. Ends its sessions. */
MUST_CHECK bool login_set_blocked(struct db_conn *conn, int64_t login_id, bool blocked, struct err *err);
/*
 * Notes a successful login. A new_hash that is not empty replaces the hash: the same password at a new cost. False in
 * *still: the password was changed or the login was blocked while the password was checked. Call it before anything is
 * written to sessions.
 */
MUST_CHECK bool login_note_success(struct db_conn *conn, const struct login_row *login, struct str new_hash,
                                   int64_t now_us, bool *still, struct err *err);

/* --- logins of customers and objects (login_shared.c) ------------------------------------------------------------- */

struct shared_login {
    int64_t id; /* 0: no such login */
    struct str name;
    struct str set_by; /* the staff user who set the password; empty: an import */
    int64_t set_us;    /* when the password was set */
};
/* Finds the login of an owner. kind: `customer` or `object`, the kind of the owner. */
MUST_CHECK bool shared_login_find(struct db_conn *conn, struct arena *arena, enum actor_kind kind, int64_t owner_id,
                                  struct shared_login *login, struct err *err);
/*
 * Gives an owner a login. If they have one, changes its name and password, which ends its sessions. Does not read
 * wanted->id. *taken: another login has the name, and nothing was written. Call it in a transaction.
 */
MUST_CHECK bool shared_login_set(struct db_conn *conn, struct arena *arena, enum actor_kind kind, int64_t owner_id,
                                 const struct shared_login *wanted, struct str hash, bool *taken, struct err *err);

/* --- many at once (login_many.c) ---------------------------------------------------------------------------------- */

/* Ends the sessions of logins, and voids the links that were mailed to them. */
MUST_CHECK bool logins_end_sessions(struct db_conn *conn, struct row_set logins, struct err *err);
/* Deletes logins with everything that depends on them. Cases and messages stay, without the login. */
MUST_CHECK bool logins_delete(struct db_conn *conn, struct row_set logins, struct err *err);
/* Deletes the accounts of contact logins, by account ids. Call it before deleting the logins. */
MUST_CHECK bool accounts_delete(struct db_conn *conn, struct row_set accounts, struct err *err);
/* Gives each login a name that nobody can have, so that logins can exchange names. */
MUST_CHECK bool logins_release_names(struct db_conn *conn, struct row_set logins, struct err *err);
/* Sets names. Rows are (id, name). */
MUST_CHECK bool logins_set_names(struct db_conn *conn, struct row_set names, struct err *err);
/* Sets password hashes. Rows are (id, hash); the value of the row set is the time. */
MUST_CHECK bool logins_set_hashes(struct db_conn *conn, struct row_set hashes, struct err *err);
/* Adds logins. Rows are (name, kind, owner_id, password_hash, password_set). */
MUST_CHECK bool logins_add(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Makes logins as they were before. Rows are the columns of the table, with the id as login_id. Deleted logins come
 * back.
 */
MUST_CHECK bool logins_restore(struct db_conn *conn, struct row_set kept, struct err *err);

/* --- contacts and sessions ---------------------------------------------------------------------------------------- */

/* Counts the active contacts that have this address. */
MUST_CHECK bool contacts_with_address(struct db_conn *conn, struct str name, int64_t *count, struct err *err);
MUST_CHECK bool sessions_count(struct db_conn *conn, int64_t login_id, int64_t seen_after_us, int64_t made_after_us,
                               int64_t *count, struct err *err);

/* --- one-time links by mail --------------------------------------------------------------------------------------- */

enum token_purpose { TOKEN_VERIFY, TOKEN_RESET };

struct token {
    struct str text; /* as in the link */
    enum token_purpose purpose;
    int64_t login_id;
    struct str pending_hash; /* hash of the password that counts when the link is used; may be empty */
    int64_t expires_us;
};

MUST_CHECK bool token_add(struct db_conn *conn, struct arena *arena, const struct token *token, struct err *err);
/* Finds a link. token->login_id is 0 when the link is unknown, used or too old. */
MUST_CHECK bool token_find(struct db_conn *conn, struct arena *arena, struct str text, enum token_purpose purpose,
                           int64_t now_us, struct token *token, struct login_row *login, struct err *err);
/*
 * Uses a link. False in *taken when it was used before, or its login was blocked in the meantime. Call it first in the
 * transaction that makes the change the link allows.
 */
MUST_CHECK bool token_take(struct db_conn *conn, struct arena *arena, const struct token *token, bool *taken,
                           struct err *err);
MUST_CHECK bool tokens_forget_expired(struct db_conn *conn, int64_t now_us, struct err *err);

/* --- devices that have logged in before --------------------------------------------------------------------------- */

MUST_CHECK bool device_is_known(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id,
                                bool *known, struct err *err);
/* Notes a device. Keeps the fifty devices that a login used last. */
MUST_CHECK bool device_note(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id,
                            int64_t now_us, struct err *err);
