/* Shared by the parsers of requests: percent escapes, tokens, parameters of a header value. */
#pragma once

#include "base/arena.h"

/*
 * Decodes %XX and, when plus is set, `+` to a blank. Returns false for a broken escape, a NUL, and text that is not
 * UTF-8.
 */
MUST_CHECK bool escape_decode(struct arena *arena, struct str raw, bool plus, struct str *text);
/* Whether s is a token of RFC 9110, the form of methods, header names and parameter names. */
bool token_valid(struct str s);
/* Whether s contains a byte below 0x20 (other than a tab, when tab is set) or 0x7f. */
bool has_control(struct str s, bool tab);

/* Returns s without blanks and tabs at both ends, the only characters that may surround a value. */
struct str trim_blanks(struct str s);

/*
 * Reads one parameter of `; name=value; name="quoted"`. *rest starts after the main value and moves to the next
 * parameter. Returns false at the end, and with *broken set where the syntax is wrong. A quoted value keeps its
 * backslashes, except those before a quote.
 */
MUST_CHECK bool parameter_next(struct arena *arena, struct str *rest, struct str *name, struct str *value,
                               bool *broken);
/* Returns the part before the first `;`, trimmed; *rest gets the text after it. */
struct str parameter_main(struct str header, struct str *rest);
