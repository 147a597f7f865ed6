/*
 * The mails of this folder: plain text in the language of the account. Each is queued in the transaction of its event.
 */
#pragma once

#include "portal/visit.h"

enum login_mail {
    MAIL_CONFIRM,           /* asks the recipient to prove their address with a link */
    MAIL_RESET,             /* has a link to choose a new password */
    MAIL_REGISTERED_BEFORE, /* somebody registered an address that already has a login */
    /*
     * The same about an address that is the name of a shared login. Only the people who gave the recipient that login
     * can help with its password.
     */
    MAIL_SHARED_LOGIN,
    MAIL_NO_ACCOUNT, /* somebody asked for a new password for an address without an account */
};

/* token: of the link of MAIL_CONFIRM and MAIL_RESET; the other mails have none. */
MUST_CHECK bool login_mail(struct visit *visit, enum login_mail which, struct str address, enum lang lang,
                           struct str token, struct err *err);
