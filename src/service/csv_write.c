#include "service/csv.h"

#include <string.h>

static bool csv_write_is_number(struct str s)
{
    size_t digits = 0, points = 0;
    for (size_t i = s.n && s.p[0] == '-'; i < s.n; i++) {
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        points += s.p[i] == '.';
    }
    return digits > 0 && points <= 1 && digits + points + (s.p[0] == '-') == s.n;
}

/* Also checks the full-width forms, which some spreadsheets turn into the plain ones. */
static bool is_operator_first(struct str s)
{
    static const struct str wide[] = {STR_INIT("\xEF\xBC\x9D"), STR_INIT("\xEF\xBC\x8B"), STR_INIT("\xEF\xBC\x8D"),
                                      STR_INIT("\xEF\xBC\xA0")};
    if (!s.n)
        return false;
    if (memchr("=+-@", s.p[0], 4))
        return !csv_write_is_number(s);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (str_starts(s, wide[i]))
            return true;
    }
    return false;
}

static bool is_separator(char c)
{
    return memchr(";\t\r\n", c, 4) != NULL;
}

static struct str without_leading(struct str s, const char *signs)
{
    while (s.n && strchr(signs, s.p[0]))
        s = str_slice(s, 1, s.n);
    return s;
}

/*
 * A Swedish spreadsheet splits lines at semicolons. It then does not recognise the quotation marks around our values,
 * so text after a semicolon or a line break inside a value starts a new cell. A `'` before a formula counts as part of
 * it, so that the one that is added can be told from it.
 */
static bool begins_formula(struct str s, size_t at)
{
    if (at == 0) {
        s = without_leading(s, "'");
        return s.n && (memchr("\t\r\n", s.p[0], 3) || is_operator_first(s));
    }
    if (!is_separator(s.p[at - 1]))
        return false;
    struct str cell = without_leading(str_slice(s, at, s.n), "\"'");
    size_t end = 0;
    while (end < cell.n && !is_separator(cell.p[end]))
        end++;
    return is_operator_first(str_slice(cell, 0, end));
}

/* Puts a `'` before formulas: before all, or only before those that have one. */
static struct str defused(struct arena *arena, struct str s, enum csv_style style)
{
    struct buf out;
    size_t from = 0;
    buf_init(&out, arena);
    for (size_t i = 0; i < s.n; i++) {
        if ((style == CSV_EXACT && s.p[i] != '\'') || !begins_formula(s, i))
            continue;
        buf_str(&out, str_slice(s, from, i));
        buf_char(&out, '\'');
        from = i;
    }
    if (!out.n)
        return s;
    buf_str(&out, str_slice(s, from, s.n));
    return buf_text(&out);
}

struct str csv_undefused(struct arena *arena, struct str cell)
{
    struct buf out;
    size_t from = 0;
    buf_init(&out, arena);
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] != '\'' || !begins_formula(cell, i))
            continue;
        buf_str(&out, str_slice(cell, from, i));
        from = i + 1;
    }
    if (!from)
        return cell;
    buf_str(&out, str_slice(cell, from, cell.n));
    return buf_text(&out);
}

/* A value with a blank at either end is quoted too, because some readers would remove the blank. */
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
    value = defused(out->arena, value, style);
    if (needs_quotes(value))
        add_quoted(out, value);
    else
        buf_str(out, value);
}

void csv_end_line(struct buf *out)
{
    buf_z(out, "\r\n");
}
