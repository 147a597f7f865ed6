/* The page of a case for staff, also with what was refused on it. */
#ifndef KP_STAFF_WORK_CASE_PAGE_H
#define KP_STAFF_WORK_CASE_PAGE_H

#include "portal/visit.h"

#define NOTE_MAX 10000

struct message_refusal;

struct case_page_refusal {
    const char *message; /* msgid, on top; or NULL */
    struct str note;     /* as typed */
    const char *note_fault;
    const struct message_refusal *answer; /* a message to the customer, or NULL */
};

/* The case whose number stands in the address; ERR_NOT_FOUND. */
bool staff_case_page_show(struct visit *visit, const struct case_page_refusal *refusal, struct err *err)
    __attribute__((warn_unused_result));

#endif
