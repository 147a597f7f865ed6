/* The pages of staff users and of the audit, for administrators. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_users_feature;
