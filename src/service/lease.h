/*
 * What must be done by one process at a time, whichever machine it runs on: whoever holds the lease of that name does
 * it. A lease ends a short while after its holder was last heard of, by the clock of the database, which is the same
 * for all.
 */
#ifndef KP_SERVICE_LEASE_H
#define KP_SERVICE_LEASE_H

#include "db/db.h"

/* How long nobody else takes over after a holder was killed. */
#define LEASE_SECONDS 20

/*
 * Gives this process a name as a holder. Before it forks: a child that is started again goes on with what the one
 * before it held.
 */
void lease_name_holder(void);

/* Takes a lease, or prolongs one that this holder has; *mine false: another one has it. */
bool lease_take(struct db_conn *conn, const char *name, bool *mine, struct err *err)
    __attribute__((warn_unused_result));
/*
 * In the transaction that writes what came of the work: prolongs the lease and keeps others from taking it before the
 * commit. ERR_CONFLICT when it is not this holder's any more: then nothing may be written.
 */
bool lease_hold(struct db_conn *conn, const char *name, struct err *err) __attribute__((warn_unused_result));
/* So that others need not wait until it ends. */
bool lease_release(struct db_conn *conn, const char *name, struct err *err) __attribute__((warn_unused_result));
/* All that this holder has, also by other processes of the same program. */
bool lease_release_all(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

/* Prolongs a lease again and again, in a thread with a connection of its own, while long work is done. */
struct lease_keeper;
/* NULL: err says why. */
struct lease_keeper *lease_keeper_start(struct db *db, const char *name, struct err *err);
void lease_keeper_stop(struct lease_keeper *keeper); /* NULL is allowed */

#endif
