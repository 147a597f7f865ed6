/* Making one decision: everything that decides whether it stands, in one transaction (domain 6). */
#ifndef KP_MODEL_DECISION_H
#define KP_MODEL_DECISION_H

#include "model/specification.h"

#define COMMENT_MAX 2000
#define REFERENCE_MAX 100

struct decision {
    bool approve;
    struct str number;
    struct str path; /* of the page of the specification, for the receipt */
    struct str your_reference, comment;
    struct str digest; /* of what was shown; empty: the sender decides on what stands now */
    struct str shown;  /* decision_proof of it */
};

enum decision_outcome {
    DECISION_MADE,
    DECISION_REPEATED,  /* the same login has already decided the same on the same rows */
    DECISION_BY_OTHERS, /* somebody was faster: who and when stand in the specification */
    DECISION_STALE,     /* the rows changed since they were shown */
    DECISION_WITHDRAWN,
    DECISION_INVOICED,
    DECISION_NOWHERE, /* there is no such specification for this login */
};

/* Proves that this login was shown a specification with rows of this digest. */
struct str decision_proof(struct visit *visit, struct str number, struct str digest);
/* Decides, writes the chain, and queues the receipt. *specification is as it stands afterwards, when there is one. */
bool decision_make(struct visit *visit, const struct decision *decision, enum decision_outcome *outcome,
                   struct specification *specification, struct err *err) __attribute__((warn_unused_result));

#endif
