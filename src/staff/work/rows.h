/* An article row: reading it from the database and from a form, and writing it. */
#pragma once

#include "model/article_row_fields.h"
#include "staff/work/internal.h"

struct work_row {
    int64_t id; /* 0: new */
    struct str number, status;
    int64_t total;                                 /* öre */
    struct str specification, specification_state; /* on which it stands: number and code; or empty */
    bool held; /* that specification is not a draft, so it has to be withdrawn before the row changes */
    struct form form;
    struct str values_of; /* the article whose values the form has shown; the form carries its number */
    struct str kept;      /* labels of fields that keep what was typed although the article changed, or empty */
};

/* Makes a new row with today's date and the quantity 1. */
void row_blank(struct visit *visit, struct work_row *row);
/* Reads a row. Fails with ERR_NOT_FOUND when the case has no row with that number. */
MUST_CHECK bool row_load(struct visit *visit, int64_t case_id, struct str number, struct work_row *row,
                         struct err *err);
/*
 * Reads and checks the sent form. Unless it is refused, fills from the article what is empty and what still has the
 * value of the article before, and notes the rest in row->kept. fetch: fills it in also when the form is refused, and
 * leaves empty what the article lacks.
 */
MUST_CHECK bool row_read(struct visit *visit, const struct work_case *work, bool fetch, struct work_row *row,
                         struct err *err);
/*
 * Lists the active articles whose number or name contains the typed text: `T10 Labour; T11 Travel`. *found is empty
 * when there are no such articles.
 */
MUST_CHECK bool row_articles_like(struct visit *visit, struct str typed, struct str *found, struct err *err);
/* Inserts or updates the row, and updates the values that depend on it. Called during a change of the case. */
MUST_CHECK bool row_write(struct case_edit *edit, struct work_row *row, struct err *err);
