/* The list of invoice specifications, the ones that wait for approval first: search, filter, sort, CSV, XLSX. */
#pragma once

#include "portal/visit.h"

bool invoice_list(struct visit *visit, struct err *err);
bool invoice_list_csv(struct visit *visit, struct err *err);
bool invoice_list_xlsx(struct visit *visit, struct err *err);
