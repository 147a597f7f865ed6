/* Reads the facts of a dashboard once and adds them up by every dimension that its charts use. */
#pragma once

#include "customer/dashboards/board.h"

/* Keys of groups that no fact has. */
#define KEY_OTHERS (-1) /* all groups but the ten largest */
#define KEY_UNKNOWN (-2)
/* The value of a statistic without cases. */
#define NO_STAT INT64_MIN

struct group {
    int64_t key;
    int64_t count, finished, on_time;
    int64_t valued;                       /* how many have a value */
    int64_t value;                        /* sum in öre; stops at the ends of the range */
    int64_t stat[MEASURE_COUNT_OF_KINDS]; /* from MEASURE_MEDIAN on, microseconds; NO_STAT: no value */
};

struct groups {
    struct group *items;
    size_t count;
};

/* How long one fact lasted, and the keys it is grouped by. */
struct sample {
    int64_t key[DIMENSION_COUNT];
    bool halved;                     /* the time of its start is known */
    int64_t total, waiting, working; /* microseconds */
};

struct gathered {
    struct buckets buckets;
    struct groups by[DIMENSION_COUNT]; /* the groups of the charts, in the order shown; otherwise empty */
    struct group all, before;          /* of the period, and of the period before it */
    int64_t left_out;                  /* rows of the period with times in the wrong order */
};

/* Reads the period and the period before it. */
MUST_CHECK bool gather(struct visit *visit, const struct board *board, const struct filter *filter,
                       struct gathered *gathered, struct err *err);

/* Calls each(context, fact) for the facts of the period, with BY_TIME set. */
MUST_CHECK bool gather_each(struct visit *visit, const struct board *board, const struct filter *filter,
                            const struct buckets *buckets, void (*each)(void *context, const struct fact *fact),
                            void *context, struct err *err);
