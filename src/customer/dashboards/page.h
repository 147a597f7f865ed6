/* The page of a dashboard, and its charts as CSV. */
#ifndef KP_CUSTOMER_DASHBOARDS_PAGE_H
#define KP_CUSTOMER_DASHBOARDS_PAGE_H

#include "customer/dashboards/gather.h"
#include "customer/dashboards/views.h"

bool board_page(struct visit *visit, struct err *err);

/* The filter form and what it says, for the dashboard and for the rows behind a number. `path` is where it is sent. */
bool board_form_fill(struct visit *visit, const struct board *board, struct filter *filter, struct str path,
                     struct board_form_view *form, struct err *err) __attribute__((warn_unused_result));
/* `2026-08-23 – 2026-11-23`, and `Customer: Brf Eken · Case type: Fault`, of a form that is filled. */
struct str board_period_text(struct visit *visit, const struct filter *filter);
struct str board_filters_text(struct visit *visit, const struct board_form_view *form);
/* That some rows of a group have no price that may be seen; empty when all have. */
struct str board_price_note(struct visit *visit, const struct group *group);

#endif
