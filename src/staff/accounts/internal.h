/* Declarations that the files of this folder share. */
#pragma once

#include "model/codes.h"
#include "portal/visit.h"
#include "staff/accounts/views.h"

struct account_row {
    int64_t id, login_id, created, last_login; /* last_login is 0 when the login was never used */
    struct str email, name, language, contact;
    bool verified, blocked, has_password;
    int64_t matches; /* the number of active contacts that have the address */
};

enum account_state { ACCOUNT_BLOCKED, ACCOUNT_INVITED, ACCOUNT_UNVERIFIED, ACCOUNT_ACTIVE, ACCOUNT_STATES };
extern const struct code_list account_states; /* ACCOUNT_INVITED: it has no password yet */
/* Returns the contact that the account is linked to, or why it is not linked, as text. */
struct str account_link_text(struct visit *visit, const struct account_row *row);
struct str account_path(struct arena *arena, int64_t id, const char *ending);

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
/* Blocks the account, or lets it in again, as the last part of the path says. */
bool account_block_send(struct visit *visit, struct err *err);
