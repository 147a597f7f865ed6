/* The pages where staff keep customers, objects, contacts and articles. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_registers_feature;
