/* What the list and the page of specifications say alike. */
#ifndef KP_CUSTOMER_INVOICES_LABELS_H
#define KP_CUSTOMER_INVOICES_LABELS_H

#include "customer/invoices/views.h"
#include "model/specification.h"

/* With one date only, as `from 2026-01-01`. */
struct invoice_dates invoice_period(struct visit *visit, const struct specification *specification);
struct invoice_badge invoice_badge_of(struct visit *visit, enum specification_status status);
/* The same with what happened after it was decided on. */
struct invoice_badge invoice_badge_of_head(struct visit *visit, const struct specification *specification);

#endif
