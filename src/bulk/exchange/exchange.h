/*
 * Bulk data: `kundportal import`, `kundportal export`, and load_run, with which other features load many rows. Contract
 * 4 describes the files and docs/import.md their rules.
 *
 * A load stages rows in temporary tables, checks them, and merges all of them in one transaction: all or nothing.
 * Memory does not grow with the number of rows.
 */
#pragma once

#include "bulk/exchange/mapping.h"
#include "db/db.h"
#include "model/codes.h"
#include "service/config.h"
#include "service/workbook.h"

#include <stdio.h>

extern const struct command import_command, export_command;

struct load_row {
    int64_t line; /* for messages; unique within its source */
    size_t count;
    const struct str *cells; /* texts as in the files, in the order of the header; valid until the next row */
};

enum load_step { LOAD_ROW, LOAD_END, LOAD_BROKEN };

/* Rows for one of the files of contract 4. A load reads them twice when the file has passwords. */
struct load_source {
    const struct load_mapping *mapping; /* NULL: the columns have their own names */
    const char *file;                   /* such as `customers.csv`; names the kind of the rows */
    const char *folder;                 /* the folder with the contents that files.csv lists; NULL for other files */
    const struct str *header;
    size_t header_count;
    int64_t header_line; /* 0: the source is no file */
    bool workbook;       /* values are as a spreadsheet shows them: times to the second */
    /* The headings of the file, before its mapping, and the cells of the first row after them. */
    const struct str *found, *first;
    size_t found_count, first_count;
    bool (*rewind)(void *context); /* called before each reading */
    /*
     * Returns LOAD_BROKEN when the source cannot be read: then row->line and *broken (a literal) say where and why, and
     * the load reads no further.
     */
    enum load_step (*next)(void *context, struct load_row *row, const char **broken);
    double (*done)(void *context); /* the part read so far, 0 to 1, for the progress bar */
    void *context;
};

struct load_count {
    int64_t added, changed, unchanged;
};

struct load_result;

struct load_options {
    const struct config *config;
    bool dry_run;         /* does everything except the commit */
    bool leave_out;       /* rows of files.csv whose content is of a kind that is not stored are left out and told */
    bool progress;        /* a bar on stderr */
    size_t problems_most; /* how many problems the result lists; 0: a hundred */
    int64_t run;          /* keeps the data for undoing the load under this id of import_run; 0: keeps nothing */
    size_t samples;       /* how many new and how many changed rows of each file become samples; 0: none */
    /* Called often with the progress of the load; may be NULL. */
    void (*report)(void *context, const char *what, double done);
    /* Called last in the transaction, before it commits, but not in a dry run; may be NULL. */
    bool (*finish)(struct db_conn *conn, void *context, const struct load_result *result, struct err *err);
    void *context;
};

/*
 * One change that a load makes: to a field of a row, or that it adds the row. When it adds the row, `field` is empty
 * and `after` is the name of the row.
 */
struct load_sample {
    size_t source;
    int64_t line;
    bool added;
    struct str key, field, before, after;
};

#define LOAD_SOURCES_MAX 16

/* A column that a file can have. */
struct load_target {
    struct str name, label;
    bool required;
};
/* Returns the columns of a file, with the names of customers and objects that may be made, and extra fields. */
size_t load_targets(struct arena *arena, const struct config *config, enum lang lang, const char *file,
                    struct load_target **targets);
/* Returns the column that a heading means without a mapping; empty: it means no column of the file. */
struct str load_target_of_heading(struct arena *arena, const struct config *config, const char *file,
                                  struct str heading);

/*
 * Returns the name of a file of contract 4. Files are in the order in which they depend on each other; NULL after the
 * last.
 */
const char *load_file(size_t at);
/* Returns the file that a name such as `customers.csv`, `Customers` or `CUSTOMERS.xlsx` stands for, or NULL. */
const char *load_file_of_name(struct str name);
/* Returns whether a name ends in .xlsx, or in .csv, in small or capital letters. */
bool load_is_workbook(struct str name);
bool load_is_csv(struct str name);
/*
 * Returns the only file that has all of these columns and whose key is among them; NULL when no file or several files
 * match.
 */
const char *load_file_of_header(struct arena *arena, const struct str *header, size_t count);
/*
 * Reads the header of a seekable stream of CSV, which must stay open as long as the arena lives; source->file is the
 * file that it stands for, or NULL. On false *line and *broken (a literal) say what is wrong.
 */
MUST_CHECK bool load_csv_open(struct arena *arena, FILE *stream, struct load_source *source, int64_t *line,
                              const char **broken);
/* Reads only the header of a sheet; *count is 0 when the sheet is empty. */
MUST_CHECK bool load_sheet_header(struct arena *arena, struct workbook *book, size_t sheet, const struct str **header,
                                  size_t *count, struct workbook_fault *fault);
/*
 * Returns the file that a sheet stands for, by the name of the sheet or, when the sheet is the only one, by the name of
 * the workbook; NULL when neither name is known. `only` says that all other sheets of the workbook are empty.
 */
const char *load_file_of_sheet(struct str workbook, struct str sheet, bool only);

/* The files of a load while they are opened. They stay open until the arena is freed. */
struct load_files {
    struct arena *arena;
    struct str data; /* the data folder; workbooks are unpacked there */
    struct load_source sources[LOAD_SOURCES_MAX];
    size_t count;
    const struct load_mapping *mappings; /* for files and sheets by their names */
    size_t mapping_count;
    struct buf faults; /* problems with whole files, one a line; empty: all are sound */
};
void load_files_init(struct load_files *files, struct arena *arena, struct str data);
/* Adds `NAME:LINE: WHAT: message` to the faults. */
void load_files_fault(struct load_files *files, const char *name, int64_t line, const char *what, const char *message);
/*
 * Add an open CSV file, or a sheet, as a source like `as`: for its file of contract 4, with its folder and mapping.
 * Return false when there is a fault: the name is unknown, it has a source already, or the file cannot be read.
 */
bool load_files_add_csv(struct load_files *files, FILE *stream, const struct load_source *as);
bool load_files_add_sheet(struct load_files *files, struct workbook *book, size_t sheet, const struct load_source *as);

/* Problems of one column and kind. */
#define LOAD_GROUP_LINES 10
struct load_group {
    size_t source;
    struct str column, what, found; /* found: the first wrong value; may be empty */
    int64_t count, lines[LOAD_GROUP_LINES];
    size_t line_count; /* the first lines, in their order */
};
/* Returns a problem of a load, or what is in the way of undoing it, in a language; both are kept in English. */
struct str load_problem_text(struct arena *arena, enum lang lang, struct str problem);

/* A word in a column of states or of a picklist that means nothing here, and could be given a meaning. */
struct load_word {
    size_t source;
    struct str column, field, word; /* field: where the meaning is kept: `case_type`, `cases.status` */
    int64_t count;
};

/* Returns where the meanings of the words of a column are kept; empty: the column has no such words. */
struct str load_word_field(struct arena *arena, const char *file, struct str column);

/* Returns the codes of such a field; NULL: it is a picklist. */
const struct code_list *load_word_codes(struct str field);

struct load_dates {
    size_t source;
    struct str column, found, read; /* the first such value, and what it is read as */
    enum load_date_order order;
    unsigned possible; /* bits of the orders in which all values of the column are dates */
};

/*
 * Adds sources without rows for the customers and objects that mappings ask for: rows are made of numbers that are not
 * known. Called when all files are added.
 */
void load_files_add_made(struct load_files *files);

struct load_result {
    struct load_count counts[LOAD_SOURCES_MAX]; /* in the order of the sources */
    int64_t logins_set, logins_removed, mails;
    struct str *problems; /* the first problems, as `FILE:LINE: COLUMN: …`; when there is one, nothing was loaded */
    size_t problem_count;
    int64_t problem_total;
    const struct load_group *groups; /* of the problems, in the order in which they were found */
    size_t group_count;
    struct load_word *words;
    size_t word_count;
    struct load_dates *dates; /* columns with dates in another form than YYYY-MM-DD */
    size_t date_count;
    struct str *left_out; /* the first rows that were left out, told like problems */
    size_t left_out_count;
    int64_t left_out_total, refused_kinds; /* refused_kinds: problems that leave_out would have left out */
    struct load_sample *samples;           /* in the order of the sources and their lines */
    size_t sample_count;
};

/*
 * Loads all sources, at most one for each file. Returns false with ERR_INVALID when the rows are wrong (see
 * result->problems), and with another kind when the database or the machine failed. The caller must have called
 * password_start.
 */
MUST_CHECK bool load_run(struct db_conn *conn, struct arena *arena, const struct load_source *sources, size_t count,
                         const struct load_options *options, struct load_result *result, struct err *err);

/* --- undoing a load ----------------------------------------------------------------------------------------------- */

#define LOAD_BLOCKERS 100

struct load_undo_result {
    struct str *blockers; /* `FILE: NUMBER: reason`, the first LOAD_BLOCKERS; if any, nothing was undone */
    size_t blocker_count;
    int64_t blocker_total;
};

struct load_undo {
    void (*report)(void *context, const char *what, double done);         /* called with the progress; may be NULL */
    bool (*finish)(struct db_conn *conn, void *context, struct err *err); /* called last in the transaction */
    void *context;
};

/* Deletes the data kept for undoing a run, at most `most` rows of each kind. */
MUST_CHECK bool load_undo_forget(struct db_conn *conn, int64_t run, int64_t most, struct err *err);
/*
 * Returns a digest of the columns that this program keeps and restores. A load whose data was kept under another layout
 * cannot be undone.
 */
struct str load_undo_layout(struct arena *arena);
/*
 * Undoes the load with this `run` in one transaction: deletes its new rows, restores the old values, links and logins
 * of changed rows, and derives again the values that follow from them. Fails with ERR_CONFLICT when a row has been
 * changed since, or when other rows refer to a new row.
 */
MUST_CHECK bool load_undo_run(struct db_conn *conn, struct arena *arena, int64_t run, const struct load_undo *wish,
                              struct load_undo_result *result, struct err *err);
