/* Shared by the paper*.c files: the current page, and strips of cells. Lengths are in points. */
#pragma once

#include <pango/pangocairo.h>

#include "service/paper.h"

#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89
#define PAPER_SIDE 46.0
#define PAPER_TOP 54.0
#define PAPER_BOTTOM 772.0 /* where the space for content ends */
#define PAPER_INNER (PAPER_WIDTH - 2 * PAPER_SIDE)

enum paper_font {
    FONT_BRAND,
    FONT_TITLE,
    FONT_HEADING,
    FONT_TEXT,
    FONT_FACT,
    FONT_STRONG,
    FONT_SMALL,
    FONT_LABEL,
    FONT_CELL,
    FONT_CELL_STRONG,
    FONT_COUNT
};

struct paper {
    struct arena *arena;
    const struct paper_info *info;
    cairo_t *cr;     /* NULL while pages are counted */
    struct buf text; /* text of the cell that is being laid out */
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *fonts[FONT_COUNT];
    PangoLayout *layouts[2][PAPER_COLUMNS]; /* of content, and of table heads that interrupt it */
    bool in_head;
    PangoAttrList *looks; /* attributes of all texts */
    double y, fresh_y;    /* where the next block goes, and where the first block of this page went */
    int page, page_count;
    double head_height;                 /* of the open table */
    const struct paper_column *columns; /* of the open table, else NULL */
    size_t column_count;
};

/* A cell of a strip: its place and its content. */
struct paper_block {
    double x, width;
    enum paper_font font;
    struct str text, note;
    bool right, whole; /* whole: never broken into lines */
    const char *tag;
};

void paper_tag(struct paper *paper, const char *tag);
void paper_untag(struct paper *paper, const char *tag);
void paper_rule(struct paper *paper, double x, double y, double width, double thickness, double grey);
void paper_outline(struct paper *paper, struct str text);
void paper_ink(struct paper *paper, double grey);

/* Starts a new page, with the head of the open table. */
void paper_break(struct paper *paper);
/* Writes the parts of this page that are not content. */
void paper_frame(struct paper *paper);
/* The space around a strip. keep: this much more must fit on the page below the strip. */
struct paper_gap {
    double above, below, keep;
    bool collapse; /* no space above at the top of a page */
};
/*
 * Writes blocks side by side from y on, inside the tag `row` (may be NULL), and moves y below them. They stay on one
 * page unless they are taller than a page. `count` is at most PAPER_COLUMNS.
 */
void paper_strip(struct paper *paper, const char *row, const struct paper_block *blocks, size_t count,
                 struct paper_gap gap);
/* Writes a block at `y`, outside the tagged structure: as many of its lines as fit in `room`, at least one. */
void paper_print(struct paper *paper, const struct paper_block *block, double y, double room);
/* Writes the head of the open table. `first`: it is not a repetition. */
void paper_table_head(struct paper *paper, bool first);

/* Adds what cairo cannot write to a finished document, which begins at `from` in `out`. */
MUST_CHECK bool paper_end(struct arena *arena, const struct paper_info *info, struct buf *out, size_t from,
                          struct err *err);
