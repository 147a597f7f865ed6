#include "view/theme.h"

#include "base/buf.h"

#include <math.h>

struct rgb {
    double r, g, b; /* 0 to 1, as sRGB encodes them */
};

static const struct rgb standard = {0x1f / 255.0, 0x5f / 255.0, 0x8b / 255.0};
static const struct rgb black = {0, 0, 0}, white = {1, 1, 1};
/*
 * The page backgrounds that web/styles/_tokens.scss sets: the darkest of the light ones and the lightest of the dark
 * ones.
 */
static const struct rgb light_page = {0xee / 255.0, 0xf1 / 255.0, 0xf4 / 255.0};
static const struct rgb dark_page = {0x26 / 255.0, 0x2d / 255.0, 0x35 / 255.0};

enum { READABLE = 46 }; /* tenths of the contrast ratio: 4.5, and a little more because of rounding to 8 bits */

static int theme_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool rgb_parse(struct str s, struct rgb *rgb)
{
    int channel[3];
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = theme_hex_digit(s.p[1 + 2 * i]), low = theme_hex_digit(s.p[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        channel[i] = high * 16 + low;
    }
    *rgb = (struct rgb){channel[0] / 255.0, channel[1] / 255.0, channel[2] / 255.0};
    return true;
}

static double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG defines them. */
static double luminance(struct rgb c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct rgb a, struct rgb b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static struct rgb mix(struct rgb from, struct rgb to, double part)
{
    return (struct rgb){from.r + (to.r - from.r) * part, from.g + (to.g - from.g) * part,
                        from.b + (to.b - from.b) * part};
}

/* Returns the colour, mixed with as little of `towards` as makes it readable on the background `ground`. */
static struct rgb readable(struct rgb colour, struct rgb ground, struct rgb towards)
{
    for (int percent = 0; percent < 100; percent += 2) {
        struct rgb mixed = mix(colour, towards, percent / 100.0);
        if (contrast(mixed, ground) * 10 >= READABLE)
            return mixed;
    }
    return towards;
}

static void property(struct buf *out, const char *name, struct rgb c)
{
    buf_printf(out, "--kp-%s:#%02x%02x%02x;", name, (unsigned)lround(c.r * 255), (unsigned)lround(c.g * 255),
               (unsigned)lround(c.b * 255));
}

/*
 * Writes all shades. `to` is black on light pages and white on dark ones: shades that stand out more are mixed with it.
 */
static void shades(struct buf *out, struct rgb colour, struct rgb page, struct rgb to)
{
    bool dark = luminance(page) < 0.5;
    struct rgb soft = mix(dark ? dark_page : white, colour, dark ? 0.22 : 0.1);
    struct rgb text = readable(readable(colour, page, to), soft, to);
    struct rgb on_fill = contrast(white, colour) * 10 >= READABLE ? white : black;
    struct rgb fill = readable(colour, on_fill, on_fill.r > 0.5 ? black : white);
    property(out, "brand", text);
    property(out, "brand-hover", mix(text, to, 0.25));
    property(out, "brand-fill", fill);
    property(out, "brand-fill-hover", mix(fill, on_fill.r > 0.5 ? black : white, 0.18));
    property(out, "brand-contrast", on_fill);
    property(out, "brand-soft", soft);
}

struct str theme_css(struct arena *arena, struct str colour)
{
    struct rgb brand;
    struct buf out;
    if (!rgb_parse(colour, &brand))
        brand = standard;
    buf_init(&out, arena);
    buf_z(&out, ":root{");
    shades(&out, brand, light_page, black);
    buf_z(&out, "}@media (prefers-color-scheme:dark){:root:not([data-bs-theme=light]){");
    shades(&out, brand, dark_page, white);
    buf_z(&out, "}}[data-bs-theme=dark]{");
    shades(&out, brand, dark_page, white);
    buf_z(&out, "}@media print{:root:root{--kp-brand:#000;--kp-brand-hover:#000}}\n");
    return buf_text(&out);
}
