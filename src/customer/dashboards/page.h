/* The page of a dashboard. */
#pragma once

#include "customer/dashboards/gather.h"
#include "lists/views.h"

bool board_page(struct visit *visit, struct err *err);

/* Return `2026-08-23 – 2026-11-23`, and `Customer: Brf Eken · Case type: Fault`, from a filled form. */
struct str board_period_text(const struct board_request *request);
struct str board_criteria_text(struct visit *visit, const struct list_view *form);
/* Returns a note that some rows of a group have a price that the actor may not see; empty when all may be seen. */
struct str board_price_note(struct visit *visit, const struct group *group);
