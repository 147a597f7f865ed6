#include "service/app_icon.h"

#include <pango/pangocairo.h>
#include <pthread.h>

#include "service/paper.h"

#define LETTER_HEIGHT 0.55 /* of the icon */

static cairo_status_t icon_take_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    buf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

/* Draws the letter with its ink in the middle. The font map is of this call alone, as in service/paper.c. */
static void icon_draw_letter(cairo_t *cr, struct str letter, int size)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(map);
    PangoFontDescription *look = pango_font_description_from_string("Liberation Sans,Arial,DejaVu Sans,sans-serif");
    pango_font_description_set_weight(look, PANGO_WEIGHT_BOLD);
    pango_font_description_set_absolute_size(look, size * LETTER_HEIGHT * PANGO_SCALE);
    PangoFont *font = pango_font_map_load_font(map, context, look); /* without any font pango would end the process */
    if (font) {
        PangoLayout *layout = pango_layout_new(context);
        PangoRectangle ink;
        pango_layout_set_font_description(layout, look);
        pango_layout_set_text(layout, letter.p, (int)letter.n);
        pango_layout_get_pixel_extents(layout, &ink, NULL);
        cairo_move_to(cr, (size - ink.width) / 2.0 - ink.x, (size - ink.height) / 2.0 - ink.y);
        pango_cairo_show_layout(cr, layout);
        g_object_unref(layout);
        g_object_unref(font);
    }
    pango_font_description_free(look);
    g_object_unref(context);
    g_object_unref(map);
}

static bool icon_draw(struct str colour, struct str letter, int size, struct buf *png, struct err *err)
{
    unsigned parts[3] = {0};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size);
    cairo_t *cr = cairo_create(surface);
    if (paper_colour(colour, parts))
        cairo_set_source_rgb(cr, parts[0] / 255.0, parts[1] / 255.0, parts[2] / 255.0);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    icon_draw_letter(cr, letter, size);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, icon_take_bytes, png);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ||
           err_set(err, ERR_INTERNAL, NULL, "cairo: %s", cairo_status_to_string(status));
}

/* The last picture of each size, because drawing one takes longer than a page. The lock is held while one is drawn. */
static pthread_mutex_t icon_lock = PTHREAD_MUTEX_INITIALIZER;
static struct icon {
    struct arena *arena;
    struct str colour, letter;
    struct buf png;
} ICONS[APP_ICON_SIZES];

bool app_icon_draw(struct str colour, struct str letter, enum app_icon_size size, struct buf *png, struct err *err)
{
    static const int PIXELS[APP_ICON_SIZES] = {[APP_ICON_180] = 180, [APP_ICON_192] = 192, [APP_ICON_512] = 512};
    struct icon *icon = &ICONS[size];
    bool ok = true;
    (void)pthread_mutex_lock(&icon_lock);
    if (!icon->arena || !str_eq(icon->colour, colour) || !str_eq(icon->letter, letter)) {
        if (icon->arena)
            arena_destroy(icon->arena);
        icon->arena = arena_create();
        icon->colour = arena_str(icon->arena, colour);
        icon->letter = arena_str(icon->arena, letter);
        buf_init(&icon->png, icon->arena);
        ok = icon_draw(colour, letter, PIXELS[size], &icon->png, err);
    }
    if (ok)
        buf_str(png, buf_text(&icon->png));
    else
        icon->colour = STR_NONE; /* the next request tries again */
    (void)pthread_mutex_unlock(&icon_lock);
    return ok;
}
