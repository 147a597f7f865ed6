/* Growing byte buffer in an arena. Always NUL-terminated behind n once something was added, so buf_str needs no copy. */
#ifndef KP_BASE_BUF_H
#define KP_BASE_BUF_H

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n;
    size_t cap;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_reserve(struct buf *buf, size_t more);
void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_str(struct buf *buf, struct str s);
void buf_z(struct buf *buf, const char *z);
void buf_char(struct buf *buf, char c);
void buf_int(struct buf *buf, int64_t value);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_text(const struct buf *buf); /* borrows; valid until the next addition */
void buf_clear(struct buf *buf);

/* Escaped output, one verb per context. */
void buf_html(struct buf *buf, struct str s);     /* text and quoted attributes: & < > " ' */
void buf_url_part(struct buf *buf, struct str s); /* one path segment or query value: all but unreserved characters */
void buf_json(struct buf *buf, struct str s);     /* a JSON string with its quotes */
void buf_hex(struct buf *buf, const unsigned char *bytes, size_t n);

#endif
