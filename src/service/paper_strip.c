/* Writes strips: blocks of lines side by side, which break across pages when they must. */
#include "service/paper_parts.h"

#define NOTE_SIZE 7.0
#define NOTE_GREY 0x5555
#define BEGIN_ROOM 60.0
/*
 * Longer texts, which fit on no page, are laid out piece by piece, because pango's time grows with the square of the
 * length.
 */
#define PIECE_BYTES 6000
#define PIECE_LINES 300

struct strip {
    PangoLayoutIter *at[PAPER_COLUMNS]; /* the next line of each block; NULL when all its lines are written */
    double left[PAPER_COLUMNS];         /* the left edge of the lines of each block */
    double height;
};

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

/* Sets the look of the note, which begins after `from` bytes. */
static void set_note(struct paper *paper, PangoLayout *layout, size_t from)
{
    PangoAttrList *list = pango_attr_list_copy(paper->looks);
    PangoAttribute *looks[2] = {pango_attr_size_new((int)(NOTE_SIZE * PANGO_SCALE)),
                                pango_attr_foreground_new(NOTE_GREY, NOTE_GREY, NOTE_GREY)};
    for (int i = 0; i < 2; i++) {
        looks[i]->start_index = (guint)from;
        pango_attr_list_insert(list, looks[i]);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/*
 * Adds a text with a blank before each end of a line. The blank does not show, but keeps words apart when a screen
 * reader reads the text aloud.
 */
static void add_lines(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            continue;
        if (text.p[i] == '\n')
            buf_char(out, ' ');
        buf_char(out, text.p[i]);
    }
}

static void paper_strip_set_text(struct paper *paper, PangoLayout *layout, const struct paper_block *block)
{
    struct buf *text = &paper->text;
    buf_clear(text);
    add_lines(text, block->text);
    if (block->text.n && block->note.n)
        buf_z(text, " \n");
    size_t note = text->n;
    add_lines(text, block->note);
    pango_layout_set_attributes(layout, paper->looks);
    pango_layout_set_text(layout, text->n ? text->p : "", (int)text->n);
    if (block->note.n)
        set_note(paper, layout, note);
}

/* Makes text that must stay whole smaller until it fits. */
static void shrink(struct paper *paper, PangoLayout *layout, const struct paper_block *block)
{
    int width = 0;
    pango_layout_get_size(layout, &width, NULL);
    if (points(width) <= block->width)
        return;
    PangoFontDescription *smaller = pango_font_description_copy(paper->fonts[block->font]);
    gint size = (gint)(pango_font_description_get_size(smaller) * block->width / points(width) * 0.99);
    pango_font_description_set_size(smaller, size > 1 ? size : 1);
    pango_layout_set_font_description(layout, smaller);
    pango_font_description_free(smaller);
}

static double lay_out(struct paper *paper, PangoLayout *layout, const struct paper_block *block, double *left)
{
    int width = 0, height = 0;
    pango_layout_set_font_description(layout, paper->fonts[block->font]);
    pango_layout_set_width(layout, block->whole ? -1 : (int)(block->width * PANGO_SCALE));
    pango_layout_set_alignment(layout, block->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_auto_dir(layout, !block->right);
    paper_strip_set_text(paper, layout, block);
    if (block->whole)
        shrink(paper, layout, block);
    pango_layout_get_size(layout, &width, &height);
    *left = block->whole && block->right ? block->x + block->width - points(width) : block->x;
    return points(height);
}

/*
 * Writes the lines that end within `room` points from y and returns their height. With `force` it writes at least one
 * line.
 */
static double paper_strip_write_lines(struct paper *paper, PangoLayoutIter **at, double left, double room, bool force)
{
    int top = 0, bottom = 0, first = 0;
    double reach = 0;
    pango_layout_iter_get_line_yrange(*at, &first, NULL);
    for (;;) {
        PangoRectangle extents;
        pango_layout_iter_get_line_yrange(*at, &top, &bottom);
        if (points(bottom - first) > room && !(force && top == first))
            return reach;
        reach = points(bottom - first);
        pango_layout_iter_get_line_extents(*at, NULL, &extents);
        if (paper->cr) {
            cairo_move_to(paper->cr, left + points(extents.x),
                          paper->y + points(pango_layout_iter_get_baseline(*at) - first));
            pango_cairo_show_layout_line(paper->cr, pango_layout_iter_get_line_readonly(*at));
        }
        if (!pango_layout_iter_next_line(*at))
            break;
    }
    pango_layout_iter_free(*at);
    *at = NULL;
    return reach;
}

/* Writes the part of the strip that fits on this page; returns true when nothing is left. */
static bool paper_strip_write_part(struct paper *paper, struct strip *strip, const struct paper_block *blocks,
                                   size_t count, bool force)
{
    double reach = 0, room = (paper->in_head ? PAPER_HEIGHT : PAPER_BOTTOM) - paper->y;
    bool done = true;
    for (size_t i = 0; i < count; i++) {
        paper_tag(paper, blocks[i].tag);
        if (strip->at[i]) {
            double height = paper_strip_write_lines(paper, &strip->at[i], strip->left[i], room, force);
            reach = height > reach ? height : reach;
        }
        paper_untag(paper, blocks[i].tag);
        done = done && !strip->at[i];
    }
    paper->y += reach;
    return done;
}

static bool is_page_fresh(const struct paper *paper)
{
    return paper->y < paper->fresh_y + 0.01;
}

/*
 * Starts a new page before the first part if needed: a strip that fits on one page is not split, and a longer strip
 * does not begin where little room is left.
 */
static void paper_strip_find_room(struct paper *paper, double height)
{
    double room = PAPER_BOTTOM - paper->y, page = PAPER_BOTTOM - PAPER_TOP - (paper->columns ? paper->head_height : 0);
    if (!is_page_fresh(paper) && (height <= page ? height > room : room < BEGIN_ROOM))
        paper_break(paper);
}

static void write_strip(struct paper *paper, const char *row, const struct paper_block *blocks, size_t count,
                        struct paper_gap gap)
{
    PangoLayout **layouts = paper->layouts[paper->in_head];
    struct strip strip = {.height = 0};
    cairo_pattern_t *ink = paper->cr ? cairo_pattern_reference(cairo_get_source(paper->cr)) : NULL;
    for (size_t i = 0; i < count; i++) {
        double height = lay_out(paper, layouts[i], &blocks[i], &strip.left[i]);
        strip.height = height > strip.height ? height : strip.height;
        strip.at[i] = pango_layout_get_iter(layouts[i]);
    }
    if (!paper->in_head)
        paper_strip_find_room(paper, gap.above + strip.height + gap.below + gap.keep);
    bool force = is_page_fresh(paper);
    paper->y += force && gap.collapse ? 0 : gap.above;
    for (bool done = false; !done;) {
        if (ink)
            cairo_set_source(paper->cr, ink);
        paper_tag(paper, row);
        done = paper_strip_write_part(paper, &strip, blocks, count, force);
        paper_untag(paper, row);
        if (!done) {
            paper_break(paper);
            paper->y += gap.collapse ? 0 : gap.above;
            force = true;
        }
    }
    cairo_pattern_destroy(ink);
    paper->y += gap.below;
}

/* --- very long texts ---------------------------------------------------------------------------------------------- */

/*
 * Takes a piece from the beginning of *rest that pango lays out quickly; the piece ends at the end of a line or word if
 * there is one.
 */
static struct str take_piece(struct str *rest)
{
    size_t n = 0, lines = 0, word = 0;
    while (n < rest->n && n < PIECE_BYTES && lines < PIECE_LINES) {
        char c = rest->p[n++];
        lines += c == '\n';
        word = c == '\n' || c == ' ' ? n : word;
    }
    if (n < rest->n && word > n / 2)
        n = word;
    while (n < rest->n && (rest->p[n] & 0xC0) == 0x80)
        n--;
    struct str piece = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return rest->n && str_ends(piece, STR("\n")) ? str_slice(piece, 0, n - 1) : piece;
}

/* Takes the next parts of all blocks; returns true when more follows. */
static bool take_parts(struct paper_block *rest, struct paper_block *parts, size_t count)
{
    bool more = false;
    for (size_t i = 0; i < count; i++) {
        parts[i] = rest[i];
        parts[i].text = take_piece(&rest[i].text);
        parts[i].note = rest[i].text.n ? STR_NONE : take_piece(&rest[i].note);
        more = more || rest[i].text.n || rest[i].note.n;
    }
    return more;
}

void paper_strip(struct paper *paper, const char *row, const struct paper_block *blocks, size_t count,
                 struct paper_gap gap)
{
    struct paper_block rest[PAPER_COLUMNS], parts[PAPER_COLUMNS];
    for (size_t i = 0; i < count; i++)
        rest[i] = blocks[i];
    while (take_parts(rest, parts, count)) {
        write_strip(paper, row, parts, count, (struct paper_gap){.above = gap.above, .collapse = gap.collapse});
        gap.above = 0;
    }
    write_strip(paper, row, parts, count, gap);
}

/* --- outside of the structure ------------------------------------------------------------------------------------- */

void paper_print(struct paper *paper, const struct paper_block *block, double y, double room)
{
    double left = 0;
    PangoLayout *layout = pango_layout_new(paper->context);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout, (int)(room * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    (void)lay_out(paper, layout, block, &left);
    cairo_move_to(paper->cr, left, y);
    pango_cairo_show_layout(paper->cr, layout);
    g_object_unref(layout);
}
