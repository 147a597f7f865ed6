/*
 * What a specification says, as one text: the line of each row in order, and the sum. Its digest tells whether what was
 * decided on is what stands now. Labels, states of rows and anything a reader's language changes are not in it.
 */
#ifndef KP_MODEL_SPECIFICATION_CONTENT_H
#define KP_MODEL_SPECIFICATION_CONTENT_H

#include "db/db.h"

struct specification_content {
    struct str text;
    struct str digest; /* hex of BLAKE2b-256 of text */
    int64_t row_count, case_count;
    int64_t total; /* öre */
};

/* The digest of a text of this kind. */
struct str specification_digest(struct arena *arena, struct str text);
/* Reads the rows as they stand in this transaction. ERR_INTERNAL when the sum leaves the range of money. */
bool specification_content(struct db_conn *conn, struct arena *arena, int64_t specification_id,
                           struct specification_content *content, struct err *err) __attribute__((warn_unused_result));
/* Tells into `report` which specifications are kept with another digest, counts or sum than their rows have. */
bool specification_check(struct db_conn *conn, struct buf *report, struct err *err) __attribute__((warn_unused_result));

#endif
