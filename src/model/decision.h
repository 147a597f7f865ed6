/* Makes one decision. One transaction makes all checks that the decision depends on, and writes it (domain 6). */
#pragma once

#include "model/specification.h"

#define COMMENT_MAX 2000
#define REFERENCE_MAX 100

struct decision {
    bool approve;
    struct str number;
    struct str path; /* path of the page of the specification, for the receipt */
    struct str your_reference, comment;
    struct str digest; /* digest of the rows that were shown; empty: the decision is about the current rows */
    struct str shown;  /* decision_proof of the digest */
};

enum decision_outcome {
    DECISION_MADE,
    DECISION_REPEATED,  /* the same login has already decided the same on the same rows */
    DECISION_BY_OTHERS, /* somebody decided first: the specification says who and when */
    DECISION_STALE,     /* the rows changed after they were shown */
    DECISION_WITHDRAWN,
    DECISION_INVOICED,
    DECISION_NOWHERE, /* there is no such specification for this login */
};

/* Returns a proof that this login was shown a specification with rows of this digest. */
struct str decision_proof(struct visit *visit, struct str number, struct str digest);
/*
 * Makes the decision, appends it to the chain, and queues the receipt. *specification is the specification as it is
 * afterwards, if there is one.
 */
MUST_CHECK bool decision_make(struct visit *visit, const struct decision *decision, enum decision_outcome *outcome,
                              struct specification *specification, struct err *err);
