/*
 * What people type and paste into searches. The portal's own numbers are found with what stands around them in its
 * pages, mails and addresses (domain 5.11).
 */
#pragma once

#include "db/sql.h"

/*
 * Returns the text as a search takes it: without invisible characters, with one plain blank for any white space and
 * `-` for every dash beside digits. Of a number with its label (`Ärendenummer: 260301-0001`, `#260301-0001`),
 * of the subject of a mail and of the address of a page only the number is left. `typed` is valid UTF-8.
 */
struct str search_input(struct arena *arena, struct str typed);

/* What a search looks for. */
#define SEARCH_WORDS 12
struct search_text {
    struct str words[SEARCH_WORDS]; /* folded, each once; see access/search_words.h */
    size_t count;                   /* over SEARCH_WORDS: the text is too long to search for */
    struct str signs;               /* the text when it has no word, such as `..`; an index of words does not find it */
    struct str phone; /* digits that the number has in every spelling; empty: the text is no phone number */
};

/* Reads what was typed. Without words and signs it finds nothing. */
void search_read(struct arena *arena, struct str typed, struct search_text *search);
/*
 * Appends ` AND …`: the text contains every word (or the signs), or the phones contain the phone number.
 * `phones_literal` is NULL, or SEARCH_PHONE of one or several columns. For small tables and rows found already:
 * no index answers this.
 */
void search_add(struct sql *sql, const struct search_text *search, const char *text_literal,
                const char *phones_literal);
#define SEARCH_PHONE(column)                                                                                           \
    "replace(replace(replace(replace(replace(replace(" column ", ' ', ''), '-', ''), '(', ''), ')', ''), '/', ''),"    \
    " '.', '')"
