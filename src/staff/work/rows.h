/* One article row: as stored, as typed, as written. */
#ifndef KP_STAFF_WORK_ROWS_H
#define KP_STAFF_WORK_ROWS_H

#include "model/article_row_fields.h"
#include "staff/work/internal.h"

struct work_row {
    int64_t id; /* 0: new */
    struct str number, status;
    int64_t total; /* öre */
    struct form form;
};

/* A row that nobody wrote yet: today, one of it. */
void row_blank(struct visit *visit, struct work_row *row);
/* ERR_NOT_FOUND when the case has no row of that number. */
bool row_load(struct visit *visit, int64_t case_id, struct str number, struct work_row *row, struct err *err)
    __attribute__((warn_unused_result));
/* Takes the form that was sent; what is left empty comes from the article. */
bool row_read(struct visit *visit, const struct work_case *work, struct work_row *row, struct err *err)
    __attribute__((warn_unused_result));
/* Articles whose number or name has what was typed: `T10 Labour; T11 Travel`, empty when there are none. */
bool row_articles_like(struct visit *visit, struct str typed, struct str *found, struct err *err)
    __attribute__((warn_unused_result));
/* In a change of the case: inserts or updates the row, and what is derived from it. */
bool row_write(struct case_edit *edit, struct work_row *row, struct err *err) __attribute__((warn_unused_result));

#endif
