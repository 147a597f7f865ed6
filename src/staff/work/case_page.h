/* The page of a case for staff, also when it shows why an action was refused. */
#pragma once

#include "portal/visit.h"

#define NOTE_MAX 10000

struct message_refusal;

struct case_page_refusal {
    const struct msgid *message; /* shown on top, or NULL */
    struct str note;             /* as typed */
    const struct msgid *note_fault;
    const struct message_refusal *answer; /* a refused message to the customer, or NULL */
};

/* Shows the case whose number is in the path. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool staff_case_page_show(struct visit *visit, const struct case_page_refusal *refusal, struct err *err);
