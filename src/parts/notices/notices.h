/* Lets people choose which mails about cases they want. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature notices_feature;

/*
 * Write the form for choosing mails: for the account page of a contact login, for the account page of a staff user, and
 * for the page of a contact.
 */
MUST_CHECK bool notices_account_part(struct visit *visit, struct html *part, struct err *err);
MUST_CHECK bool notices_staff_part(struct visit *visit, struct html *part, struct err *err);
MUST_CHECK bool notices_contact_part(struct visit *visit, struct str number, struct html *part, struct err *err);
