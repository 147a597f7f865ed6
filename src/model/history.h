/*
 * The history that staff see of a case, a row of a register or a specification: who changed what, the lines of one save
 * together. Writes the table register_change; the lines of cases are written by case_edit.h.
 */
#pragma once

#include "portal/visit.h"

/* How many lines a page shows at most, the newest first. */
#define HISTORY_MAX 200

struct history_line {
    struct str field, before, after;
};

/* What one person changed at one moment. */
struct history_save {
    int64_t at;
    struct str who;
    struct history_line *lines; /* in the order in which they were written */
    size_t count;
};

struct history {
    struct history_save *saves; /* the newest first */
    size_t count;
};

/* A row with a history: its table, `cases` or one that register_change allows, and its id. */
struct history_of {
    const char *table_literal;
    int64_t id;
};

/* Adds a line, in Swedish, by the staff user of the visit. Call it in the transaction of the change. Not for cases. */
MUST_CHECK bool history_add(struct visit *visit, struct history_of of, struct str field, struct str before,
                            struct str after, struct err *err);
/* Reads the history. Numbers of customers, objects, contacts and articles are shown with their names. */
MUST_CHECK bool history_load(struct visit *visit, struct history_of of, struct history *history, struct err *err);
/* Deletes the history of a contact, when the person is erased. */
MUST_CHECK bool history_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
