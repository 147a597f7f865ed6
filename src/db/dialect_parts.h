/* Inside src/db: the parts of words, see dialect.h and the table search_part. */
#pragma once

#include "db/dialect.h"

/* Says whether a search for the token finds it anywhere in a word: it begins with three letters. */
bool parts_found_inside(struct str token);
/* Returns the words, and after each the parts of it that a search finds, marked with SEARCH_INSIDE_MARK. */
struct str parts_among(struct arena *arena, struct str words);
/* Writes the parts of words that are not written yet. seen may be NULL. */
MUST_CHECK bool parts_put(struct db_conn *conn, struct arena *arena, const struct search_row *cases, size_t count,
                          struct search_seen *seen, struct err *err);
/* Reports how many words of cases lack their parts. */
MUST_CHECK bool parts_verify(struct db_conn *conn, struct buf *report, struct err *err);
