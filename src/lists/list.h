/*
 * A list as a table. One `struct list` says which columns, criteria and orders a list has and where its rows come from;
 * from it come the page with its form, paging, remembered search and chosen columns, and the same rows as CSV (code
 * names) and XLSX (as people read them). docs/adding.md has the recipe. Everything a list points to lives as long as
 * the program.
 *
 * SQL: members named `…_literal` are literals of the program. A criterion's `?` stands for its value.
 */
#ifndef KP_LISTS_LIST_H
#define KP_LISTS_LIST_H

#include "model/field.h"
#include "portal/visit.h"

struct list_query;
struct list_row;

/* --- columns ------------------------------------------------------------------------------------------------------ */

enum list_kind {
    LIST_TEXT,
    LIST_LINK,    /* a text that leads to PATH/VALUE; VALUE is second_literal, or the text itself */
    LIST_CODE,    /* a code name out of `codes`, shown as its label */
    LIST_STATUS,  /* the same as a badge */
    LIST_STATE,   /* a badge; the place in `codes` is stored */
    LIST_YES_NO,  /* 0 or 1; files have yes and no, or their names in `codes` */
    LIST_PAIR,    /* a key or number, and in second_literal what people call it */
    LIST_INSTANT, /* microseconds; 0 and NULL show nothing */
    LIST_DATE,    /* YYYY-MM-DD */
    LIST_PERIOD,  /* two dates: literal and second_literal; on the page alone */
    LIST_OWN,     /* a cell that the list writes itself; on the page alone */
    /* Numbers, to the right. */
    LIST_COUNT,
    LIST_SIZE,    /* bytes */
    LIST_DECIMAL, /* millionths */
    LIST_PRICE,   /* millionths, with two decimals at least */
    LIST_PERCENT, /* millionths */
    LIST_MONEY,   /* öre */
};

enum list_column_flags {
    LIST_HIDDEN = 1,    /* on the page when somebody chose it */
    LIST_NO_FILE = 2,   /* on the page alone */
    LIST_NO_PAGE = 4,   /* in files alone */
    LIST_WITH_NAME = 8, /* of a pair: CSV has NAME_name beside it */
    LIST_ALWAYS = 16    /* must be among those that staff choose, as the links to the rows must */
};

struct list_column {
    const char *name;  /* code name: the heading of CSV, and what the list is sorted by when there is such an order */
    const char *label; /* msgid. NULL: name, label, kind, codes and literal are those of the field of the entity */
    enum list_kind kind;
    unsigned flags;
    const char *literal;                            /* SQL of the value, or of several, separated by commas */
    const char *second_literal, *second_en_literal; /* the second value; in English, when that differs */
    const char *path;                               /* of a link; NULL: the address of the list */
    const struct code_list *codes;
    const char *const *tones; /* the style of a badge by code, NULL: its code name, or the number of a state */
    int value_count;          /* how many values `literal` has, 0: one */
    void (*own)(struct buf *out, const struct view *v, const struct list_row *row); /* writes the whole cell */
    void (*own_head)(struct buf *out, const struct view *v);                        /* and its heading, or NULL */
    struct str (*text)(const struct list_column *column,
                       const struct list_row *row); /* of LIST_TEXT: what people read */
    struct str bound; /* of a column that the settings made: what its literal is closed with, as a bound value */
};

/* One row while it is written. Texts are gone with the next row. */
struct list_row {
    struct visit *visit;
    const struct db_rows *rows;
    int at;           /* the first value of the column */
    struct str label; /* of the column */
};
struct str list_row_text(const struct list_row *row, int value);
int64_t list_row_int(const struct list_row *row, int value);
bool list_row_null(const struct list_row *row, int value);

/* The columns of a picklist item of that alias. */
#define LIST_PICKLIST(alias)                                                                                           \
    .kind = LIST_PAIR, .literal = alias ".key", .second_literal = alias ".label_sv",                                   \
    .second_en_literal = "COALESCE(NULLIF(" alias ".label_en, ''), " alias ".label_sv)"

/* --- criteria ----------------------------------------------------------------------------------------------------- */

enum list_criterion_kind {
    LIST_BY_WORDS,  /* each word stands somewhere in `literal`; folded: `add` looks for the query's words instead */
    LIST_BY_NUMBER, /* a number, or part of an address: trimmed, else as it is typed */
    LIST_BY_CODE,   /* one of `codes`; any other is refused */
    LIST_BY_TICK,   /* `literal` when it is ticked, else_literal when not */
    LIST_FROM,      /* the first day, as an instant */
    LIST_TO,        /* the last day, as the instant after it */
    LIST_FROM_DATE, /* the same of columns that hold dates */
    LIST_TO_DATE,
    LIST_BY_CHOICE, /* `fill` makes its field: a picklist, a picker. What is not known finds nothing */
};

struct list_criterion {
    const char *name;         /* of the query parameter */
    const char *label, *hint; /* msgids */
    enum list_criterion_kind kind;
    bool folded;         /* words: of the search index. A question without letters and digits then finds nothing */
    const char *literal; /* ` AND t.status = ?` */
    const char *else_literal;
    const struct code_list *codes;
    const char *const *code_literals; /* instead of literal: of each code */
    /* The value that stands for none, or NULL. */
    struct str (*preset)(const struct list_query *query);
    /* Makes the field; without a label there is none. It may put a number in the place of what was typed. */
    bool (*fill)(struct visit *visit, struct str *value, struct criterion *one, struct err *err);
    /* Instead of literal. */
    void (*add)(struct sql *sql, const struct list_query *query, struct str value);
};

/* --- orders ------------------------------------------------------------------------------------------------------- */

/* What rows are sorted by. Without FIXED a key follows the direction that was asked for. */
struct list_key {
    const char *literal;
    enum { LIST_KEY_NUMBER, LIST_KEY_TEXT } type;
    enum { LIST_KEY_ALONG, LIST_KEY_UP, LIST_KEY_DOWN } direction;
};
#define LIST_KEYS 3

/* The keys together tell every two rows apart: paging goes on from them. */
struct list_order {
    const char *name; /* of the parameter `sort`; NULL: only the order of the list itself */
    bool down_first;  /* a click on the heading begins with the last */
    struct list_key keys[LIST_KEYS];
    const char *en_literal; /* of the first key, where English differs */
};

#define LIST_NATURAL " COLLATE \"sv-natural\""

/* --- the list ----------------------------------------------------------------------------------------------------- */

struct list {
    const char *name;            /* of its files, and of what staff keep of it */
    const char *path;            /* NULL: the address of the request */
    const char *title;           /* msgid */
    const char *rows_title;      /* msgid: of the table, its files and the choice of columns; NULL: title */
    const char *one, *many;      /* msgids: `{n} case`, `{n} cases` when the matches are counted; else NULL */
    bool staff;                  /* remembers the last search and the chosen columns of each user */
    bool files_follow;           /* files have the columns that were chosen, else all */
    const struct entity *entity; /* whose fields columns may be; its table has the alias t */
    const struct list_column *columns;
    size_t column_count;
    const struct list_criterion *criteria;
    size_t criterion_count, first_criteria; /* so many are shown at once on small screens; 0: all */
    const struct list_order *orders;        /* the first one is the standard */
    size_t order_count;
    bool up;                      /* the standard order is not turned round */
    int page_size;                /* 0: 20 */
    const char *from_literal;     /* `customer t LEFT JOIN …` */
    const char *inactive_literal; /* SQL of 0 or 1: the row is out of use; or NULL */
    const char *table_class;
    const char *none_title, *none_text;   /* msgids: there is nothing at all */
    const char *match_title, *match_text; /* msgids: nothing matches */
    const char *never_title, *never_text;
    const char *new_path, *new_label;                  /* a button beside the title, or NULL */
    struct str (*none_url)(const struct visit *visit); /* of a button where there is nothing at all; empty: none */
    const char *none_label;
    /* Which rows the visitor may see: appends a condition. NULL: all. */
    void (*visible)(struct sql *sql, const struct list_query *query);
    /* Whether this visitor sees nothing whatever is asked. */
    bool (*never)(const struct visit *visit);
    /* The names of the columns, and of the criteria, that everybody has. NULL: all but those marked LIST_HIDDEN. */
    size_t (*standard)(const struct visit *visit, const struct str **names);
    size_t (*searched)(const struct visit *visit, const struct str **names);
    /* Columns beside the table, made by the settings: false when there is no such one. And their names. */
    bool (*more)(const struct visit *visit, struct str name, struct list_column *column);
    size_t (*more_names)(const struct visit *visit, const struct str **names);
    /* What the settings call a column or criterion; empty: as its label says. */
    struct str (*label)(const struct visit *visit, struct str name);
    /* Whether this visitor has the column of that name at all. NULL: yes. */
    bool (*has)(const struct visit *visit, struct str name);
    /*
     * Instead of from_literal and visible: everything behind the columns, cut to `limit` rows (0: all). False: nothing
     * is found.
     */
    bool (*source)(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err);
    /* How many match, when it is not `SELECT count(*)`. */
    bool (*count)(struct list_query *query, int64_t *total, struct err *err);
    /* Parts of the page around the form and the result; the last comes within a section of its own. */
    bool (*before)(struct list_query *query, struct err *err);
    bool (*around)(struct list_query *query, bool begin, struct err *err); /* the table of rows */
    bool (*after)(struct list_query *query, struct err *err);
    /* The heading of the result, when it says more than how many match. */
    struct str (*summary)(struct list_query *query, struct str counted);
};

#define LIST_CRITERIA_MAX 12
#define LIST_WORDS_MAX 12

/* A place between rows: what the row at its side is sorted by. */
struct list_place {
    bool set, backwards; /* backwards: the page that ends there */
    struct db_value keys[LIST_KEYS];
};

/* What is asked for, read from the address. */
struct list_query {
    struct visit *visit;
    const struct list *list;
    const void *context;                  /* of list_show */
    struct str values[LIST_CRITERIA_MAX]; /* as typed, by criterion, or preset */
    bool given[LIST_CRITERIA_MAX];        /* typed, not preset */
    int64_t numbers[LIST_CRITERIA_MAX];   /* instants; places in `codes` */
    const char *faults[LIST_CRITERIA_MAX];
    struct str words[LIST_WORDS_MAX]; /* of the folded criterion */
    size_t word_count;
    const struct list_order *order;
    bool descending;
    int page_size;
    struct list_place place;
    const char *link_fault; /* of what has no field: sorting, paging */
    bool faulty, narrowed, unanswerable;
    int64_t total; /* of a counted list */
    void *kept;    /* what `source` and `count` share */
};

/* What was asked for by the criterion of that name; empty: nothing. */
struct str list_value(const struct list_query *query, const char *name);
/* Its instant, when it is a day. */
int64_t list_number(const struct list_query *query, const char *name);
/* The conditions of all criteria, each beginning with ` AND `. */
void list_conditions(struct sql *sql, const struct list_query *query);
/* ` AND …` of rows behind the place, and ` ORDER BY …`, in the order that is read. */
void list_add_place(struct sql *sql, const struct list_query *query);
void list_add_order(struct sql *sql, const struct list_query *query);
/*
 * The address of the list with what is asked for: `ending` is put behind its path, `sort` replaces the order, place may
 * be NULL.
 */
struct str list_address(const struct list_query *query, const char *ending, struct str sort,
                        const struct list_place *place);

/* --- handlers of routes ------------------------------------------------------------------------------------------- */

bool list_page(struct visit *visit, const struct list *list, struct err *err);
bool list_csv(struct visit *visit, const struct list *list, struct err *err);
bool list_xlsx(struct visit *visit, const struct list *list, struct err *err);
/* `/staff/lists/NAME`: which columns a user of staff wants, in which order. */
bool list_columns_page(struct visit *visit, const struct list *list, struct err *err);
bool list_columns_send(struct visit *visit, const struct list *list, struct err *err);

/* The page without what is remembered, as of a refused form: context is the query's. */
bool list_show(struct visit *visit, const struct list *list, const void *context, struct err *err);

/*
 * The handlers of one list: NAME_page, NAME_csv and NAME_xlsx; of staff also NAME_columns_page and NAME_columns_send.
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

#endif
