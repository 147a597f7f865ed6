/* One specification as a PDF. */
#ifndef KP_CUSTOMER_INVOICES_PDF_H
#define KP_CUSTOMER_INVOICES_PDF_H

#include "portal/visit.h"

bool invoice_pdf(struct visit *visit, struct err *err);

#endif
