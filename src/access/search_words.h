/*
 * From text to search words, the same for index and question on both engines (domain 5, contract 3): case is folded,
 * text is NFC, a word is a run of letters and digits (å ä ö é stay themselves), at most 64 bytes. A question matches
 * beginnings of words; the number of a case is indexed with all its endings, so any part of it is found.
 */
#ifndef KP_ACCESS_SEARCH_WORDS_H
#define KP_ACCESS_SEARCH_WORDS_H

#include "base/buf.h"

/* Appends the words of text, each followed by a blank. */
void search_words_add(struct buf *out, struct str text);
/* Appends every ending of the number's letters and digits, without its separators. */
void search_words_add_number(struct buf *out, struct str number);

/*
 * The words of a question, in order, without doubles. Fills at most `cap` and returns how many there are, so a result
 * over cap is a question too long to answer, and 0 one without letters or digits, which finds nothing.
 */
size_t search_words_of_question(struct arena *arena, struct str question, struct str *words, size_t cap);

/* The token under which a scope of case_scope stands in the full-text index. */
struct str search_scope_token(struct arena *arena, int64_t scope);

#endif
