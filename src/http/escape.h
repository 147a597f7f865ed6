/* What the parsers of requests share: percent escapes, tokens, parameters of a header value. */
#ifndef KP_HTTP_ESCAPE_H
#define KP_HTTP_ESCAPE_H

#include "base/arena.h"

/* Undoes %XX, and `+` for a blank when plus is set. False for a broken escape, a NUL or what is not UTF-8. */
bool escape_decode(struct arena *arena, struct str raw, bool plus, struct str *text)
    __attribute__((warn_unused_result));
/* RFC 9110 token: what methods, header and parameter names are made of. */
bool token_valid(struct str s);
/* Whether there is a byte below 0x20 (other than a tab, when tab is set) or 0x7f. */
bool has_control(struct str s, bool tab);

/* Without blanks and tabs at both ends, which alone may stand around a value. */
struct str trim_blanks(struct str s);

/*
 * Walks `; name=value; name="quoted"`. *rest starts behind the main value and is left at the next parameter. False at
 * the end, or with *broken set where the syntax is wrong. A quoted value keeps its backslashes but for those before a
 * quote.
 */
bool parameter_next(struct arena *arena, struct str *rest, struct str *name, struct str *value, bool *broken)
    __attribute__((warn_unused_result));
/* The part before the first `;`, trimmed; *rest gets what follows. */
struct str parameter_main(struct str header, struct str *rest);

#endif
