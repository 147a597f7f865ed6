/* Customers, objects, contacts and articles, kept by staff. See README.md in this folder. */
#ifndef KP_STAFF_REGISTERS_REGISTERS_H
#define KP_STAFF_REGISTERS_REGISTERS_H

#include "portal/visit.h"

extern const struct feature staff_registers_feature;

/*
 * Gives a contact one more address, which accounts are linked by (domain 3). *full: it has three already.
 * ERR_NOT_FOUND.
 */
bool contact_give_address(struct visit *visit, struct str number, struct str address, bool *full, struct err *err)
    __attribute__((warn_unused_result));
/* Takes it away, from each field that has it. */
bool contact_take_address(struct visit *visit, struct str number, struct str address, struct err *err)
    __attribute__((warn_unused_result));

#endif
