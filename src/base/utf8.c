#include "base/str.h"

#include <string.h>

/* Returns the length of the sequence that a leading byte begins; 0 for a byte that cannot lead. */
static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/* The second byte alone shows overlong forms, surrogates and code points beyond Unicode (RFC 3629, section 4). */
static bool second_allowed(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xe0:
        return second >= 0xa0 && second <= 0xbf;
    case 0xed:
        return second >= 0x80 && second <= 0x9f;
    case 0xf0:
        return second >= 0x90 && second <= 0xbf;
    case 0xf4:
        return second >= 0x80 && second <= 0x8f;
    default:
        return second >= 0x80 && second <= 0xbf;
    }
}

static bool sequence_valid(const unsigned char *p, size_t length)
{
    if (length > 1 && !second_allowed(p[0], p[1]))
        return false;
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return false;
    }
    return true;
}

bool utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        /* Most text is ASCII, so check eight bytes at a time. */
        uint64_t word;
        if (s.n - i >= sizeof word) {
            memcpy(&word, p + i, sizeof word);
            if (!(word & UINT64_C(0x8080808080808080))) {
                i += sizeof word;
                continue;
            }
        }
        size_t length = sequence_length(p[i]);
        if (length == 0 || length > s.n - i || !sequence_valid(p + i, length))
            return false;
        i += length;
    }
    return true;
}

static bool begins_code_point(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += begins_code_point(s.p[i]);
    return count;
}

struct str utf8_prefix(struct str s, size_t limit)
{
    if (s.n <= limit)
        return s;
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (begins_code_point(s.p[i]) && count++ == limit)
            return str_slice(s, 0, i);
    }
    return s;
}
