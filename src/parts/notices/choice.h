/* Handlers that save a choice of mails. */
#ifndef KP_PARTS_NOTICES_CHOICE_H
#define KP_PARTS_NOTICES_CHOICE_H

#include "portal/visit.h"

bool choice_account_send(struct visit *visit, struct err *err);
bool choice_contact_send(struct visit *visit, struct err *err);
bool choice_staff_send(struct visit *visit, struct err *err);

#endif
