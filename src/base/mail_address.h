/* E-mail addresses, as mail servers accept them. */
#ifndef KP_BASE_MAIL_ADDRESS_H
#define KP_BASE_MAIL_ADDRESS_H

#include "base/str.h"

/* One address by the rules mail servers accept; no line breaks, at most 254 bytes. */
bool mail_address_valid(struct str address);

/* The next of several addresses with blanks or commas between. False when there are no more. */
bool mail_address_cut(struct str *rest, struct str *address);

#endif
