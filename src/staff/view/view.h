/* Lets staff see the portal as one of its logins: read-only, with a reason, recorded in the audit. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_view_feature;
