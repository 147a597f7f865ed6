/*
 * The four dashboards as data: the queries of their facts, their figures and charts, and the columns of the rows behind
 * each number. One engine (gather, stats, page, behind) serves all four, so that a number and the rows behind it come
 * from the same query.
 */
#pragma once

#include "customer/dashboards/filter.h"

/* The dimensions that facts are grouped by. */
enum dimension {
    BY_TIME,
    BY_TYPE,
    BY_STATUS,
    BY_CUSTOMER,
    BY_OBJECT,
    BY_PUNCTUALITY,
    BY_DURATION,
    BY_ARTICLE_TYPE,
    BY_ACTION_CODE,
    BY_ARTICLE,
    DIMENSION_COUNT
};

/* One case, work order or article row that a dashboard counts. */
struct fact {
    int64_t id;
    int64_t at;                   /* the time that decides whether it belongs to the period */
    int64_t key[DIMENSION_COUNT]; /* an id or a position; 0: none. BY_TIME is set by the engine */
    bool finished, on_time;
    bool valued;              /* it has a value: a price that the actor may see, or a duration */
    int64_t value;            /* öre, or microseconds */
    bool halved;              /* throughput: the time of its start is known */
    int64_t waiting, working; /* from created to started, from started to finished: microseconds */
    bool disordered;          /* its times are in the wrong order, so it is left out */
};

/* The measures of a group of facts. */
enum measure_kind {
    MEASURE_COUNT,
    MEASURE_FINISHED,
    MEASURE_OPEN,
    MEASURE_ON_TIME, /* work orders: finished no later than booked */
    MEASURE_SUM,     /* öre */
    MEASURE_MEDIAN,
    MEASURE_MEAN,
    MEASURE_P90,
    MEASURE_WAITING, /* median of created to started */
    MEASURE_WORKING, /* median of started to finished */
    MEASURE_COUNT_OF_KINDS
};

struct measure {
    enum measure_kind kind;
    const char *code; /* column of CSV */
    const struct msgid *label;
    bool drawn; /* shown in the chart; otherwise in the table only */
};

struct chart {
    const char *id; /* used in addresses and as the id of the section */
    enum dimension by;
    const char *kind; /* columns, stack, line, steps, bars, bars-stack (web/README.md) */
    const struct msgid *title;
    const struct msgid *head; /* msgid of the first column */
    const struct measure *measures;
    size_t measure_count;
    bool top; /* shows the ten largest groups and "others" */
};

/* The kinds of columns in the rows behind a number. */
enum column_kind {
    COLUMN_TEXT,
    COLUMN_CASE,   /* number, as a link */
    COLUMN_STATUS, /* 0, 1, 2 of a case */
    COLUMN_ORDER_STATUS,
    COLUMN_PICKLIST, /* key, label_sv, label_en */
    COLUMN_REGISTER, /* number, name */
    COLUMN_INSTANT,
    COLUMN_DATE,
    COLUMN_ARTICLE_TYPE,
    COLUMN_DECIMAL,
    COLUMN_PRICE,
    COLUMN_PERCENT,
    COLUMN_MONEY,
    COLUMN_DURATION,
};

struct board_column {
    const char *code; /* the heading in CSV (domain 2) */
    const struct msgid *label;
    enum column_kind kind;
    bool list; /* shown on the page; other columns are in files only */
};

struct board {
    const char *name; /* in addresses */
    const struct msgid *title;
    const struct msgid *lead;                                     /* says what the dashboard counts */
    const struct msgid *rows_title;                               /* of the rows behind a number */
    struct str (*count_text)(struct visit *visit, int64_t count); /* `12 cases` */
    unsigned filters;
    bool samples; /* keeps durations for medians */
    bool money;   /* values are öre */
    bool orders;  /* states are those of work orders */
    /*
     * The query of the facts, in any order, each once. add_from appends ` FROM …` of the facts with from <= at < to
     * that the actor may see, by access/visibility.h. add_columns appends `SELECT …` of the columns that `read` makes a
     * fact from, id and at first. add_totals appends `SELECT …` of count, finished, on time, how many have a value, and
     * the sum of values. Without add_totals (durations) the engine adds the facts up itself.
     */
    void (*add_from)(struct sql *sql, struct visit *visit, const struct filter *filter, int64_t from_us, int64_t to_us);
    void (*add_columns)(struct sql *sql, struct visit *visit);
    void (*read)(const struct db_rows *rows, struct fact *fact);
    void (*add_totals)(struct sql *sql, struct visit *visit);
    const struct measure *figures;
    size_t figure_count;
    const struct chart *charts;
    size_t chart_count;
    /* Appends a query of id and `columns`, up to ` IN `, for the rows with given ids. */
    void (*add_details)(struct sql *sql, struct visit *visit);
    const struct board_column *columns;
    size_t column_count;
};

extern const struct board case_board, order_board, throughput_board, row_board;
/* Returns NULL when there is no dashboard of that name. */
const struct board *board_find(struct str name);
extern const struct board *const boards[4];

/* The positions of BY_PUNCTUALITY and BY_DURATION, with their codes and labels. */
enum punctuality { ON_TIME = 1, LATE, NOT_BOOKED, NOT_FINISHED, PUNCTUALITY_END };
extern const char *const punctuality_codes[PUNCTUALITY_END];
extern const struct msgid *const punctuality_labels[PUNCTUALITY_END];
#define DURATION_STEPS 9
struct duration_step {
    const char *code;
    const struct msgid *label;
    int64_t below_us; /* INT64_MAX in the last */
};
extern const struct duration_step duration_steps[DURATION_STEPS + 1]; /* from 1 */

/* Returns `/dashboards/NAME` followed by `behind`. */
struct str board_path(struct arena *arena, const struct board *board, const char *behind);
