/* Invoice specifications: list, page, decisions, PDF. See README.md in this folder. */
#ifndef KP_CUSTOMER_INVOICES_INVOICES_H
#define KP_CUSTOMER_INVOICES_INVOICES_H

#include "portal/visit.h"

extern const struct feature invoices_feature;

/*
 * SQL of the state that people see, on alias `s`: what was decided on rows that changed since waits for approval again (domain 6:
 * a changed specification must be decided anew).
 */
#define SPECIFICATION_STATUS                                                                                           \
    "CASE WHEN s.status IN ('approved', 'rejected') AND s.decided_digest <> s.digest THEN 'awaiting_approval'"         \
    " ELSE s.status END"

/*
 * Derives digest, counts and sum of specifications anew from their rows. Whoever changes rows, article rows or the link between
 * them calls this in the same transaction. `literal` delivers ids ascending and takes `$1` = the id to start after and `$2` =
 * how many: "SELECT id FROM invoice_specification WHERE id > $1 ORDER BY id LIMIT $2".
 */
bool specification_refresh(struct db_conn *conn, const char *literal, struct err *err)
    __attribute__((warn_unused_result));
/* The same of one. */
bool specification_refresh_one(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err)
    __attribute__((warn_unused_result));
/* The same of those that one article row stands on. */
bool specification_refresh_row(struct db_conn *conn, struct arena *arena, int64_t article_row_id, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Decisions are made one after the other: whoever changes the state of a specification holds them off until the transaction ends. Its
 * first statement.
 */
bool specification_lock(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

#endif
