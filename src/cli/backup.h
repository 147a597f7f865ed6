/*
 * What backup and restore agree on: a tar file with the database under this name, the data folder's `files/`, and last the
 * digest of all that stands before it, so that a damaged backup is refused and never half believed.
 */
#ifndef KP_CLI_BACKUP_H
#define KP_CLI_BACKUP_H

#include "cli/cli.h"

#define BACKUP_DATABASE "kundportal.db"
#define BACKUP_DIGEST "digest"

/* The path of the SQLite database; ERR_INVALID with PostgreSQL. */
bool backup_sqlite_path(const struct cli *cli, struct str *path, struct err *err) __attribute__((warn_unused_result));

#endif
