/* The rows behind a number of a dashboard: as a list, CSV and XLSX. */
#pragma once

#include "portal/visit.h"

bool behind_page(struct visit *visit, struct err *err);
/* Answers `/dashboards/NAME/rows.csv`, and `/dashboards/NAME.csv`, which with `chart=ID` is the table of that chart. */
bool behind_csv(struct visit *visit, struct err *err);
bool behind_xlsx(struct visit *visit, struct err *err);
