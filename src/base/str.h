/*
 * Strings with explicit length. A `struct str` borrows bytes: whoever made them owns them, most often the arena of the
 * request. Text inside the program is valid UTF-8; edges (HTTP, CSV, settings) check it with utf8_valid before it
 * enters.
 */
#ifndef KP_BASE_STR_H
#define KP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

/* A str of a string literal, usable in constant expressions. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }
#define STR_NONE ((struct str){NULL, 0})
/* For "%.*s": STR_FMT(s). */
#define STR_FMT(s) (int)(s).n, ((s).p ? (s).p : "")

struct str str_of(const char *z); /* NULL gives the empty str */
bool str_eq(struct str a, struct str b);
bool str_eqz(struct str a, const char *z);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* by bytes, shorter first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Index of the first match, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);
struct str str_slice(struct str s, size_t from, size_t to); /* clamps both ends */
struct str str_trim(struct str s);                          /* ASCII white space and U+00A0 at both ends */
/*
 * Cuts `*rest` at the first `sep`; returns what stood before it, leaves what stood after. False when *rest was spent.
 */
bool str_cut(struct str *rest, char sep, struct str *part);
/* Decimal integers only, whole string, no blanks; false on overflow or anything else. */
bool str_to_int(struct str s, int64_t *out);

/* UTF-8: strict (no overlong forms, surrogates or code points over U+10FFFF). */
bool utf8_valid(struct str s);
size_t utf8_count(struct str s); /* code points in valid text */
/* The longest prefix of valid text with at most `limit` code points. */
struct str utf8_prefix(struct str s, size_t limit);

#endif
