/* Drafts: what was typed into forms that are not sent yet, kept on the server. Writes the table draft. */
#pragma once

#include "portal/visit.h"

/*
 * `about` distinguishes the forms of one owner. Owners are logins and sessions of customers (model/draft.h) and staff
 * users.
 */
struct draft {
    bool found;
    struct http_params params; /* as the form sent them */
    int64_t updated;
};

/* Reads the fields of a stored form. A form that cannot be read has no fields. */
struct http_params draft_fields(struct arena *arena, struct str form);
/* Returns the fields that a draft may have: all but the token of the form, passwords and codes. */
struct http_params draft_without_secrets(struct arena *arena, const struct http_params *form);

MUST_CHECK bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft,
                           struct err *err);
/* Fails with ERR_THROTTLED, without a write, when the owner has written too much (portal/quota.h). */
MUST_CHECK bool draft_store(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                            struct err *err);
MUST_CHECK bool draft_drop(struct db_conn *conn, struct str owner, struct str about, struct err *err);
/* Deletes all drafts of an owner, except the one that is about nothing. */
MUST_CHECK bool drafts_drop_owner(struct db_conn *conn, struct str owner, struct err *err);
/* Gives drafts to another owner. A draft stays where that owner has one about the same thing already. */
MUST_CHECK bool drafts_move(struct db_conn *conn, struct str from, struct str to, struct err *err);
/* Deletes the drafts of personal logins that are deleted. The drafts of a shared login stay with its sessions. */
MUST_CHECK bool drafts_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Deletes drafts that did not change for 30 days, a limited number per call. */
MUST_CHECK bool draft_upkeep(struct db_conn *conn, int64_t now_us, struct err *err);
