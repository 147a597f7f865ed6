/* Reads the texts that cells share into a file of their own, since there may be as many texts as cells. */
#include "base/io.h"
#include "service/workbook_parts.h"

#include <string.h>
#include <unistd.h>

struct strings {
    struct workbook *book;
    struct arena *arena; /* memory of one text */
    struct buf text;
    int64_t end;
    int phonetic; /* depth inside elements that give the pronunciation */
    bool in_item, in_text;
};

static int workbook_strings_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns the code of `_xHHHH_` at the beginning of the text; -1 if it begins with no code. */
static int escaped(struct str text)
{
    int code = 0;
    if (text.n < 7 || text.p[0] != '_' || text.p[1] != 'x' || text.p[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = workbook_strings_hex_value(text.p[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/*
 * Only ASCII codes are replaced: other characters are never written in this form, and half a surrogate pair is not
 * text.
 */
struct str string_unescape(struct arena *arena, struct str text)
{
    struct buf out;
    if (str_find(text, STR("_x")) < 0)
        return text;
    buf_init(&out, arena);
    for (size_t at = 0; at < text.n;) {
        int code = escaped(str_slice(text, at, text.n));
        bool taken = code > 0 && code < 0x80;
        buf_char(&out, taken ? (char)code : text.p[at]);
        at += taken ? 7 : 1;
    }
    return buf_text(&out);
}

static bool workbook_strings_add_string(struct strings *strings, struct xml *xml)
{
    struct workbook *book = strings->book;
    struct str text = string_unescape(strings->arena, buf_text(&strings->text));
    if (book->string_count == WORKBOOK_STRINGS)
        return xml_refuse(xml, "it has too many texts");
    book->ends = arena_grow(book->arena, book->ends, book->string_count, &book->string_room, sizeof *book->ends);
    if (text.n && fwrite(text.p, 1, text.n, book->strings) != text.n)
        return xml_refuse(xml, "there is no room on the disk to read it");
    strings->end += (int64_t)text.n;
    book->ends[book->string_count++] = strings->end;
    return true;
}

static bool string_open(void *context, struct xml *xml, const char *name, const char *const *attributes)
{
    struct strings *strings = context;
    (void)xml;
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        arena_reset(strings->arena);
        buf_init(&strings->text, strings->arena);
        strings->in_item = true;
    }
    strings->phonetic += strcmp(name, "rPh") == 0;
    strings->in_text = strings->in_item && !strings->phonetic && strcmp(name, "t") == 0;
    return true;
}

static bool string_close(void *context, struct xml *xml, const char *name)
{
    struct strings *strings = context;
    strings->phonetic -= strcmp(name, "rPh") == 0;
    strings->in_text = false;
    if (strcmp(name, "si") != 0)
        return true;
    strings->in_item = false;
    return workbook_strings_add_string(strings, xml);
}

static bool string_text(void *context, struct xml *xml, struct str text)
{
    struct strings *strings = context;
    if (!strings->in_text)
        return true;
    if (strings->text.n + text.n > VALUE_BYTES)
        return xml_refuse(xml, "a value has more than 1 MiB");
    buf_str(&strings->text, text);
    return true;
}

bool strings_read(struct workbook *book, struct str data, struct workbook_fault *fault)
{
    struct strings strings = {.book = book};
    struct xml_reader reader = {string_open, string_close, string_text, &strings};
    bool found = false;
    if (!book->strings_path.n)
        return true;
    book->strings = workbook_scratch(book->arena, data);
    if (!book->strings) {
        *fault = (struct workbook_fault){1, "there is no room on the disk to read it"};
        return false;
    }
    strings.arena = arena_create();
    bool ok = part_read(book, book->strings_path, &reader, &found, fault);
    arena_destroy(strings.arena);
    if (ok && fflush(book->strings) != 0) {
        *fault = (struct workbook_fault){1, "there is no room on the disk to read it"};
        ok = false;
    }
    return ok;
}

bool strings_get(const struct workbook *book, struct arena *arena, size_t at, struct str *text)
{
    if (at >= book->string_count)
        return false;
    int64_t begin = at ? book->ends[at - 1] : 0;
    size_t n = (size_t)(book->ends[at] - begin);
    char *bytes = arena_alloc(arena, n + 1);
    if (io_read(fileno(book->strings), bytes, n, begin) != (ssize_t)n)
        return false;
    *text = (struct str){bytes, n};
    return true;
}
