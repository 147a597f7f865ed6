/* The login of staff: one-time link, password and second factor. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_login_feature;

/* The commands `kundportal staff add EMAIL --role ROLE` and `kundportal staff link EMAIL`. */
extern const struct command staff_command;
