/* The pages of staff users and of the audit, for administrators. See README.md in this folder. */
#ifndef KP_STAFF_USERS_USERS_H
#define KP_STAFF_USERS_USERS_H

#include "portal/visit.h"

extern const struct feature staff_users_feature;

#endif
