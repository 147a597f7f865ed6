#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#define FIRST_CAP 256

void buf_init(struct buf *buf, struct arena *arena)
{
    *buf = (struct buf){.arena = arena};
}

/* Room for `more` bytes and the NUL behind them. A sum that wraps is refused by the arena as too large. */
void buf_reserve(struct buf *buf, size_t more)
{
    size_t need;
    if (__builtin_add_overflow(buf->n, more, &need) || __builtin_add_overflow(need, 1, &need))
        need = SIZE_MAX;
    if (need <= buf->cap)
        return;
    size_t cap = buf->cap ? buf->cap * 2 : FIRST_CAP;
    if (cap < need)
        cap = need;
    char *grown = arena_alloc(buf->arena, cap);
    if (buf->n)
        memcpy(grown, buf->p, buf->n);
    buf->p = grown;
    buf->cap = cap;
}

void buf_add(struct buf *buf, const void *bytes, size_t n)
{
    buf_reserve(buf, n);
    if (n)
        memcpy(buf->p + buf->n, bytes, n);
    buf->n += n;
    buf->p[buf->n] = '\0';
}

void buf_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

void buf_z(struct buf *buf, const char *z)
{
    buf_str(buf, str_of(z));
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_int(struct buf *buf, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[--at] = '-';
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t length = n < 0 ? SIZE_MAX : (size_t)n;
    buf_reserve(buf, length);
    va_start(args, format);
    (void)vsnprintf(buf->p + buf->n, length + 1, format, args);
    va_end(args);
    buf->n += length;
}

struct str buf_text(const struct buf *buf)
{
    return (struct str){buf->p, buf->n};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    if (buf->p)
        buf->p[0] = '\0';
}
