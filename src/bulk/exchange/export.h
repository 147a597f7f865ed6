/* One file of an export. */
#ifndef KP_BULK_EXCHANGE_EXPORT_H
#define KP_BULK_EXCHANGE_EXPORT_H

#include "bulk/exchange/format.h"
#include "db/db.h"

/*
 * Writes a file of contract 4 into the folder, and the contents it speaks of, ordered by the bytes of its key, in the
 * one form that import would read back and export again unchanged. The caller has a read transaction open. Memory does
 * not grow with the number of rows.
 */
bool export_file(struct db_conn *conn, const struct format *format, const char *folder, struct str data,
                 struct err *err) __attribute__((warn_unused_result));

/* --- export_contents.c: the contents that files.csv speaks of, from the store in `data` --- */
/* The path of what was sent through the portal; not longer than file systems take. */
struct str export_portal_path(struct arena *arena, struct str key, struct str name);
/* Writes a content below the open folder, and refuses one that is missing or damaged. It is the caller's to flush. */
bool export_content(struct arena *arena, struct str data, int folder, struct str path, struct str digest,
                    struct err *err) __attribute__((warn_unused_result));

#endif
