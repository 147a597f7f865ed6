/* A chart of a dashboard as a table of texts, numbers and links, for the page and for CSV. */
#pragma once

#include "customer/dashboards/selection.h"

/* Computes the value of a measure of a group. Returns false when the group has no value. */
bool measure_value(enum measure_kind kind, const struct group *group, int64_t *value);
/* Returns the value as text for people. */
struct str measure_text(struct visit *visit, enum measure_kind kind, const struct group *group);
/* Returns the address of the rows that a measure of a group counts. */
struct str measure_url(const struct board_request *request, enum measure_kind kind, const struct selection *selection);

/* Writes the chart into the page. */
MUST_CHECK bool chart_write(const struct board_request *request, const struct gathered *gathered,
                            const struct chart *chart, struct err *err);
/* Answers with the chart of that id as CSV. ERR_NOT_FOUND: the dashboard has no such chart. */
MUST_CHECK bool chart_csv(const struct board_request *request, struct str id, struct err *err);
