/* Article rows of cases (domain 2): the work and material of a case, and their cost. Writes the table article_row. */
#pragma once

#include "model/case_edit.h"
#include "model/record.h"

struct article_row {
    int64_t id; /* 0: new */
    struct str number;
    int64_t total;                       /* öre */
    const struct record_column *columns; /* the fields of its form */
    size_t column_count;
};

/*
 * Stores a row and refreshes the specifications that have it. Call it within a change of the case (model/case_edit.h).
 * A row with id 0 is new and gets a number, which becomes the subject of the change. Fails with ERR_CONFLICT when the
 * row is no longer editable, or stands on a specification that is not a draft.
 */
MUST_CHECK bool article_row_save(struct case_edit *edit, struct article_row *row, struct err *err);
/*
 * Moves a row from one state (code name) to another and refreshes the specifications that have it. Call it within a
 * change of the case. Fails with ERR_CONFLICT when the row stands on a specification that is not a draft, unless the
 * new state is attested.
 */
MUST_CHECK bool article_row_move(struct case_edit *edit, int64_t id, struct str from, struct str to, struct err *err);
/* Sets the attested rows of a specification to invoiced. Call it in a transaction. */
MUST_CHECK bool article_rows_invoice(struct db_conn *conn, int64_t specification_id, struct err *err);

/*
 * Derives the totals of rows from quantity, price and discount. The SQL `literal` returns id, quantity, unit_price,
 * discount and a number that the caller chooses, in ascending order of id; it takes `$1` = the id to start after and
 * `$2` = how many rows. When the total of a row is too large, the total becomes 0 and too_large is called with the
 * number of that row.
 */
MUST_CHECK bool article_rows_derive_totals(struct db_conn *conn, const char *literal,
                                           void (*too_large)(void *context, int64_t number), void *context,
                                           struct err *err);
