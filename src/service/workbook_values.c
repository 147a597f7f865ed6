/* Returns what a spreadsheet shows for a number. */
#include "base/clock.h"
#include "service/workbook_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The number of digits that spreadsheets show, and that they keep of what people type. */
#define DIGITS 15
/* Whole numbers up to this limit are exact. */
#define WHOLE_MAX 9007199254740992.0
#define LAST_SERIAL 2958465.0 /* 9999-12-31 */
#define DAY_SECONDS 86400
/* No time of day is meant to be in the first year of the calendar: what it shows there is only the time. */
#define FIRST_YEAR 366

/* Splits a number into its digits, without zeros at the end, and the power of ten of the first digit. */
static int workbook_values_digits_of(double value, char digits[DIGITS + 1], int *power)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%.*e", DIGITS - 1, fabs(value));
    const char *mark = strchr(text, 'e');
    int n = 0;
    for (const char *at = text; at < mark; at++) {
        if (*at >= '0' && *at <= '9' && n < DIGITS)
            digits[n++] = *at;
    }
    *power = atoi(mark + 1);
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    return n;
}

static struct str decimal_show(struct arena *arena, double value)
{
    char digits[DIGITS + 1];
    int power = 0, n = workbook_values_digits_of(value, digits, &power);
    struct buf out;
    buf_init(&out, arena);
    if (value < 0)
        buf_char(&out, '-');
    if (power < 0) {
        buf_z(&out, "0.");
        for (int i = power + 1; i < 0; i++)
            buf_char(&out, '0');
        buf_z(&out, digits);
        return buf_text(&out);
    }
    for (int i = 0; i <= power || i < n; i++) {
        if (i == power + 1)
            buf_char(&out, '.');
        buf_char(&out, i < n ? digits[i] : '0');
    }
    return buf_text(&out);
}

static struct str time_show(struct arena *arena, int64_t seconds)
{
    return arena_printf(arena, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/*
 * Spreadsheets count a 29 February 1900 as day 60, which never existed. So days before it need a start one day later
 * than days after it.
 */
static int32_t day_of(int64_t serial, bool from_1904)
{
    if (from_1904)
        return date_from_civil(1904, 1, 1) + (int32_t)serial;
    return date_from_civil(1899, 12, serial < 60 ? 31 : 30) + (int32_t)serial;
}

static struct str date_show(struct arena *arena, double value, enum show show, bool from_1904)
{
    int64_t day = (int64_t)floor(value), seconds = llround((value - floor(value)) * DAY_SECONDS);
    if (seconds == DAY_SECONDS) {
        day++;
        seconds = 0;
    }
    if (show == SHOW_TIME && value < FIRST_YEAR)
        return time_show(arena, seconds);
    struct str date = date_format(arena, day_of(day, from_1904));
    if (show == SHOW_DATE || !seconds)
        return date;
    return arena_printf(arena, "%.*sT%.*s", STR_FMT(date), STR_FMT(time_show(arena, seconds)));
}

/* Elapsed time: hours and minutes that do not begin again at midnight. */
static struct str elapsed_show(struct arena *arena, double value, enum show show)
{
    int64_t seconds = llround(value * DAY_SECONDS);
    if (show == SHOW_HOURS)
        return arena_printf(arena, "%" PRId64 ":%02d", seconds / 3600, (int)(seconds / 60 % 60));
    if (show == SHOW_MINUTES)
        return arena_printf(arena, "%" PRId64 ":%02d", seconds / 60, (int)(seconds % 60));
    return arena_printf(arena, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* Rounds half away from zero, as spreadsheets do: by the digits that they keep. */
static double rounded(double value, int decimals)
{
    char text[64];
    double scale = pow(10, decimals);
    (void)snprintf(text, sizeof text, "%.*e", DIGITS - 1, value * scale);
    return round(strtod(text, NULL)) / scale;
}

struct str number_show(struct arena *arena, struct str text, enum show show, bool from_1904)
{
    char *end = NULL, *copy = arena_z(arena, str_trim(text));
    double value = strtod(copy, &end);
    /* strtod also takes hexadecimal numbers, `inf` and the like, which are not numbers in a workbook. */
    if (!*copy || *end || strspn(copy, "+-.0123456789eE") != strlen(copy) || !isfinite(value))
        return text;
    bool dated = show >= SHOW_DATE && show <= SHOW_INSTANT;
    if (dated && value >= 0 && value <= LAST_SERIAL)
        return date_show(arena, value, show, from_1904);
    if (show >= SHOW_HOURS && show <= SHOW_MINUTES && value >= 0 && value <= LAST_SERIAL)
        return elapsed_show(arena, value, show);
    if (show >= SHOW_DECIMALS && fabs(value) <= WHOLE_MAX)
        value = rounded(value, (int)show - SHOW_DECIMALS);
    if (value == 0)
        return STR("0");
    if (floor(value) == value && fabs(value) <= WHOLE_MAX)
        return arena_printf(arena, "%.0f", value);
    if (fabs(value) > 1e30 || fabs(value) < 1e-30)
        return text;
    return decimal_show(arena, value);
}
