#include "http/escape.h"

#include <string.h>

static int escape_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes one byte of raw at *i; returns -1 for a broken escape. */
static int decode_byte(struct str raw, size_t *i, bool plus)
{
    char c = raw.p[(*i)++];
    if (c == '+' && plus)
        return ' ';
    if (c != '%')
        return (unsigned char)c;
    if (raw.n - *i < 2)
        return -1;
    int high = escape_hex_digit(raw.p[*i]), low = escape_hex_digit(raw.p[*i + 1]);
    *i += 2;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool escape_decode(struct arena *arena, struct str raw, bool plus, struct str *text)
{
    char *out = arena_alloc(arena, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n;) {
        int byte = decode_byte(raw, &i, plus);
        if (byte <= 0)
            return false;
        out[n++] = (char)byte;
    }
    *text = (struct str){out, n};
    return utf8_valid(*text);
}

bool token_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], letter = (char)(c | 0x20);
        bool plain = (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return s.n > 0;
}

bool has_control(struct str s, bool tab)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && !(tab && c == '\t')) || c == 0x7f)
            return true;
    }
    return false;
}

static bool escape_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct str trim_blanks(struct str s)
{
    size_t from = 0, to = s.n;
    while (from < to && escape_is_blank(s.p[from]))
        from++;
    while (to > from && escape_is_blank(s.p[to - 1]))
        to--;
    return str_slice(s, from, to);
}

struct str parameter_main(struct str header, struct str *rest)
{
    ptrdiff_t semicolon = str_find_char(header, ';');
    size_t end = semicolon < 0 ? header.n : (size_t)semicolon;
    *rest = str_slice(header, end, header.n);
    return str_trim(str_slice(header, 0, end));
}

static void skip_blanks(struct str *rest)
{
    while (rest->n && escape_is_blank(rest->p[0]))
        *rest = str_slice(*rest, 1, rest->n);
}

/* Only \" is an escape: browsers write a quote in a name as %22 or \", but Windows paths have plain backslashes. */
static bool quoted_value(struct arena *arena, struct str *rest, struct str *value)
{
    char *out = arena_alloc(arena, rest->n + 1);
    size_t n = 0, i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n && rest->p[i + 1] == '"')
            i++;
        out[n++] = rest->p[i];
    }
    if (i >= rest->n)
        return false;
    *value = (struct str){out, n};
    *rest = str_slice(*rest, i + 1, rest->n);
    return true;
}

static bool plain_value(struct str *rest, struct str *value)
{
    size_t i = 0;
    while (i < rest->n && rest->p[i] != ';' && !escape_is_blank(rest->p[i]))
        i++;
    *value = str_slice(*rest, 0, i);
    *rest = str_slice(*rest, i, rest->n);
    return i > 0 && str_find_char(*value, '"') < 0;
}

bool parameter_next(struct arena *arena, struct str *rest, struct str *name, struct str *value, bool *broken)
{
    skip_blanks(rest);
    while (rest->n && rest->p[0] == ';') {
        *rest = str_slice(*rest, 1, rest->n);
        skip_blanks(rest);
    }
    *broken = false;
    if (!rest->n)
        return false;
    ptrdiff_t equals = str_find_char(*rest, '=');
    *broken = true;
    if (equals <= 0)
        return false;
    *name = str_slice(*rest, 0, (size_t)equals);
    *rest = str_slice(*rest, (size_t)equals + 1, rest->n);
    if (!token_valid(*name))
        return false;
    bool quoted = rest->n && rest->p[0] == '"';
    if (!(quoted ? quoted_value(arena, rest, value) : plain_value(rest, value)))
        return false;
    skip_blanks(rest);
    *broken = rest->n && rest->p[0] != ';';
    return !*broken;
}
