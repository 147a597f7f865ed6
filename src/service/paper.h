/*
 * Documents on A4 as tagged PDF: texts, facts and tables whose heads are repeated on every page, `Page 1 of 3` in the
 * foot, nothing outside of the margins. The same document with the same time gives the same bytes. Fonts are embedded,
 * what the first lacks is taken from others of the machine; what none has becomes a box. Texts are valid UTF-8 of any
 * length; a row stays on one page unless it is taller than one. Safe in many threads; two documents are made at a time.
 *
 * Only paper*.c know the libraries underneath (cairo, pango). They tag Document, H1, H2, P, Table, TR, TH and TD;
 * repeated heads, feet and rules stand outside of the structure, so that a screen reader reads a table through.
 */
#ifndef KP_SERVICE_PAPER_H
#define KP_SERVICE_PAPER_H

#include "base/buf.h"
#include "base/err.h"
#include "i18n/i18n.h"

#define PAPER_COLUMNS 10

struct paper_info {
    struct str title, author; /* author also stands on top of the first page */
    enum lang lang;
    int64_t created_us;   /* the document's date of creation */
    struct str foot_text; /* left in the foot of every page, up to three lines; the rest is left out with an ellipsis */
    struct str colour;    /* `#rrggbb` of the rule under the title; anything else: dark grey */
};

enum paper_style { PAPER_TITLE, PAPER_HEADING, PAPER_TEXT, PAPER_NOTE };

struct paper_fact {
    struct str label, value;
};

struct paper_column {
    struct str label;
    double share; /* of the width, beside the shares of the others */
    bool number;  /* to the right, never broken: what is too wide is set smaller */
};

struct paper_cell {
    struct str text, note; /* the note stands under the text, smaller */
};

struct paper;

/*
 * Appends the document to `out`. draw says what stands in it and is called twice, as the pages are counted first: it
 * must do the same both times. ERR_BUSY when very many wait for theirs.
 */
bool paper_make(struct arena *arena, const struct paper_info *info,
                void (*draw)(struct paper *paper, const void *context), const void *context, struct buf *out,
                struct err *err) __attribute__((warn_unused_result));

/* A heading stays with what follows it. The empty str gives nothing. */
void paper_text(struct paper *paper, enum paper_style style, struct str text);
/* Two beside each other. */
void paper_facts(struct paper *paper, const struct paper_fact *facts, size_t count);
/* A line that closes the document: what, and how much. */
void paper_total(struct paper *paper, struct str label, struct str value);

/*
 * At most PAPER_COLUMNS columns, which must live until paper_table_end. The sum of a table stays with the last of its
 * rows.
 */
void paper_table_begin(struct paper *paper, const struct paper_column *columns, size_t count);
void paper_table_row(struct paper *paper, const struct paper_cell *cells, bool last);
void paper_table_sum(struct paper *paper, struct str label, struct str value);
void paper_table_end(struct paper *paper);

#endif
