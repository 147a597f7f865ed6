/*
 * Cases: the labels of their states, the addresses of their pages, and finding a case that the actor may see (domain 2,
 * 5).
 */
#pragma once

#include "portal/visit.h"

/* The labels (msgids) of case states: 0 not started, 1 started, 2 finished (domain 2). */
extern const struct msgid *const case_status_labels[3];
/* The labels of work order states, in the common gender, which Swedish uses for work orders. */
extern const struct msgid *const work_order_status_labels[3];
/* The code names of case states: not_started, started, finished. */
extern const char *const case_status_codes[3];

/*
 * Finds the id of the case whose number is this part of the address. Fails with ERR_NOT_FOUND both when the case does
 * not exist and when the actor may not see it (domain 5).
 */
MUST_CHECK bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err);

/*
 * Returns the address of the page of a case: `/cases/NUMBER`. address_number (portal/address.h) reads the number back.
 */
struct str case_path(struct arena *arena, struct str number);
