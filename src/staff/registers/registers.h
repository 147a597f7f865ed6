/* The pages where staff keep customers, objects, contacts and articles. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_registers_feature;

/*
 * Adds an address to a contact; accounts are linked by addresses (domain 3). *full is true when the contact already has
 * three addresses. Fails with ERR_NOT_FOUND.
 */
MUST_CHECK bool contact_give_address(struct visit *visit, struct str number, struct str address, bool *full,
                                     struct err *err);
/* Removes the address from every address field of the contact. */
MUST_CHECK bool contact_take_address(struct visit *visit, struct str number, struct str address, struct err *err);
