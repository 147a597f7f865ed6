/* Finds which file of contract 4 a file or sheet is, when it does not come from a folder under its own name. */
#include "bulk/exchange/stage.h"

const char *load_file(size_t at)
{
    return at < FORMAT_COUNT ? formats[at].file : NULL;
}

static bool ends_in(struct str name, struct str ending)
{
    return name.n > ending.n && str_eq_nocase(str_slice(name, name.n - ending.n, name.n), ending);
}

bool load_is_workbook(struct str name)
{
    return ends_in(name, STR(".xlsx"));
}

bool load_is_csv(struct str name)
{
    return ends_in(name, STR(".csv"));
}

static struct str stem(struct str name)
{
    name = str_trim(name);
    return str_slice(name, 0, name.n - (load_is_workbook(name) ? 5 : load_is_csv(name) ? 4 : 0));
}

const char *load_file_of_name(struct str name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (str_eq_nocase(stem(name), stem(str_of(formats[i].file))))
            return formats[i].file;
    }
    /* The list of specifications has the name of its page. */
    return str_eq_nocase(stem(name), STR("invoices")) ? formats[FORMAT_SPECIFICATIONS].file : NULL;
}

const char *load_file_of_sheet(struct str workbook, struct str sheet, bool only)
{
    const char *file = load_file_of_name(sheet);
    return file || !only ? file : load_file_of_name(workbook);
}

/* Returns whether the format has all columns of the header, and the header all key columns of the format. */
static bool fits(struct arena *arena, const struct format *format, const struct str *header, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (heading_read(arena, NULL, format, str_trim(header[i])).kind == HEADING_UNKNOWN)
            return false;
    }
    return header_fits(arena, format, header, count);
}

const char *load_file_of_header(struct arena *arena, const struct str *header, size_t count)
{
    const char *found = NULL;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (!fits(arena, &formats[i], header, count))
            continue;
        if (found)
            return NULL;
        found = formats[i].file;
    }
    return found;
}
