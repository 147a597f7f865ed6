/* Who is told what happens to a case. */
#ifndef KP_MODEL_NOTICE_RECIPIENTS_H
#define KP_MODEL_NOTICE_RECIPIENTS_H

#include "portal/visit.h"

struct recipient {
    struct str address; /* empty: nobody */
    int64_t contact_id; /* 0: none */
    enum lang lang;
    int64_t off;      /* mails that are not wanted, bits of enum notice_kind */
    bool sees;        /* the case in the portal */
    bool has_account; /* where the choice can be changed */
};

/* The reporter with a personal login first, then the primary contact, when he is somebody else. */
bool recipients_find(struct visit *visit, int64_t case_id, struct recipient found[2], struct err *err)
    __attribute__((warn_unused_result));

#endif
