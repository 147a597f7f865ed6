/*
 * The period that a dashboard shows (domain 8): dates in the installation's time zone, both included. By default it
 * goes from the same day some calendar months ago until today. Also the start of the period before it, of as many
 * days, and the weeks, months or years of the period.
 */
#pragma once

#include "lists/list.h"

/* The places of the criteria `from` and `to` in every list of this folder, and of the last one that all share. */
enum { CRITERION_FROM, CRITERION_TO, CRITERION_CUSTOMER, CRITERION_OBJECT };

struct period {
    int32_t from, to;         /* dates */
    int64_t start_us, end_us; /* from <= x < to, of the period */
    int64_t before_us;        /* the start of the period before; it ends at start_us */
};

/* Presets of the criteria: the day that an address leaves out. */
struct str period_first_day(const struct list_query *query);
struct str period_last_day(const struct list_query *query);
/* Reads the period of a query. The period is the standard one when one of its days has a fault. */
void period_read(const struct list_query *query, struct period *period);

enum bucket_unit { BUCKET_WEEK, BUCKET_MONTH, BUCKET_YEAR };

/* A week, month or year of the period, cut at the ends of the period. */
struct bucket {
    int32_t from, to; /* dates, both included */
    int64_t start_us;
};

struct buckets {
    enum bucket_unit unit;
    const struct bucket *items;
    size_t count;
};

/* Divides the period into ISO weeks up to half a year, months up to ten years, else years. */
struct buckets period_buckets(struct arena *arena, const struct period *period);
/* Returns the position of the bucket that an instant of the period is in. */
size_t bucket_find(const struct buckets *buckets, int64_t instant_us);
/*
 * Returns `v. 43`, `2026-10` or `2026`. Only where weeks of two years meet in the period they say it: `v. 1 2027`, and
 * the first one.
 */
struct str bucket_label(struct arena *arena, enum lang lang, const struct buckets *buckets, size_t nth);
