/*
 * The messages that customers and staff write to each other about a case, shown as a part of both pages of a case. See
 * README.md in this folder.
 */
#pragma once

#include "model/message.h"

/* A refused message: the typed texts and their faults (msgids, or NULL). */
struct message_refusal {
    struct str body, name;
    bool asks_time; /* "the booked time does not suit me" */
    const struct msgid *body_fault, *name_fault;
    struct str wait; /* after too many messages in a short time: shown instead of a fault; or empty */
};

/*
 * Writes the thread of a case, with its form, for the page of the case. `refusal` may be NULL. For customers the caller
 * must have found the case by cases_find_visible. The query parameter `before` asks for messages older than that one.
 * *count: the number of messages of the case.
 */
MUST_CHECK bool messages_section(struct visit *visit, int64_t case_id, struct str number,
                                 const struct message_refusal *refusal, struct html *section, size_t *count,
                                 struct err *err);
/*
 * Handles a sent message. *sent: it is stored, and the visit is redirected to the page of the case. Otherwise the
 * status is set, and the caller shows that page with the refusal.
 */
MUST_CHECK bool message_take(struct visit *visit, int64_t case_id, struct str number, struct message_refusal *refusal,
                             bool *sent, struct err *err);
/* Keeps a sent message as a draft of the login when the customer's session has expired. */
MUST_CHECK bool message_keep(struct visit *visit, int64_t case_id, struct err *err);
/* Redirects to the thread on the page of a case and shows a notice (msgid) there. */
bool messages_go_back(struct visit *visit, struct str number, const struct msgid *notice);
/* Returns the address of the thread. */
struct str messages_path(struct visit *visit, struct str number);
