/*
 * The files of contract 4, as one table that import, export and the generator of the demonstration company read. A
 * column of a file is staged as `v_NAME` (the value of the cell) and, when it refers to another row, also as `r_NAME`
 * (the id of that row).
 */
#pragma once

#include "model/field.h"

enum cell_kind {
    CELL_KEY,        /* text that identifies the row */
    CELL_KEY_CHOICE, /* a key that is one of the codes */
    CELL_ADDRESS,    /* a key that is an e-mail address */
    CELL_TEXT,
    CELL_REFERENCE, /* the number of a row of another table */
    CELL_PICKLIST,  /* the key of an item of the field's list */
    CELL_LIST,      /* numbers of rows of another table, separated by | */
    CELL_CHOICE,    /* one of the codes, stored as its text */
    CELL_CODE,      /* one of the codes, stored as its position */
    CELL_INTEGER,
    CELL_DECIMAL,
    CELL_DATE,
    CELL_INSTANT,
    CELL_LOGIN, /* user name/password */
    CELL_PASSWORD,
    CELL_MADE, /* not in the file: SQL gives the value, for new and for known rows */
};

/* A column of a file: a field of the entity, and how the file differs from it. */
struct column {
    const struct entity_field *field; /* NULL of CELL_MADE */
    size_t place;                     /* of the field in the table of fields */
    size_t after;                     /* the place of the field that it follows in the file; 0: as in the table */
    const char *made_literal;         /* of CELL_MADE: the column of the table */
    bool optional;                    /* may be empty although forms require it */
    const char *otherwise; /* the value of an empty cell; NULL: no value (NULL in the database, or an empty text) */
    const char
        *value_literal; /* SQL over the staged row `s`: the value in new rows, also when the file lacks the column */
    const char
        *keep_literal; /* SQL over the stored row `t` and the staged row `s`: true where the stored value stays */
    const char *shown_literal; /* SQL over the stored row `t`: the exported value; NULL: the stored value */
};

enum cell_kind column_kind(const struct column *column);
const char *column_name_literal(const struct column *column);
const char *
column_target_literal(const struct column *column); /* the column of the table; NULL: the cell is stored elsewhere */
const char *column_refers_literal(const struct column *column); /* the table that a reference points to */
const struct code_list *column_codes(const struct column *column);
bool column_required(const struct column *column);

/* A column with a list of numbers; each number is stored as a link, a row of `table`. */
struct link {
    const char *column;
    const char *table_literal, *own_literal, *other_literal;
    const char *stage_literal; /* the temporary table with the numbers of the cells */
};

#define FORMAT_COLUMNS_MAX 23

struct format {
    const char *file;
    const char *what; /* for messages: "customer" */
    const struct entity *entity;
    const char *stage_literal; /* temporary table */
    const char *find_literal;  /* SQL: the id of the stored row that the staged row `s` stands for */
    const char *login_kind;    /* the kind of the logins in the file; NULL: the file has none */
    const char *more_literal;  /* a column that no cell fills, and its value; NULL: none */
    const char *more_value_literal;
    /* The columns that are more than their fields, or lie elsewhere than their fields. */
    const struct column *different;
    size_t different_count;
    const struct link *links;
    size_t link_count;
    bool extra; /* may have extra_KEY columns */
    const char *table_literal;
    struct column columns[FORMAT_COLUMNS_MAX]; /* every field that is exported, and those that are made */
    size_t column_count;
};

/* In the order in which they depend on each other. */
enum format_id {
    FORMAT_PICKLISTS,
    FORMAT_CUSTOMERS,
    FORMAT_OBJECTS,
    FORMAT_CONTACTS,
    FORMAT_ACCOUNTS,
    FORMAT_ARTICLES,
    FORMAT_CASES,
    FORMAT_WORK_ORDERS,
    FORMAT_ARTICLE_ROWS,
    FORMAT_SPECIFICATIONS,
    FORMAT_FILES,
};
#define FORMAT_COUNT 11
extern const struct format *const formats;

/* Returns NULL when there is no such file. */
const struct format *format_of_file(const char *file);
/* Returns the format of a table that references point to. */
enum format_id format_of_table(const char *table);
/* Returns NULL when the file has no such column. */
const struct column *format_column(const struct format *format, struct str name);

/*
 * Files that were sent through the portal have no path. Exports write them as files/KEY/NAME, and an import recognizes
 * them by the key.
 */
#define PORTAL_FOLDER "files/"
#define PORTAL_KEY_CHARS 22

#define EXTRA_PREFIX "extra_"
#define EXTRA_KEY_MAX 60
#define EXTRA_TEXT_LIMIT 20000 /* characters of an extra field that is not configured */
/*
 * Returns whether a text can be the key of an extra field: short and without control characters. The installation
 * chooses the key, capitals included.
 */
bool extra_key_valid(struct str key);
