/* Shared by the workbook*.c files. */
#pragma once

#include "base/buf.h"
#include "service/workbook.h"

/* The limits of one value and of one row of values; the same as for CSV. */
#define VALUE_BYTES (1024 * 1024)
#define ROW_BYTES (4 * 1024 * 1024)
#define ROW_COLUMNS 500

/* How a number is shown; SHOW_DECIMALS + n: with n decimals. */
enum show {
    SHOW_NUMBER,
    SHOW_DATE,
    SHOW_TIME,
    SHOW_INSTANT,
    SHOW_HOURS,       /* elapsed: 36:30 */
    SHOW_HOURS_EXACT, /* 36:30:15 */
    SHOW_MINUTES,     /* 2190:15 */
    SHOW_DECIMALS,
    SHOW_DECIMALS_END = SHOW_DECIMALS + 15
};

struct sheet_part {
    struct str name, id, path;
};

struct workbook {
    struct arena *arena;
    int fd;
    int64_t size, unpacked, shown; /* bytes of the file, of its unpacked parts, of the values of its cells */
    struct sheet_part sheets[WORKBOOK_SHEETS];
    size_t sheet_count;
    struct str book_path, styles_path, strings_path;
    bool from_1904;
    unsigned char *shows; /* enum show, indexed by the number of a cell's style */
    size_t show_count;
    FILE *strings;
    int64_t *ends; /* where each shared text ends in `strings` */
    size_t string_count, string_room;
};

/* --- workbook_xml.c: one part of the archive, element by element -------------------------------------------------- */

struct xml;
struct xml_reader {
    /* Names are without their namespace. A function returns false after it called xml_refuse. */
    bool (*open)(void *context, struct xml *xml, const char *name, const char *const *attributes);
    bool (*close)(void *context, struct xml *xml, const char *name);
    bool (*text)(void *context, struct xml *xml, struct str text);
    void *context;
};

/* Stops reading and returns false. `message` NULL: reading ends with success, since enough was read. */
bool xml_refuse(struct xml *xml, const char *message);
/* Returns the value of an attribute by its name without namespace; empty if it is missing. */
struct str xml_attribute(const char *const *attributes, const char *name);
/* Says whether a file of this size may unpack to so many bytes. */
bool workbook_measure(const struct workbook *book, int64_t bytes);
#define WORKBOOK_TOO_LARGE "it holds far more than a workbook of its size does"
/* Reads one part of the archive. *found is false if there is no such part; with `found` NULL that is a fault. */
MUST_CHECK bool part_read(struct workbook *book, struct str path, const struct xml_reader *reader, bool *found,
                          struct workbook_fault *fault);

/* --- workbook_strings.c ------------------------------------------------------------------------------------------- */
MUST_CHECK bool strings_read(struct workbook *book, struct str data, struct workbook_fault *fault);
/* Reads a shared text; returns false if that position has no text. */
bool strings_get(const struct workbook *book, struct arena *arena, size_t at, struct str *text);
/* Replaces escapes such as `_x000D_` with the characters they stand for. */
struct str string_unescape(struct arena *arena, struct str text);

/* --- workbook_styles.c -------------------------------------------------------------------------------------------- */
MUST_CHECK bool styles_read(struct workbook *book, struct workbook_fault *fault);
enum show format_show(struct str code);

/* --- workbook_values.c -------------------------------------------------------------------------------------------- */
/* Returns what a spreadsheet shows for a number as it is stored in the file. */
struct str number_show(struct arena *arena, struct str text, enum show show, bool from_1904);
