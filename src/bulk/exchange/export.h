/* Writes one file of an export. */
#pragma once

#include "bulk/exchange/format.h"
#include "db/db.h"

/*
 * Writes a file of contract 4 into the folder, and for files.csv also the contents it lists. Rows are ordered by the
 * bytes of their key and written in the one form that an import and a new export reproduce unchanged. The caller has a
 * read transaction open. Memory does not grow with the number of rows.
 */
MUST_CHECK bool export_file(struct db_conn *conn, const struct format *format, const char *folder, struct str data,
                            struct err *err);

/* --- export_contents.c: the contents that files.csv lists, from the store in `data` --- */
/* Returns the path of a file that was sent through the portal, shortened to what file systems allow. */
struct str export_portal_path(struct arena *arena, struct str key, struct str name);
/*
 * Writes a content below the open folder. Fails when the content is missing or damaged. The caller flushes it to disk.
 */
MUST_CHECK bool export_content(struct arena *arena, struct str data, int folder, struct str path, struct str digest,
                               struct err *err);
