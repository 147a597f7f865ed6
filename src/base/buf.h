/* A byte buffer that grows in an arena. Once something was added, a NUL always follows after n bytes. */
#pragma once

#include "base/arena.h"

#include <string.h>

struct buf {
    struct arena *arena;
    char *p;
    size_t n;
    size_t cap;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_grow(struct buf *buf, size_t more); /* called by buf_reserve only */

/* Makes room for `more` bytes and a NUL after them. */
static inline void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->cap <= buf->n || buf->cap - buf->n <= more)
        buf_grow(buf, more);
}

/* These functions are inline because every page is written with them. */
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
/*
 * Appends formatted text. The conversions that pages use (`%d`, `%u`, `%c`, `%s`, `%.*s`) are written without libc.
 */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
struct str buf_text(const struct buf *buf); /* borrowed: valid until the next addition */
void buf_clear(struct buf *buf);

/* Escaped output: one function for each context. */
void buf_html(struct buf *buf, struct str s);     /* for text and quoted attributes: & < > " ' */
void buf_url_part(struct buf *buf, struct str s); /* a path segment or query value: escapes all but unreserved */
void buf_json(struct buf *buf, struct str s);     /* a JSON string with its quotes */
void buf_hex(struct buf *buf, const unsigned char *bytes, size_t n);
