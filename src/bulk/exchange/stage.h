/*
 * The temporary tables of a load. `stage_FILE` has one row for each row of the file: line, id (of the stored row, when
 * known), state, derived (the total of an article row, the time of loading of an account, 1 for a specification that
 * the file decides on), v_COLUMN, r_COLUMN.
 */
#pragma once

#include "bulk/exchange/load.h"

/* stage_FILE.state; 0: unchanged */
#define STATE_CHANGED 1
#define STATE_ADDED 2

bool column_is_staged(const struct column *column); /* has a v_COLUMN */
bool column_refers(const struct column *column);    /* has an r_COLUMN */
bool column_is_key(const struct column *column);
bool column_is_number(const struct column *column); /* the database stores it as a number */

/* Appends the v_COLUMNs of the key, each prefixed with the alias ("s." or ""). */
void sql_key_columns(struct sql *sql, const struct format *format, const char *alias_literal);

/* Returns whether the load writes this column of the format into known rows. */
bool column_is_updated(const struct input *input, size_t at);
/* Appends the SQL of the new value: `t` is the stored row, `s` the staged row. */
void sql_new_value(struct sql *sql, const struct column *column);

MUST_CHECK bool stage_analyze(struct load *load, const char *stage_literal, struct err *err);
