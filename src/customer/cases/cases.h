/* Cases: search, the page of one, creating one. See README.md in this folder. */
#ifndef KP_CUSTOMER_CASES_CASES_H
#define KP_CUSTOMER_CASES_CASES_H

#include "customer/cases/case_create.h"
#include "portal/visit.h"

extern const struct feature cases_feature;

/* The page of the case in the address, with a message that was refused on it. */
struct message_refusal;
bool case_page_refused(struct visit *visit, const struct message_refusal *refusal, struct err *err)
    __attribute__((warn_unused_result));

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

/* The empty form of a new case for the actor of a visit that is a preview; and the page of the search. */
bool cases_preview_new(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
bool cases_preview_search(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

/*
 * The id of the case whose number stands in the address, if the actor may see it; ERR_NOT_FOUND alike when there is none and when
 * he may not (domain 5).
 */
bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err)
    __attribute__((warn_unused_result));

/* The address of the page of a case: `/cases/` and the number as one URL part; and back from that part, decoded once. */
struct str case_path(struct arena *arena, struct str number);
struct str case_number(struct arena *arena, struct str part);

/* --- drafts ------------------------------------------------------------------------------------------------------------------- */

/*
 * What was typed in a form that is not sent yet, kept on the server. A draft of a personal login is the login's. A login of many
 * people keeps its own for each session; when the session runs out, a signed cookie of the browser leads the next session of the
 * same login to them. Logging out ends that cookie. `about` tells the forms of an owner apart.
 */
struct draft {
    bool found;
    struct http_params params; /* as the form sent them */
    int64_t updated;
};
/*
 * Whose drafts and kept files this visit has: the login's, the session's, or for a session that ran out those of its login or
 * of itself. Takes over those of a session that ran out before.
 */
bool draft_owner(struct visit *visit, struct str *owner, struct err *err) __attribute__((warn_unused_result));
bool draft_load(struct visit *visit, struct str owner, struct str about, struct draft *draft, struct err *err)
    __attribute__((warn_unused_result));
bool draft_keep(struct visit *visit, struct str owner, struct str about, const struct http_params *params,
                struct err *err) __attribute__((warn_unused_result));
bool draft_drop(struct db_conn *conn, struct str owner, struct str about, struct err *err)
    __attribute__((warn_unused_result));
/* Somebody logs out: what he has not sent is gone, but for the draft of a new case of a personal login. */
bool draft_log_out(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

/* --- criteria that other lists have too --------------------------------------------------------------------------------------- */

/*
 * Fills a criterion of customers or objects (domain 5) but for name and label: a list, or a box to search in where the list is long.
 * *number is what is searched by; the number of one, typed into the box, becomes it. one->field.name must be set: `customer`, `object`.
 */
bool cases_criterion_customer(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
    __attribute__((warn_unused_result));
bool cases_criterion_object(struct visit *visit, struct str *number, struct criterion *one, struct err *err)
    __attribute__((warn_unused_result));
/* The same of the items of a picklist; `chosen` is kept whatever it is. */
bool cases_criterion_picklist(struct visit *visit, const char *list, struct str chosen, struct criterion *one,
                              struct err *err) __attribute__((warn_unused_result));

#endif
