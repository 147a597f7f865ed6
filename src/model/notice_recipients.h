/* The people who get mails about a case. */
#pragma once

#include "portal/visit.h"

struct recipient {
    struct str address; /* empty: nobody */
    int64_t contact_id; /* 0: none */
    enum lang lang;
    int64_t off;      /* unwanted mails, bits of enum notice_kind */
    bool sees;        /* may see the case in the portal */
    bool has_account; /* has an account in which to choose mails */
    bool follows;     /* gets the mail because they follow the case */
};

/*
 * Finds the recipients, each address once: the reporter if they have a personal login, the primary contact, and the
 * personal logins that follow the case.
 */
MUST_CHECK bool recipients_find(struct visit *visit, int64_t case_id, struct recipient **found, size_t *count,
                                struct err *err);
