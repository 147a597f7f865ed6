#include "i18n/i18n.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "i18n/fold.h"

/* In Swedish and English; the texts that the portal writes are beginnings of them. */
static const char *const WEEKDAYS[] = {"måndag monday", "tisdag tuesday",  "onsdag wednesday", "torsdag thursday",
                                       "fredag friday", "lördag saturday", "söndag sunday"};
static const char *const MONTHS[] = {"januari january", "februari february", "mars march",
                                     "april april",     "maj may",           "juni june",
                                     "juli july",       "augusti august",    "september september",
                                     "oktober october", "november november", "december december"};

#define SHORTEST_NAME 3
#define DASH "\xE2\x80\x93"

/* Returns the place of the name that the word begins, from 1; 0: there is no such name. */
static int name_find(const char *const *names, int count, struct str word)
{
    if (word.n && word.p[word.n - 1] == '.')
        word.n--;
    for (int i = 0; word.n >= SHORTEST_NAME && i < count; i++) {
        struct str rest = str_of(names[i]), name;
        while (str_cut(&rest, ' ', &name)) {
            if (str_starts(name, word))
                return i + 1;
        }
    }
    return 0;
}

/* Says whether nothing but a time or a span of times follows: `08:00–10:00`, `T08:00:00Z`. */
static bool is_time(struct str text)
{
    bool marked = !text.n;
    for (size_t i = 0; i < text.n; i++) {
        if (!strchr("0123456789:.- tz" DASH, text.p[i]))
            return false;
        marked = marked || strchr(":" DASH, text.p[i]);
    }
    return marked;
}

static struct str plain_blanks(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        bool no_break = str_starts(str_slice(text, i, text.n), STR("\xC2\xA0"));
        if (no_break || text.p[i] == ' ' || text.p[i] == ',' || text.p[i] == '\t') {
            if (out.n && out.p[out.n - 1] != ' ')
                buf_char(&out, ' ');
            i += no_break;
        } else {
            buf_char(&out, text.p[i]);
        }
    }
    return str_trim(buf_text(&out));
}

/* Reads `2 dec 2026` or `2 dec`, and the time after it. */
static bool day_read_words(struct arena *arena, struct str text, int64_t now_us, int32_t *date)
{
    struct str rest = text, first, second, third, after_month;
    int64_t day, year = clock_local(now_us).year;
    if (!str_cut(&rest, ' ', &first))
        return false;
    if (name_find(WEEKDAYS, (int)(sizeof WEEKDAYS / sizeof *WEEKDAYS), first) && !str_cut(&rest, ' ', &first))
        return false;
    if (!str_cut(&rest, ' ', &second) || !str_to_int(first, &day) || day < 1 || day > 31)
        return false;
    int month = name_find(MONTHS, (int)(sizeof MONTHS / sizeof *MONTHS), second);
    after_month = rest;
    if (str_cut(&rest, ' ', &third) && third.n == 4 && str_to_int(third, &year))
        after_month = rest;
    return month && year > 0 && is_time(after_month) &&
           date_parse_bound(arena_printf(arena, "%04d-%02d-%02d", (int)year, month, (int)day), date);
}

static bool day_read_plain(struct arena *arena, struct str plain, int64_t now_us, int32_t *date)
{
    const size_t iso = sizeof "2026-12-02" - 1;
    if (plain.n >= iso && date_parse_bound(str_slice(plain, 0, iso), date))
        return plain.n == iso || (strchr(" t", plain.p[iso]) && is_time(str_slice(plain, iso, plain.n)));
    return day_read_words(arena, plain, now_us, date);
}

/* Of a span of days, `2 dec 08:00 – 3 dec 10:00`, the first counts. */
bool date_read(struct arena *arena, struct str text, int64_t now_us, int32_t *date)
{
    struct str plain = plain_blanks(arena, fold_case(arena, text));
    ptrdiff_t dash = str_find(plain, STR(" " DASH " "));
    return day_read_plain(arena, plain, now_us, date) ||
           (dash > 0 && day_read_plain(arena, str_slice(plain, 0, (size_t)dash), now_us, date));
}
