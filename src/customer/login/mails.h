/* The mails of this folder: plain text in the language of the account, queued in the transaction of what they tell. */
#ifndef KP_CUSTOMER_LOGIN_MAILS_H
#define KP_CUSTOMER_LOGIN_MAILS_H

#include "portal/visit.h"

struct mail_to {
    struct str address;
    enum lang lang;
};

/* The address is to be proven. */
bool mail_confirm(struct visit *visit, struct mail_to to, struct str token, struct err *err)
    __attribute__((warn_unused_result));
/* Somebody registered an address that has a login already. */
bool mail_registered_before(struct visit *visit, struct mail_to to, struct err *err)
    __attribute__((warn_unused_result));
/* The same for a shared login that has an address as its name: only those who gave it can help. */
bool mail_shared_login(struct visit *visit, struct mail_to to, struct err *err) __attribute__((warn_unused_result));
bool mail_reset(struct visit *visit, struct mail_to to, struct str token, struct err *err)
    __attribute__((warn_unused_result));
/* Somebody forgot the password of an address that has no account. */
bool mail_no_account(struct visit *visit, struct mail_to to, struct err *err) __attribute__((warn_unused_result));

#endif
