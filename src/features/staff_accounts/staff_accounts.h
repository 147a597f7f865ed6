/* Accounts of contacts as staff see them: state, why they are linked or not, invitations, blocking. */
#ifndef KP_FEATURES_STAFF_ACCOUNTS_STAFF_ACCOUNTS_H
#define KP_FEATURES_STAFF_ACCOUNTS_STAFF_ACCOUNTS_H

#include "portal/visit.h"

extern const struct feature staff_accounts_feature;

#endif
