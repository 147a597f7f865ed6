/*
 * The append-only record of decisions (table specification_decision). The hash of each row covers the row itself and
 * the hash of the row before; decision_head has the end of the chain. `kundportal check` verifies all of it.
 */
#ifndef KP_MODEL_DECISION_CHAIN_H
#define KP_MODEL_DECISION_CHAIN_H

#include "db/db.h"

struct decision_record {
    int64_t seq, specification_id;
    struct str number, customer, decision; /* decision: approved or rejected */
    struct str content, digest;            /* the content that was shown, and its digest */
    int64_t row_count, total;
    struct str your_reference, comment;
    struct str login, contact, name; /* who decided: user name, number and name of the contact */
    int64_t decided_at;
    struct str previous_hash, hash;
};

/* Holds the end of the chain until the transaction ends, so that decisions are made one after the other. */
bool chain_lock(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/* Appends a record and sets its seq, previous_hash and hash. Call it after chain_lock in the same transaction. */
bool chain_append(struct db_conn *conn, struct arena *arena, struct decision_record *record, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Writes findings into `report`, one per line: rows that were changed, taken out or cut off, and specifications that do
 * not match their last decision.
 */
bool chain_check(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err)
    __attribute__((warn_unused_result));

#endif
