/* Logging in and out, accounts of contacts, forgotten passwords (domain 3 and 9). */
#ifndef KP_CUSTOMER_LOGIN_LOGIN_H
#define KP_CUSTOMER_LOGIN_LOGIN_H

#include "portal/visit.h"

extern const struct feature login_feature;

#endif
