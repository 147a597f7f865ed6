/* The page of one case, and the messages written on it. */
#pragma once

#include "portal/visit.h"

struct message_refusal;

bool case_page(struct visit *visit, struct err *err);    /* GET /cases/{number} */
bool message_send(struct visit *visit, struct err *err); /* POST /cases/{number}/messages */
/* Shows the page of the case in the address. refusal: a message from that page that was refused, or NULL. */
MUST_CHECK bool case_page_show(struct visit *visit, const struct message_refusal *refusal, struct err *err);
