#include "base/clock.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_ZONE "Europe/Stockholm"
#define DAY_SECONDS INT64_C(86400)

static char zone[64];
static pthread_once_t zone_once = PTHREAD_ONCE_INIT;
static _Atomic uint32_t zone_number; /* number of successful calls of clock_set_zone */

static int64_t from_timespec(struct timespec t)
{
    return (int64_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000;
}

int64_t clock_now_us(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now); /* fails only for an unknown clock */
    return from_timespec(now);
}

int64_t clock_monotonic_us(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return from_timespec(now);
}

/* libc silently treats an unknown zone as UTC, so this looks for the file of the zone itself. */
static bool zone_exists(const char *name)
{
    char path[128];
    int n = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char magic[4];
    bool ok = read(fd, magic, sizeof magic) == (ssize_t)sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
    return close(fd) == 0 && ok;
}

bool clock_set_zone(const char *iana_name)
{
    size_t n = strlen(iana_name);
    if (n == 0 || n >= sizeof zone || iana_name[0] == '/' || strstr(iana_name, "..") || !zone_exists(iana_name))
        return false;
    if (setenv("TZ", iana_name, 1) != 0)
        return false;
    tzset();
    memcpy(zone, iana_name, n + 1);
    atomic_fetch_add(&zone_number, 1);
    return true;
}

static void set_default_zone(void)
{
    if (!zone[0] && !clock_set_zone(DEFAULT_ZONE))
        abort(); /* tzdata is missing: every time shown would be wrong */
}

const char *clock_zone(void)
{
    (void)pthread_once(&zone_once, set_default_zone);
    return zone;
}

/* Rounds towards the past, so that instants before 1970 fall into the right second. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct tm local_tm(int64_t seconds)
{
    (void)clock_zone();
    time_t t = (time_t)seconds;
    struct tm tm = {0};
    (void)localtime_r(&t, &tm); /* fails only when the year overflows int, which no int64 of microseconds reaches */
    return tm;
}

/*
 * localtime_r takes a lock of the process and searches all changes of the zone, but a page asks for dozens of times
 * within a few days. So each thread remembers the offset of a day, if it is the same at both ends of the day.
 */
#define KEPT_DAYS 64

struct kept_day {
    int64_t day;
    int32_t offset;
    uint32_t zone; /* zone_number when the offset was stored; 0: empty slot */
};

static int64_t offset_at(int64_t seconds)
{
    static _Thread_local struct kept_day kept[KEPT_DAYS];
    (void)clock_zone();
    int64_t day = floor_div(seconds, DAY_SECONDS);
    struct kept_day *slot = &kept[(uint64_t)day % KEPT_DAYS];
    uint32_t number = atomic_load_explicit(&zone_number, memory_order_relaxed);
    if (slot->day == day && slot->zone == number)
        return slot->offset;
    long first = local_tm(day * DAY_SECONDS).tm_gmtoff, last = local_tm((day + 1) * DAY_SECONDS - 1).tm_gmtoff;
    if (first != last)
        return local_tm(seconds).tm_gmtoff;
    *slot = (struct kept_day){day, (int32_t)first, number};
    return first;
}

struct civil clock_local(int64_t instant_us)
{
    int64_t seconds = floor_div(instant_us, US_PER_SECOND), local = seconds + offset_at(seconds);
    int64_t day = floor_div(local, DAY_SECONDS);
    int of_day = (int)(local - day * DAY_SECONDS);
    struct civil civil = {.hour = of_day / 3600,
                          .minute = of_day / 60 % 60,
                          .second = of_day % 60,
                          .microsecond = (int)(instant_us - seconds * US_PER_SECOND)};
    date_to_civil((int32_t)day, &civil.year, &civil.month, &civil.day);
    return civil;
}

/*
 * Returns the first second after `from` with another offset than `from`. The offset must change between `from` and
 * `to`.
 */
static int64_t find_change(int64_t from, int64_t to)
{
    int64_t before = offset_at(from);
    while (to - from > 1) {
        int64_t middle = from + (to - from) / 2;
        if (offset_at(middle) == before)
            from = middle;
        else
            to = middle;
    }
    return to;
}

/* `local` is the calendar time counted as if it were UTC. Returns false for a time that does not occur. */
static bool find_local(int64_t local, int64_t *seconds)
{
    int64_t early = offset_at(local - DAY_SECONDS);
    int64_t late = offset_at(local + DAY_SECONDS);
    int64_t a = local - early;
    int64_t b = local - late;
    bool a_fits = offset_at(a) == early;
    bool b_fits = offset_at(b) == late;
    if (a_fits && b_fits)
        *seconds = a < b ? a : b;
    else
        *seconds = a_fits ? a : b;
    return a_fits || b_fits;
}

static bool fields_possible(const struct civil *c)
{
    if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12 || c->day < 1 || c->day > 31)
        return false;
    int year, month, day;
    date_to_civil(date_from_civil(c->year, c->month, c->day), &year, &month, &day);
    return day == c->day && c->hour >= 0 && c->hour <= 23 && c->minute >= 0 && c->minute <= 59 && c->second >= 0 &&
           c->second <= 59 && c->microsecond >= 0 && c->microsecond < US_PER_SECOND;
}

bool clock_from_local(const struct civil *civil, int64_t *instant_us)
{
    if (!fields_possible(civil))
        return false;
    int64_t days = date_from_civil(civil->year, civil->month, civil->day);
    int64_t local = days * DAY_SECONDS + civil->hour * 3600 + civil->minute * 60 + civil->second;
    int64_t seconds;
    if (!find_local(local, &seconds)) /* use the offset from before the clocks went forward */
        seconds = local - offset_at(local - DAY_SECONDS);
    *instant_us = seconds * US_PER_SECOND + civil->microsecond;
    return true;
}

int64_t clock_day_start(int32_t date)
{
    int64_t local = date * DAY_SECONDS, seconds;
    if (!find_local(local, &seconds))
        seconds = find_change(local - DAY_SECONDS, local + DAY_SECONDS);
    return seconds * US_PER_SECOND;
}

int32_t clock_date(int64_t instant_us)
{
    struct civil local = clock_local(instant_us);
    return date_from_civil(local.year, local.month, local.day);
}
