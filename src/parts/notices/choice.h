/* Handlers that save a choice of mails. */
#pragma once

#include "portal/visit.h"

bool choice_account_send(struct visit *visit, struct err *err);
bool choice_contact_send(struct visit *visit, struct err *err);
bool choice_staff_send(struct visit *visit, struct err *err);
