/* Accounts of contacts as staff see them: state, why they are linked or not, invitations, blocking. */
#ifndef KP_STAFF_ACCOUNTS_ACCOUNTS_H
#define KP_STAFF_ACCOUNTS_ACCOUNTS_H

#include "portal/visit.h"

extern const struct feature staff_accounts_feature;

#endif
