/* Declarations that the files of this folder share. */
#pragma once

#include "model/codes.h"
#include "portal/visit.h"
#include "staff/accounts/views.h"

/* The columns of an account, with the aliases a (account) and l (login). account_read reads them. */
#define ACCOUNT_SELECT                                                                                                 \
    "SELECT a.id, l.id, a.email, l.name, a.language, a.created, l.last_login, a.verified, l.blocked,"                  \
    " CASE WHEN l.password_hash IS NULL THEN 0 ELSE 1 END,"                                                            \
    " (SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1"                  \
    " WHERE m.address = l.name), (SELECT MIN(k.first_name || ' ' || k.last_name) FROM contact_address m"               \
    " JOIN contact k ON k.id = m.contact_id AND k.active = 1 WHERE m.address = l.name)"                                \
    " FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id"

struct account_row {
    int64_t id, login_id, created, last_login; /* last_login is 0 when the login was never used */
    struct str email, name, language, contact;
    bool verified, blocked, has_password;
    int64_t matches; /* the number of active contacts that have the address */
};

struct account_row account_read(struct arena *arena, const struct db_rows *rows);
/*
 * The state of an account; ACCOUNT_INVITED means that it has no password yet. account_states has the code names
 * (`blocked`, `invited`, `unverified`, `active`) and their labels (msgids).
 */
enum account_state { ACCOUNT_BLOCKED, ACCOUNT_INVITED, ACCOUNT_UNVERIFIED, ACCOUNT_ACTIVE, ACCOUNT_STATES };
extern const struct code_list account_states;
enum account_state account_state_of(const struct account_row *row);
/* Returns the contact that the account is linked to, or why it is not linked, as text. */
struct str account_link_text(struct visit *visit, const struct account_row *row);
struct str account_path(struct arena *arena, int64_t id, const char *behind);

/*
 * Counts the accounts that are verified and not blocked, but have no active contact or several. The count is kept for a
 * few seconds, because every page shows it.
 */
bool account_count_unlinked(struct visit *visit, int64_t *waiting, struct err *err);
struct list;
extern const struct list accounts_list;
/* Shows the list after a refused invitation, with the typed address, the fault (msgid) and this status. */
bool account_list_refused(struct visit *visit, struct str typed, const struct msgid *fault, int status,
                          struct err *err);
/* Reads the account whose id is in the path. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool account_find(struct visit *visit, struct account_row *row, struct err *err);
/* Shows the page of the account. `typed` is the contact that was typed, `fault` says why it was refused. */
bool account_show(struct visit *visit, const struct account_row *row, struct str typed, struct str fault,
                  struct err *err);
bool account_contact_send(struct visit *visit, struct err *err);
bool account_contact_remove_send(struct visit *visit, struct err *err);
bool account_show_page(struct visit *visit, struct err *err);
bool account_add_send(struct visit *visit, struct err *err);
bool account_invite_send(struct visit *visit, struct err *err);
bool account_block_send(struct visit *visit, struct err *err);
bool account_unblock_send(struct visit *visit, struct err *err);
