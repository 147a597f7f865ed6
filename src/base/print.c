/*
 * Formatting without libc: most texts of a page are formatted here, and vsnprintf takes ten times as long as writing
 * them. A format with any conversion that is rare there, such as `%02d`, goes to libc as a whole.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

/* Appends a whole number; `longs` is how many `l` or `z` stand before the letter. */
static void number_add(struct buf *out, char kind, int longs, va_list *args)
{
    if (kind == 'd') {
        buf_int(out, longs == 0 ? va_arg(*args, int) : longs == 1 ? va_arg(*args, long) : va_arg(*args, long long));
        return;
    }
    uint64_t value = longs == 0   ? va_arg(*args, unsigned)
                     : longs == 1 ? va_arg(*args, unsigned long)
                                  : va_arg(*args, unsigned long long);
    if (value > 9)
        buf_int(out, (int64_t)(value / 10));
    buf_char(out, (char)('0' + value % 10));
}

/*
 * Formats the conversion at *at, after its `%`, and moves *at past it. Returns false for a conversion that libc must
 * format.
 */
static bool conversion_add(struct buf *out, const char **at, va_list *args)
{
    const char *kind = *at;
    int longs = 0, limit = -1;
    if (kind[0] == '.' && kind[1] == '*' && kind[2] == 's') {
        limit = va_arg(*args, int);
        kind += 2;
    }
    for (; *kind == 'l' || *kind == 'z'; kind++)
        longs++;
    *at = kind + 1;
    if (*kind == 's' && !longs) {
        const char *text = va_arg(*args, const char *);
        if (text)
            buf_add(out, text, limit < 0 ? strlen(text) : strnlen(text, (size_t)limit));
        return text;
    }
    if (*kind == 'd' || *kind == 'u')
        number_add(out, *kind, longs, args);
    else if (*kind == 'c')
        buf_char(out, (char)va_arg(*args, int));
    else if (*kind == '%')
        buf_char(out, '%');
    else
        return false;
    return true;
}

static bool print_own(struct buf *out, const char *format, va_list *args)
{
    for (;;) {
        const char *mark = strchrnul(format, '%');
        buf_add(out, format, (size_t)(mark - format));
        if (!*mark)
            return true;
        format = mark + 1;
        if (!conversion_add(out, &format, args))
            return false;
    }
}

/* Formats everything that print_own does not handle, such as numbers with a fraction. */
__attribute__((format(printf, 2, 0))) static void print_by_libc(struct buf *out, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        abort(); /* fails only when the text is longer than INT_MAX */
    buf_reserve(out, (size_t)n);
    (void)vsnprintf(out->p + out->n, (size_t)n + 1, format, again);
    va_end(again);
    out->n += (size_t)n;
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list own;
    size_t before = buf->n;
    va_copy(own, args);
    bool done = print_own(buf, format, &own);
    va_end(own);
    if (!done) {
        buf->n = before;
        print_by_libc(buf, format, args);
    }
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    struct buf out;
    buf_init(&out, arena);
    buf_vprintf(&out, format, args);
    (void)arena_resize(arena, out.p, out.cap, out.n + 1); /* gives the unused room back */
    return buf_text(&out);
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = arena_vprintf(arena, format, args);
    va_end(args);
    return s;
}
