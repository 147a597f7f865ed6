/* A load under way, between the files of this folder. */
#ifndef KP_BULK_EXCHANGE_LOAD_H
#define KP_BULK_EXCHANGE_LOAD_H

#include "bulk/exchange/exchange.h"
#include "bulk/exchange/format.h"
#include "bulk/exchange/problems.h"

#define LOAD_COLUMNS_MAX 24 /* of a format */

/* Where a value of the header goes: a column of the format, or an extra field. */
struct destination {
    const struct column *column; /* NULL: an extra field */
    struct str extra_key;
};

struct input {
    const struct load_source *source;
    const struct format *format;
    size_t index;
    bool given[LOAD_COLUMNS_MAX]; /* by position in the format: the header has it */
    struct destination *destinations;
    bool sound; /* header and rows could be read to the end */
    struct load_count *count;
};

struct load {
    struct db_conn *conn;
    struct arena *arena;
    const struct load_options *options;
    struct load_result *result;
    struct problems problems;
    struct input inputs[LOAD_SOURCES_MAX]; /* in the order of the formats */
    size_t input_count;
    int64_t now;
    int64_t last_account; /* the highest id before the merge */
    bool merged;
    size_t sample_room;
};

/* Whether a file is part of the load, and whether it has the column. */
const struct input *load_input(const struct load *load, enum format_id id);
bool input_gives(const struct input *input, const char *column);
/* The input of a table that references point to; NULL when it is not part of the load. */
const struct input *load_input_of_table(const struct load *load, const char *table);

/* problem_add for a value of a row. */
#define LOAD_PROBLEM(load_, input_, line_, column_, found_, ...)                                                       \
    problem_add(&(load_)->problems, (input_)->index, (input_)->format->file, (line_), (column_), (found_), __VA_ARGS__)

/* --- header.c: fills input->given and ->destinations; problems are noted --- */
bool header_read(struct load *load, struct input *input);

/* --- cell.c --- */
/*
 * The value of a cell for the staging table; a wrong one is noted, and NULL. Lists, logins and passwords are for
 * others.
 */
struct db_value cell_value(struct load *load, const struct input *input, struct arena *arena,
                           const struct column *column, int64_t line, struct str text);
/* One number of a list; false when there is no number, or it is wrong and noted. */
bool cell_number(struct load *load, const struct input *input, struct arena *arena, const struct column *column,
                 int64_t line, struct str part, struct str *number);
/* The value of an extra field, checked as it is configured; empty: no value, or a wrong one, which is noted. */
struct str cell_extra(struct load *load, const struct input *input, struct arena *arena, struct str key, int64_t line,
                      struct str text);
/* False, and noted, when the text is longer than its field. */
bool cell_fits(struct load *load, const struct input *input, const struct column *column, int64_t line,
               struct str text);

/* --- secrets.c --- */
/* `name/password` at the first `/`; the name trimmed; false when one of them is empty (domain 3.2). */
bool login_split(struct str cell, struct str *name, struct str *password);
/* Notes what is wrong with the password of an account (domain 3.1). */
void password_check(struct load *load, const struct input *input, int64_t line, struct str password);
/* Computes the hashes of logins and accounts into stage_login. */
bool secrets_hash(struct load *load, struct err *err) __attribute__((warn_unused_result));

/* --- stage.c, rows.c --- */
bool stage_create(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Reads every input into its temporary table. */
bool rows_stage(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool stage_index(struct load *load, struct err *err) __attribute__((warn_unused_result));

/* --- check.c: duplicates, references, what new rows need --- */
bool check_all(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Notes a problem with a user name of stage_login. */
void logins_note(struct load *load, int64_t source, int64_t line, struct str name, const char *problem);

/* --- contents.c --- */
/*
 * Reads the contents of files and puts them into the store, or only looks at them in a dry run. A row comes as line,
 * path, name and goes as line, digest, media type, size, name, key; what is wrong is noted, and NULL.
 */
bool contents_take(struct load *load, const struct input *input, struct arena *arena, struct db_value (*rows)[6],
                   size_t count, struct err *err) __attribute__((warn_unused_result));

/* --- merge*.c: inside the transaction --- */
bool merge_rows(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
/* Marks rows whose lists differ from the stored links, and writes the links. */
bool links_mark(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
bool links_write(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
bool extras_mark(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
bool extras_write(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
/* Before the accounts are merged: the names that others hold. Behind their insertion: their logins. */
bool accounts_check(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool accounts_name(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
bool logins_mark(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
bool logins_write(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool accounts_write(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool invitations_queue(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Notes circles of parents, and article rows whose work order is another case's. */
bool objects_check_parents(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool rows_check_work_orders(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool addresses_refresh(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool totals_refresh(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Notes cases that an object or a work order is about to leave. */
bool cases_note_before(struct load *load, const struct input *input, struct err *err)
    __attribute__((warn_unused_result));
/* States, reach and search words of all cases that are new, changed or noted. */
bool cases_refresh(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Before specifications are written: marks those that the file decides on (`derived` 1). */
bool decisions_note_before(struct load *load, const struct input *input, struct err *err)
    __attribute__((warn_unused_result));
/* Of an input: marks new and changed rows whose times are in the wrong order (`disorder`). */
bool times_mark(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
/* Notes those rows, once all work orders are there. */
bool times_check(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* What is derived from the rows of those that are new or changed, or whose rows are; and what was decided on. */
bool specifications_refresh(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* Notes files with none or several owners, and paths that cannot stand together in one folder. */
bool files_check(struct load *load, struct err *err) __attribute__((warn_unused_result));

/* --- samples.c: what the load does to the first rows of a file, once they are marked and before they are written -- */
bool samples_take(struct load *load, const struct input *input, struct err *err) __attribute__((warn_unused_result));
/* Puts them into the order of files and lines. */
void samples_sort(struct load_result *result);

/* --- undo_keep.c: what is kept so that the load can be undone; nothing when nobody wants that --- */
/* Of an input: once its rows are marked and before they are written. */
bool undo_keep_before(struct load *load, const struct input *input, struct err *err)
    __attribute__((warn_unused_result));
/* Before logins are removed; before states of cases are derived; before specifications are. */
bool undo_keep_removed(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool undo_keep_cases(struct load *load, struct err *err) __attribute__((warn_unused_result));
bool undo_keep_specifications(struct load *load, struct err *err) __attribute__((warn_unused_result));
/* When all is written. */
bool undo_keep_after(struct load *load, struct err *err) __attribute__((warn_unused_result));

/* --- progress.c --- */
void progress_show(const struct load *load, const char *what, double done);
void progress_end(const struct load *load);

/* --- aside.c ------------------------------------------------------------------------------------------------------ */

/*
 * The database that a load is tried on: of SQLite, where one who writes holds up all others, a copy below DATA/tmp; of
 * PostgreSQL itself.
 */
struct load_aside {
    struct arena *arena;
    struct db *db; /* of the copy; NULL: there is none */
    struct db_conn *conn;
    struct str folder;
};
/* Close it also when it failed. */
bool load_aside_open(struct load_aside *aside, struct db_conn *conn, struct arena *arena, struct str data,
                     struct err *err) __attribute__((warn_unused_result));
void load_aside_close(struct load_aside *aside);

#endif
