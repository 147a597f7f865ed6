/* Cases: search, the page of one, creating one. See README.md in this folder. */
#ifndef KP_FEATURES_CASES_CASES_H
#define KP_FEATURES_CASES_CASES_H

#include "portal/visit.h"

extern const struct feature cases_feature;

/* The labels of case states: 0 not started, 1 started, 2 finished (domain 2); msgids. */
extern const char *const case_status_labels[3];
/* The same of work orders, in the common gender that Swedish wants for them. */
extern const char *const work_order_status_labels[3];
/* Their code names: not_started, started, finished. */
extern const char *const case_status_codes[3];

struct case_brief {
    int64_t id;
    struct str number, title;
    int status;
    struct str object;
    int64_t created;
};

/* The newest cases that are not finished, for the start page. At most `limit`. */
bool cases_newest_open(struct visit *visit, size_t limit, struct case_brief **cases, size_t *count, struct err *err)
    __attribute__((warn_unused_result));

/*
 * The id of the case whose number stands in the address, if the actor may see it; ERR_NOT_FOUND alike when there is none and when
 * he may not (domain 5).
 */
bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));

/* The address of the page of a case: `/cases/` and the number as one URL part; and back from that part, decoded once. */
struct str case_path(struct arena *arena, struct str number);
struct str case_number(struct arena *arena, struct str part);

#endif
