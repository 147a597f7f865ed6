/*
 * Bulk data: `kundportal import`, `kundportal export`, and the way in that other features may use to load many rows.
 * See contract 4 for the files and docs/import.md for their rules.
 *
 * A load stages rows in temporary tables, checks them, and merges all of them in one transaction: all or nothing.
 * Memory does not grow with the number of rows.
 */
#ifndef KP_BULK_EXCHANGE_EXCHANGE_H
#define KP_BULK_EXCHANGE_EXCHANGE_H

#include "db/db.h"
#include "service/config.h"
#include "service/workbook.h"

#include <stdio.h>

int import_command(int argc, char **argv);
int export_command(int argc, char **argv);

struct load_row {
    int64_t line; /* for messages, and unique in its source */
    size_t count;
    const struct str *cells; /* as in the files, in the order of the header; valid until the next row */
};

enum load_step { LOAD_ROW, LOAD_END, LOAD_BROKEN };

/* Rows for one of the files of contract 4. Read twice when it has passwords. */
struct load_source {
    const char *file;   /* `customers.csv`: says what the rows are */
    const char *folder; /* where the contents of files.csv stand; for others NULL */
    const struct str *header;
    size_t header_count;
    bool (*rewind)(void *context); /* before each reading */
    /* On BROKEN row->line and *broken (a literal) say where and why; nothing more is read. */
    enum load_step (*next)(void *context, struct load_row *row, const char **broken);
    double (*done)(void *context); /* 0..1, for the progress bar */
    void *context;
};

struct load_count {
    int64_t added, changed, unchanged;
};

struct load_result;

struct load_options {
    const struct config *config;
    bool dry_run;         /* everything but the commit */
    bool progress;        /* a bar on stderr */
    size_t problems_most; /* how many mistakes are told; 0: a hundred */
    int64_t run;          /* keeps what is needed to undo it, under this id of import_run; 0: nothing */
    size_t samples;       /* how many new and how many changed rows of each file are shown; 0: none */
    /* How far it is, often; NULL: nobody asks. */
    void (*report)(void *context, const char *what, double done);
    /* The last thing in the transaction before it commits, not in a dry run; NULL: nothing. */
    bool (*finish)(struct db_conn *conn, void *context, const struct load_result *result, struct err *err);
    void *context;
};

/*
 * What a load does to one field of a row, or that it adds the row: then `field` is empty and `after` what it is called.
 */
struct load_sample {
    size_t source;
    int64_t line;
    bool added;
    struct str key, field, before, after;
};

#define LOAD_SOURCES_MAX 16

/* The names of the files of contract 4, in the order in which they depend on each other; NULL behind the last. */
const char *load_file(size_t at);
/* The file that such a name stands for: `customers.csv`, `Customers`, `CUSTOMERS.xlsx`; NULL: none. */
const char *load_file_of_name(struct str name);
/* The only file that has all of these columns, and its key among them; NULL: none, or several. */
const char *load_file_of_header(const struct str *header, size_t count);
/*
 * Reads the header of a seekable stream of CSV, which lives as long as the arena. What the rows are is the caller's to
 * fill in: file and folder. False: *line and *broken (a literal) say what is wrong.
 */
bool load_csv_open(struct arena *arena, FILE *stream, struct load_source *source, int64_t *line, const char **broken)
    __attribute__((warn_unused_result));
/*
 * The same of a sheet, whose first row that is not empty is the header. `data` is the data folder: its rows are
 * unpacked there.
 */
bool load_sheet_open(struct arena *arena, struct workbook *book, size_t sheet, struct str data,
                     struct load_source *source, struct workbook_fault *fault) __attribute__((warn_unused_result));
/* The header alone; *count 0: the sheet is empty. */
bool load_sheet_header(struct arena *arena, struct workbook *book, size_t sheet, struct str **header, size_t *count,
                       struct workbook_fault *fault) __attribute__((warn_unused_result));
/*
 * The file that a sheet of a workbook of this name is by its own name, or, when it is the only one, by the name of the
 * workbook; NULL: none. `only`: no other sheet has anything in it.
 */
const char *load_file_of_sheet(struct str workbook, struct str sheet, bool only);

struct load_result {
    struct load_count counts[LOAD_SOURCES_MAX]; /* in the order of the sources */
    int64_t logins_set, logins_removed, mails;
    struct str *problems; /* `FILE:LINE: COLUMN: …`, the first ones; when there are any nothing was loaded */
    size_t problem_count;
    int64_t problem_total;
    struct load_sample *samples; /* in the order of the sources and their lines */
    size_t sample_count;
};

/*
 * Loads all sources. False with ERR_INVALID when the rows are wrong (see result->problems), or with another kind when
 * the database or the machine failed. password_start must have been called. At most one source per file.
 */
bool load_run(struct db_conn *conn, struct arena *arena, const struct load_source *sources, size_t count,
              const struct load_options *options, struct load_result *result, struct err *err)
    __attribute__((warn_unused_result));

/* --- taking a load back ------------------------------------------------------------------------------------------- */

#define LOAD_BLOCKERS 100

struct load_undo_result {
    struct str *blockers; /* `FILE: NUMBER: what`, the first LOAD_BLOCKERS; when there are any nothing was undone */
    size_t blocker_count;
    int64_t blocker_total;
};

struct load_undo {
    void (*report)(void *context, const char *what, double done);         /* how far it is; NULL: nobody asks */
    bool (*finish)(struct db_conn *conn, void *context, struct err *err); /* the last thing in the transaction */
    void *context;
};

/* Deletes what is kept of a run to undo it: at most so many rows of each kind. */
bool load_undo_forget(struct db_conn *conn, int64_t run, int64_t most, struct err *err)
    __attribute__((warn_unused_result));
/* Which columns this program keeps and restores: what was kept under another layout cannot be undone. */
struct str load_undo_layout(struct arena *arena);
/*
 * Takes back what load_run did with this `run`: new rows go, changed ones get their old values, links and logins, and
 * what follows from rows is derived anew, in one transaction. ERR_CONFLICT when a row was changed since, or something
 * refers to a new one.
 */
bool load_undo_run(struct db_conn *conn, struct arena *arena, int64_t run, const struct load_undo *wish,
                   struct load_undo_result *result, struct err *err) __attribute__((warn_unused_result));

#endif
