/*
 * Texts in the language of the user. The msgid is the English text (`_("Title")`, base/str.h). src/i18n/po/sv.po holds
 * the Swedish texts, en.po only plural forms that differ from the msgid. The build fails when a msgid has no Swedish
 * text. The catalogues are compiled into read-only tables.
 */
#pragma once

#include "base/clock.h"

enum lang { LANG_SV, LANG_EN };
#define LANG_COUNT 2

/* Reads `sv` or `en`; returns false for anything else. */
bool lang_parse(struct str code, enum lang *lang);
const char *lang_code(enum lang lang);

/* Returns the text for msgid, or msgid itself when the catalogue lacks it. NULL gives the empty str. */
struct str tr(enum lang lang, const struct msgid *msgid);
/*
 * Returns the text with `{1}`…`{9}` replaced by values: tr_fill(arena, lang, _("{1} of {2}"), (struct str[]){a, b}, 2)
 */
struct str tr_fill(struct arena *arena, enum lang lang, const struct msgid *msgid, const struct str *values,
                   size_t count);
/* Returns the plural form for n; `{n}` is replaced by the number as it is written in that language. */
struct str tr_n(struct arena *arena, enum lang lang, const struct msgid *one, const struct msgid *many, int64_t n);

/*
 * Numbers and days in the form that people read: 1 234,50 / 1,234.50. Dates and times in digits are the same in both
 * languages (domain 13.1): base/clock.h writes them.
 */
struct str fmt_int(struct arena *arena, enum lang lang, int64_t value);
struct str fmt_decimal(struct arena *arena, enum lang lang, int64_t millionths, int min_decimals);
struct str fmt_money(struct arena *arena, enum lang lang, int64_t ore); /* `1 234,50 kr` */
struct str fmt_percent(struct arena *arena, enum lang lang, int64_t millionths);
/* A duration, cut to whole minutes: `3 d 4 h`, `4 h 5 min`, `7 min`. */
struct str fmt_duration(struct arena *arena, enum lang lang, int64_t us);
struct str fmt_size(struct arena *arena, enum lang lang, int64_t bytes); /* `1,4 MB` */
/* Returns `2026-03-02 08:00–10:00`, with both dates when it ends on another day; 0 leaves that end open. */
struct str fmt_span(struct arena *arena, int64_t from_us, int64_t to_us);
/*
 * Reads a day in any form that these functions write, in either language, whatever time follows: `ons 2 dec 08–10`,
 * `2026-12-02 08:00–10:00`, `2 december 2026`; of several days the first. Without a year it is that of now.
 */
bool date_read(struct arena *arena, struct str text, int64_t now_us, int32_t *date);
/* Returns `ons 2 dec`, with the year when it is another one than now. */
struct str fmt_day(struct arena *arena, enum lang lang, int64_t instant_us, int64_t now_us);
/* Returns a booking as people say it: `ons 2 dec 08–10`, or `ons 2 dec 08:30` when an end is missing (0). */
struct str fmt_visit(struct arena *arena, enum lang lang, int64_t from_us, int64_t to_us, int64_t now_us);
