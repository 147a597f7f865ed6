/*
 * Imports as they are kept (tables import_run, import_file, import_problem, import_sample). Between the files of this
 * folder.
 */
#ifndef KP_BULK_IMPORTS_RUNS_H
#define KP_BULK_IMPORTS_RUNS_H

#include "bulk/exchange/exchange.h"
#include "portal/visit.h"

/* Uploaded files of an import that nobody ran are kept so long; those of one that ran go at once. */
#define UPLOAD_DAYS 7
/* So long can an import be undone. */
#define UNDO_DAYS 30
/* `import_file.file` of what is left out. */
#define LEFT_OUT "-"
/* Sheets of all workbooks, and CSV files. */
#define RUN_FILES_MAX (IMPORT_FILES_MAX * WORKBOOK_SHEETS)
/* Positions of uploads are so far apart that the sheets of each have room. */
#define SHEETS_ROOM 1000

struct run {
    int64_t id;
    struct str state, who, message, started_by, undone_by;
    struct str layout;                                   /* of what is kept to undo it; empty: nothing */
    int64_t created, checked, started, finished, undone; /* 0: not yet */
    int64_t problem_total, logins_removed, mails;
    int64_t added, changed, unchanged; /* of all files */
};

struct run_file {
    int64_t position, size;
    struct str name, sheet, stored, file;
    struct load_count count;
};

bool run_is(const struct run *run, const char *state);

bool run_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run *run, bool *found, struct err *err)
    __attribute__((warn_unused_result));
/* Newest first, those before an id; 0: from the newest. */
bool runs_load(struct db_conn *conn, struct arena *arena, int64_t before, size_t limit, struct run *runs, size_t *count,
               struct err *err) __attribute__((warn_unused_result));
bool run_files_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_file **files, size_t *count,
                    struct err *err) __attribute__((warn_unused_result));

/* It is done, and what it did is kept by this program. */
bool run_can_undo(struct arena *arena, const struct run *run);

/*
 * Moves a run from one state to another; *moved is false when it was not in that state. Inside a transaction or alone.
 */
bool run_move(struct db_conn *conn, int64_t id, const char *from, const char *to, bool *moved, struct err *err)
    __attribute__((warn_unused_result));
bool run_fail(struct db_conn *conn, int64_t id, const char *state, const char *message, struct err *err)
    __attribute__((warn_unused_result));
/* Puts other problems in the place of those that are kept. */
bool run_problems_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct str *problems, size_t count,
                        int64_t total, struct err *err) __attribute__((warn_unused_result));
bool run_samples_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct load_sample *samples,
                       const int64_t *positions, size_t count, struct err *err) __attribute__((warn_unused_result));
/* What is kept to undo it. */
bool run_undo_forget(struct db_conn *conn, int64_t id, struct err *err) __attribute__((warn_unused_result));
bool run_counts_write(struct db_conn *conn, int64_t id, int64_t position, const struct load_count *count,
                      struct err *err) __attribute__((warn_unused_result));

/* plan.c */
bool is_workbook(struct str name);
/* Finds out what the files are; *settled false: somebody has to say so. */
bool plan_files(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id, bool *settled,
                struct err *err) __attribute__((warn_unused_result));

/* worker.c, upkeep.c */
bool imports_work(struct db *db, const struct config *config, struct err *err);
bool imports_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);

#endif
