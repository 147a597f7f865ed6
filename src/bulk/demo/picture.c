#include "bulk/demo/picture.h"

#include "base/buf.h"

#include <string.h>

#include <zlib.h>

#define WIDTH 480
#define HEIGHT 360
#define LINE_BYTES (1 + WIDTH * 3) /* a filter byte, then red, green, blue */

struct colour {
    unsigned char red, green, blue;
};

static struct colour shade(struct colour colour, int per_cent)
{
    return (struct colour){(unsigned char)(colour.red * per_cent / 100), (unsigned char)(colour.green * per_cent / 100),
                           (unsigned char)(colour.blue * per_cent / 100)};
}

static bool inside(int x, int y, int left, int top, int right, int bottom)
{
    return x >= left && x < right && y >= top && y < bottom;
}

static struct colour colour_at(int x, int y, unsigned nth)
{
    static const struct colour walls[] = {{214, 205, 190}, {190, 205, 214}, {200, 214, 190}, {222, 210, 170}};
    static const struct colour doors[] = {{90, 110, 130}, {130, 80, 60}, {70, 100, 80}, {110, 110, 115}};
    struct colour wall = walls[nth % 4], door = doors[nth / 4 % 4];
    int left = 150 + (int)(nth * 13 % 60);
    int dx = x - 240, dy = y - 30, light = 100 - (dx * dx + dy * dy * 2) / 4000;
    light = light < 45 ? 45 : light;
    if (y > 310)
        return shade((struct colour){120, 116, 110}, light + (x + y) % 7);
    if (inside(x, y, left, 90, left + 170, 310))
        return shade(door, x == left + 85 || y < 94 || x < left + 4 || x > left + 165 ? light / 2 : light);
    if (inside(x, y, left + 190, 190, left + 206, 214))
        return (struct colour){230, 60, 40}; /* the button */
    if (inside(x, y, 220, 14, 260, 26))
        return (struct colour){255, 250, 220};
    return shade(wall, light - (y % 40 == 0 ? 6 : 0));
}

/* Black lines on white: walls, and a door to each room. */
static struct colour line_at(int x, int y, unsigned nth)
{
    static const struct colour ink = {30, 40, 60}, paper = {252, 252, 248}, grid = {226, 232, 238};
    int wide = 90 + (int)(nth * 17 % 50), high = 110 + (int)(nth * 11 % 40);
    if (!inside(x, y, 30, 30, WIDTH - 30, HEIGHT - 30))
        return paper;
    if (!inside(x, y, 35, 35, WIDTH - 35, HEIGHT - 35))
        return ink;
    int column = (x - 35) % wide, row = (y - 35) % high;
    bool wall = (column < 3 && row > 24) || (row < 3 && column > 30);
    return wall ? ink : column % 15 == 0 || row % 15 == 0 ? grid : paper;
}

static void picture_add_number(struct buf *out, unsigned long number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(number >> shift & 0xFF));
}

static void picture_add_part(struct buf *out, const char *type, const void *bytes, size_t n)
{
    uLong check = crc32(crc32(0, (const Bytef *)type, 4), bytes, (uInt)n);
    picture_add_number(out, n);
    buf_add(out, type, 4);
    buf_add(out, bytes, n);
    picture_add_number(out, check);
}

static struct str png(struct arena *arena, struct colour (*pixel_at)(int x, int y, unsigned nth), unsigned nth)
{
    static const unsigned char mark[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    static const unsigned char header[] = {0, 0, WIDTH >> 8, WIDTH & 0xFF, 0, 0, HEIGHT >> 8, HEIGHT & 0xFF, 8, 2,
                                           0, 0, 0};
    unsigned char *pixels = arena_alloc(arena, (size_t)LINE_BYTES * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            struct colour colour = pixel_at(x, y, nth);
            memcpy(pixels + y * LINE_BYTES + 1 + x * 3, &colour, 3);
        }
    }
    uLongf n = compressBound((uLong)LINE_BYTES * HEIGHT);
    unsigned char *packed = arena_alloc(arena, n);
    /* Fails only when there is too little room, and there is enough. */
    (void)compress2(packed, &n, pixels, (uLong)LINE_BYTES * HEIGHT, 6);
    struct buf out;
    buf_init(&out, arena);
    buf_add(&out, mark, sizeof mark);
    picture_add_part(&out, "IHDR", header, sizeof header);
    picture_add_part(&out, "IDAT", packed, n);
    picture_add_part(&out, "IEND", "", 0);
    return buf_text(&out);
}

struct str picture_png(struct arena *arena, unsigned nth)
{
    return png(arena, colour_at, nth);
}

struct str drawing_png(struct arena *arena, unsigned nth)
{
    return png(arena, line_at, nth);
}
