/* Drafts: what was typed in a form that is not sent yet. Writes the table draft. */
#ifndef KP_MODEL_DRAFT_H
#define KP_MODEL_DRAFT_H

#include "portal/visit.h"

/* `about` of the form of a new case. */
#define DRAFT_NEW_CASE STR_NONE

/*
 * What was typed in a form that is not sent yet, kept on the server. A draft of a personal login is the login's. A
 * login of many people keeps its own for each session; when the session runs out, a signed cookie of the browser leads
 * the next session of the same login to them. Logging out ends that cookie. `about` tells the forms of an owner apart.
 */
struct draft {
    bool found;
    struct http_params params; /* as the form sent them */
    int64_t updated;
};
/*
 * Whose drafts and kept files this visit has: the login's, the session's, or for a session that ran out those of its
 * login or of itself. Takes over those of a session that ran out before.
 */
bool draft_owner(struct visit *visit, struct str *owner, struct err *err) __attribute__((warn_unused_result));
bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft, struct err *err)
    __attribute__((warn_unused_result));
bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                struct err *err) __attribute__((warn_unused_result));
bool draft_drop(struct db_conn *conn, struct str owner, struct str about, struct err *err)
    __attribute__((warn_unused_result));
/* Somebody logs out: what he has not sent is gone, but for the draft of a new case of a personal login. */
bool draft_log_out(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* Somebody throws a draft away, and with it the files they have kept for forms. In a transaction. */
bool draft_discard(struct db_conn *conn, struct str owner, struct str about, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes those of logins that go; what they typed in a login of many people stays with its session. */
bool drafts_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes drafts that nobody has touched for 30 days, some at a time. */
bool draft_upkeep(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

#endif
