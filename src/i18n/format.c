/*
 * Numbers and times in the form that people read. Swedish groups thousands with U+00A0 (no line break within a number)
 * and writes a decimal comma; English groups with a comma and writes a point. Negative numbers carry U+2212, the
 * typographic minus, in both languages.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "i18n/i18n.h"

#include <inttypes.h>

#define NO_BREAK_SPACE "\u00a0"
#define MINUS "\u2212"

static const char *const thousands[LANG_COUNT] = {[LANG_SV] = NO_BREAK_SPACE, [LANG_EN] = ","};
static const char *const points[LANG_COUNT] = {[LANG_SV] = ",", [LANG_EN] = "."};

static void format_whole_add(struct buf *out, enum lang lang, uint64_t value)
{
    char digits[20];
    int n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    for (int i = n - 1; i >= 0; i--) {
        buf_char(out, digits[i]);
        if (i > 0 && i % 3 == 0)
            buf_z(out, thousands[lang]);
    }
}

/* Appends value / 10^decimals; drops trailing zeros down to min_decimals. */
static void scaled_add(struct buf *out, enum lang lang, int64_t value, int decimals, int min_decimals)
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (value < 0)
        buf_z(out, MINUS);
    format_whole_add(out, lang, size / scale);
    uint64_t rest = size % scale;
    while (decimals > min_decimals && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    if (decimals <= 0)
        return;
    buf_z(out, points[lang]);
    char digits[20];
    for (int i = decimals - 1; i >= 0; i--) {
        digits[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    buf_add(out, digits, (size_t)decimals);
}

static struct str scaled_text(struct arena *arena, enum lang lang, int64_t value, int decimals, int min_decimals,
                              const char *unit)
{
    struct buf out;
    buf_init(&out, arena);
    scaled_add(&out, lang, value, decimals, min_decimals);
    buf_z(&out, unit);
    return buf_text(&out);
}

struct str fmt_int(struct arena *arena, enum lang lang, int64_t value)
{
    return scaled_text(arena, lang, value, 0, 0, "");
}

struct str fmt_decimal(struct arena *arena, enum lang lang, int64_t millionths, int min_decimals)
{
    return scaled_text(arena, lang, millionths, 6, min_decimals, "");
}

struct str fmt_money(struct arena *arena, enum lang lang, int64_t ore)
{
    return scaled_text(arena, lang, ore, 2, 2, NO_BREAK_SPACE "kr");
}

/* Writes a fraction as a percentage, with at most four decimals: 0.125 is 12,5 %. */
struct str fmt_percent(struct arena *arena, enum lang lang, int64_t millionths)
{
    return scaled_text(arena, lang, millionths, 4, 0, lang == LANG_SV ? NO_BREAK_SPACE "%" : "%");
}

/* Writes decimal units, with one decimal below ten: 900 B, 1,4 MB, 25 MB. */
struct str fmt_size(struct arena *arena, enum lang lang, int64_t bytes)
{
    static const char *const units[] = {NO_BREAK_SPACE "B", NO_BREAK_SPACE "kB", NO_BREAK_SPACE "MB",
                                        NO_BREAK_SPACE "GB", NO_BREAK_SPACE "TB"};
    int64_t scale = 1;
    size_t unit = 0;
    while (unit + 1 < sizeof(units) / sizeof(units[0]) && bytes / scale >= 1000) {
        scale *= 1000;
        unit++;
    }
    int64_t parts = bytes / scale >= 10 ? 1 : 10;
    int64_t tenths = (bytes / scale * parts + (bytes % scale * parts + scale / 2) / scale) * (10 / parts);
    return scaled_text(arena, lang, tenths, 1, 0, units[unit]);
}

struct str fmt_duration(struct arena *arena, enum lang lang, int64_t us)
{
    const int64_t us_per_minute = 60 * US_PER_SECOND;
    uint64_t minutes = (uint64_t)(us < 0 ? -(us / us_per_minute) : us / us_per_minute), hours = minutes / 60;
    const char *sign = us <= -us_per_minute ? MINUS : "";
    bool days = hours >= 48;
    struct str parts[2] = {
        arena_printf(arena, "%s%" PRIu64, sign,
                     days    ? hours / 24
                     : hours ? hours
                             : minutes),
        arena_printf(arena, "%" PRIu64, days ? hours % 24 : minutes % 60),
    };
    return tr_fill(arena, lang, days ? _("{1} d {2} h") : hours ? _("{1} h {2} min") : _("{1} min"), parts, 2);
}

struct str fmt_span(struct arena *arena, int64_t from_us, int64_t to_us)
{
    if (!from_us || !to_us)
        return from_us || to_us ? instant_format_local(arena, from_us ? from_us : to_us) : STR_NONE;
    struct str from = instant_format_local(arena, from_us), to = instant_format_local(arena, to_us);
    if (clock_date(from_us) == clock_date(to_us)) {
        struct civil end = clock_local(to_us);
        to = arena_printf(arena, "%02d:%02d", end.hour, end.minute);
    }
    return arena_printf(arena, "%.*s–%.*s", STR_FMT(from), STR_FMT(to));
}

/* --- days as people say them -------------------------------------------------------------------------------------- */

static const char *const WEEKDAYS[LANG_COUNT][7] = {
    [LANG_SV] = {"mån", "tis", "ons", "tors", "fre", "lör", "sön"},
    [LANG_EN] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
};
static const char *const MONTHS[LANG_COUNT][12] = {
    [LANG_SV] = {"jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"},
    [LANG_EN] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
};

struct str fmt_day(struct arena *arena, enum lang lang, int64_t instant_us, int64_t now_us)
{
    struct civil day = clock_local(instant_us);
    int32_t weekday = (clock_date(instant_us) + 3) % 7; /* 1970-01-01 was a Thursday */
    struct str text =
        arena_printf(arena, "%s" NO_BREAK_SPACE "%d" NO_BREAK_SPACE "%s",
                     WEEKDAYS[lang][weekday < 0 ? weekday + 7 : weekday], day.day, MONTHS[lang][day.month - 1]);
    return day.year == clock_local(now_us).year
               ? text
               : arena_printf(arena, "%.*s" NO_BREAK_SPACE "%d", STR_FMT(text), day.year);
}

/* Whole hours on both ends are written without minutes: `08–10`. */
static struct str format_hours(struct arena *arena, int64_t from_us, int64_t to_us)
{
    struct civil from = clock_local(from_us), to = clock_local(to_us);
    if (!from.minute && !to.minute)
        return arena_printf(arena, "%02d–%02d", from.hour, to.hour);
    return arena_printf(arena, "%02d:%02d–%02d:%02d", from.hour, from.minute, to.hour, to.minute);
}

static struct str format_moment(struct arena *arena, enum lang lang, int64_t instant_us, int64_t now_us)
{
    struct civil time = clock_local(instant_us);
    return arena_printf(arena, "%.*s %02d:%02d", STR_FMT(fmt_day(arena, lang, instant_us, now_us)), time.hour,
                        time.minute);
}

struct str fmt_visit(struct arena *arena, enum lang lang, int64_t from_us, int64_t to_us, int64_t now_us)
{
    if (!from_us || !to_us || from_us == to_us)
        return from_us || to_us ? format_moment(arena, lang, from_us ? from_us : to_us, now_us) : STR_NONE;
    if (clock_date(from_us) == clock_date(to_us))
        return arena_printf(arena, "%.*s %.*s", STR_FMT(fmt_day(arena, lang, from_us, now_us)),
                            STR_FMT(format_hours(arena, from_us, to_us)));
    return arena_printf(arena, "%.*s – %.*s", STR_FMT(format_moment(arena, lang, from_us, now_us)),
                        STR_FMT(format_moment(arena, lang, to_us, now_us)));
}
