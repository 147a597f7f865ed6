/*
 * Schema migrations, embedded from src/db/schema/NNNN_name.sql. One file serves both engines: `{{id}}` becomes the
 * generated primary key of the engine; lines after `-- only sqlite` or `-- only postgresql` are for that engine, until
 * `-- both`. Each migration is one transaction and is recorded in schema_migration. When several processes start at
 * once, they wait for each other.
 */
#pragma once

#include "db/db.h"

/*
 * Applies the missing migrations and counts them in *applied. With dry_run it only counts them. Both append the names
 * to report, which may be NULL.
 */
MUST_CHECK bool migrate_run(struct db_conn *conn, bool dry_run, int *applied, struct buf *report, struct err *err);
/* Appends the names of all migrations to report, for a database that does not exist yet; returns their number. */
int migrate_tell_all(struct buf *report);
/* Reads the schema version of the database; 0 for an empty database and for one of another program. */
MUST_CHECK bool migrate_version(struct db_conn *conn, int64_t *version, struct err *err);
/* Fails with ERR_CONFLICT when the schema is newer or older than this program. */
MUST_CHECK bool migrate_check(struct db_conn *conn, struct err *err);
