/* A running load, as the files of this folder share it. */
#pragma once

#include "bulk/exchange/exchange.h"
#include "bulk/exchange/format.h"
#include "bulk/exchange/problems.h"

/* What a column of the file fills: a column of the format, an extra field, or nothing. */
struct destination {
    const struct column *column;
    size_t at; /* column_position */
    struct str extra_key;
    const struct column *beside; /* the name of what this column refers to, for rows that are made; else NULL */
};

/* The dates of a column that are not written YYYY-MM-DD. */
struct date_column {
    struct str found;  /* the first of them; may be empty */
    unsigned possible; /* bits of the orders in which all of them are dates */
    bool settled;      /* they are read in `order` */
    enum load_date_order order;
};

struct words {
    struct load_meaning *known; /* words folded */
    size_t known_count, known_room, room;
};

struct input {
    const struct load_source *source;
    const struct format *format;
    size_t index;
    bool given[FORMAT_COLUMNS_MAX]; /* whether the header has the column; by position in the format */
    bool customers_follow;          /* cases without a column of customers: the merge fills it from their objects */
    struct destination *destinations;
    struct date_column *dates; /* by position in the format */
    bool sound;                /* the header and all rows could be read */
    struct load_count *count;
};

struct load {
    struct db_conn *conn;
    struct arena *arena;
    const struct load_options *options;
    struct load_result *result;
    struct problems problems, left_out;
    struct input inputs[LOAD_SOURCES_MAX]; /* in the order of the formats */
    size_t input_count;
    int64_t now;
    int64_t last_account; /* the highest account id before the merge */
    bool merged;
    size_t sample_room;
    struct words words;
};

/* Returns the input of a file; NULL when the file is not part of the load. */
const struct input *load_input(const struct load *load, enum format_id id);
bool input_gives(const struct input *input, const char *column);

/* Notes a problem with a value of a row (problem_add). */
#define LOAD_PROBLEM(load_, input_, line_, column_, found_, ...)                                                       \
    problem_add(&(load_)->problems, (input_)->index, (input_)->format->file, (line_), (column_), (found_), __VA_ARGS__)

/* --- header.c --- */
/* What a heading means: the code name of a column, or what lists of the portal write above it in either language. */
struct heading {
    enum { HEADING_UNKNOWN, HEADING_COLUMN, HEADING_EXTRA, HEADING_SHOWN /* only in lists, for people */ } kind;
    const struct column *column; /* of HEADING_COLUMN */
    struct str extra_key;        /* of HEADING_EXTRA */
    const struct column *beside; /* of HEADING_SHOWN: the column whose name this is; NULL: of no column */
    bool by_list;                /* the label under which a list has the number beside the name */
};
/* `config` knows the labels of extra fields; may be NULL. */
struct heading heading_read(struct arena *arena, const struct config *config, const struct format *format,
                            struct str name);
/* Returns whether these headings have the key columns of the format; `format` NULL: are those of one file only. */
bool header_fits(struct arena *arena, const struct format *format, const struct str *header, size_t count);
/* Fills input->given and ->destinations, and notes problems. */
bool header_read(struct load *load, struct input *input);

/* --- tidy.c --- */
/*
 * Finds the header of a source that delivers all rows of a file, and makes it deliver what people mean by the rows
 * after it. `format` NULL: the file may be any. On false *line and *broken say what is wrong.
 */
MUST_CHECK bool tidy_open(struct arena *arena, const struct format *format, struct load_source *source, int64_t *line,
                          const char **broken);
/* Returns which of the first rows is the header; mapping may be NULL. */
#define HEADER_ROWS 20
size_t header_choose(struct arena *arena, const struct format *format, const struct load_mapping *mapping,
                     const struct load_row *rows, size_t count);

/* --- mapped_source.c --- */
/* Makes a source deliver the columns that its mapping says. On false *broken says what is wrong. */
MUST_CHECK bool mapping_apply(struct arena *arena, struct load_source *source, const char **broken);

/* --- workbook_source.c --- */
/* Unpacks the rows of a sheet into a file in `data`, the data folder. On false `fault` says what is wrong. */
MUST_CHECK bool sheet_open(struct arena *arena, struct workbook *book, size_t sheet, struct str data,
                           struct load_source *source, struct workbook_fault *fault);

/* --- cell.c --- */
/*
 * Returns the value of a cell for the staging table. Notes a problem and returns NULL when the cell is wrong. Does not
 * handle lists, logins and passwords.
 */
struct db_value cell_value(struct load *load, const struct input *input, struct arena *arena,
                           const struct column *column, int64_t line, struct str text);
/* Reads one number of a list. Returns false when there is no number, or when it is wrong and noted as a problem. */
bool cell_number(struct load *load, const struct input *input, struct arena *arena, const struct column *column,
                 int64_t line, struct str part, struct str *number);
/*
 * Returns the value of an extra field, checked against its configuration. Returns an empty text when there is no value,
 * or when it is wrong and noted as a problem.
 */
struct str cell_extra(struct load *load, const struct input *input, struct arena *arena, struct str key, int64_t line,
                      struct str text);
/* Notes a problem and returns false when the text is longer than its field. */
bool cell_fits(struct load *load, const struct input *input, const struct column *column, int64_t line,
               struct str text);

/* --- made.c --- */
/* Returns whether rows are made of unknown numbers in this column. */
bool made_names(const struct input *input, const struct column *column);
/* Returns the column with the names of the rows that a column refers to. */
const struct column *made_name_column(const struct column *column);
/* Stages the rows that are made, after all files are staged. */
MUST_CHECK bool made_stage(struct load *load, struct err *err);

/* --- dates.c --- */
/* Returns the orders in which a text is a date, as bits; 0: it is no date. */
unsigned dates_possible(struct arena *arena, struct str text);
/* Returns a date in the form of contract 4, with its time if it has one; empty when it is no date in this order. */
struct str dates_read(struct arena *arena, struct str text, enum load_date_order order);
/* Takes the orders that the mappings of the sources say. */
void dates_take_said(struct load *load);
/* Decides the order of columns that have only one. Returns whether there are any: then the rows must be read again. */
bool dates_settle(struct load *load);
/* Fills result->dates. */
void dates_tell(struct load *load);

/* --- words.c --- */
MUST_CHECK bool words_load(struct load *load, struct err *err);
/* Returns what a folded word means; empty when nobody said it. */
struct str word_meaning(const struct load *load, struct str field, struct str folded);
/* Counts a word without a meaning. */
void word_note(struct load *load, const struct input *input, const struct column *column, struct str word,
               int64_t count);

/* --- secrets.c --- */
/* Splits `name/password` at the first `/` and trims the name. Returns false when one of them is empty (domain 3.2). */
bool login_split(struct str cell, struct str *name, struct str *password);
/* Notes problems with the password of an account (domain 3.1). */
void password_check(struct load *load, const struct input *input, int64_t line, struct str password);
/* Computes the password hashes of logins and accounts and writes them to stage_login. */
MUST_CHECK bool secrets_hash(struct load *load, struct err *err);

/* --- stage.c, rows.c --- */
MUST_CHECK bool stage_create(struct load *load, struct err *err);
/* Reads every input into its temporary table. */
MUST_CHECK bool rows_stage(struct load *load, struct err *err);
/* Empties the temporary tables, to read the inputs again. */
MUST_CHECK bool stage_clear(struct load *load, struct err *err);
MUST_CHECK bool stage_index(struct load *load, struct err *err);

/* --- check.c: duplicates, unknown references, values that new rows need --- */
MUST_CHECK bool check_all(struct load *load, struct err *err);
/* Notes a problem for each (source, line, user name) that the query finds in stage_login. */
MUST_CHECK bool note_logins(struct load *load, const char *literal, const char *problem, struct err *err);

/* --- contents.c --- */
/*
 * Reads the contents of files and puts them into the store; a dry run only reads them. A row comes in as line, path,
 * name and becomes line, digest, media type, size, name, key. Notes a problem and leaves NULL when a content is wrong.
 */
MUST_CHECK bool contents_take(struct load *load, const struct input *input, struct arena *arena,
                              struct db_value (*rows)[6], size_t count, struct err *err);

/* --- merge*.c: inside the transaction --- */
MUST_CHECK bool merge_rows(struct load *load, struct input *input, struct err *err);
/* Marks rows whose lists differ from the stored links, and writes the links. */
MUST_CHECK bool links_mark(struct load *load, const struct input *input, struct err *err);
MUST_CHECK bool links_write(struct load *load, const struct input *input, struct err *err);
MUST_CHECK bool extras_mark(struct load *load, const struct input *input, struct err *err);
MUST_CHECK bool extras_write(struct load *load, const struct input *input, struct err *err);
/*
 * accounts_check, before the accounts are merged: finds the names that other logins hold. accounts_name, after the
 * accounts are inserted: gives them their logins.
 */
MUST_CHECK bool accounts_check(struct load *load, struct err *err);
MUST_CHECK bool accounts_name(struct load *load, const struct input *input, struct err *err);
MUST_CHECK bool logins_mark(struct load *load, const struct input *input, struct err *err);
MUST_CHECK bool logins_write(struct load *load, struct err *err);
/* Sets the passwords of stored logins. logins_write calls it for shared logins, before accounts have their ids. */
MUST_CHECK bool passwords_write(struct load *load, struct err *err);
MUST_CHECK bool invitations_queue(struct load *load, struct err *err);
/*
 * Notes problems that merged rows of the formats `from` to `to` have together: circles of parents, article rows whose
 * work order belongs to another case, files without an owner or with several, and paths that cannot exist together in
 * one folder.
 */
MUST_CHECK bool merged_check(struct load *load, enum format_id from, enum format_id to, struct err *err);
MUST_CHECK bool addresses_refresh(struct load *load, struct err *err);
MUST_CHECK bool totals_refresh(struct load *load, struct err *err);
/*
 * Before the rows are written: notes cases that an object or a work order is about to leave, and marks the
 * specifications that the file decides on (`derived` 1).
 */
MUST_CHECK bool derived_note_before(struct load *load, const struct input *input, struct err *err);
/*
 * Derives the digests, counts and sums of specifications that are new or changed or whose rows are, records the rows
 * that decisions of the file are on, and derives the states, visibility and search words of cases that are new, changed
 * or noted.
 */
MUST_CHECK bool derived_refresh(struct load *load, struct err *err);
/* Marks new and changed rows of an input that break a rule about times (`disorder`). */
MUST_CHECK bool times_mark(struct load *load, const struct input *input, struct err *err);
/* Notes a problem for the rows that times_mark marked, after all work orders are merged. */
MUST_CHECK bool times_check(struct load *load, struct err *err);

/*
 * Notes a problem for the rows by which a case with work orders is finished before its start, after the states of cases
 * are derived.
 */
MUST_CHECK bool case_times_check(struct load *load, struct err *err);

/* --- samples.c: what the load does to the first rows of a file; taken after marking and before writing --- */
MUST_CHECK bool samples_take(struct load *load, const struct input *input, struct err *err);
/* Sorts the samples by file and line. */
void samples_sort(struct load_result *result);

/* --- undo_keep.c: keeps the data for undoing the load, unless load_options.run is 0 --- */
/* Keeps the rows of an input, after they are marked and before they are written. */
MUST_CHECK bool undo_keep_before(struct load *load, const struct input *input, struct err *err);
/* Called before logins are removed, and before states of cases and specifications are derived. */
MUST_CHECK bool undo_keep_removed(struct load *load, struct err *err);
MUST_CHECK bool undo_keep_touched(struct load *load, struct err *err);
/* Called after all rows are written. */
MUST_CHECK bool undo_keep_after(struct load *load, struct err *err);

/* --- progress.c --- */
void progress_show(const struct load *load, const char *what, double done);
void progress_end(const struct load *load);

/* --- aside.c ------------------------------------------------------------------------------------------------------ */

/*
 * The database for a dry run. With SQLite, where a writer blocks all others, it is a copy below DATA/tmp; with
 * PostgreSQL it is the database itself.
 */
struct load_aside {
    struct arena *arena;
    struct db *db; /* the copy; NULL: there is no copy */
    struct db_conn *conn;
    struct str folder;
};
/* Opens the database for a dry run. The caller closes it also after a failure. */
MUST_CHECK bool load_aside_open(struct load_aside *aside, struct db_conn *conn, struct arena *arena, struct str data,
                                struct err *err);
void load_aside_close(struct load_aside *aside);
