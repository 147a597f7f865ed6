/* Article rows of cases (domain 2): what was done and what it costs. Writes the table article_row. */
#ifndef KP_MODEL_ARTICLE_ROW_H
#define KP_MODEL_ARTICLE_ROW_H

#include "model/case_edit.h"

struct article_row {
    int64_t id; /* 0: new */
    struct str number, date, title, description, unit, article_type, resource;
    int64_t work_order_id, article_id, action_code_id; /* 0: none */
    int64_t quantity, unit_price, discount;            /* millionths */
    int64_t total;                                     /* öre */
};

/*
 * In a change of the case: stores a row, and what specifications derive from it. One with id 0 is new and gets a
 * number, which becomes the subject of the change. ERR_CONFLICT when it is not editable any more.
 */
bool article_row_save(struct case_edit *edit, struct article_row *row, struct err *err)
    __attribute__((warn_unused_result));
/*
 * In a change of the case: a row goes from one state (code name) to another, with what specifications derive from it.
 */
bool article_row_move(struct case_edit *edit, int64_t id, struct str from, struct str to, struct err *err)
    __attribute__((warn_unused_result));
/* The editable and attested rows of a specification become invoiced. In a transaction. */
bool article_rows_invoice(struct db_conn *conn, int64_t specification_id, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Derives the totals of rows from quantity, price and discount. `literal` delivers id, quantity, unit_price, discount
 * and a number of the caller's, ids ascending, and takes `$1` = the id to start after and `$2` = how many. too_large is
 * told that number of rows whose total is too large; their total is 0.
 */
bool article_rows_derive_totals(struct db_conn *conn, const char *literal,
                                void (*too_large)(void *context, int64_t number), void *context, struct err *err)
    __attribute__((warn_unused_result));

#endif
