/* Finds out which numbers are dates; only the formats of their cells say so. */
#include "service/workbook_parts.h"

#include <string.h>

#define FORMATS 5000
#define STYLES 70000

struct own_format {
    int64_t id;
    enum show show;
};

struct styles {
    struct workbook *book;
    struct own_format formats[FORMATS];
    size_t format_count;
    bool in_cells; /* inside cellXfs */
};

/* Returns the length of a literal part of a format: "text", \x, _x, *x. */
static size_t literal_length(struct str code, size_t at)
{
    char c = code.p[at];
    if (c == '\\' || c == '_' || c == '*')
        return 2;
    if (c != '"')
        return 0;
    size_t end = at + 1;
    while (end < code.n && code.p[end] != '"')
        end++;
    return end + 1 - at;
}

/*
 * Returns the length of a part in brackets. `[h]` means elapsed time; `[Red]`, `[$-41D]` and `[>9]` do not concern
 * dates or times.
 */
static size_t bracket_length(struct str code, size_t at, bool *time)
{
    size_t end = at + 1;
    while (end < code.n && code.p[end] != ']')
        end++;
    struct str inside = str_slice(code, at + 1, end);
    if (inside.n && strspn(inside.p, "hHmMsS") >= inside.n)
        *time = true;
    return end + 1 - at;
}

enum show format_show(struct str code)
{
    bool date = false, time = false, month = false;
    if (str_eq_nocase(code, STR("General")))
        return SHOW_NUMBER;
    for (size_t at = 0, step; at < code.n && code.p[at] != ';'; at += step) {
        step = code.p[at] == '[' ? bracket_length(code, at, &time) : literal_length(code, at);
        if (step)
            continue;
        step = 1;
        date = date || strchr("yYdD", code.p[at]);
        time = time || strchr("hHsS", code.p[at]);
        month = month || strchr("mM", code.p[at]);
    }
    if (time)
        return date ? SHOW_INSTANT : SHOW_TIME;
    return date || month ? SHOW_DATE : SHOW_NUMBER;
}

/* The standard formats, which have a number and no code. */
static enum show known_show(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) || (id >= 50 && id <= 58))
        return SHOW_DATE;
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || (id >= 45 && id <= 47))
        return SHOW_TIME;
    return id == 22 ? SHOW_INSTANT : SHOW_NUMBER;
}

static enum show show_of(const struct styles *styles, int64_t id)
{
    for (size_t i = 0; i < styles->format_count; i++) {
        if (styles->formats[i].id == id)
            return styles->formats[i].show;
    }
    return known_show(id);
}

static bool add_style(struct styles *styles, struct xml *xml, int64_t format)
{
    struct workbook *book = styles->book;
    if (book->show_count == STYLES)
        return xml_refuse(xml, "it has too many styles");
    book->shows[book->show_count++] = (unsigned char)show_of(styles, format);
    return true;
}

static bool style_open(void *context, struct xml *xml, const char *name, const char *const *attributes)
{
    struct styles *styles = context;
    int64_t id = 0;
    bool numbered = str_to_int(xml_attribute(attributes, "numFmtId"), &id);
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = true;
    if (strcmp(name, "xf") == 0 && styles->in_cells)
        return add_style(styles, xml, numbered ? id : 0);
    if (strcmp(name, "numFmt") != 0 || !numbered)
        return true;
    if (styles->format_count == FORMATS)
        return xml_refuse(xml, "it has too many formats");
    styles->formats[styles->format_count++] =
        (struct own_format){id, format_show(xml_attribute(attributes, "formatCode"))};
    return true;
}

static bool style_close(void *context, struct xml *xml, const char *name)
{
    struct styles *styles = context;
    (void)xml;
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = false;
    return true;
}

bool styles_read(struct workbook *book, struct workbook_fault *fault)
{
    struct styles *styles = ARENA_NEW(book->arena, struct styles);
    struct xml_reader reader = {.open = style_open, .close = style_close, .context = styles};
    bool found = false;
    styles->book = book;
    book->shows = ARENA_ARRAY(book->arena, unsigned char, STYLES);
    return !book->styles_path.n || part_read(book, book->styles_path, &reader, &found, fault);
}
