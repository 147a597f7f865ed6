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
    return NULL;
}

const char *load_file_of_sheet(struct str workbook, struct str sheet, bool only)
{
    const char *file = load_file_of_name(sheet);
    return file || !only ? file : load_file_of_name(workbook);
}

static bool knows(const struct format *format, struct str name)
{
    struct str start = str_slice(name, 0, sizeof EXTRA_PREFIX - 1);
    return format_column(format, name) || (format->extra && str_eq_nocase(start, STR(EXTRA_PREFIX)));
}

static bool has(const struct str *header, size_t count, const struct column *column)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(str_trim(header[i]), str_of(column_name_literal(column))))
            return true;
    }
    return false;
}

static bool fits(const struct format *format, const struct str *header, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!knows(format, str_trim(header[i])))
            return false;
    }
    for (size_t i = 0; i < format->column_count; i++) {
        if (column_is_key(&format->columns[i]) && !has(header, count, &format->columns[i]))
            return false;
    }
    return true;
}

const char *load_file_of_header(const struct str *header, size_t count)
{
    const char *found = NULL;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (!fits(&formats[i], header, count))
            continue;
        if (found)
            return NULL;
        found = formats[i].file;
    }
    return found;
}
