/* Cases: their states, the addresses of their pages, and whether somebody may see one (domain 2, 5). */
#ifndef KP_MODEL_CASE_H
#define KP_MODEL_CASE_H

#include "portal/visit.h"

/* The labels of case states: 0 not started, 1 started, 2 finished (domain 2); msgids. */
extern const char *const case_status_labels[3];
/* The same of work orders, in the common gender that Swedish wants for them. */
extern const char *const work_order_status_labels[3];
/* Their code names: not_started, started, finished. */
extern const char *const case_status_codes[3];

/*
 * The id of the case whose number stands in the address, if the actor may see it; ERR_NOT_FOUND alike when there is
 * none and when he may not (domain 5).
 */
bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));

/* The address of the page of a case: `/cases/NUMBER`. address_number (portal/address.h) reads the number back. */
struct str case_path(struct arena *arena, struct str number);

#endif
