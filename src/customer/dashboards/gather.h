/* Reads the facts of a dashboard once and adds them up by every dimension that its charts use. */
#pragma once

#include "customer/dashboards/board.h"

/* Keys of groups that no fact has. */
#define KEY_OTHERS (-1) /* all groups but the ten largest */
#define KEY_UNKNOWN (-2)
/* The value of a statistic without cases. */
#define NO_STAT INT64_MIN

struct fact {
    int64_t at;                   /* the time that decides whether it belongs to the period */
    int64_t key[DIMENSION_COUNT]; /* an id or a position from 1; 0: no value */
    bool finished, on_time;
    bool disordered;          /* its times are in the wrong order, so it is left out */
    bool valued;              /* it has a value: a price that the actor may see, or a duration */
    int64_t value;            /* öre, or microseconds */
    bool halved;              /* throughput: the time of its start is known */
    int64_t waiting, working; /* from created to started, from started to finished: microseconds */
};

struct group {
    int64_t key;
    int64_t count, finished, on_time;
    int64_t valued;                       /* how many have a value */
    int64_t value;                        /* sum in öre; stops at the ends of the range */
    int64_t stat[MEASURE_COUNT_OF_KINDS]; /* from MEASURE_MEDIAN on, microseconds; NO_STAT: no value */
};

struct group_name;
struct groups {
    struct group *items;
    size_t count;
    struct group_name *names; /* of the items (names.h) */
};

struct gathered {
    struct groups by[DIMENSION_COUNT]; /* the groups of the charts, in the order shown; otherwise empty */
    struct group all, before;          /* of the period, and of the period before it */
    int64_t left_out;                  /* rows of the period with times in the wrong order */
};

/* Reads the period and the period before it. */
MUST_CHECK bool gather(const struct board_request *request, struct gathered *gathered, struct err *err);

struct selection;
/* Appends ` FROM … WHERE …` of the facts with from <= at < to that the actor may see, each once. */
void facts_add_from(struct sql *sql, const struct board_request *request, int64_t from_us, int64_t to_us);
/* Appends the conditions that a fact is in order and that the selection, unless it is NULL, has it. */
void facts_add_selection(struct sql *sql, const struct board_request *request, const struct selection *selection);
/* Adds up these facts without reading each. */
MUST_CHECK bool facts_total(const struct board_request *request, int64_t from_us, int64_t to_us,
                            const struct selection *selection, struct group *total, struct err *err);
