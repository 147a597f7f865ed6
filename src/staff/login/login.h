/* The login of staff: one-time link, password and second factor. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_login_feature;

/* Runs the commands `kundportal staff add EMAIL --role ROLE` and `kundportal staff link EMAIL`. */
int staff_command(int argc, char **argv);
