/*
 * Lists, described as tables. A `struct list` says which columns, criteria and orders a list has and where its rows
 * come from. From it come the page, with its form, paging, remembered search and chosen columns, and the same rows as
 * CSV (code names) and XLSX (the texts that people read). docs/adding.md has the recipe. Everything a list points to
 * lives as long as the program.
 *
 * SQL: members named `…_literal` are literals of the program. In the literal of a criterion, `?` stands for its value.
 */
#pragma once

#include "model/field.h"
#include "model/search_input.h"
#include "portal/visit.h"
#include "service/sheet.h"

struct list_query;
struct list_row;
struct list_view;

/* --- columns ------------------------------------------------------------------------------------------------------ */

enum list_kind {
    LIST_TEXT,
    LIST_LINK,    /* a text that links to PATH/VALUE; VALUE is second_literal, or else the text itself */
    LIST_CODE,    /* a code name in `codes`, shown as its label */
    LIST_STATUS,  /* a code name, shown as a badge with its label */
    LIST_STATE,   /* a badge; the database stores its place in `codes` */
    LIST_YES_NO,  /* 0 or 1; files say yes and no, or the names in `codes` */
    LIST_PAIR,    /* a key or number; second_literal is the name that people use for it */
    LIST_INSTANT, /* microseconds; 0 and NULL show nothing */
    LIST_DATE,    /* YYYY-MM-DD */
    LIST_PERIOD,  /* two dates, literal and second_literal; one may be missing; on the page only */
    LIST_OWN,     /* a cell that the list writes itself; on the page only */
    /* Numbers, aligned to the right. */
    LIST_COUNT,
    LIST_SIZE,     /* bytes */
    LIST_DECIMAL,  /* millionths */
    LIST_PRICE,    /* millionths, with at least two decimals */
    LIST_PERCENT,  /* millionths; 0 shows nothing on the page */
    LIST_MONEY,    /* öre */
    LIST_DURATION, /* microseconds; files have hours */
};

enum list_column_flags {
    LIST_HIDDEN = 1,    /* on the page only if the user chose it */
    LIST_NO_FILE = 2,   /* on the page, not in files */
    LIST_NO_PAGE = 4,   /* in files, not on the page */
    LIST_WITH_NAME = 8, /* for a pair: CSV also has a column NAME_name */
    LIST_ALWAYS = 16,   /* staff must keep it when they choose columns, as with LIST_LINK */
    LIST_SUMMED = 32,   /* for money in the last column of a whole list: its sum stands below */
    LIST_BY_LOGIN = 64, /* the one `?` of the literal is the id of the customer's login */
    LIST_HEADS_ROW =
        128 /* a cell that the list writes itself as `<th scope="row">`; without one the first link is it */
};

struct list_column {
    const char *name;          /* code name: the heading in CSV; an order of this name sorts by the column */
    const char *order;         /* the name of the order that sorts by the column, if it is another */
    const struct msgid *label; /* NULL: label, kind, codes and literal come from the entity's field of this name */
    enum list_kind kind;
    unsigned flags;
    const char *literal;                            /* SQL of the value; several values are separated by commas */
    const char *second_literal, *second_en_literal; /* SQL of the second value; its English variant, if that differs */
    const char *path;                               /* for a link: PATH; NULL: the path of the list */
    const char *link_literal; /* for a pair with a path: its name links to PATH/KEY when this SQL is not NULL */
    const struct code_list *codes;
    const char *const *tones; /* the style of a badge for each code; NULL: its code name, or the number of a state */
    int value_count;          /* number of values in `literal`; 0: one */
    void (*own)(struct buf *out, const struct view *v, const struct list_row *row); /* writes the whole cell */
    void (*own_head)(struct buf *out, const struct view *v); /* writes its heading; may be NULL */
    struct str (*text)(const struct list_column *column,
                       const struct list_row *row); /* for LIST_TEXT: the text that people read; or NULL */
    struct str bound; /* for a column made by the settings: a bound value that ends its literal, followed by `)` */
};

/* The members that most columns have: {LIST_COLUMN("phone", _("Phone"), TEXT, "t.phone"), .flags = LIST_HIDDEN}. */
#define LIST_COLUMN(name_, label_, kind_, literal_)                                                                    \
    .name = name_, .label = label_, .kind = LIST_##kind_, .literal = literal_

/* A row while it is being written. Its texts are valid only until the next row is read. */
struct list_row {
    struct visit *visit;
    const struct list_query *query;
    const struct db_rows *rows;
    int at;           /* where the column's first value is in the row */
    struct str label; /* the column's label */
};
struct str list_row_text(const struct list_row *row, int value);
int64_t list_row_int(const struct list_row *row, int value);
bool list_row_null(const struct list_row *row, int value);

/* Makes the column of a field, for `more` of a list. Returns false when the entity has no such field for lists. */
bool list_field_column(const struct entity *entity, struct str name, struct list_column *column);

/* The members of a column that shows the picklist item with this SQL alias. */
#define LIST_PICKLIST(alias)                                                                                           \
    .kind = LIST_PAIR, .literal = alias ".key", .second_literal = alias ".label_sv",                                   \
    .second_en_literal = "COALESCE(NULLIF(" alias ".label_en, ''), " alias ".label_sv)"

/* --- criteria ----------------------------------------------------------------------------------------------------- */

enum list_criterion_kind {
    LIST_BY_WORDS,  /* every word occurs in `literal`; without literal, `add` or `source` searches for the words */
    LIST_BY_NUMBER, /* a number, or a part of an address; used as it was typed, trimmed */
    LIST_BY_CODE,   /* one of `codes`; any other value is a fault */
    LIST_BY_TICK,   /* `literal` if it is ticked, else_literal if not */
    LIST_FROM,      /* the first day: the instant when it begins */
    LIST_TO,        /* the last day: the instant when the next day begins */
    LIST_FROM_DATE, /* the first and the last day, for columns that hold dates */
    LIST_TO_DATE,
    LIST_BY_CHOICE, /* `fill` makes the field: a picklist or a picker. An unknown value finds nothing */
};

struct list_criterion {
    const char *name;                 /* name of the query parameter */
    const struct msgid *label, *hint; /* without a label only the address can set it */
    enum list_criterion_kind kind;
    const char *literal;     /* ` AND t.status = ?`; for words the text with them; NULL: `source` adds the condition */
    enum search_index index; /* for words: `literal` is the id of a row that has its words there */
    const char *else_literal;
    const struct code_list *codes;
    const char *const *code_literals; /* instead of literal: one for each code */
    /* Returns the value to use when the address has none. May be NULL. */
    struct str (*preset)(const struct list_query *query);
    /* Makes the field; a field without a label is not shown. It may replace the typed text by a number. May be NULL. */
    bool (*fill)(struct visit *visit, struct str *value, struct criterion *one, struct err *err);
    /* Adds the condition, instead of literal. May be NULL. */
    void (*add)(struct sql *sql, const struct list_query *query, struct str value);
};

/* The same for criteria: {LIST_CRITERION("from", _("From"), FROM, " AND t.created >= ?")}. */
#define LIST_CRITERION(name_, label_, kind_, literal_)                                                                 \
    .name = name_, .label = label_, .kind = LIST_##kind_, .literal = literal_

/* --- orders ------------------------------------------------------------------------------------------------------- */

/*
 * A key that rows are sorted by. LIST_KEY_ALONG follows the requested direction; LIST_KEY_UP and LIST_KEY_DOWN are
 * fixed.
 */
struct list_key {
    const char *literal;
    enum { LIST_KEY_NUMBER, LIST_KEY_TEXT } type;
    enum { LIST_KEY_ALONG, LIST_KEY_UP, LIST_KEY_DOWN } direction;
};
#define LIST_KEYS 3

/* Paging goes on from the keys of a row, so no two rows may have the same values in all keys. */
struct list_order {
    const char *name; /* value of the parameter `sort`; NULL: people cannot ask for this order */
    bool down_first;  /* the first click on the heading sorts downwards */
    struct list_key keys[LIST_KEYS];
    const char *en_literal; /* the first key in English, if it differs */
};

#define LIST_NATURAL " COLLATE \"sv-natural\""

/* --- the list ----------------------------------------------------------------------------------------------------- */

/*
 * A chip: narrows the list to one value of a criterion. The chips of a list stand above its rows, with how many rows
 * each would show; a list with chips has the brief look: one search box, and all other criteria under *Filter*.
 */
struct list_chip {
    const char *value; /* "": all */
    const struct msgid *label;
};
/* A choice of the field that sorts, beside the count of a brief list. */
struct list_sort {
    const char *value; /* of the parameter `sort` */
    const struct msgid *label;
};

struct list {
    const char *name; /* names its files, and what is stored about it for each staff user */
    const char *path; /* NULL: the path of the request */
    const struct msgid *title;
    const struct msgid *rows_title; /* title of the table, of files and of the choice of columns; NULL: title */
    const struct msgid *one, *many; /* `{n} case` and `{n} cases`: the matches are counted; NULL: they are not */
    const struct msgid *beyond;     /* `More than {n} cases`: the count of a search by words stops there */
    const char *sum_literal;     /* the sum of the matches in öre, shown beside their count: an aggregate; or NULL */
    bool formless;               /* the page does not show the criteria */
    bool staff;                  /* a list for staff: remembers each user's last search and chosen columns */
    bool files_follow;           /* files have the chosen columns; else all columns */
    bool returned_to;            /* pages of its rows lead back to the last search (list_result_address) */
    const struct entity *entity; /* columns may be fields of this entity */
    const char *alias_literal;   /* the alias of its table; NULL: t */
    const struct list_column *columns;
    size_t column_count;
    const struct list_criterion *criteria;
    size_t criterion_count, first_criteria; /* small screens show the first first_criteria at once; 0: all */
    const struct list_order *orders;        /* the first is the standard order */
    size_t order_count;
    bool up;                      /* the standard order ascends; else it descends */
    bool whole;                   /* all rows stand on one page */
    bool no_files;                /* the page has no links to CSV and XLSX */
    int page_size;                /* 0: 20 */
    const char *from_literal;     /* `customer t LEFT JOIN …` */
    const char *inactive_literal; /* SQL of 0 or 1: 1 if the row is out of use; or NULL */
    const char *table_class;
    const struct msgid *none_title, *none_text;   /* the list has no rows at all */
    const struct msgid *match_title, *match_text; /* no row matches the search */
    const struct msgid *never_title, *never_text;
    const char *new_path;
    const struct msgid *new_label; /* a button beside the title, or NULL */
    struct str (*none_url)(
        const struct visit *visit); /* for a button when the list has no rows at all; empty: no button */
    const struct msgid *none_label;
    /* Appends a condition for the rows that the visitor may see. NULL: all rows. */
    void (*visible)(struct sql *sql, const struct list_query *query);
    /*
     * Returns whether this visitor sees no rows, whatever they search for; then never_title and never_text are shown.
     */
    bool (*never)(const struct visit *visit);
    /*
     * Return the standard columns, and the criteria of the form, by name. NULL: all columns not marked LIST_HIDDEN, and
     * all criteria.
     */
    size_t (*standard)(const struct visit *visit, const struct str **names);
    size_t (*searched)(const struct visit *visit, const struct str **names);
    /*
     * Columns that the settings add to those of the table. `more` makes one, or returns false if there is none of that
     * name; `more_names` returns their names.
     */
    bool (*more)(const struct visit *visit, struct str name, struct list_column *column);
    size_t (*more_names)(const struct visit *visit, const struct str **names);
    /* Returns the name that the settings give a column or criterion; empty: use its own label. */
    struct str (*label)(const struct visit *visit, struct str name);
    /* Returns whether this visitor has the column of that name at all. NULL: always. */
    bool (*has)(const struct visit *visit, struct str name);
    /* Returns whether the form offers this visitor the code of a criterion. NULL: always. */
    bool (*offers)(const struct visit *visit, const char *code);
    /*
     * Writes everything after the columns of the SELECT, limited to `limit` rows (0: all), instead of from_literal and
     * visible. *nothing: no row can be found.
     */
    bool (*source)(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err);
    /*
     * Counts the matching rows, those of a search by words up to LIST_COUNT_MAX + 1 if the list says `beyond`. NULL:
     * `SELECT count(*)` does.
     */
    bool (*count)(struct list_query *query, int64_t *total, struct err *err);
    const char *chip_criterion; /* the criterion of the chips; NULL: the list has no chips */
    const struct list_chip *chips;
    size_t chip_count;
    const struct list_sort *sorts;
    size_t sort_count;
    /* Counts the rows that each chip would show; -1: it is not told. */
    bool (*chips_count)(struct list_query *query, int64_t *counts, struct err *err);
    /* Makes a further part of a brief page, above the count. May be NULL. */
    bool (*beside)(struct list_query *query, struct html *html, struct err *err);
    /* Begins the page, with its heading, instead of the title. */
    bool (*begin)(struct list_query *query, struct err *err);
    /* Write further parts of the page: before the form, around the table of rows, and after the result. */
    bool (*before)(struct list_query *query, struct err *err);
    bool (*around)(struct list_query *query, bool begin,
                   struct err *err); /* called before (begin) and after the table of rows */
    bool (*after)(struct list_query *query, struct err *err);
    /* Returns the heading of the result when it should say more than the number of matches. */
    struct str (*summary)(struct list_query *query, struct str counted);
};

/* The tables of a list: arrays of columns, criteria and orders. */
#define LIST_TABLES(columns_, criteria_, orders_)                                                                      \
    .columns = (columns_), .column_count = sizeof(columns_) / sizeof *(columns_), .criteria = (criteria_),             \
    .criterion_count = sizeof(criteria_) / sizeof *(criteria_), .orders = (orders_),                                   \
    .order_count = sizeof(orders_) / sizeof *(orders_)

#define LIST_CRITERIA_MAX 12
#define LIST_COUNT_MAX 1000

/* A place between two rows: the keys of the row next to it. */
struct list_place {
    bool set, backwards; /* backwards: the page that ends at this place; else the page that begins there */
    struct db_value keys[LIST_KEYS];
};

/* A request for a list, read from the address. */
struct list_query {
    struct visit *visit;
    const struct list *list;
    const void *context;                  /* the context given to list_show */
    struct str values[LIST_CRITERIA_MAX]; /* for each criterion: the typed value, or its preset */
    bool given[LIST_CRITERIA_MAX];        /* the value was typed, not preset */
    int64_t numbers[LIST_CRITERIA_MAX];   /* instants of days; places in `codes` */
    const struct msgid *faults[LIST_CRITERIA_MAX];
    struct search_text search; /* what the criterion for words looks for */
    const struct list_order *order;
    bool descending;
    int page_size;
    struct list_place place;
    int64_t page;                   /* the number of the page, as its address says; it only tells where people are */
    const struct msgid *size_fault; /* a fault in the page size */
    const struct msgid *link_fault; /* a fault in the sorting or paging, which have no field */
    bool faulty, narrowed, unanswerable;
    int64_t total;                /* number of matches, if the list counts them */
    int64_t sum;                  /* what sum_literal makes, if the list has it */
    void *kept;                   /* data that `source` and `count` share */
    const struct list_view *view; /* for the hooks around the rows: the form and texts of the page */
};

/*
 * For a page that shows the criteria of a list above something else. list_query_read reads the query from the address
 * and returns false when it has a fault; list_form_fill fills the criteria of the view and finds further faults.
 */
bool list_query_read(struct list_query *query, struct visit *visit, const struct list *list);
MUST_CHECK bool list_form_fill(struct list_query *query, struct list_view *view, struct err *err);
/* Returns the value of the criterion of that name; empty: no value. */
struct str list_value(const struct list_query *query, const char *name);
/* Returns the instant of that criterion if it is a day. */
int64_t list_number(const struct list_query *query, const char *name);
/* Appends the conditions of all criteria, each beginning with ` AND `. */
void list_conditions(struct sql *sql, const struct list_query *query);
/*
 * Append ` AND …` for the rows after the place, and ` ORDER BY …`. Both follow the order in which rows are read, which
 * is backwards for a page that ends at the place.
 */
void list_add_place(struct sql *sql, const struct list_query *query);
void list_add_order(struct sql *sql, const struct list_query *query);
/*
 * Returns the address of the list for this query. `ending` is appended to its path, `sort` (if not empty) replaces the
 * order. `place` is where the page before or after begins, the query's own place for this page, or NULL.
 */
struct str list_address(const struct list_query *query, const char *ending, struct str sort,
                        const struct list_place *place);

/*
 * Reads the query of the request for something else than the page and its files. Returns false if it has a fault, which
 * the page says.
 */
bool list_query_read(struct list_query *query, struct visit *visit, const struct list *list);

/* --- handlers of routes ------------------------------------------------------------------------------------------- */

bool list_page(struct visit *visit, const struct list *list, struct err *err);
bool list_csv(struct visit *visit, const struct list *list, struct err *err);
bool list_xlsx(struct visit *visit, const struct list *list, struct err *err);
/* `/staff/lists/NAME`: the page where a staff user chooses columns and their order, and its form. */
bool list_columns_page(struct visit *visit, const struct list *list, struct err *err);
bool list_columns_send(struct visit *visit, const struct list *list, struct err *err);

/*
 * Shows the page without going to the user's last search, for example after a form was refused. `context` is put into
 * the query.
 */
bool list_show(struct visit *visit, const struct list *list, const void *context, struct err *err);
/*
 * Returns the address of the last search of this browser in a list that is `returned_to`, with its order, size and
 * page; without a search the path of the list, and *searched is false.
 */
struct str list_result_address(struct visit *visit, const struct list *list, bool *searched);
/* Sends the list as a file. `context` is put into the query. */
bool list_file_send(struct visit *visit, const struct list *list, const void *context, enum sheet_kind kind,
                    struct err *err);

/*
 * Define the handlers of one list: NAME_page, NAME_csv and NAME_xlsx; for staff also NAME_columns_page and
 * NAME_columns_send.
 */
#define LIST_HANDLER(name, verb, list)                                                                                 \
    static bool name##_##verb(struct visit *visit, struct err *err)                                                    \
    {                                                                                                                  \
        return list_##verb(visit, &(list), err);                                                                       \
    }
#define LIST_HANDLERS(name, list)                                                                                      \
    LIST_HANDLER(name, page, list) LIST_HANDLER(name, csv, list) LIST_HANDLER(name, xlsx, list)
#define LIST_HANDLERS_STAFF(name, list)                                                                                \
    LIST_HANDLERS(name, list)                                                                                          \
    LIST_HANDLER(name, columns_page, list) LIST_HANDLER(name, columns_send, list)
/*
 * The routes of these handlers: LIST_ROUTES(things, "/things", WHO_LOGIN, 0) for the list at /things, and
 * LIST_ROUTES_STAFF(things, "things", WHO_STAFF) for the list at /staff/things.
 */
#define LIST_ROUTES(name, address_literal, who, flags)                                                                 \
    {"GET", address_literal, name##_page, who, flags}, {"GET", address_literal ".csv", name##_csv, who, flags},        \
    {                                                                                                                  \
        "GET", address_literal ".xlsx", name##_xlsx, who, flags                                                        \
    }
#define LIST_ROUTES_STAFF(name, address_literal, who)                                                                  \
    LIST_ROUTES(name, "/staff/" address_literal, who, 0),                                                              \
        {"GET", "/staff/lists/" address_literal, name##_columns_page, who, 0},                                         \
    {                                                                                                                  \
        "POST", "/staff/lists/" address_literal, name##_columns_send, who, 0                                           \
    }
