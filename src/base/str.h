/*
 * Strings with explicit length. A `struct str` borrows its bytes: the code that made them owns them, most often through
 * the arena of the request. All text inside the program is valid UTF-8; the edges (HTTP, CSV, settings) check it with
 * utf8_valid before they let it in.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Before a function whose result says whether it failed: the compiler refuses a call that does not look at it. */
#define MUST_CHECK __attribute__((warn_unused_result))

struct str {
    const char *p;
    size_t n;
};

/* Makes a str from a string literal; can be used in constant expressions. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }
#define STR_NONE ((struct str){NULL, 0})
/* For "%.*s": STR_FMT(s). */
#define STR_FMT(s) (int)(s).n, ((s).p ? (s).p : "")

/*
 * A message identifier: an English text of the program that the catalogues translate (i18n/i18n.h). It has a type of
 * its own, which is never completed, so that it cannot be shown untranslated by mistake. `_("Title")` makes one and
 * marks the text for the catalogues; it is a constant, so it may stand in static tables.
 */
struct msgid;
#define _(english) ((const struct msgid *)(english))
/* Returns the English text itself; NULL for NULL. */
const char *msgid_text(const struct msgid *msgid);

struct str str_of(const char *z); /* NULL gives the empty str */
bool str_eq(struct str a, struct str b);
bool str_eqz(struct str a, const char *z);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* compares bytes; a prefix comes first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Returns the index of the first match, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);
struct str str_slice(struct str s, size_t from, size_t to); /* clamps both ends */
struct str str_trim(struct str s);                          /* ASCII white space and U+00A0 at both ends */
/*
 * Cuts `*rest` at the first `sep`: *part gets the text before it, *rest keeps the text after it. Returns false when
 * *rest was used up.
 */
bool str_cut(struct str *rest, char sep, struct str *part);
/*
 * Reads a decimal integer; the whole string must be one, without blanks. Returns false on overflow and for anything
 * else.
 */
bool str_to_int(struct str s, int64_t *out);

/* Whether s is UTF-8, strictly: no overlong forms, surrogates or code points over U+10FFFF. */
bool utf8_valid(struct str s);
size_t utf8_count(struct str s); /* number of code points; s is valid */
/* Returns the longest prefix with at most `limit` code points; s is valid. */
struct str utf8_prefix(struct str s, size_t limit);
