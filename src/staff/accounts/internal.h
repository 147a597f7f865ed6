/* What the files of this folder share. */
#ifndef KP_STAFF_ACCOUNTS_INTERNAL_H
#define KP_STAFF_ACCOUNTS_INTERNAL_H

#include "model/codes.h"
#include "portal/visit.h"
#include "staff/accounts/views.h"

/* Columns of one account on aliases a (account) and l (login); read by account_read. */
#define ACCOUNT_SELECT                                                                                                 \
    "SELECT a.id, l.id, a.email, l.name, a.language, a.created, l.last_login, a.verified, l.blocked,"                  \
    " CASE WHEN l.password_hash IS NULL THEN 0 ELSE 1 END,"                                                            \
    " (SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1"                  \
    " WHERE m.address = l.name), (SELECT MIN(k.first_name || ' ' || k.last_name) FROM contact_address m"               \
    " JOIN contact k ON k.id = m.contact_id AND k.active = 1 WHERE m.address = l.name)"                                \
    " FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id"

struct account_row {
    int64_t id, login_id, created, last_login; /* last_login 0: never */
    struct str email, name, language, contact;
    bool verified, blocked, has_password;
    int64_t matches; /* active contacts that have the address */
};

struct account_row account_read(struct arena *arena, const struct db_rows *rows);
/* `blocked`, `invited` (no password yet), `unverified`, `active`; and how people call them (msgids). */
enum account_state { ACCOUNT_BLOCKED, ACCOUNT_INVITED, ACCOUNT_UNVERIFIED, ACCOUNT_ACTIVE, ACCOUNT_STATES };
extern const struct code_list account_states;
enum account_state account_state_of(const struct account_row *row);
/* The contact it is linked to, or why it is not. */
struct str account_link_text(struct visit *visit, const struct account_row *row);
struct str account_path(struct arena *arena, int64_t id, const char *behind);

/* Proven accounts that no contact or several have; counted anew every few seconds only, for it stands on every page. */
bool account_count_unlinked(struct visit *visit, int64_t *waiting, struct err *err);
struct list;
extern const struct list accounts_list;
/* The same after a refused invitation. */
bool account_list_refused(struct visit *visit, struct str typed, const char *fault, int status, struct err *err);
/* The account whose id stands in the address; ERR_NOT_FOUND. */
bool account_find(struct visit *visit, struct account_row *row, struct err *err) __attribute__((warn_unused_result));
/* Its page, with what was typed as a contact and why that is none. */
bool account_show(struct visit *visit, const struct account_row *row, struct str typed, struct str fault,
                  struct err *err);
bool account_contact_send(struct visit *visit, struct err *err);
bool account_contact_remove_send(struct visit *visit, struct err *err);
bool account_show_page(struct visit *visit, struct err *err);
bool account_add_send(struct visit *visit, struct err *err);
bool account_invite_send(struct visit *visit, struct err *err);
bool account_block_send(struct visit *visit, struct err *err);
bool account_unblock_send(struct visit *visit, struct err *err);

#endif
