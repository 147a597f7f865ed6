/*
 * Derived rows of a case: case_scope (who can reach it), scope_event (when what happened to it, by who can reach it)
 * and case_search (its words). Whoever changes a case, its contacts, or the customer of an object calls this in the
 * same transaction. Only this module writes those tables.
 */
#ifndef KP_ACCESS_SCOPE_H
#define KP_ACCESS_SCOPE_H

#include "db/db.h"

/*
 * What makes a case reachable, as one number: case_scope.scope = id * 4 + kind. SQL that computes scopes of many rows
 * writes the same arithmetic out.
 */
enum scope_kind { SCOPE_CONTACT, SCOPE_CUSTOMER, SCOPE_OBJECT, SCOPE_VIA_OBJECT };
int64_t scope_key(int64_t id, enum scope_kind kind);

/* Rewrites scopes and words of one case; of one that was deleted they go. */
bool scope_refresh_case(struct db_conn *conn, struct arena *arena, int64_t case_id, struct err *err)
    __attribute__((warn_unused_result));
/*
 * The same for many: every case whose id a query delivers in its first column, ascending. `literal` must take `$1` =
 * the id to start after and `$2` = how many to deliver, so that memory stays flat: "SELECT id FROM cases WHERE
 * object_id IN (…) AND id > $1 ORDER BY id LIMIT $2".
 */
bool scope_refresh_cases(struct db_conn *conn, const char *literal, struct err *err)
    __attribute__((warn_unused_result));

/* Only scope_event of them, when nothing else changed than stamps and work orders. `literal` as above. */
bool scope_refresh_events(struct db_conn *conn, const char *literal, struct err *err)
    __attribute__((warn_unused_result));

/* What scope_event.kind says happened. */
enum scope_event_kind { EVENT_CASE_FINISHED = 1, EVENT_WORK_ORDER_CREATED = 2 };

/* Tells that cases, registers or links changed: cached counts end. Once per transaction, as its last statement. */
bool generation_bump(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
bool generation_read(struct db_conn *conn, int64_t *value, struct err *err) __attribute__((warn_unused_result));

#endif
