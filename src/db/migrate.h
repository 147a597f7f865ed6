/*
 * Schema migrations, embedded from src/db/schema/NNNN_name.sql. One file serves both engines: `{{id}}` becomes the
 * engine's generated primary key, lines between `-- only sqlite` / `-- only postgresql` and `-- both` are for one
 * engine. Each migration is one transaction, recorded in schema_migration; several processes starting at once wait for
 * each other.
 */
#ifndef KP_DB_MIGRATE_H
#define KP_DB_MIGRATE_H

#include "db/db.h"

/* Applies what is missing. *applied counts; dry_run only counts and lists names into report (may be NULL). */
bool migrate_run(struct db_conn *conn, struct arena *arena, bool dry_run, int *applied, struct buf *report,
                 struct err *err) __attribute__((warn_unused_result));
/* What a database that is not there yet would get; returns how many. */
int migrate_tell_all(struct buf *report);
/* How far the database is; 0 for an empty one, and for one that is of something else. */
bool migrate_version(struct db_conn *conn, int64_t *version, struct err *err) __attribute__((warn_unused_result));
/* ERR_CONFLICT when the database is newer than this program or behind it. */
bool migrate_check(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

#endif
