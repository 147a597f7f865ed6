/*
 * The pages where staff make invoice specifications from attested rows, publish and withdraw them, and mark them as
 * invoiced. See README.md in this folder.
 */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_invoices_feature;
