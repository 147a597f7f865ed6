/*
 * Makes documents on A4 as tagged PDF: texts, facts, and tables whose heads are repeated on every page, with `Page 1 of
 * 3` in the foot, and nothing outside the margins. The same document with the same time gives the same bytes. Fonts are
 * embedded. A character that the first font lacks comes from another font of the machine; if no font has it, it becomes
 * a box. Texts are valid UTF-8 of any length. A row stays on one page unless it is taller than a page. Safe in many
 * threads; two documents are made at a time.
 *
 * Only paper*.c and app_icon.c know the libraries underneath (cairo, pango). They tag Document, H1, H2, P, Table, TR,
 * TH and TD. Repeated heads, feet and rules are outside the tagged structure, so that a screen reader reads a table
 * without interruption.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "i18n/i18n.h"

#define PAPER_COLUMNS 10

struct paper_info {
    struct str title, author; /* the author is also printed at the top of the first page */
    enum lang lang;
    int64_t created_us;   /* the date of creation in the document */
    struct str foot_text; /* on the left in the foot of every page, up to three lines; an ellipsis replaces the rest */
    struct str colour;    /* `#rrggbb` of the rule under the title; anything else: dark grey */
};

/* Splits `#rrggbb` into its three parts; returns false for anything else. */
bool paper_colour(struct str text, unsigned parts[3]);

enum paper_style { PAPER_TITLE, PAPER_HEADING, PAPER_TEXT, PAPER_NOTE };

struct paper_fact {
    struct str label, value;
};

struct paper_column {
    struct str label;
    double share; /* its share of the width, relative to the other columns */
    bool number;  /* aligned right and never broken: text that is too wide is set smaller */
};

struct paper_cell {
    struct str text, note; /* the note is printed smaller, under the text */
};

struct paper;

/*
 * Appends the document to `out`. `draw` writes the content. It is called twice, because the pages are counted first,
 * and must do the same both times. ERR_BUSY when too many documents are waiting.
 */
MUST_CHECK bool paper_make(struct arena *arena, const struct paper_info *info,
                           void (*draw)(struct paper *paper, const void *context), const void *context, struct buf *out,
                           struct err *err);

/* Writes a text. A heading stays on the page of the text that follows it. An empty text writes nothing. */
void paper_text(struct paper *paper, enum paper_style style, struct str text);
/* Writes facts, two side by side. */
void paper_facts(struct paper *paper, const struct paper_fact *facts, size_t count);
/* Writes the line that closes the document: what is summed up, and the amount. */
void paper_total(struct paper *paper, struct str label, struct str value);

/*
 * Begins a table of at most PAPER_COLUMNS columns, which must live until paper_table_end. The sum of a table stays on
 * the page of its last row.
 */
void paper_table_begin(struct paper *paper, const struct paper_column *columns, size_t count);
void paper_table_row(struct paper *paper, const struct paper_cell *cells, bool last);
void paper_table_sum(struct paper *paper, struct str label, struct str value);
void paper_table_end(struct paper *paper);
