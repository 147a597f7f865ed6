/* One file of an export. */
#ifndef KP_FEATURES_EXCHANGE_EXPORT_H
#define KP_FEATURES_EXCHANGE_EXPORT_H

#include "db/db.h"
#include "features/exchange/format.h"

/*
 * Writes a file of contract 4 into the folder, ordered by the bytes of its key, in the one form that import would
 * read back and export again unchanged. The caller has a read transaction open. Memory does not grow with the number
 * of rows.
 */
bool export_file(struct db_conn *conn, const struct format *format, const char *folder, struct err *err)
    __attribute__((warn_unused_result));

#endif
