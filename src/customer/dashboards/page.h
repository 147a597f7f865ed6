/* The page of a dashboard, and its charts as CSV. */
#pragma once

#include "customer/dashboards/gather.h"
#include "customer/dashboards/views.h"

bool board_page(struct visit *visit, struct err *err);

/* Fills the filter form of the dashboard and of the rows behind a number. The form is sent to `path`. */
MUST_CHECK bool board_form_fill(struct visit *visit, const struct board *board, struct filter *filter, struct str path,
                                struct board_form_view *form, struct err *err);
/* Return `2026-08-23 – 2026-11-23`, and `Customer: Brf Eken · Case type: Fault`, from a filled form. */
struct str board_period_text(struct visit *visit, const struct filter *filter);
struct str board_filters_text(struct visit *visit, const struct board_form_view *form);
/* Returns a note that some rows of a group have a price that the actor may not see; empty when there are none. */
struct str board_price_note(struct visit *visit, const struct group *group);
