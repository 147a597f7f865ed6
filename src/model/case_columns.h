/* The columns a list of cases can have ([case_search] columns): how each is read, shown, and exported. */
#ifndef KP_MODEL_CASE_COLUMNS_H
#define KP_MODEL_CASE_COLUMNS_H

#include "model/case_criteria.h"

enum column_kind {
    COLUMN_TEXT,
    COLUMN_NUMBER,
    COLUMN_STATUS,
    COLUMN_INSTANT,
    COLUMN_PICKLIST,
    COLUMN_REGISTER,
    COLUMN_EXTRA,
    COLUMN_ACTIONS
};

/* One column as configured. A register or picklist column is read as two values: its code and what people call it. */
struct case_column {
    struct str name;  /* code name, as in the CSV header */
    struct str label; /* in the visit's language */
    enum column_kind kind;
    const char *code_literal; /* SQL of the code */
    const char *text_literal; /* SQL of what is shown */
    const char *sort;         /* value of the `sort` parameter, NULL: cannot be sorted by */
    struct str extra_key;
};

/* One value of a row. */
struct case_value {
    struct str code; /* for CSV: keys, numbers, code names, ISO times */
    struct str text; /* for people */
    int64_t instant; /* of time columns; 0: none */
    int status;
};

struct case_row {
    int64_t id, created, sort_value;
    struct str number, sort_text;
    const struct case_value *values; /* one a column */
};

/* The name of the list of staff, whose columns and last query each user has of his own. */
#define CASES_LIST "cases"
/* Every column there may be, for staff to choose among. */
size_t columns_all(struct visit *visit, const struct case_column **columns);
/* The configured columns in the language of the visit; of staff those that the user chose. */
size_t columns_load(struct visit *visit, const struct case_column **columns);
/* Appends `, expr…` for every column to a SELECT over aliases c, ty, pr, cu, o. */
void columns_select(struct sql *sql, const struct case_column *columns, size_t count);
/* The joins those aliases need, after `cases c`. */
extern const char COLUMNS_JOINS[];
/* Reads the values that columns_select asked for, from result column `at` on. */
const struct case_value *columns_read(struct visit *visit, const struct db_rows *rows, int at,
                                      const struct case_column *columns, size_t count, struct arena *arena);

#endif
