/* Between the files of service/paper: the page that is written on, and strips of cells. Lengths are points. */
#ifndef KP_SERVICE_PAPER_PARTS_H
#define KP_SERVICE_PAPER_PARTS_H

#include <pango/pangocairo.h>

#include "service/paper.h"

#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89
#define PAPER_SIDE 46.0
#define PAPER_TOP 54.0
#define PAPER_BOTTOM 772.0 /* where the room for content ends */
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
    struct buf text; /* of the cell that is laid out */
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *fonts[FONT_COUNT];
    PangoLayout *layouts[2][PAPER_COLUMNS]; /* of content, and of heads that interrupt it */
    bool in_head;
    PangoAttrList *looks; /* of all texts */
    double y, fresh_y;    /* where the next thing goes, and where the first of this page went */
    int page, page_count;
    double head_height;                 /* of the open table */
    const struct paper_column *columns; /* of the open table, else NULL */
    size_t column_count;
};

/* A cell of a strip: where it stands and what is in it. */
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
void paper_ink(struct paper *paper, double grey);

/* Goes to a new page, with the head of the open table. */
void paper_break(struct paper *paper);
/* Writes what does not belong to the content of this page. */
void paper_frame(struct paper *paper);
/* Around a strip. keep: so much more has to fit on the page under it. */
struct paper_gap {
    double above, below, keep;
    bool collapse; /* nothing above on top of a page */
};
/*
 * Writes blocks beside each other from y on, inside of `row` (a tag, or NULL), and moves y behind them. They stay on
 * one page unless they are taller than one. count is at most PAPER_COLUMNS.
 */
void paper_strip(struct paper *paper, const char *row, const struct paper_block *blocks, size_t count,
                 struct paper_gap gap);
/* Writes a block outside of the structure at `y`, as many lines of it as `room` takes, one at least. */
void paper_print(struct paper *paper, const struct paper_block *block, double y, double room);
/* The head of the open table; first: not a repetition. */
void paper_table_head(struct paper *paper, bool first);

/* Adds to a finished document, from `from` on in `out`, what cairo cannot say. */
bool paper_end(struct arena *arena, const struct paper_info *info, struct buf *out, size_t from, struct err *err)
    __attribute__((warn_unused_result));

#endif
