/* The pages where administrators download or erase the data that is kept about a person. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_privacy_feature;
