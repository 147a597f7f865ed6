/*
 * The derived rows of a case: case_scope (who can reach it), scope_event (what happened to it and how it stands, for
 * each scope that reaches it) and case_search (its words). Code that changes a case, its
 * contacts, or the customer of an object must call this module in the same transaction. Only this module writes those
 * tables.
 */
#pragma once

#include "db/db.h"

/*
 * A scope is one way to reach a case, as one number: case_scope.scope = id * 4 + kind. SQL that computes the scopes of
 * many rows writes the same arithmetic out. The scopes of cancelled cases are negative, so that only who sees cancelled
 * cases asks for them.
 */
enum scope_kind { SCOPE_CONTACT, SCOPE_CUSTOMER, SCOPE_OBJECT, SCOPE_VIA_OBJECT };
#define SCOPE_KINDS (SCOPE_VIA_OBJECT + 1)
int64_t scope_key(int64_t id, enum scope_kind kind);
enum scope_kind scope_key_kind(int64_t key);

/* Rewrites the scopes and words of one case, or removes them if the case was deleted. */
MUST_CHECK bool scope_refresh_case(struct db_conn *conn, struct arena *arena, int64_t case_id, struct err *err);
/*
 * Does the same for many cases: for every case whose id the query returns in its first column, in ascending order. In
 * `literal`, `$1` must be the id to start after and `$2` how many ids to return, so that memory stays flat: "SELECT id
 * FROM cases WHERE object_id IN (…) AND id > $1 ORDER BY id LIMIT $2".
 */
MUST_CHECK bool scope_refresh_cases(struct db_conn *conn, const char *literal, struct err *err);

/* Rewrites only scope_event of these cases; enough when only timestamps and work orders changed. `literal` as above. */
MUST_CHECK bool scope_refresh_events(struct db_conn *conn, const char *literal, struct err *err);

/* Does the same for one case, after a message was added. */
MUST_CHECK bool scope_refresh_case_events(struct db_conn *conn, int64_t case_id, struct err *err);

/* The values of scope_event.kind: what happened, or how things stand. */
enum scope_event_kind {
    EVENT_CASE_FINISHED = 1,
    EVENT_WORK_ORDER_CREATED = 2,
    EVENT_CASE_OPEN = 3,      /* since the case was created */
    EVENT_BOOKED = 4,         /* a work order that is not finished has a booking then */
    EVENT_STAFF_WROTE = 5,    /* the newest message of the case is by staff */
    EVENT_CASE_CANCELLED = 6, /* since the case was created */
};
#define EVENT_CASE_FINISHED_SQL "1"
#define EVENT_WORK_ORDER_CREATED_SQL "2"
#define EVENT_CASE_OPEN_SQL "3"
#define EVENT_BOOKED_SQL "4"
#define EVENT_STAFF_WROTE_SQL "5"
#define EVENT_CASE_CANCELLED_SQL "6"

/*
 * What numbers are counted in (portal/kept.h): each part grows whenever its data changes. A transaction moves at most
 * one of them, so that two transactions never wait for each other.
 */
struct generations {
    int64_t cases;   /* cases, registers and links; never 0 */
    int64_t waiting; /* messages and which of them are seen, specifications, saved searches, followed cases */
};
/* Two columns of a SELECT, in the order of the struct. */
#define GENERATIONS_LITERAL                                                                                            \
    "(SELECT value FROM generation WHERE name = 'cases'), (SELECT value FROM generation WHERE name = 'waiting')"
MUST_CHECK bool generations_read(struct db_conn *conn, struct generations *generations, struct err *err);

/*
 * Records that cases, registers or links changed, so that kept numbers become invalid. Call it once per transaction, as
 * its last statement. It covers everything else that the transaction changes.
 */
MUST_CHECK bool generation_bump(struct db_conn *conn, struct err *err);
/* Records that messages, specifications or saved searches changed, in a transaction without generation_bump. */
MUST_CHECK bool generation_bump_waiting(struct db_conn *conn, struct err *err);
