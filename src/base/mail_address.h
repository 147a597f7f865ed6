/* E-mail addresses by the rules of mail servers. */
#pragma once

#include "base/str.h"

/* Whether this is one address by the rules of mail servers: no line breaks, at most 254 bytes. */
bool mail_address_valid(struct str address);

/* Cuts the next address off a list that is separated by blanks or commas. Returns false when there are no more. */
bool mail_address_cut(struct str *rest, struct str *address);
