/* Logging in and out, accounts of contacts, forgotten passwords (domain 3 and 9). */
#ifndef KP_FEATURES_LOGIN_LOGIN_H
#define KP_FEATURES_LOGIN_LOGIN_H

#include "portal/visit.h"

extern const struct feature login_feature;

#endif
