/*
 * Imports in the database (tables import_run, import_file, import_problem, import_sample). Shared by the files of this
 * folder.
 */
#pragma once

#include "base/digest.h"
#include "bulk/exchange/exchange.h"
#include "portal/visit.h"
#include "service/csv.h"

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
    struct str mapping; /* the text of a mapping; empty: the columns have their own names */
    struct load_count count;
};

/* Positions from here on are of files without contents, whose rows the import makes. */
#define MADE_FROM 100000

/* Mistakes of one column and kind; `lines` are the first, with blanks between them. */
#define RUN_GROUPS_MAX 200
struct run_group {
    int64_t file, count;
    struct str field, what, found, lines;
};

/* A question of a check, see the table import_question. */
#define RUN_QUESTIONS_MAX 600
struct run_question {
    int64_t position, file, count;
    struct str kind, field, text, options, answer;
};

/*
 * The headings of a file and what stands first below each. They are samples of line 0, after the positions of all
 * others.
 */
#define HEADINGS_FROM 1000000
#define HEADING_SHOWN_CHARS 40
struct run_heading {
    struct str name, first;
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
/* --- findings.c --- */
/* Replaces what was found out about a run; `positions` are those of the files of the sources. */
MUST_CHECK bool run_findings_write(struct db_conn *conn, struct arena *arena, int64_t id,
                                   const struct load_result *result, const int64_t *positions, struct err *err);
MUST_CHECK bool run_groups_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_group **groups,
                                size_t *count, struct err *err);
MUST_CHECK bool run_questions_load(struct db_conn *conn, struct arena *arena, int64_t id,
                                   struct run_question **questions, size_t *count, struct err *err);
MUST_CHECK bool run_headings_write(struct db_conn *conn, struct arena *arena, int64_t id, int64_t position,
                                   const struct load_source *source, struct err *err);
MUST_CHECK bool run_headings_load(struct db_conn *conn, struct arena *arena, int64_t id, int64_t position,
                                  struct run_heading **headings, size_t *count, struct err *err);
/* Returns the mapping that a text describes, an empty one when it cannot be understood. */
struct load_mapping *run_mapping(struct arena *arena, struct str text, const char *file);
/* Keep a mapping for the next file with these headings, and find it. */
MUST_CHECK bool mapping_remember(struct db_conn *conn, struct arena *arena, const struct str *headings, size_t count,
                                 const char *file, struct str text, int64_t now_us, struct err *err);
MUST_CHECK bool mapping_recall(struct db_conn *conn, struct arena *arena, const struct load_source *source,
                               struct str *file, struct str *text, bool *found, struct err *err);

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
