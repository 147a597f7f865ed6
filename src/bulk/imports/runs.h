/*
 * Imports in the database (tables import_run, import_file, import_problem, import_sample). Shared by the files of this
 * folder.
 */
#pragma once

#include "bulk/exchange/exchange.h"
#include "portal/visit.h"

/*
 * How long the uploaded files of an import that nobody ran are kept. The files of an import that ran are removed at
 * once.
 */
#define UPLOAD_DAYS 7
/* How long an import can be undone. */
#define UNDO_DAYS 30
/* `import_file.file` of a file or sheet that is left out. */
#define LEFT_OUT "-"
/* The most files of a run: all sheets of all workbooks, and CSV files. */
#define RUN_FILES_MAX (IMPORT_FILES_MAX * WORKBOOK_SHEETS)
/* The distance between the positions of two uploads, so that the sheets of each have room. */
#define SHEETS_ROOM 1000

struct run {
    int64_t id;
    struct str state, who, message, started_by, undone_by;
    struct str layout; /* the layout of the data kept for undoing; empty: no data is kept */
    int64_t created, checked, started, finished, undone; /* times; 0: has not happened */
    int64_t problem_total, logins_removed, mails;
    int64_t added, changed, unchanged; /* the sums over all files */
};

struct run_file {
    int64_t position, size;
    struct str name, sheet, stored, file;
    struct load_count count;
};

bool run_is(const struct run *run, const char *state);

MUST_CHECK bool run_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run *run, bool *found,
                         struct err *err);
MUST_CHECK bool run_files_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_file **files,
                               size_t *count, struct err *err);

/* Returns whether the run is done and this program can undo it with the data it kept. */
bool run_can_undo(struct arena *arena, const struct run *run);

/*
 * Moves a run from one state to another; *moved is false when the run was not in the first state. May be called inside
 * a transaction or alone.
 */
MUST_CHECK bool run_move(struct db_conn *conn, int64_t id, const char *from, const char *to, bool *moved,
                         struct err *err);
MUST_CHECK bool run_fail(struct db_conn *conn, int64_t id, const char *state, const struct msgid *message,
                         struct err *err);
/* Replaces the stored problems of a run. */
MUST_CHECK bool run_problems_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct str *problems,
                                   size_t count, int64_t total, struct err *err);
MUST_CHECK bool run_samples_write(struct db_conn *conn, struct arena *arena, int64_t id,
                                  const struct load_sample *samples, const int64_t *positions, size_t count,
                                  struct err *err);
/* Deletes the data kept for undoing the run. */
MUST_CHECK bool run_undo_forget(struct db_conn *conn, int64_t id, struct err *err);
MUST_CHECK bool run_counts_write(struct db_conn *conn, int64_t id, int64_t position, const struct load_count *count,
                                 struct err *err);

/* --- plan.c --- */
/*
 * Finds out which file of an import each uploaded file or sheet is. When *settled is false, the administrator has to
 * say so for some of them.
 */
MUST_CHECK bool plan_files(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id,
                           bool *settled, struct err *err);

/* --- worker.c, upkeep.c --- */
bool imports_work(struct db *db, const struct config *config, struct err *err);
bool imports_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);
