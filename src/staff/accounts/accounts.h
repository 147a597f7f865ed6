/* The staff pages of contacts' accounts: their state, their contact, invitations and blocking. */
#ifndef KP_STAFF_ACCOUNTS_ACCOUNTS_H
#define KP_STAFF_ACCOUNTS_ACCOUNTS_H

#include "portal/visit.h"

extern const struct feature staff_accounts_feature;

#endif
