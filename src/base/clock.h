/*
 * Time. An instant is int64_t microseconds since 1970-01-01 UTC (names end in `_us`); 0 means "never" where a column
 * says so, and NULL is a separate value. A date is the int32_t number of days since 1970-01-01 in the civil calendar.
 * The whole process has one time zone, the zone of the installation (domain 2: default Europe/Stockholm);
 * clock_set_zone sets it once at start, before threads exist.
 */
#pragma once

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
/*
 * Converts local calendar time to an instant. In the hour that occurs twice, the first occurrence counts. In the hour
 * that does not occur, the offset before that hour counts: 02:30 means 03:30. Returns false for impossible fields.
 */
bool clock_from_local(const struct civil *civil, int64_t *instant_us);
/* clock_day_start returns the first instant of a local date, clock_date the local date of an instant. */
int64_t clock_day_start(int32_t date);
int32_t clock_date(int64_t instant_us);

int32_t date_from_civil(int year, int month, int day);
void date_to_civil(int32_t date, int *year, int *month, int *day);
/*
 * Returns the same day `months` later or earlier (negative), or the last day of that month when the month is too short.
 */
int32_t date_add_months(int32_t date, int months);

/* Reads `YYYY-MM-DD`, strictly; years 1900 to 2200. */
bool date_parse(struct str s, int32_t *date);
/*
 * Reads the start or end of a period: accepts every year of four digits but clamps the date to 1900 to 2200, so that
 * 9999-12-31 means no end.
 */
bool date_parse_bound(struct str s, int32_t *date);
struct str date_format(struct arena *arena, int32_t date);
/*
 * Reads ISO 8601 with a zone (`Z`, `+02:00`, `+0200`, `+02`) or local time without one; `T` or a blank between date and
 * time; seconds and fractions are optional.
 */
bool instant_parse(struct str s, int64_t *instant_us);
/* Returns `2026-11-23T08:05:00Z`, with the fraction only when there is one: the exact form for files. */
struct str instant_format_utc(struct arena *arena, int64_t instant_us);
/* Returns `2026-11-23T08:05:00Z` without the fraction: what pages tell programs, since HTML knows no microseconds. */
struct str instant_format_machine(struct arena *arena, int64_t instant_us);
/* Returns `2026-11-23 09:05` in the zone of the installation: the form that people read. */
struct str instant_format_local(struct arena *arena, int64_t instant_us);
