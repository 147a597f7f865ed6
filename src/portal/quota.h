/* What one login may cause in a time ([limits] of the settings), so that it does not take what all need. */
#pragma once

#include "portal/visit.h"

enum quota {
    QUOTA_CASES,   /* new cases */
    QUOTA_UPLOADS, /* bytes of files that are sent */
    QUOTA_DRAFTS,  /* bytes by which drafts grow */
    QUOTA_EXPORTS, /* files that are made: CSV, XLSX, ZIP, PDF */
};

/*
 * Counts `amount` for the login of this visit, also when its session has run out, or for the staff user. Fails with
 * ERR_THROTTLED, a message for the user and retry_after.
 */
MUST_CHECK bool quota_take(struct visit *visit, enum quota quota, int64_t amount, struct err *err);
/*
 * For ERR_THROTTLED: sets status 429 and Retry-After, and fills *text to show above the form, which keeps what was
 * typed. Returns false for any other failure.
 */
bool quota_answer(struct visit *visit, const struct err *err, struct str *text);
