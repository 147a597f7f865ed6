/* The rows of a figure of a dashboard, as a list, CSV and XLSX. */
#pragma once

#include "customer/dashboards/selection.h"

extern const struct list case_rows, order_rows, throughput_rows, row_rows;

bool rows_page(struct visit *visit, struct err *err);
/* Answers `/dashboards/NAME/rows.csv`, and `/dashboards/NAME.csv`, which with `chart=ID` is the table of that chart. */
bool rows_csv(struct visit *visit, struct err *err);
bool rows_xlsx(struct visit *visit, struct err *err);
