/* Drafts of customers: who owns them, and how they outlive a session (portal/draft.h keeps them). */
#pragma once

#include "portal/draft.h"

/* The value of `about` for the form of a new case. */
#define DRAFT_NEW_CASE STR_NONE

/*
 * The draft of a personal login belongs to the login. A shared login keeps separate drafts for each session; when the
 * session runs out, a signed cookie of the browser leads the next session of the same login to them. Logging out
 * deletes that cookie.
 */

/*
 * Finds the owner of the drafts and kept files of this visit: the login, or the session of a shared login. When the
 * session has run out, the owner is its personal login, or else that session itself. Takes over the drafts and files of
 * an earlier session that ran out. Staff who view the portal as a login have no part in its drafts: the owner is then
 * their own visit.
 */
MUST_CHECK bool draft_owner(struct visit *visit, struct str *owner, struct err *err);
/* Fails with ERR_THROTTLED, without a write, when the login has written too much (portal/quota.h). */
MUST_CHECK bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                           struct err *err);
/* Leads people whose form was kept to the page where they log in, which says so, and from there to `next`. */
bool draft_send_to_login(struct visit *visit, struct str next);
/* Keeps the form of the request, but for passwords. */
MUST_CHECK bool draft_keep_form(struct visit *visit, struct str owner, struct str about, struct err *err);
/* Keeps the form of a request whose session has ended, and leads to the page where they log in. */
MUST_CHECK bool draft_keep_for_login(struct visit *visit, struct str about, struct str next, struct err *err);
/* Deletes the drafts of a user who logs out, except the draft of a new case of a personal login. */
MUST_CHECK bool draft_log_out(struct visit *visit, struct err *err);
/*
 * Deletes a draft that a user throws away, and with it all files that were kept for their forms. Call it in a
 * transaction.
 */
MUST_CHECK bool draft_discard(struct db_conn *conn, struct str owner, struct str about, struct err *err);
