/*
 * The time a dashboard shows (domain 8): dates of the installation's zone, both included, by default from the same day
 * some calendar months back to today; the period before it, as many days long; and its weeks, months or years.
 */
#ifndef KP_CUSTOMER_DASHBOARDS_PERIOD_H
#define KP_CUSTOMER_DASHBOARDS_PERIOD_H

#include "http/http.h"
#include "i18n/i18n.h"

struct period {
    struct str from_text, to_text; /* as asked for, empty: not */
    int32_t from, to;              /* dates */
    int32_t before_from, before_to;
    int64_t start_us, end_us;          /* from <= x < to, of the period */
    int64_t before_us;                 /* where the period before begins; it ends at start_us */
    const char *from_fault, *to_fault; /* msgids, NULL when fine */
};

/* Reads `from` and `to`. False when one is wrong; the period is then the default one, of so many months. */
bool period_read(const struct http_params *query, int32_t today, int months, struct period *period);

enum bucket_unit { BUCKET_WEEK, BUCKET_MONTH, BUCKET_YEAR };

/* A part of the period, cut at its ends. */
struct bucket {
    int32_t from, to; /* dates, both included */
    int64_t start_us;
};

struct buckets {
    enum bucket_unit unit;
    const struct bucket *items;
    size_t count;
};

/* Weeks (ISO) up to half a year, months up to ten years, else years. */
struct buckets period_buckets(struct arena *arena, const struct period *period);
/* Which one an instant of the period lies in. */
size_t bucket_find(const struct buckets *buckets, int64_t instant_us);
/* `v. 43 2026`, `2026-10`, `2026`. */
struct str bucket_label(struct arena *arena, enum lang lang, const struct buckets *buckets, size_t nth);

#endif
