/*
 * Logins of customers, and the accounts behind those of contacts (domain 3). Names are folded (actor_fold_name), tokens
 * as they stand in links.
 */
#ifndef KP_MODEL_LOGIN_H
#define KP_MODEL_LOGIN_H

#include "db/row_set.h"
#include "i18n/i18n.h"

struct login_row {
    int64_t id; /* 0: nobody has that name */
    bool is_contact;
    struct str name;
    struct str hash; /* empty: no password yet */
    /* of contact logins */
    int64_t account_id;
    struct str email;
    bool verified;
    enum lang lang;
};

bool login_find(struct db_conn *conn, struct arena *arena, struct str name, struct login_row *login, struct err *err)
    __attribute__((warn_unused_result));

/* An account whose address is not proven and that has no password; its login_id. ERR_CONFLICT: somebody was quicker. */
bool account_add(struct db_conn *conn, struct arena *arena, struct str email, struct str name, enum lang lang,
                 int64_t now_us, int64_t *login_id, struct err *err) __attribute__((warn_unused_result));
bool account_set_language(struct db_conn *conn, int64_t account_id, enum lang lang, struct err *err)
    __attribute__((warn_unused_result));
bool account_set_mails_off(struct db_conn *conn, int64_t account_id, int64_t off, struct err *err)
    __attribute__((warn_unused_result));
bool account_set_verified(struct db_conn *conn, int64_t account_id, struct err *err)
    __attribute__((warn_unused_result));

/* Sets a password. What was mailed before is void with it, and all sessions end. */
bool login_set_password(struct db_conn *conn, int64_t login_id, struct str hash, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
/* A login that is blocked, or may log in again; its sessions end. */
bool login_set_blocked(struct db_conn *conn, int64_t login_id, bool blocked, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Notes a successful login, and a hash of the same password at a new cost when new_hash is not empty. False in *still:
 * the password was changed or the login blocked while the password was checked. Before anything is written to sessions.
 */
bool login_note_success(struct db_conn *conn, const struct login_row *login, struct str new_hash, int64_t now_us,
                        bool *still, struct err *err) __attribute__((warn_unused_result));

/* --- logins of customers and objects (login_shared.c) ------------------------------------------------------------- */

struct shared_login {
    int64_t id; /* 0: there is none */
    struct str name;
    struct str set_by; /* who of the staff; empty: an import */
    int64_t set_us;    /* when the password was set */
};
/* kind: `customer` or `object`, which of these the owner is. */
bool shared_login_find(struct db_conn *conn, struct arena *arena, const char *kind, int64_t owner_id,
                       struct shared_login *login, struct err *err) __attribute__((warn_unused_result));
/*
 * Gives the owner a login, or the one they have another name and password, which ends its sessions. wanted->id is not
 * read. *taken: somebody else has the name, and nothing was written. In a transaction.
 */
bool shared_login_set(struct db_conn *conn, struct arena *arena, const char *kind, int64_t owner_id,
                      const struct shared_login *wanted, struct str hash, bool *taken, struct err *err)
    __attribute__((warn_unused_result));

/* --- many at once (login_many.c) ---------------------------------------------------------------------------------- */

/* Ends their sessions, and voids what was mailed to them. */
bool logins_end_sessions(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes logins with what hangs on them; cases and messages stay, without the login. */
bool logins_delete(struct db_conn *conn, struct row_set logins, struct err *err) __attribute__((warn_unused_result));
/* Deletes the accounts of contact logins, by account ids; before the logins. */
bool accounts_delete(struct db_conn *conn, struct row_set accounts, struct err *err)
    __attribute__((warn_unused_result));
/* Gives each a name that nobody can have, so that names can change places. */
bool logins_release_names(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Rows are (id, name). */
bool logins_set_names(struct db_conn *conn, struct row_set names, struct err *err) __attribute__((warn_unused_result));
/* Rows are (id, hash) of passwords; their value is the time. */
bool logins_set_hashes(struct db_conn *conn, struct row_set hashes, struct err *err)
    __attribute__((warn_unused_result));
/* Rows are (name, kind, owner_id, password_hash, password_set). */
bool logins_add(struct db_conn *conn, struct row_set logins, struct err *err) __attribute__((warn_unused_result));
/* Makes logins what they were: rows are the columns of the table, the id as login_id. Those that are gone come back. */
bool logins_restore(struct db_conn *conn, struct row_set kept, struct err *err) __attribute__((warn_unused_result));

/* --- contacts and sessions ---------------------------------------------------------------------------------------- */

/* Contacts in use that have this address. */
bool contacts_with_address(struct db_conn *conn, struct str name, int64_t *count, struct err *err)
    __attribute__((warn_unused_result));
bool sessions_count(struct db_conn *conn, int64_t login_id, int64_t seen_after_us, int64_t made_after_us,
                    int64_t *count, struct err *err) __attribute__((warn_unused_result));

/* --- one-time links by mail --------------------------------------------------------------------------------------- */

enum token_purpose { TOKEN_VERIFY, TOKEN_RESET };

struct token {
    struct str text; /* as in the link */
    enum token_purpose purpose;
    int64_t login_id;
    struct str pending_hash; /* the password that counts when the link is used; may be empty */
    int64_t expires_us;
};

bool token_add(struct db_conn *conn, struct arena *arena, const struct token *token, struct err *err)
    __attribute__((warn_unused_result));
/* token->login_id is 0 when the link is unknown, used or too old. */
bool token_find(struct db_conn *conn, struct arena *arena, struct str text, enum token_purpose purpose, int64_t now_us,
                struct token *token, struct login_row *login, struct err *err) __attribute__((warn_unused_result));
/*
 * False in *taken when it was used before, or its login blocked meanwhile. First in the transaction of what the link
 * allows.
 */
bool token_take(struct db_conn *conn, struct arena *arena, const struct token *token, bool *taken, struct err *err)
    __attribute__((warn_unused_result));
bool tokens_forget_expired(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

/* --- devices that have logged in before --------------------------------------------------------------------------- */

bool device_is_known(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id, bool *known,
                     struct err *err) __attribute__((warn_unused_result));
/* Keeps the fifty that a login used last. */
bool device_note(struct db_conn *conn, struct arena *arena, struct str token, int64_t login_id, int64_t now_us,
                 struct err *err) __attribute__((warn_unused_result));

#endif
