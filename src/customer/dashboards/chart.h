/* A chart of a dashboard as a table of texts, numbers and links, for the page and for CSV. */
#pragma once

#include "customer/dashboards/gather.h"
#include "customer/dashboards/selection.h"
#include "customer/dashboards/views.h"

/* Computes the value of a measure of a group. Returns false when the group has no value. */
bool measure_value(enum measure_kind kind, const struct group *group, int64_t *value);
/* Return the value as text for people, and as a number for charts and files; empty without a value. */
struct str measure_text(struct visit *visit, enum measure_kind kind, const struct group *group);
struct str measure_number(struct arena *arena, enum measure_kind kind, const struct group *group);
/* Returns the address of the rows behind a measure of a group. */
struct str measure_url(struct visit *visit, const struct board *board, const struct filter *filter,
                       enum measure_kind kind, const struct selection *selection);
/* Finds the measures of a chart. Leaves out sums when there is no price that the actor may see. */
size_t chart_measures(struct arena *arena, const struct chart *chart, const struct gathered *gathered,
                      const struct measure **measures);

MUST_CHECK bool chart_fill(struct visit *visit, const struct board *board, const struct filter *filter,
                           const struct gathered *gathered, const struct chart *chart, struct chart_view *view,
                           struct err *err);
/* Answers with the chart as CSV. */
MUST_CHECK bool chart_csv(struct visit *visit, const struct board *board, const struct chart *chart, struct err *err);
/* Returns NULL when the dashboard has no chart with that id. */
const struct chart *chart_find(const struct board *board, struct str id);
