#include "base/buf.h"

/* Looks at sixteen characters at a time, because all text of a page passes through here. */
typedef unsigned char sixteen __attribute__((vector_size(16)));

/* The entity of each character; NULL for the many characters that stay as they are. */
static const char *const html_entities[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

static bool sixteen_plain(const char *p)
{
    sixteen c;
    uint64_t halves[2];
    memcpy(&c, p, sizeof c);
    const unsigned char and = '&', less = '<', greater = '>', quote = '"', apostrophe = '\'';
    sixteen found = (sixteen)((c == and) | (c == less) | (c == greater) | (c == quote) | (c == apostrophe));
    memcpy(halves, &found, sizeof halves);
    return !(halves[0] | halves[1]);
}

void buf_html(struct buf *buf, struct str s)
{
    size_t plain = 0; /* start of the text that is not yet written */
    for (size_t i = 0; i < s.n;) {
        if (s.n - i >= sizeof(sixteen) && sixteen_plain(s.p + i)) {
            i += sizeof(sixteen);
            continue;
        }
        size_t end = s.n - i < sizeof(sixteen) ? s.n : i + sizeof(sixteen);
        for (; i < end; i++) {
            const char *entity = html_entities[(unsigned char)s.p[i]];
            if (!entity)
                continue;
            buf_add(buf, s.p + plain, i - plain);
            buf_z(buf, entity);
            plain = i + 1;
        }
    }
    buf_add(buf, s.n ? s.p + plain : NULL, s.n - plain);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void buf_url_part(struct buf *buf, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved(s.p[i]))
            continue;
        buf_add(buf, s.p + plain, i - plain);
        buf_add(buf, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        plain = i + 1;
    }
    buf_add(buf, s.n ? s.p + plain : NULL, s.n - plain);
}

static void json_char(struct buf *buf, char c)
{
    if ((unsigned char)c >= 0x20 && c != '"' && c != '\\') {
        buf_char(buf, c);
        return;
    }
    static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs: a character and its letter */
    for (size_t i = 0; i + 1 < sizeof named; i += 2) {
        if (c == named[i]) {
            buf_add(buf, (const char[]){'\\', named[i + 1]}, 2);
            return;
        }
    }
    buf_printf(buf, "\\u%04x", (unsigned)c);
}

void buf_json(struct buf *buf, struct str s)
{
    buf_reserve(buf, s.n + 2);
    buf_char(buf, '"');
    for (size_t i = 0; i < s.n; i++)
        json_char(buf, s.p[i]);
    buf_char(buf, '"');
}

void buf_hex(struct buf *buf, const unsigned char *bytes, size_t n)
{
    static const char hex[] = "0123456789abcdef";
    buf_reserve(buf, 2 * n);
    for (size_t i = 0; i < n; i++)
        buf_add(buf, (const char[]){hex[bytes[i] >> 4], hex[bytes[i] & 15]}, 2);
}
