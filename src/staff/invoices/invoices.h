/*
 * Invoice specifications as staff make them: from attested rows, published, withdrawn, invoiced. See README.md in this
 * folder.
 */
#ifndef KP_STAFF_INVOICES_INVOICES_H
#define KP_STAFF_INVOICES_INVOICES_H

#include "portal/visit.h"

extern const struct feature staff_invoices_feature;

#endif
