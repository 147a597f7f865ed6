/*
 * The temporary tables of a load. `stage_FILE` has one row for each row of the file: line, id (of the stored row, when
 * known), state, derived (the total of an article row, the time of loading of an account, 1 for a specification that
 * the file decides on), v_COLUMN, r_COLUMN.
 */
#pragma once

#include "bulk/exchange/load.h"

enum load_state { STATE_UNCHANGED, STATE_CHANGED, STATE_ADDED };
#define STATE_UNCHANGED_SQL "0"
#define STATE_CHANGED_SQL "1"
#define STATE_ADDED_SQL "2"

bool column_is_staged(const struct column *column); /* has a v_COLUMN */
/* Returns the position among the values of a staged row, after line and derived; 0: the column has no v_COLUMN. */
size_t column_position(const struct format *format, const struct column *column);
bool column_refers(const struct column *column); /* has an r_COLUMN */
bool column_is_key(const struct column *column);
bool column_is_number(const struct column *column); /* the database stores it as a number */

/* Appends the v_COLUMNs of the key, each prefixed with the alias ("s." or ""). */
void sql_key_columns(struct sql *sql, const struct format *format, const char *alias_literal);

/* Returns whether the load writes this column of the format into known rows. */
bool column_is_updated(const struct input *input, size_t at);
/* Appends the SQL of the new value: `t` is the stored row, `s` the staged row. */
void sql_new_value(struct sql *sql, const struct column *column);

/* Appends the SQL of the stored value of the row `t`: of a reference, the number or key that it refers to. */
void sql_stored(struct sql *sql, const struct column *column);
/* Returns a value of this column as files write it; `instant_text` writes times. */
struct str column_text(struct arena *arena, const struct column *column, const struct db_rows *rows, int at,
                       struct str (*instant_text)(struct arena *arena, int64_t instant_us));

/* Runs a query of (line, value) and notes a problem with this value, or none for NULL, for each row of the result. */
MUST_CHECK bool note_found(struct load *load, const struct input *input, const struct sql *sql, const char *column,
                           const char *problem, struct err *err);

/* --- meaning.c --- */
/*
 * Append the condition that no row, stored or in this load, has the number or key in a staged cell: of the column, or
 * of the column that the two literals name together.
 */
void sql_unknown(struct sql *sql, const struct load *load, const struct column *column);
void sql_unknown_number(struct sql *sql, const struct load *load, enum format_id to, const char *prefix_literal,
                        const char *name_literal);
/* Replaces labels and names in unknown cells of the column by the keys and numbers that they stand for. */
MUST_CHECK bool meanings_find(struct load *load, const struct input *input, const struct column *column,
                              struct err *err);

/*
 * Derives visibility and search words of many cases again. The first statement counts them; the second selects the next
 * $2 of them after the id $1.
 */
MUST_CHECK bool reach_refresh(struct db_conn *conn, const char *count_literal, const char *next_literal,
                              struct err *err);

MUST_CHECK bool stage_analyze(struct load *load, const char *stage_literal, struct err *err);
