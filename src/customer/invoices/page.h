/* The page of one specification, and its rows as CSV and XLSX. */
#pragma once

#include "portal/visit.h"

bool invoice_page(struct visit *visit, struct err *err);
bool invoice_rows_csv(struct visit *visit, struct err *err);
bool invoice_rows_xlsx(struct visit *visit, struct err *err);
