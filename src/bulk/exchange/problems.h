/*
 * Problems with the files of an import. All are counted; the first hundred (or `most`) are kept, in the order of files
 * and lines. Each is one line: `FILE:LINE: COLUMN: problem and the value found`. Problems of one column and kind are a
 * group, which knows how many they are and the first of their lines.
 */
#pragma once

#include "bulk/exchange/exchange.h"

#define PROBLEMS_MAX 100 /* the default of `most` */

struct problem {
    size_t source; /* position of the file in the import */
    int64_t line;
    struct str text;
};

#define PROBLEM_GROUPS_MAX 200

struct problems {
    struct arena *arena;
    size_t most; /* how many are kept; 0: PROBLEMS_MAX */
    struct problem *first;
    size_t kept, room;
    int64_t count;
    struct load_group groups[PROBLEM_GROUPS_MAX];
    struct {
        const char *format;
        struct str text;
    } kinds[PROBLEM_GROUPS_MAX]; /* what tells the groups of one column from each other */
    size_t group_count;
};

/* Adds a problem. The message shows `found` shortened and in quotation marks, or nothing when found.p is NULL. */
void problem_add(struct problems *problems, size_t source, const char *file, int64_t line, const char *column,
                 struct str found, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* Forgets all problems, to read the files again. */
void problems_reset(struct problems *problems);
