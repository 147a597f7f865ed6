/* Writes the elements of documents: texts, facts and tables. */
#include "service/paper_parts.h"

#include <string.h>

#define CELL_SIDE 3.0 /* between a cell's text and the edge of its column */
#define CELL_TOP 3.5  /* above and below the text of a row */
#define SUM_HEIGHT 24.0
#define TOTAL_HEIGHT 46.0
#define HEADING_KEEP 64.0 /* room for the head of a table and its first row */

#define BLACK 0.08
#define GREY 0.33
#define LINE 0.82

/* --- texts -------------------------------------------------------------------------------------------------------- */

static const struct {
    enum paper_font font;
    const char *tag;
    double grey, above, below, keep;
} STYLES[] = {
    [PAPER_TITLE] = {FONT_TITLE, "H1", BLACK, 0, 12, 0},
    [PAPER_HEADING] = {FONT_HEADING, "H2", BLACK, 16, 4, HEADING_KEEP},
    [PAPER_TEXT] = {FONT_TEXT, "P", BLACK, 0, 6, 0},
    [PAPER_NOTE] = {FONT_SMALL, "P", GREY, 0, 6, 0},
};

void paper_text(struct paper *paper, enum paper_style style, struct str text)
{
    const struct paper_block block = {
        .x = PAPER_SIDE, .width = PAPER_INNER, .font = STYLES[style].font, .text = text, .tag = STYLES[style].tag};
    if (!text.n)
        return;
    paper_ink(paper, STYLES[style].grey);
    paper_strip(paper, NULL, &block, 1,
                (struct paper_gap){STYLES[style].above, STYLES[style].below, STYLES[style].keep, true});
    if (style == PAPER_TITLE || style == PAPER_HEADING)
        paper_outline(paper, text);
}

/* --- facts -------------------------------------------------------------------------------------------------------- */

#define FACT_LABEL 88.0
#define FACT_GAP 16.0
#define FACT_WIDTH ((PAPER_INNER - FACT_GAP) / 2)

void paper_facts(struct paper *paper, const struct paper_fact *facts, size_t count)
{
    if (!count)
        return;
    paper_tag(paper, "Table");
    for (size_t i = 0; i < count; i += 2) {
        struct paper_block blocks[4];
        size_t pair = count - i < 2 ? count - i : 2;
        for (size_t k = 0; k < pair; k++) {
            double x = PAPER_SIDE + (double)k * (FACT_WIDTH + FACT_GAP);
            blocks[2 * k] = (struct paper_block){
                .x = x, .width = FACT_LABEL - 6, .font = FONT_FACT, .text = facts[i + k].label, .tag = "TH"};
            blocks[2 * k + 1] = (struct paper_block){.x = x + FACT_LABEL,
                                                     .width = FACT_WIDTH - FACT_LABEL,
                                                     .font = FONT_TEXT,
                                                     .text = facts[i + k].value,
                                                     .tag = "TD"};
        }
        paper_ink(paper, BLACK);
        paper_strip(paper, "TR", blocks, 2 * pair, (struct paper_gap){.below = 4});
    }
    paper_untag(paper, "Table");
    paper->y += 8;
}

void paper_total(struct paper *paper, struct str label, struct str value)
{
    const struct paper_block blocks[2] = {
        {.x = PAPER_SIDE + CELL_SIDE, .width = PAPER_INNER * 0.6, .font = FONT_STRONG, .text = label, .tag = "P"},
        {.x = PAPER_SIDE + PAPER_INNER * 0.6,
         .width = PAPER_INNER * 0.4 - CELL_SIDE,
         .font = FONT_STRONG,
         .text = value,
         .right = true,
         .whole = true,
         .tag = "P"},
    };
    if (PAPER_BOTTOM - paper->y < TOTAL_HEIGHT)
        paper_break(paper);
    paper->y += 8;
    paper_rule(paper, PAPER_SIDE, paper->y, PAPER_INNER, 1.2, GREY);
    paper_ink(paper, BLACK);
    paper_strip(paper, NULL, blocks, 2, (struct paper_gap){.above = 7, .below = 8});
    paper_rule(paper, PAPER_SIDE, paper->y, PAPER_INNER, 1.2, GREY);
    paper->y += 10;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

/* Makes one block with an empty cell for each column. */
static void place_columns(const struct paper *paper, struct paper_block *blocks, enum paper_font font, const char *tag)
{
    double shares = 0, x = PAPER_SIDE;
    for (size_t i = 0; i < paper->column_count; i++)
        shares += paper->columns[i].share;
    for (size_t i = 0; i < paper->column_count; i++) {
        double width = PAPER_INNER * paper->columns[i].share / shares;
        blocks[i] = (struct paper_block){.x = x + CELL_SIDE,
                                         .width = width - 2 * CELL_SIDE,
                                         .font = font,
                                         .right = paper->columns[i].number,
                                         .tag = tag};
        x += width;
    }
}

void paper_table_head(struct paper *paper, bool first)
{
    struct paper_block blocks[PAPER_COLUMNS];
    double top = paper->y;
    place_columns(paper, blocks, FONT_LABEL, first ? "TH" : NULL);
    for (size_t i = 0; i < paper->column_count; i++)
        blocks[i].text = paper->columns[i].label;
    paper->in_head = true;
    paper_ink(paper, GREY);
    paper_strip(paper, first ? "TR" : NULL, blocks, paper->column_count, (struct paper_gap){.above = 2, .below = 3});
    paper->in_head = false;
    paper_rule(paper, PAPER_SIDE, paper->y, PAPER_INNER, 0.8, GREY);
    paper->y += 0.8;
    paper->head_height = paper->y - top;
}

void paper_table_begin(struct paper *paper, const struct paper_column *columns, size_t count)
{
    if (PAPER_BOTTOM - paper->y < HEADING_KEEP)
        paper_break(paper);
    paper->columns = columns;
    paper->column_count = count < PAPER_COLUMNS ? count : PAPER_COLUMNS;
    paper_tag(paper, "Table");
    paper_table_head(paper, true);
}

void paper_table_row(struct paper *paper, const struct paper_cell *cells, bool last)
{
    struct paper_block blocks[PAPER_COLUMNS];
    place_columns(paper, blocks, FONT_CELL, "TD");
    for (size_t i = 0; i < paper->column_count; i++) {
        blocks[i].text = cells[i].text;
        blocks[i].note = cells[i].note;
        blocks[i].whole = paper->columns[i].number;
    }
    paper_ink(paper, BLACK);
    paper_strip(paper, "TR", blocks, paper->column_count,
                (struct paper_gap){CELL_TOP, CELL_TOP, last ? SUM_HEIGHT : 1, false});
    paper_rule(paper, PAPER_SIDE, paper->y, PAPER_INNER, 0.4, LINE);
    paper->y += 0.4;
}

/*
 * The label ends where the value begins. The value takes the room of the last two columns; the cells between label and
 * value are empty.
 */
void paper_table_sum(struct paper *paper, struct str label, struct str value)
{
    struct paper_block blocks[PAPER_COLUMNS];
    size_t last = paper->column_count - 1;
    place_columns(paper, blocks, FONT_CELL_STRONG, "TD");
    double end = blocks[last].x + blocks[last].width;
    double begin = blocks[last ? last - 1 : 0].x;
    blocks[last].text = value;
    blocks[last].x = begin;
    blocks[last].width = end - begin;
    blocks[last].right = blocks[last].whole = true;
    if (last) {
        blocks[0].text = label;
        blocks[0].width = begin - blocks[0].x - CELL_SIDE;
        blocks[0].right = true;
    }
    paper_ink(paper, BLACK);
    paper_strip(paper, "TR", blocks, paper->column_count, (struct paper_gap){.above = CELL_TOP + 1, .below = CELL_TOP});
}

void paper_table_end(struct paper *paper)
{
    paper_untag(paper, "Table");
    paper->columns = NULL;
    paper->column_count = 0;
    paper->head_height = 0;
    paper->y += 6;
}
