/*
 * What customers and staff write to each other about a case, as a part of both pages of a case. See README.md in this
 * folder.
 */
#ifndef KP_PARTS_MESSAGES_MESSAGES_H
#define KP_PARTS_MESSAGES_MESSAGES_H

#include "model/message.h"

/* A message that was refused: what was typed, and what is wrong with it (msgids, or NULL). */
struct message_refusal {
    struct str body, name;
    const char *body_fault, *name_fault;
    struct str wait; /* too many in a short time: what to say instead of a fault; or empty */
};

/*
 * The thread of a case with its form, for the page of the case; refusal may be NULL. Customers: the caller has found
 * the case by cases_find_visible. `before` of the address: older messages than that one. *count: how many there are.
 */
bool messages_section(struct visit *visit, int64_t case_id, struct str number, const struct message_refusal *refusal,
                      struct html *section, size_t *count, struct err *err) __attribute__((warn_unused_result));
/*
 * Takes the message that was sent. *sent: it is stored, and the visit is led back to the page of the case. Else the
 * caller shows that page with the refusal; the status is set.
 */
bool message_take(struct visit *visit, int64_t case_id, struct str number, struct message_refusal *refusal, bool *sent,
                  struct err *err) __attribute__((warn_unused_result));
/* The session ran out while a customer wrote: keeps what the form holds as a draft of the login. */
bool message_keep(struct visit *visit, int64_t case_id, struct err *err) __attribute__((warn_unused_result));
/* Leads back to the thread on the page of a case. */
bool messages_go_back(struct visit *visit, struct str number, const char *notice);
/* The address of that place. */
struct str messages_path(struct visit *visit, struct str number);

#endif
