/* Reads the article rows of one case, and chooses the columns that show them ([actions] columns). */
#pragma once

#include "portal/visit.h"

struct article_row {
    struct str number, work_order, article, date, title, description, action_code, action_code_label, article_type,
        unit, status, resource;
    int64_t quantity, unit_price, discount; /* millionths */
    int64_t total;                          /* öre */
};

enum action_column_kind { ACTION_TEXT, ACTION_DATE, ACTION_DECIMAL, ACTION_PRICE, ACTION_PERCENT, ACTION_MONEY };

struct action_column {
    const char *name; /* code name, as in the CSV header */
    const struct msgid *label;
    enum action_column_kind kind;
    bool price; /* only if the actor may see prices */
};

struct action_table {
    const struct action_column *const *columns;
    size_t column_count;
    const struct article_row *rows;
    size_t row_count;
    bool prices;
    int64_t total; /* öre, sum of all rows */
};

/* Loads the configured columns, without prices if the actor may not see them, and the rows that are not cancelled. */
MUST_CHECK bool action_table_load(struct visit *visit, int64_t case_id, struct action_table *table, struct err *err);

/* Return the text of a cell for people, and the same for CSV (code names, exact decimals). */
struct str action_cell_text(struct visit *visit, const struct action_column *column, const struct article_row *row);
struct str action_cell_code(struct visit *visit, const struct action_column *column, const struct article_row *row);
