/*
 * Formatting without libc: most texts of a page are formatted here, and vsnprintf takes ten times as long as writing
 * them.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

/* One conversion such as `%-08.3ld`. */
struct conversion {
    bool left, zeros, has_precision;
    int width, precision, longs; /* longs: 0 int, 1 long or size_t, 2 long long */
    char kind;
};

static const char *number_read(const char *at, int *number)
{
    for (*number = 0; *at >= '0' && *at <= '9' && *number < 1000000; at++)
        *number = *number * 10 + (*at - '0');
    return at;
}

/* Reads a conversion after its `%`; `*` takes its number from the values. Returns the text after the conversion. */
static const char *conversion_read(const char *at, struct conversion *c, va_list *args)
{
    *c = (struct conversion){.longs = 0};
    for (; *at == '-' || *at == '0'; at++) {
        c->left = c->left || *at == '-';
        c->zeros = c->zeros || *at == '0';
    }
    if (*at == '*') {
        c->width = va_arg(*args, int);
        at++;
    } else {
        at = number_read(at, &c->width);
    }
    if (*at == '.') {
        c->has_precision = true;
        if (at[1] == '*') {
            c->precision = va_arg(*args, int);
            at += 2;
        } else {
            at = number_read(at + 1, &c->precision);
        }
    }
    for (; *at == 'l' || *at == 'z'; at++)
        c->longs++;
    c->kind = *at;
    return at + 1;
}

static void padded_add(struct buf *out, const struct conversion *c, const char *text, size_t n)
{
    size_t width = (size_t)c->width, blanks = width > n ? width - n : 0;
    buf_reserve(out, n + blanks);
    for (size_t i = 0; !c->left && i < blanks; i++)
        buf_char(out, ' ');
    buf_add(out, text, n);
    for (size_t i = 0; c->left && i < blanks; i++)
        buf_char(out, ' ');
}

static void print_whole_add(struct buf *out, const struct conversion *c, uint64_t value, bool negative)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned base = c->kind == 'x' ? 16 : 10;
    do {
        digits[--at] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    if (c->zeros && !c->left) {
        if (negative)
            buf_char(out, '-');
        for (size_t n = sizeof digits - at + negative; n < (size_t)c->width; n++)
            buf_char(out, '0');
        buf_add(out, digits + at, sizeof digits - at);
        return;
    }
    if (negative)
        digits[--at] = '-';
    padded_add(out, c, digits + at, sizeof digits - at);
}

static void signed_add(struct buf *out, const struct conversion *c, va_list *args)
{
    long long value = c->longs == 0   ? va_arg(*args, int)
                      : c->longs == 1 ? va_arg(*args, long)
                                      : va_arg(*args, long long);
    print_whole_add(out, c, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0);
}

static void unsigned_add(struct buf *out, const struct conversion *c, va_list *args)
{
    uint64_t value = c->longs == 0   ? va_arg(*args, unsigned)
                     : c->longs == 1 ? va_arg(*args, unsigned long)
                                     : va_arg(*args, unsigned long long);
    print_whole_add(out, c, value, false);
}

static void text_add(struct buf *out, const struct conversion *c, const char *text)
{
    bool cut = c->has_precision && c->precision >= 0;
    if (!text)
        text = "(null)";
    padded_add(out, c, text, cut ? strnlen(text, (size_t)c->precision) : strlen(text));
}

/* Returns false for a conversion that libc must format. */
static bool conversion_add(struct buf *out, const struct conversion *c, va_list *args)
{
    bool number = !c->has_precision;
    if (c->width < 0)
        return false;
    switch (c->kind) {
    case 's':
        text_add(out, c, va_arg(*args, const char *));
        return true;
    case 'd':
    case 'i':
        if (number)
            signed_add(out, c, args);
        return number;
    case 'u':
    case 'x':
        if (number)
            unsigned_add(out, c, args);
        return number;
    case 'c':
        padded_add(out, c, (const char[]){(char)va_arg(*args, int)}, 1);
        return true;
    case '%':
        buf_char(out, '%');
        return true;
    default:
        return false;
    }
}

static bool print_own(struct buf *out, const char *format, va_list *args)
{
    for (;;) {
        const char *mark = strchrnul(format, '%');
        buf_add(out, format, (size_t)(mark - format));
        if (!*mark)
            return true;
        struct conversion c;
        format = conversion_read(mark + 1, &c, args);
        if (!conversion_add(out, &c, args))
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
