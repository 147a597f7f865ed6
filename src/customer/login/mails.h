/*
 * The mails of this folder: plain text in the language of the account. Each is queued in the transaction of its event.
 */
#pragma once

#include "portal/visit.h"

struct mail_to {
    struct str address;
    enum lang lang;
};

/* Asks the recipient to prove their address. */
MUST_CHECK bool mail_confirm(struct visit *visit, struct mail_to to, struct str token, struct err *err);
/* Says that somebody registered an address that already has a login. */
MUST_CHECK bool mail_registered_before(struct visit *visit, struct mail_to to, struct err *err);
/*
 * Says the same about an address that is the name of a shared login. Only the people who gave the recipient that login
 * can help with its password.
 */
MUST_CHECK bool mail_shared_login(struct visit *visit, struct mail_to to, struct err *err);
MUST_CHECK bool mail_reset(struct visit *visit, struct mail_to to, struct str token, struct err *err);
/* Says that somebody asked for a new password for an address without an account. */
MUST_CHECK bool mail_no_account(struct visit *visit, struct mail_to to, struct err *err);
