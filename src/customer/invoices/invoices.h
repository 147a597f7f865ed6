/* Invoice specifications: list, page, decisions, PDF. See README.md in this folder. */
#ifndef KP_CUSTOMER_INVOICES_INVOICES_H
#define KP_CUSTOMER_INVOICES_INVOICES_H

#include "portal/visit.h"

extern const struct feature invoices_feature;

/* Returns the address of the page of a specification. */
struct str specification_path(struct arena *arena, struct str number);

#endif
