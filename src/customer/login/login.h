/* Logging in and out, accounts of contacts, forgotten passwords (domain 3 and 9). */
#pragma once

#include "portal/visit.h"

extern const struct feature login_feature;
