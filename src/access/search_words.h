/*
 * Turns text into search words, in the same way for the index and for a search, and on both engines (domain 5,
 * contract 3): case is folded, text is NFC, a word is a run of letters and digits (å ä ö é stay as they are) of at most
 * 64 bytes. A search finds the beginnings of words, and letters also inside them (db/dialect.h). The number of a case
 * is indexed with all its endings, so that any part of it is found.
 */
#pragma once

#include "base/buf.h"

/* Appends the words of the text, each followed by a blank. */
void search_words_add(struct buf *out, struct str text);
/* Appends every ending of the number's letters and digits, without the separators. */
void search_words_add_number(struct buf *out, struct str number);

/* Returns the token of a text that has no words, such as `..`: its signs without blanks. */
struct str search_signs(struct arena *arena, struct str text);

/*
 * Returns how many different words the search text has, and fills `words` with at most `cap` of them, in order. A
 * result over `cap` means that it is too long to search for; 0 means that it has no letters or digits, and then it
 * finds nothing.
 */
size_t search_words_of_question(struct arena *arena, struct str question, struct str *words, size_t cap);

/* Returns the token that stands for a scope of case_scope in the full-text index. */
struct str search_scope_token(struct arena *arena, int64_t scope);
