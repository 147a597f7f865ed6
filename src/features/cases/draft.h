/*
 * What was typed in a form that is not sent yet, kept on the server. A draft of a personal login is the login's. A login of many
 * people keeps one for each session; when the session runs out, a signed cookie of the browser leads the next session of the
 * same login to it. Logging out ends that cookie.
 */
#ifndef KP_FEATURES_CASES_DRAFT_H
#define KP_FEATURES_CASES_DRAFT_H

#include "features/cases/new_form.h"

/*
 * Whose drafts and kept files this visit has: the login's, the session's, or for a session that ran out those of its login or
 * of itself. Takes over those of a session that ran out before.
 */
bool draft_owner(struct visit *visit, struct str *owner, struct err *err) __attribute__((warn_unused_result));

struct draft {
    bool found;
    struct http_params params; /* as the form sent them */
    int64_t updated;
};
bool draft_load(struct visit *visit, struct str owner, struct draft *draft, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Keeps the form of this request with the given files. Not when the same form was sent and made a case already: then the
 * page that saves late would bring it back.
 */
bool draft_save(struct visit *visit, const struct new_form *form, struct err *err) __attribute__((warn_unused_result));

bool draft_post(struct visit *visit, struct err *err);         /* POST /cases/draft */
bool draft_discard_post(struct visit *visit, struct err *err); /* POST /cases/draft/discard */

#endif
