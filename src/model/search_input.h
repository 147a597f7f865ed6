/*
 * What people type and paste into searches. The portal's own numbers are found with what stands around them in its
 * pages, mails and addresses (domain 5.11).
 */
#pragma once

#include "db/dialect.h"

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
    struct str signs;               /* the text when it has no word, such as `..` */
    bool common;                    /* very many rows have it: a page is found by trying them in its order */
    struct str phone; /* digits that the number has in every spelling; empty: the text is no phone number */
};

/* Reads what was typed. Without words and signs it finds nothing. */
void search_read(struct arena *arena, struct str typed, struct search_text *search);
/* Finds out whether the search is common among the rows of the index. */
MUST_CHECK bool search_measure(struct db_conn *conn, struct arena *arena, enum search_index index,
                               struct search_text *search, struct err *err);
/*
 * Appends ` AND id_literal IN …`: the row of this kind has every word (or the signs), or the phone number. Without
 * words and signs it appends nothing.
 */
void search_add_indexed(struct sql *sql, enum db_engine engine, enum search_index index, const char *id_literal,
                        const struct search_text *search);
/* Appends ` AND …`: the text contains every word (or the signs). For rows found already: no index answers this. */
void search_add(struct sql *sql, const struct search_text *search, const char *text_literal);
