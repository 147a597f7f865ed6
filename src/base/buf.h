/* Growing byte buffer in an arena. Always NUL-terminated after n once something was added. */
#ifndef KP_BASE_BUF_H
#define KP_BASE_BUF_H

#include "base/arena.h"

#include <string.h>

struct buf {
    struct arena *arena;
    char *p;
    size_t n;
    size_t cap;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_grow(struct buf *buf, size_t more); /* for buf_reserve */

/* Room for `more` bytes and the NUL after them. */
static inline void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->cap <= buf->n || buf->cap - buf->n <= more)
        buf_grow(buf, more);
}

/* In line, because pages are written by these. */
static inline void buf_add(struct buf *buf, const void *bytes, size_t n)
{
    buf_reserve(buf, n);
    if (n)
        memcpy(buf->p + buf->n, bytes, n);
    buf->n += n;
    buf->p[buf->n] = '\0';
}

static inline void buf_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

static inline void buf_z(struct buf *buf, const char *z)
{
    buf_add(buf, z, z ? strlen(z) : 0);
}

static inline void buf_char(struct buf *buf, char c)
{
    buf_reserve(buf, 1);
    buf->p[buf->n] = c;
    buf->p[++buf->n] = '\0';
}

void buf_int(struct buf *buf, int64_t value);
/* The last `width` digits of a number, with zeros before it. */
void buf_digits(struct buf *buf, unsigned value, size_t width);
/* The conversions of the program (d i u x c s %, with flags 0 and -, width and precision) are written without libc. */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
struct str buf_text(const struct buf *buf); /* borrows; valid until the next addition */
void buf_clear(struct buf *buf);

/* Escaped output, one verb per context. */
void buf_html(struct buf *buf, struct str s);     /* text and quoted attributes: & < > " ' */
void buf_url_part(struct buf *buf, struct str s); /* one path segment or query value: all but unreserved characters */
void buf_json(struct buf *buf, struct str s);     /* a JSON string with its quotes */
void buf_hex(struct buf *buf, const unsigned char *bytes, size_t n);

#endif
