/* One specification as a PDF. */
#pragma once

#include "portal/visit.h"

bool invoice_pdf(struct visit *visit, struct err *err);
