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

/* What the first section of a format has: positive numbers are shown by it. */
struct section {
    bool date, time, month, seconds;
    char elapsed;      /* `h`, `m` or `s` in brackets: a time that does not stop at 24 hours; 0: no */
    bool point, other; /* other: an exponent, a fraction or a scale, which are not followed */
    int decimals, percents;
};

/*
 * Returns the length of a part in brackets. `[h]` means elapsed time; `[Red]`, `[$-41D]` and `[>9]` do not concern
 * dates or times.
 */
static size_t bracket_length(struct str code, size_t at, struct section *section)
{
    size_t end = at + 1;
    while (end < code.n && code.p[end] != ']')
        end++;
    struct str inside = str_slice(code, at + 1, end);
    if (inside.n && strspn(inside.p, "hHmMsS") >= inside.n) {
        section->time = true;
        section->elapsed = (char)(inside.p[0] | 0x20);
    }
    return end + 1 - at;
}

static void section_take(struct section *section, char c)
{
    section->date = section->date || strchr("yYdD", c);
    section->time = section->time || strchr("hHsS", c);
    section->seconds = section->seconds || strchr("sS", c);
    section->month = section->month || strchr("mM", c);
    section->other = section->other || strchr("eE/", c) || (section->point && c == ',');
    section->point = section->point || c == '.';
    section->decimals += section->point && strchr("0#?", c);
    section->percents += c == '%';
}

static struct section section_read(struct str code)
{
    struct section section = {.date = false};
    for (size_t at = 0, step; at < code.n && code.p[at] != ';'; at += step) {
        step = code.p[at] == '[' ? bracket_length(code, at, &section) : literal_length(code, at);
        if (step)
            continue;
        step = 1;
        section_take(&section, code.p[at]);
    }
    return section;
}

static enum show decimals_show(const struct section *section, struct str code)
{
    int decimals = section->decimals + 2 * section->percents;
    bool digits = str_find_char(code, '0') >= 0 || str_find_char(code, '#') >= 0;
    bool scaled = str_find(code, STR("0,;")) >= 0 || str_ends(code, STR("0,"));
    if (!digits || section->other || scaled || decimals > SHOW_DECIMALS_END - SHOW_DECIMALS)
        return SHOW_NUMBER;
    return (enum show)(SHOW_DECIMALS + decimals);
}

enum show format_show(struct str code)
{
    if (str_eq_nocase(code, STR("General")))
        return SHOW_NUMBER;
    struct section section = section_read(code);
    if (section.elapsed == 'h')
        return section.seconds ? SHOW_HOURS_EXACT : SHOW_HOURS;
    if (section.elapsed == 'm')
        return SHOW_MINUTES;
    if (section.time)
        return section.date ? SHOW_INSTANT : SHOW_TIME;
    return section.date || section.month ? SHOW_DATE : decimals_show(&section, code);
}

/* The standard formats, which have a number and no code. */
static enum show known_show(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) || (id >= 50 && id <= 58))
        return SHOW_DATE;
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || id == 45 || id == 47)
        return SHOW_TIME;
    if (id == 46)
        return SHOW_HOURS_EXACT;
    if (id == 1 || id == 3 || id == 5 || id == 6 || id == 37 || id == 38 || id == 41 || id == 42)
        return SHOW_DECIMALS;
    if (id == 2 || id == 4 || id == 7 || id == 8 || id == 9 || id == 39 || id == 40 || id == 43 || id == 44)
        return SHOW_DECIMALS + 2;
    return id == 22 ? SHOW_INSTANT : id == 10 ? SHOW_DECIMALS + 4 : SHOW_NUMBER;
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
