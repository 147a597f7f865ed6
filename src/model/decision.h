/* Makes one decision. One transaction makes all checks that the decision depends on, and writes it (domain 6). */
#pragma once

#include "model/decision_chain.h"
#include "model/specification.h"

#define COMMENT_MAX 2000
#define REMARK_MAX 500
#define REFERENCE_MAX 100

struct decision {
    bool approve;
    struct str number;
    struct str path; /* path of the page of the specification, for the receipt */
    struct str your_reference, comment;
    /* Of a rejection, with comment and the number of a row, or of a case for the whole of it. */
    const struct remark *remarks;
    size_t remark_count;
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

/* --- those that were made ----------------------------------------------------------------------------------------- */

/* A decision that was made in the portal. */
struct kept_decision {
    int64_t seq, at, total;
    enum specification_status status;
    struct str name, your_reference, comment;
    bool other; /* the decision was on other rows than the present ones */
    struct remark *remarks;
    size_t remark_count;
};

/*
 * SQL of what a customer said about article row `r`, or about its case, when they rejected a specification; NULL when
 * nothing was said, or when the specification of the remark, or the one on which the row stands, was decided on since.
 * What was said about a case does not concern its rows on other specifications.
 */
#define ROW_REMARK REMARK_WHERE("m.article_row_id = r.id")
#define CASE_REMARK                                                                                                    \
    REMARK_WHERE("m.case_id = r.case_id AND m.article_row_id IS NULL AND NOT EXISTS (SELECT 1"                         \
                 " FROM invoice_specification_row x WHERE x.article_row_id = r.id"                                     \
                 " AND x.specification_id <> d.specification_id)")
#define REMARK_WHERE(literal)                                                                                          \
    "(SELECT m.comment FROM decision_remark m JOIN specification_decision d ON d.seq = m.seq WHERE " literal           \
    " AND NOT EXISTS (SELECT 1 FROM specification_decision y WHERE y.specification_id = d.specification_id"            \
    " AND y.seq > m.seq) AND NOT EXISTS (SELECT 1 FROM invoice_specification_row x JOIN specification_decision y"      \
    " ON y.specification_id = x.specification_id AND y.seq > m.seq WHERE x.article_row_id = r.id)"                     \
    " ORDER BY m.seq DESC LIMIT 1)"

/* Loads the decisions on the specification, the newest first; more than 50 do not occur in practice. */
MUST_CHECK bool decisions_load(struct visit *visit, const struct specification *specification,
                               struct kept_decision **decisions, size_t *count, struct err *err);
