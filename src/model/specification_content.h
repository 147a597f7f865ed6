/*
 * The content of a specification as one text: a line for each row in order, and the sum. Its digest shows whether the
 * rows that were decided on are still the current rows. Labels, states of rows and anything that depends on the
 * language of the reader are left out.
 */
#pragma once

#include "db/db.h"

struct specification_content {
    struct str text;
    struct str digest; /* digest_hex of text */
    int64_t row_count, case_count;
    int64_t total; /* öre */
};

/*
 * Appends the line of a row: `texts` are the numbers of case and row, date, title, description, the number of the
 * article, and unit; `numbers` are quantity, unit price and discount.
 */
void specification_content_add_line(struct buf *text, struct arena *arena, const struct str texts[7],
                                    const int64_t numbers[3], int64_t total);
/* Reads the rows as they are in this transaction. Fails with ERR_INTERNAL when the sum leaves the range of money. */
MUST_CHECK bool specification_content(struct db_conn *conn, struct arena *arena, int64_t specification_id,
                                      struct specification_content *content, struct err *err);
/* Writes into `report` the specifications whose stored digest, counts or sum do not match their rows. */
MUST_CHECK bool specification_check(struct db_conn *conn, struct buf *report, struct err *err);
