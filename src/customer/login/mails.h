/*
 * The mails of this folder: plain text in the language of the account. Each is queued in the transaction of its event.
 */
#ifndef KP_CUSTOMER_LOGIN_MAILS_H
#define KP_CUSTOMER_LOGIN_MAILS_H

#include "portal/visit.h"

struct mail_to {
    struct str address;
    enum lang lang;
};

/* Asks the recipient to prove their address. */
bool mail_confirm(struct visit *visit, struct mail_to to, struct str token, struct err *err)
    __attribute__((warn_unused_result));
/* Says that somebody registered an address that already has a login. */
bool mail_registered_before(struct visit *visit, struct mail_to to, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Says the same about an address that is the name of a shared login. Only the people who gave the recipient that login
 * can help with its password.
 */
bool mail_shared_login(struct visit *visit, struct mail_to to, struct err *err) __attribute__((warn_unused_result));
bool mail_reset(struct visit *visit, struct mail_to to, struct str token, struct err *err)
    __attribute__((warn_unused_result));
/* Says that somebody asked for a new password for an address without an account. */
bool mail_no_account(struct visit *visit, struct mail_to to, struct err *err) __attribute__((warn_unused_result));

#endif
