/* The code that backup and restore share. The backup file itself is described in cli/bundle.h. */
#pragma once

#include "cli/cli.h"

/* Sets *path to the path of the SQLite database; returns false with PostgreSQL. */
bool backup_sqlite_path(const struct cli *cli, struct str *path);
/*
 * Unpacks a backup into a separate folder and checks all of it: the digest, the database (with PostgreSQL its list of
 * contents) and every stored content. Keeps nothing afterwards. Needs as much room below DATA/tmp as the backup is
 * large.
 */
MUST_CHECK bool backup_verify(struct cli *cli, const char *source, struct err *err);
/*
 * Locks DATA/tmp, so that only one backup, restore or verify runs at a time; the lock holder may remove whatever an
 * interrupted run left there. Returns the descriptor to close at the end, or a negative number: ERR_CONFLICT when
 * another one is running.
 */
int backup_lock(struct cli *cli, struct err *err);
/* Removes a folder and everything in it. */
void backup_remove(const char *folder);
/* Renames a file, but fails if the new name exists already. */
MUST_CHECK bool backup_name(const char *from, const char *to, struct err *err);

/*
 * Checks that every content to which the database refers is in the store of `data`, whole and unchanged. Appends the
 * findings to *report, one a line.
 */
MUST_CHECK bool contents_check(struct arena *arena, struct str data, struct db_conn *conn, struct buf *report,
                               struct err *err);
