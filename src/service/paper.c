#include "service/paper_parts.h"

#include <cairo-pdf.h>
#include <pthread.h>
#include <stdio.h>

#include "base/clock.h"

#define AT_ONCE 2
#define WAITING 32

/* An entry of the outline leads to so far above the end of its heading that all of it is seen. */
#define OUTLINE_ABOVE 60

/* The layout of the foot. */
#define NUMBER_WIDTH 90.0
#define FOOT_WIDTH (PAPER_INNER - NUMBER_WIDTH - 10)

/* --- two at a time ------------------------------------------------------------------------------------------------ */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int running, waiting;

static bool paper_gate_enter(struct err *err)
{
    (void)pthread_mutex_lock(&lock);
    bool room = waiting < WAITING;
    waiting += room;
    while (room && running >= AT_ONCE)
        (void)pthread_cond_wait(&ended, &lock);
    waiting -= room;
    running += room;
    (void)pthread_mutex_unlock(&lock);
    if (room)
        return true;
    (void)err_set(err, ERR_BUSY, NULL, "too many documents are asked for at once");
    if (err)
        err->retry_after = 5;
    return false;
}

static void paper_gate_leave(void)
{
    (void)pthread_mutex_lock(&lock);
    running--;
    (void)pthread_cond_signal(&ended);
    (void)pthread_mutex_unlock(&lock);
}

/* --- fonts -------------------------------------------------------------------------------------------------------- */

static const struct {
    double size;
    bool bold;
} FONTS[FONT_COUNT] = {
    [FONT_BRAND] = {11, true},        [FONT_TITLE] = {18, true},  [FONT_HEADING] = {10.5, true},
    [FONT_TEXT] = {9, false},         [FONT_STRONG] = {11, true}, [FONT_FACT] = {9, true},
    [FONT_SMALL] = {7.5, false},      [FONT_LABEL] = {8, true},   [FONT_CELL] = {8, false},
    [FONT_CELL_STRONG] = {8.5, true},
};

/* Sets widths as in print, not rounded to the pixels of a screen. */
static void set_print_metrics(PangoContext *context, enum lang lang)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(lang_code(lang)));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

/*
 * Each document has its own font map: a pango font map must not be shared by threads, and the default one would be lost
 * with each thread.
 */
static void fonts_open(struct paper *paper)
{
    paper->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!paper->map)
        paper->map = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(paper->map), 72);
    paper->context = pango_font_map_create_context(paper->map);
    set_print_metrics(paper->context, paper->info->lang);
    for (int i = 0; i < FONT_COUNT; i++) {
        paper->fonts[i] = pango_font_description_from_string("Liberation Sans,Arial,Helvetica,DejaVu Sans,sans-serif");
        pango_font_description_set_weight(paper->fonts[i], FONTS[i].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(paper->fonts[i], (gint)(FONTS[i].size * PANGO_SCALE));
    }
    for (int i = 0; i < 2 * PAPER_COLUMNS; i++) {
        paper->layouts[i / PAPER_COLUMNS][i % PAPER_COLUMNS] = pango_layout_new(paper->context);
        pango_layout_set_wrap(paper->layouts[i / PAPER_COLUMNS][i % PAPER_COLUMNS], PANGO_WRAP_WORD_CHAR);
    }
    paper->looks = pango_attr_list_new();
    pango_attr_list_insert(paper->looks, pango_attr_font_features_new("tnum=1")); /* all digits have the same width */
    pango_attr_list_insert(paper->looks,
                           pango_attr_insert_hyphens_new(FALSE)); /* part numbers must not get hyphens of their own */
}

static void fonts_close(struct paper *paper)
{
    pango_attr_list_unref(paper->looks);
    for (int i = 0; i < 2 * PAPER_COLUMNS; i++)
        g_object_unref(paper->layouts[i / PAPER_COLUMNS][i % PAPER_COLUMNS]);
    for (int i = 0; i < FONT_COUNT; i++)
        pango_font_description_free(paper->fonts[i]);
    g_object_unref(paper->context);
    g_object_unref(paper->map);
}

/* Checks that there is a font: without any font pango would end the process. */
static bool fonts_exist(struct paper *paper)
{
    PangoFont *font = pango_font_map_load_font(paper->map, paper->context, paper->fonts[FONT_TEXT]);
    if (font)
        g_object_unref(font);
    return font != NULL;
}

/* --- ink ---------------------------------------------------------------------------------------------------------- */

void paper_tag(struct paper *paper, const char *tag)
{
    if (paper->cr && tag)
        cairo_tag_begin(paper->cr, tag, NULL);
}

void paper_untag(struct paper *paper, const char *tag)
{
    if (paper->cr && tag)
        cairo_tag_end(paper->cr, tag);
}

/* A heading is also an entry of the outline, which leads to a little above where it was just printed. */
void paper_outline(struct paper *paper, struct str text)
{
    if (!paper->cr)
        return;
    int top = paper->y > OUTLINE_ABOVE ? (int)paper->y - OUTLINE_ABOVE : 0;
    struct str place = arena_printf(paper->arena, "page=%d pos=[0 %d]", (int)paper->page, top);
    (void)cairo_pdf_surface_add_outline(cairo_get_target(paper->cr), CAIRO_PDF_OUTLINE_ROOT,
                                        arena_z(paper->arena, text), place.p, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

void paper_ink(struct paper *paper, double grey)
{
    if (paper->cr)
        cairo_set_source_rgb(paper->cr, grey, grey, grey);
}

void paper_rule(struct paper *paper, double x, double y, double width, double thickness, double grey)
{
    if (!paper->cr)
        return;
    paper_ink(paper, grey);
    cairo_rectangle(paper->cr, x, y, width, thickness);
    cairo_fill(paper->cr);
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static struct str page_label(struct paper *paper)
{
    struct str values[2] = {fmt_int(paper->arena, paper->info->lang, paper->page),
                            fmt_int(paper->arena, paper->info->lang, paper->page_count)};
    return tr_fill(paper->arena, paper->info->lang, _("Page {1} of {2}"), values, 2);
}

void paper_frame(struct paper *paper)
{
    const struct paper_info *info = paper->info;
    const struct paper_block head = {.x = PAPER_SIDE, .width = PAPER_INNER, .font = FONT_SMALL, .text = info->title};
    const struct paper_block foot = {.x = PAPER_SIDE, .width = FOOT_WIDTH, .font = FONT_SMALL, .text = info->foot_text};
    struct paper_block number = {
        .x = PAPER_SIDE + PAPER_INNER - NUMBER_WIDTH, .width = NUMBER_WIDTH, .font = FONT_SMALL};
    if (!paper->cr)
        return;
    number.text = page_label(paper);
    number.right = number.whole = true;
    paper_rule(paper, PAPER_SIDE, PAPER_BOTTOM + 12, PAPER_INNER, 0.5, 0.7);
    paper_ink(paper, 0.3);
    if (paper->page > 1)
        paper_print(paper, &head, 30, 9);
    paper_print(paper, &foot, PAPER_BOTTOM + 18, 28);
    paper_print(paper, &number, PAPER_BOTTOM + 18, 9);
}

void paper_break(struct paper *paper)
{
    paper_frame(paper);
    if (paper->cr)
        cairo_show_page(paper->cr);
    paper->page++;
    paper->y = paper->fresh_y = PAPER_TOP;
    if (paper->columns)
        paper_table_head(paper, false);
    paper->fresh_y = paper->y;
}

/* --- the document ------------------------------------------------------------------------------------------------- */

bool paper_colour(struct str text, unsigned parts[3])
{
    char z[8] = "";
    if (text.n != 7)
        return false;
    for (size_t i = 0; i < text.n; i++)
        z[i] = text.p[i];
    return sscanf(z, "#%2x%2x%2x", &parts[0], &parts[1], &parts[2]) == 3;
}

static void draw_brand(struct paper *paper)
{
    unsigned parts[3] = {0};
    struct paper_block block = {PAPER_SIDE, PAPER_INNER, FONT_BRAND, paper->info->author, STR_NONE, false, false, "P"};
    paper_ink(paper, 0.2);
    paper_strip(paper, NULL, &block, 1, (struct paper_gap){.below = 6});
    paper_rule(paper, PAPER_SIDE, paper->y, PAPER_INNER, 2, 0.2);
    if (paper->cr && paper_colour(paper->info->colour, parts)) {
        cairo_set_source_rgb(paper->cr, parts[0] / 255.0, parts[1] / 255.0, parts[2] / 255.0);
        cairo_rectangle(paper->cr, PAPER_SIDE, paper->y, PAPER_INNER, 2);
        cairo_fill(paper->cr);
    }
    paper->y += 20;
}

static void run_through(struct paper *paper, void (*draw)(struct paper *paper, const void *context),
                        const void *context)
{
    paper->page = 1;
    paper->y = paper->fresh_y = PAPER_TOP - 12;
    paper_tag(paper, "Document");
    if (paper->info->author.n)
        draw_brand(paper);
    draw(paper, context);
    paper_untag(paper, "Document");
    paper_frame(paper);
}

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    buf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct paper *paper, cairo_surface_t *surface)
{
    const struct paper_info *info = paper->info;
    int64_t second = info->created_us - info->created_us % US_PER_SECOND;
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, arena_z(paper->arena, info->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, arena_z(paper->arena, info->author));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Kundportal " KP_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   arena_z(paper->arena, instant_format_utc(paper->arena, second)));
}

static cairo_status_t write_pdf(struct paper *paper, void (*draw)(struct paper *paper, const void *context),
                                const void *context, struct buf *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, PAPER_WIDTH, PAPER_HEIGHT);
    set_metadata(paper, surface);
    paper->cr = cairo_create(surface);
    run_through(paper, draw, context);
    cairo_status_t status = cairo_status(paper->cr);
    cairo_destroy(paper->cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static bool service_paper_make(struct paper *paper, void (*draw)(struct paper *paper, const void *context),
                               const void *context, struct buf *out, struct err *err)
{
    size_t from = out->n;
    if (!fonts_exist(paper))
        return err_set(err, ERR_INTERNAL, NULL, "no fonts are installed for documents");
    run_through(paper, draw, context);
    paper->page_count = paper->page;
    cairo_status_t status = write_pdf(paper, draw, context, out);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_set(err, ERR_INTERNAL, NULL, "cairo: %s", cairo_status_to_string(status));
    return paper_end(paper->arena, paper->info, out, from, err);
}

bool paper_make(struct arena *arena, const struct paper_info *info,
                void (*draw)(struct paper *paper, const void *context), const void *context, struct buf *out,
                struct err *err)
{
    struct paper paper = {.arena = arena, .info = info};
    if (!paper_gate_enter(err))
        return false;
    buf_init(&paper.text, arena);
    fonts_open(&paper);
    bool ok = service_paper_make(&paper, draw, context, out, err);
    fonts_close(&paper);
    paper_gate_leave();
    return ok;
}
