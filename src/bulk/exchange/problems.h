/*
 * What is wrong with the files of an import: counted in full, the first hundred (or so many as asked for) kept in the
 * order of files and lines. One line each: `FILE:LINE: COLUMN: what is wrong and what was found`.
 */
#ifndef KP_BULK_EXCHANGE_PROBLEMS_H
#define KP_BULK_EXCHANGE_PROBLEMS_H

#include "base/arena.h"

#define PROBLEMS_MAX 100 /* unless `most` says otherwise */

struct problem {
    size_t source; /* position of the file in the import */
    int64_t line;
    struct str text;
};

struct problems {
    struct arena *arena;
    size_t most; /* how many are kept; 0: PROBLEMS_MAX */
    struct problem *first;
    size_t kept, room;
    int64_t count;
};

/* `found` is shown shortened and in quotation marks; without p nothing is. */
void problem_add(struct problems *problems, size_t source, const char *file, int64_t line, const char *column,
                 struct str found, const char *format, ...) __attribute__((format(printf, 7, 8)));

#endif
