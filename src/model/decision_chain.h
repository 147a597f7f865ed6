/*
 * The append-only record of decisions (table specification_decision). The hash of each row covers the row itself and
 * the hash of the row before; decision_head has the end of the chain. `kundportal check` verifies all of it.
 */
#pragma once

#include "db/db.h"

struct decision_record {
    int64_t seq, specification_id;
    struct str number, customer, decision; /* decision: approved or rejected */
    struct str content, digest;            /* the content that was shown, and its digest */
    int64_t row_count, total;
    struct str your_reference, comment;
    struct str remarks;              /* a line of remark_add_line for each, in order; or empty */
    struct str login, contact, name; /* who decided: user name, number and name of the contact */
    int64_t decided_at;
    struct str previous_hash, hash;
};

/* What a customer says about a case, or about one of its rows (row_number), of a specification that they reject. */
struct remark {
    int64_t case_id, row_id;                   /* row_id 0: about the whole case */
    struct str case_number, row_number, title; /* title: of the row */
    struct str comment;
};

/* Appends a remark to the text that the hash of its decision covers. */
void remark_add_line(struct buf *text, const struct remark *remark);

/* Holds the end of the chain until the transaction ends, so that decisions are made one after the other. */
MUST_CHECK bool chain_lock(struct db_conn *conn, struct err *err);
/* Appends a record and sets its seq, previous_hash and hash. Call it after chain_lock in the same transaction. */
MUST_CHECK bool chain_append(struct db_conn *conn, struct arena *arena, struct decision_record *record,
                             struct err *err);
/*
 * Writes findings into `report`, one per line: rows that were changed, taken out or cut off, and specifications that do
 * not match their last decision.
 */
MUST_CHECK bool chain_check(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err);
