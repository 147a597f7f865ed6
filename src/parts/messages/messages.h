/* What customers and staff write to each other about a case. See README.md in this folder. */
#ifndef KP_PARTS_MESSAGES_MESSAGES_H
#define KP_PARTS_MESSAGES_MESSAGES_H

#include "portal/visit.h"

extern const struct feature messages_feature;

/* A message that was refused: what was typed, and what is wrong with it (msgids, or NULL). */
struct message_refusal {
    struct str body, name;
    const char *body_fault, *name_fault;
    struct str wait; /* too many in a short time: what to tell instead of a fault; or empty */
};

/*
 * The thread of a case with its form, for the page of the case; refusal may be NULL. Customers: the caller has found the case by
 * cases_find_visible. `before` of the address: older messages than that one. *count: how many there are.
 */
bool messages_section(struct visit *visit, int64_t case_id, struct str number, const struct message_refusal *refusal,
                      struct html *section, size_t *count, struct err *err) __attribute__((warn_unused_result));
/* When staff wrote the newest message of a case, 0: nobody did, a customer has, or this login has seen it. at[] has one for each of case_ids. */
bool messages_newest_of_staff(struct visit *visit, const int64_t *case_ids, size_t count, int64_t *at, struct err *err)
    __attribute__((warn_unused_result));

#endif
