/* Texts that the list and the page of specifications share. */
#pragma once

#include "customer/invoices/views.h"
#include "model/specification.h"

/* Returns the period; when it has one date only, a text such as `from 2026-01-01`. */
struct invoice_dates invoice_period(struct visit *visit, const struct specification *specification);
struct invoice_badge invoice_badge_of(struct visit *visit, enum specification_status status);
/* Returns the badge of the state, and a second one when the rows changed after the decision. */
struct invoice_badge invoice_badge_of_head(struct visit *visit, const struct specification *specification);
