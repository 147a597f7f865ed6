#include "service/csv.h"

#include <string.h>

static bool is_number(struct str s)
{
    size_t digits = 0, points = 0;
    for (size_t i = s.n && s.p[0] == '-'; i < s.n; i++) {
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        points += s.p[i] == '.';
    }
    return digits > 0 && points <= 1 && digits + points + (s.p[0] == '-') == s.n;
}

/* Also the full-width forms, which some spreadsheets fold into the plain ones. */
static bool is_formula(struct str s)
{
    static const struct str wide[] = {STR_INIT("\xEF\xBC\x9D"), STR_INIT("\xEF\xBC\x8B"), STR_INIT("\xEF\xBC\x8D"),
                                      STR_INIT("\xEF\xBC\xA0")};
    if (!s.n)
        return false;
    if (memchr("=+-@\t\r\n", s.p[0], 7))
        return !is_number(s);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (str_starts(s, wide[i]))
            return true;
    }
    return false;
}

/* A blank at either end is quoted too, or some readers would cut it away. */
static bool needs_quotes(struct str s)
{
    if (!s.n)
        return false;
    if (s.p[0] == ' ' || s.p[s.n - 1] == ' ')
        return true;
    for (size_t i = 0; i < s.n; i++) {
        if (memchr("\",;\t\r\n", s.p[i], 6))
            return true;
    }
    return false;
}

static void add_quoted(struct buf *out, struct str s)
{
    buf_char(out, '"');
    ptrdiff_t at;
    while ((at = str_find_char(s, '"')) >= 0) {
        buf_add(out, s.p, (size_t)at + 1);
        buf_char(out, '"');
        s = str_slice(s, (size_t)at + 1, s.n);
    }
    buf_str(out, s);
    buf_char(out, '"');
}

void csv_cell(struct buf *out, bool first, struct str value, enum csv_style style)
{
    if (!first)
        buf_char(out, ',');
    if (style == CSV_DEFUSED && is_formula(value)) {
        struct buf marked;
        buf_init(&marked, out->arena);
        buf_char(&marked, '\'');
        buf_str(&marked, value);
        value = buf_text(&marked);
    }
    if (needs_quotes(value))
        add_quoted(out, value);
    else
        buf_str(out, value);
}

void csv_end_line(struct buf *out)
{
    buf_z(out, "\r\n");
}
