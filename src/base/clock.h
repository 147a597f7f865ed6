/*
 * Time. An instant is int64_t microseconds since 1970-01-01 UTC (`_us`), 0 where a column says "never"/NULL is
 * separate. A date is the int32 number of days since 1970-01-01 in the civil calendar. The installation's zone is one
 * for the process (domain 2: default Europe/Stockholm), set once at start by clock_set_zone before threads exist.
 */
#ifndef KP_BASE_CLOCK_H
#define KP_BASE_CLOCK_H

#include "base/arena.h"

#define US_PER_SECOND INT64_C(1000000)

int64_t clock_now_us(void);       /* wall clock */
int64_t clock_monotonic_us(void); /* for durations and deadlines */

bool clock_set_zone(const char *iana_name); /* false when the zone is unknown */
const char *clock_zone(void);

struct civil { /* local or UTC calendar time */
    int year, month, day, hour, minute, second;
    int microsecond;
};
struct civil clock_local(int64_t instant_us);
/* Local calendar time to an instant. In the hour that occurs twice the first is taken; a time of the
 * hour that does not occur counts by the offset before it: 02:30 is 03:30. False for impossible fields. */
bool clock_from_local(const struct civil *civil, int64_t *instant_us);
/* The first instant of that local date, and the local date of an instant. */
int64_t clock_day_start(int32_t date);
int32_t clock_date(int64_t instant_us);

int32_t date_from_civil(int year, int month, int day);
void date_to_civil(int32_t date, int *year, int *month, int *day);
/* The same day `months` later or earlier, held to the last day of a shorter month. */
int32_t date_add_months(int32_t date, int months);

/* `YYYY-MM-DD`, strict; years 1900 to 2200. */
bool date_parse(struct str s, int32_t *date);
/* An end of a period: the same for every year of four digits, held to those years, so that 9999-12-31 means no end. */
bool date_parse_bound(struct str s, int32_t *date);
struct str date_format(struct arena *arena, int32_t date);
/*
 * ISO 8601 with zone (`Z`, `+02:00`, `+0200`, `+02`) or local without; `T` or a blank between; seconds and fractions
 * optional.
 */
bool instant_parse(struct str s, int64_t *instant_us);
/* `2026-11-23T08:05:00Z`, with the fraction only when there is one: the exact form for files. */
struct str instant_format_utc(struct arena *arena, int64_t instant_us);
/* `2026-11-23 09:05` in the installation's zone: the form people read. */
struct str instant_format_local(struct arena *arena, int64_t instant_us);

#endif
