/*
 * A lease lets one process at a time do a task, whichever machine the process runs on: only the holder of the lease
 * with the task's name does it. A lease ends LEASE_SECONDS after its holder last renewed it, by the clock of the
 * database, which is the same for all.
 */
#pragma once

#include "db/db.h"

/* After a holder was killed, no other process takes over for this long. */
#define LEASE_SECONDS 20

/*
 * Gives this process its name as a holder. Call it before the process forks: then a child that is started again keeps
 * the leases of the child before it.
 */
void lease_name_holder(void);

/* Takes a lease, or renews it if this holder has it already. *mine is false if another holder has it. */
MUST_CHECK bool lease_take(struct db_conn *conn, const char *name, bool *mine, struct err *err);
/*
 * Renews the lease and keeps others from taking it before the commit. Call it in the transaction that writes the result
 * of the work. ERR_CONFLICT if the holder has lost the lease: then write nothing.
 */
MUST_CHECK bool lease_hold(struct db_conn *conn, const char *name, struct err *err);
/* Gives a lease back, so that others need not wait until it ends. */
MUST_CHECK bool lease_release(struct db_conn *conn, const char *name, struct err *err);
/* Gives back all leases of this holder, also those taken by other processes of the same program. */
MUST_CHECK bool lease_release_all(struct db_conn *conn, struct err *err);

/* Renews a lease regularly during long work, in a thread with a database connection of its own. */
struct lease_keeper;
/* Returns NULL on failure; err says why. */
struct lease_keeper *lease_keeper_start(struct db *db, const char *name, struct err *err);
void lease_keeper_stop(struct lease_keeper *keeper); /* NULL is allowed */
