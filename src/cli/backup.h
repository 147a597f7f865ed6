/*
 * What backup and restore agree on: a tar file with the database under the name of its engine, the data folder's `files/`, and last the
 * digest of all that stands before it, so that a damaged backup is refused and never half believed.
 */
#ifndef KP_CLI_BACKUP_H
#define KP_CLI_BACKUP_H

#include "cli/cli.h"

#define BACKUP_SQLITE "kundportal.db"
#define BACKUP_POSTGRES "kundportal.pgdump"
#define BACKUP_DIGEST "digest"

/* The path of the SQLite database; false with PostgreSQL. */
bool backup_sqlite_path(const struct cli *cli, struct str *path);

#endif
