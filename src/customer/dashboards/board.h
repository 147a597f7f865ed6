/*
 * The four dashboards as data: their facts as SQL, their figures and charts, and the lists of the rows of each figure.
 * One engine (gather, stats, page, rows) serves all four. A figure and its rows come from the same SQL.
 */
#pragma once

#include "access/scope.h"
#include "customer/dashboards/period.h"

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
    const char *kind;          /* columns, stack, line, steps, bars, bars-stack (web/README.md) */
    const struct msgid *title; /* over time: what is shown per week; with `money` {1} is what is shown */
    const struct msgid *head;  /* of the first column, except over time */
    const struct measure *measures;
    size_t measure_count;
    bool top; /* shows the ten largest groups and "others" */
};

/*
 * A fact is one case, work order or article row that a dashboard counts. The aliases of its SQL are c (case), w (work
 * order) and r (article row).
 */
struct board {
    /* The rows of a figure. The dashboard has the name, the rows_title and the criteria of this list. */
    const struct list *rows;
    const struct msgid *lead;    /* says what the dashboard counts */
    enum scope_event_kind event; /* the event that a period has; 0: the creation of a case */
    const char *from_literal;    /* joined to v, which has case_id and, with an event, work_order_id */
    const char *id_literal, *at_literal, *number_literal;
    const char *finished_literal;                  /* a condition */
    const char *disordered_literal;                /* a condition: its times are in the wrong order; NULL: never */
    const char *value_literal;                     /* microseconds; NULL: no value, or with `money` a price */
    const char *waiting_literal, *working_literal; /* microseconds; with `samples` only */
    const char *key_literals[DIMENSION_COUNT];     /* an id or a position from 1; NULL: not a dimension of it */
    const char *type_list;                         /* the picklist of BY_TYPE */
    const struct code_list *statuses;
    bool samples; /* keeps durations for medians */
    bool money;   /* values are öre: the prices that the actor may see */
    const struct measure *figures;
    size_t figure_count;
    const struct chart *charts;
    size_t chart_count;
};

extern const struct board case_board, order_board, throughput_board, row_board;
#define BOARDS 4
extern const struct board *const boards[BOARDS];

/* The positions of BY_PUNCTUALITY. */
enum punctuality { ON_TIME = 1, LATE, NOT_BOOKED, NOT_FINISHED };
/* The codes of position 1 and up. */
extern const struct code_list punctuality_codes, duration_codes;
/* The durations that end the positions of BY_DURATION; the last position has no end. */
#define DURATION_STEPS 9
extern const int64_t duration_ends[DURATION_STEPS];

/* A request for a dashboard or for the rows of one of its figures. */
struct board_request {
    struct visit *visit;
    const struct board *board;
    struct list_query *query; /* the criteria of the address */
    bool faulty;              /* a criterion has a fault; then the period is the standard one */
    struct period period;
    struct buckets buckets;
    struct str params; /* `?from=…&to=…` and the other criteria, for addresses */
};

/* Fills the request from a query that has been read from the address. */
void board_request_fill(struct board_request *request, struct list_query *query);
/* Reads the request of `/dashboards/{board}…`. ERR_NOT_FOUND: there is no such dashboard. */
MUST_CHECK bool board_request_read(struct board_request *request, struct visit *visit, struct err *err);
/*
 * Returns `?from=…&to=…` for this period and the first criteria of the form, at most `count`. Every link on a dashboard
 * carries its period, so that it means the same tomorrow.
 */
struct str board_params(const struct list_query *query, int32_t from, int32_t to, size_t count);
/* Returns `/dashboards/NAME`, the ending and the params. */
struct str board_address(struct arena *arena, const struct board *board, const char *ending, struct str params);
