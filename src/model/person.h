/* A contact as a person: their logins, the data that is kept about them, and how to erase it. */
#pragma once

#include "portal/visit.h"

struct person {
    int64_t id;
    struct str number, name;
    bool erased; /* the person was erased before */
    int64_t account_count, case_count, decision_count;
};

/* Finds the contact with this number. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool person_find(struct visit *visit, struct str number, struct person *person, struct err *err);
/* Appends all data that is kept about the person, as JSON. */
MUST_CHECK bool person_write(struct visit *visit, const struct person *person, struct buf *out, struct err *err);
/*
 * Erases the person, in a transaction of its own. Deletes the accounts that no other contact shares, with their
 * sessions, drafts and mail. Erases the names, addresses and phone numbers of the contact, and of the reporter in their
 * cases. The cases stay, and so do the audit and the decisions, which never change.
 */
MUST_CHECK bool person_erase(struct visit *visit, const struct person *person, struct err *err);
