/* What backup and restore share; the file itself is cli/bundle.h. */
#ifndef KP_CLI_BACKUP_H
#define KP_CLI_BACKUP_H

#include "cli/cli.h"

/* The path of the SQLite database; false with PostgreSQL. */
bool backup_sqlite_path(const struct cli *cli, struct str *path);
/*
 * Unpacks a backup aside and looks at all of it: digest, database (of PostgreSQL its list of contents), every content.
 * Keeps nothing; needs as much room below DATA/tmp as the backup is large.
 */
bool backup_verify(struct cli *cli, const char *source, struct err *err) __attribute__((warn_unused_result));
/*
 * Backup, restore and verify take turns on DATA/tmp: what a killed one left there has no owner then. The descriptor to
 * close at the end; negative: ERR_CONFLICT, another one is running.
 */
int backup_lock(struct cli *cli, struct err *err);
/* Removes a folder with all that is in it. */
void backup_remove(const char *folder);
/* Gives a file its name unless that is taken. */
bool backup_name(const char *from, const char *to, struct err *err) __attribute__((warn_unused_result));

/*
 * Looks at every content that the database refers to: it is in the store of `data`, whole and unchanged. Findings as
 * lines in *report.
 */
bool contents_check(struct arena *arena, struct str data, struct db_conn *conn, struct buf *report, struct err *err)
    __attribute__((warn_unused_result));

#endif
