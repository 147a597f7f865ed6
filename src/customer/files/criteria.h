/* The criteria of the list of files: the query parameters of /files, read, checked, and written back to an address. */
#pragma once

#include "model/file.h"
#include "portal/visit.h"

enum file_sort { FILES_BY_CREATED, FILES_BY_NAME, FILES_BY_SIZE, FILES_BY_CATEGORY };

#define FILE_WORDS 12

struct file_criteria {
    struct str q, category, owner_text, customer, object, from_text, to_text;
    enum file_owner_kind owner;
    int64_t from_us, to_us; /* when the file was added: from <= x < to; 0: no limit */
    enum file_sort sort;
    bool descending;
    int page_size;
    struct str after; /* the key of a file; the page begins after it, or ends before it when `backwards` */
    bool backwards;
    struct str words[FILE_WORDS]; /* the words of q, in lower case */
    size_t word_count;
    /* problems with fields: msgids, NULL when a field is right */
    const struct msgid *q_fault, *owner_fault, *from_fault, *to_fault, *sort_fault, *page_size_fault, *after_fault;
};

/*
 * Reads the query parameters. Returns false when one is wrong: the faults say which, and the other criteria are filled.
 */
bool file_criteria_read(struct arena *arena, const struct http_params *query, struct file_criteria *criteria);
/* Returns whether any criterion narrows the list. */
bool file_criteria_any(const struct file_criteria *criteria);
/*
 * Returns `path?…` with these criteria. sort: NULL keeps the present order. after: the value of the parameter, empty
 * for the first page. `whole` leaves out the paging parameters (for exports).
 */
struct str file_criteria_url(struct arena *arena, const char *path, const struct file_criteria *criteria,
                             const char *sort, struct str after, bool whole);
/* Returns the value of `after` for the page after this file, or for the page before it. */
struct str file_cursor(struct arena *arena, struct str key, bool backwards);
/* Returns the name of a sort order in addresses. */
const char *file_sort_name(enum file_sort sort);
