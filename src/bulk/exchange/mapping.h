/*
 * A mapping: how the columns of a file of another system become those of a file of an import. Its text is described in
 * docs/import.md; `kundportal import --mapping` reads it from a file, the pages of imports write it from a form.
 */
#pragma once

#include "service/csv.h"

#define MAPPING_DATES 20

/* What a word in a column of states or of a picklist means: a code or a key. */
struct load_meaning {
    struct str field, word, value; /* field: see load_word */
};

/* In which order a column has the parts of its dates. */
enum load_date_order { LOAD_YMD, LOAD_DMY, LOAD_MDY };
#define LOAD_DATE_ORDERS (LOAD_MDY + 1)
extern const char *const load_date_orders[LOAD_DATE_ORDERS];

/* One line: a column of the import, and where its value comes from. */
struct mapping_column {
    struct str target;
    struct str heading; /* of the file; empty: the value is `constant` */
    struct str constant;
    int part;             /* of the text between separators, from 1; 0: the whole value */
    bool rest;            /* this part and all after it */
    struct str separator; /* empty with a part: the postal code separates street and place */
};

struct load_mapping {
    const char *file; /* of the import: `cases.csv` */
    struct str name;  /* of the file, or sheet, of the other system; empty: any */
    enum csv_encoding encoding;
    struct mapping_column *columns;
    size_t column_count;
    struct str *left_out;
    size_t left_out_count;
    bool others_left_out; /* all columns that the mapping does not name */
    struct {
        struct str column;
        enum load_date_order order;
    } dates[MAPPING_DATES];
    size_t date_count;
    struct load_meaning *words;
    size_t word_count;
    bool makes_customers, makes_objects; /* of numbers that are not known */
};

struct mapping_fault {
    int64_t line;
    const char *message;
};

/*
 * Reads the text of a mapping: lines for `file`, or, when that is NULL, sections `[cases.csv]` with lines. Returns
 * false and fills *fault when it cannot be understood.
 */
MUST_CHECK bool mapping_read(struct arena *arena, struct str text, const char *file, struct load_mapping **mappings,
                             size_t *count, struct mapping_fault *fault);
/* Writes the lines of a mapping, which mapping_read reads back. */
struct str mapping_text(struct arena *arena, const struct load_mapping *mapping);
/* Says in which order a column has its dates. Returns false when there is no such order, or too many columns. */
bool mapping_set_dates(struct load_mapping *mapping, struct str column, struct str order);
/* Returns which column has a heading; `count` when none has it. */
size_t mapping_column_of(struct arena *arena, const struct str *header, size_t count, struct str heading);
/* Returns the mapping for a file or sheet of this name; NULL when there is no such mapping. */
const struct load_mapping *mapping_of_name(const struct load_mapping *mappings, size_t count, struct str name);
