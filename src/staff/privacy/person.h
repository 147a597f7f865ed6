/* A contact as a person: the logins that are his alone, what is kept of him, and how he is taken out. */
#ifndef KP_STAFF_PRIVACY_PERSON_H
#define KP_STAFF_PRIVACY_PERSON_H

#include "portal/visit.h"

struct person {
    int64_t id;
    struct str number, name;
    bool erased; /* he was taken out before */
    int64_t account_count, case_count, decision_count;
};

/* The contact of a number, as it stands in the address; ERR_NOT_FOUND. */
bool person_find(struct visit *visit, struct str number, struct person *person, struct err *err)
    __attribute__((warn_unused_result));
/* Appends all that is kept of him, as JSON. */
bool person_write(struct visit *visit, const struct person *person, struct buf *out, struct err *err)
    __attribute__((warn_unused_result));
/*
 * In a transaction: accounts that no other contact shares go with their sessions, drafts and mail; names, addresses and
 * numbers of the contact and of the reporter in his cases go; the cases stay, and so do audit and decisions, which are
 * never changed.
 */
bool person_erase(struct visit *visit, const struct person *person, struct err *err)
    __attribute__((warn_unused_result));

#endif
