/* Handlers of what is written, and what both sides of it share. */
#ifndef KP_PARTS_MESSAGES_WRITE_H
#define KP_PARTS_MESSAGES_WRITE_H

#include "portal/visit.h"

#define MESSAGE_MAX 5000 /* characters */
#define MESSAGE_NAME_MAX 100

/* The draft of a message on a case, among those of the login (customer/cases/cases.h). */
struct str message_draft(struct arena *arena, int64_t case_id);

bool message_send(struct visit *visit, struct err *err);
bool message_staff_send(struct visit *visit, struct err *err);
bool message_read_send(struct visit *visit, struct err *err);

#endif
