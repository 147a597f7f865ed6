/*
 * The files of contract 4, as data: one table that import, export and the generator of the demonstration company
 * read. A column of a file is staged as `v_NAME` (what the cell says) and, when it refers to something, `r_NAME` (the
 * id found for it).
 */
#ifndef KP_BULK_EXCHANGE_FORMAT_H
#define KP_BULK_EXCHANGE_FORMAT_H

#include "model/codes.h"

enum cell_kind {
    CELL_KEY,        /* text that identifies the row */
    CELL_KEY_CHOICE, /* the same, one of `choices` */
    CELL_ADDRESS,    /* the same, an e-mail address */
    CELL_TEXT,
    CELL_REFERENCE, /* the number of a row of `refers` */
    CELL_PICKLIST,  /* the key of an item of the list `refers` */
    CELL_LIST,      /* numbers of rows of `refers`, separated by | */
    CELL_CHOICE,    /* one of `choices`, stored as its text */
    CELL_CODE,      /* one of `choices`, stored as its position */
    CELL_DECIMAL,
    CELL_DATE,
    CELL_INSTANT,
    CELL_LOGIN, /* user name/password */
    CELL_PASSWORD,
    CELL_MADE, /* no column of the file: its value is SQL, for new rows and known ones */
};

struct column {
    const char *name_literal;
    enum cell_kind kind;
    bool required;
    size_t max;                 /* characters */
    const char *target_literal; /* column of the table; NULL: the cell goes elsewhere */
    const char *refers_literal; /* the table; of a picklist the list's name */
    const struct code_list *choices;
    const char *otherwise;     /* what an empty cell stands for; NULL: nothing (NULL in the database, '' in texts) */
    const char *value_literal; /* SQL over the staged row `s`, for new rows, also when the file lacks the column */
    const char *keep_literal;  /* SQL over the stored row `t` and `s`: true where the stored value stands */
    const char *shown_literal; /* SQL over the stored row `t`: what an export writes; NULL: the stored value */
};

/* A list of numbers: its links are rows of `table`. */
struct link {
    const char *column;
    const char *table_literal, *own_literal, *other_literal;
    const char *stage_literal; /* temporary table of the numbers in the cells */
};

struct format {
    const char *file;
    const char *what; /* for messages: "customer" */
    const char *table_literal;
    const char *stage_literal; /* temporary table */
    const char *find_literal;  /* SQL: the id of the row that the staged row `s` stands for */
    const char *login_kind;    /* whose logins the file has; NULL: none */
    const char *more_literal;  /* a column without a cell, and its value; NULL: none */
    const char *more_value_literal;
    const struct column *columns;
    size_t column_count;
    const struct link *links;
    size_t link_count;
    bool extra; /* takes extra_KEY columns */
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
extern const struct format formats[FORMAT_COUNT];

/* NULL when there is no such file. */
const struct format *format_of_file(const char *file);
/* NULL when the file has no such column. */
const struct column *format_column(const struct format *format, struct str name);

/*
 * What was sent through the portal has no path: in exports it is files/KEY/NAME, and is known again by the key.
 */
#define PORTAL_FOLDER "files/"
#define PORTAL_KEY_CHARS 22

#define EXTRA_PREFIX "extra_"
#define EXTRA_KEY_MAX 60
/* A key of an extra field: short, without control characters. What the installation calls it, in its own capitals. */
bool extra_key_valid(struct str key);

#endif
