#include "base/buf.h"

#include <string.h>

#define FIRST_CAP 128

void buf_init(struct buf *buf, struct arena *arena)
{
    *buf = (struct buf){.arena = arena};
}

/* When the sum overflows, the arena refuses it as too large. */
void buf_grow(struct buf *buf, size_t more)
{
    size_t need;
    if (__builtin_add_overflow(buf->n, more, &need) || __builtin_add_overflow(need, 1, &need))
        need = SIZE_MAX;
    size_t cap = buf->cap ? buf->cap * 2 : FIRST_CAP;
    if (cap < need)
        cap = need;
    if (!arena_resize(buf->arena, buf->p, buf->cap, cap)) {
        char *grown = arena_raw(buf->arena, cap);
        if (buf->n)
            memcpy(grown, buf->p, buf->n);
        buf->p = grown;
    }
    buf->cap = cap;
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
