/* Invoice specifications: list, page, decisions, PDF. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature invoices_feature;

/* Returns the address of the page of a specification. */
struct str specification_path(struct arena *arena, struct str number);
