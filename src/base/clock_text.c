#include "base/clock.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2200
#define ZONE_HOURS_MAX 14

/* Reads exactly `width` digits at the beginning of *rest. */
static bool take_number(struct str *rest, size_t width, int *value)
{
    if (rest->n < width)
        return false;
    int number = 0;
    for (size_t i = 0; i < width; i++) {
        int digit = rest->p[i] - '0';
        if (digit < 0 || digit > 9)
            return false;
        number = number * 10 + digit;
    }
    *value = number;
    *rest = str_slice(*rest, width, rest->n);
    return true;
}

static bool take_char(struct str *rest, char c)
{
    if (!rest->n || rest->p[0] != c)
        return false;
    *rest = str_slice(*rest, 1, rest->n);
    return true;
}

static bool take_any_date(struct str *rest, int32_t *date)
{
    int year, month, day;
    if (!take_number(rest, 4, &year) || !take_char(rest, '-') || !take_number(rest, 2, &month) ||
        !take_char(rest, '-') || !take_number(rest, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    *date = date_from_civil(year, month, day);
    int same_year, same_month, same_day;
    date_to_civil(*date, &same_year, &same_month, &same_day);
    return same_day == day; /* otherwise the month has no such day */
}

static int32_t first_date(void)
{
    return date_from_civil(YEAR_MIN, 1, 1);
}

static int32_t last_date(void)
{
    return date_from_civil(YEAR_MAX, 12, 31);
}

static bool take_date(struct str *rest, int32_t *date)
{
    return take_any_date(rest, date) && *date >= first_date() && *date <= last_date();
}

bool date_parse(struct str s, int32_t *date)
{
    int32_t parsed;
    if (!take_date(&s, &parsed) || s.n)
        return false;
    *date = parsed;
    return true;
}

bool date_parse_bound(struct str s, int32_t *date)
{
    int32_t parsed;
    if (!take_any_date(&s, &parsed) || s.n)
        return false;
    *date = parsed < first_date() ? first_date() : parsed > last_date() ? last_date() : parsed;
    return true;
}

/* Writes one number of `2026-03-31`, `08:05` and similar texts of fixed length, then `after`. */
static char *put_number(char *at, int number, size_t width, char after)
{
    for (size_t i = width; i > 0; i--) {
        at[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    at[width] = after;
    return at + width + 1;
}

static char *put_date(char *at, int year, int month, int day, char after)
{
    return put_number(put_number(put_number(at, year, 4, '-'), month, 2, '-'), day, 2, after);
}

struct str date_format(struct arena *arena, int32_t date)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    if (year < 0 || year > 9999)
        return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
    char *text = arena_raw(arena, sizeof "2026-03-31");
    (void)put_date(text, year, month, day, '\0');
    return (struct str){text, sizeof "2026-03-31" - 1};
}

/* Reads `.25` or `,25`; drops digits beyond microseconds. */
static bool take_fraction(struct str *rest, int *microsecond)
{
    *microsecond = 0;
    if (!take_char(rest, '.') && !take_char(rest, ','))
        return true;
    int unit = (int)US_PER_SECOND;
    int digit;
    if (!rest->n || rest->p[0] < '0' || rest->p[0] > '9')
        return false;
    while (take_number(rest, 1, &digit)) {
        unit /= 10;
        *microsecond += digit * unit;
    }
    return true;
}

/* Reads `08:05`, `08:05:30` or `08:05:30.25` into the fields of *civil. */
static bool take_time(struct str *rest, struct civil *civil)
{
    if (!take_number(rest, 2, &civil->hour) || !take_char(rest, ':') || !take_number(rest, 2, &civil->minute))
        return false;
    if (take_char(rest, ':') && (!take_number(rest, 2, &civil->second) || !take_fraction(rest, &civil->microsecond)))
        return false;
    return civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59;
}

/* Reads `Z`, `+02:00`, `+0200` or `+02`; no text may follow. */
static bool take_zone(struct str *rest, int *offset_minutes)
{
    *offset_minutes = 0;
    if (take_char(rest, 'Z'))
        return rest->n == 0;
    bool west = take_char(rest, '-');
    int hours, minutes = 0;
    if (!west && !take_char(rest, '+'))
        return false;
    if (!take_number(rest, 2, &hours))
        return false;
    bool hours_only = rest->n == 0;
    (void)take_char(rest, ':');
    if ((!hours_only && !take_number(rest, 2, &minutes)) || rest->n || hours > ZONE_HOURS_MAX || minutes > 59)
        return false;
    *offset_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

bool instant_parse(struct str s, int64_t *instant_us)
{
    int32_t date;
    struct civil civil = {0};
    if (!take_date(&s, &date) || (!take_char(&s, 'T') && !take_char(&s, ' ')) || !take_time(&s, &civil))
        return false;
    if (s.n == 0) {
        date_to_civil(date, &civil.year, &civil.month, &civil.day);
        return clock_from_local(&civil, instant_us);
    }
    int offset;
    if (!take_zone(&s, &offset))
        return false;
    int64_t minutes = (int64_t)date * 24 * 60 + civil.hour * 60 + civil.minute - offset;
    *instant_us = (minutes * 60 + civil.second) * US_PER_SECOND + civil.microsecond;
    return true;
}

struct str instant_format_machine(struct arena *arena, int64_t instant_us)
{
    int64_t fraction = instant_us % US_PER_SECOND;
    return instant_format_utc(arena, instant_us - fraction - (fraction < 0 ? US_PER_SECOND : 0));
}

struct str instant_format_utc(struct arena *arena, int64_t instant_us)
{
    const int64_t day_us = 86400 * US_PER_SECOND;
    int64_t date = instant_us / day_us - (instant_us % day_us < 0);
    int64_t of_day = instant_us - date * day_us;
    int year, month, day;
    date_to_civil((int32_t)date, &year, &month, &day);
    int seconds = (int)(of_day / US_PER_SECOND), fraction = (int)(of_day % US_PER_SECOND);
    if (year < 0 || year > 9999) {
        struct str whole = arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, seconds / 3600,
                                        seconds / 60 % 60, seconds % 60);
        return fraction ? arena_printf(arena, "%.*s.%06dZ", STR_FMT(whole), fraction)
                        : arena_printf(arena, "%.*sZ", STR_FMT(whole));
    }
    char *text = arena_raw(arena, sizeof "2026-03-31T08:05:30.250000Z");
    char *at = put_date(text, year, month, day, 'T');
    at = put_number(at, seconds / 3600, 2, ':');
    at = put_number(at, seconds / 60 % 60, 2, ':');
    at = put_number(at, seconds % 60, 2, fraction ? '.' : 'Z');
    if (fraction)
        at = put_number(at, fraction, 6, 'Z');
    *at = '\0';
    return (struct str){text, (size_t)(at - text)};
}

struct str instant_format_local(struct arena *arena, int64_t instant_us)
{
    struct civil c = clock_local(instant_us);
    if (c.year < 0 || c.year > 9999)
        return arena_printf(arena, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
    char *text = arena_raw(arena, sizeof "2026-03-31 08:05");
    char *at = put_date(text, c.year, c.month, c.day, ' ');
    (void)put_number(put_number(at, c.hour, 2, ':'), c.minute, 2, '\0');
    return (struct str){text, sizeof "2026-03-31 08:05" - 1};
}
