/* What is searched for (contract 3, query parameters of /cases): read from the address, checked, and written back to it. */
#ifndef KP_MODEL_CASE_CRITERIA_H
#define KP_MODEL_CASE_CRITERIA_H

#include "portal/visit.h"

enum case_sort { SORT_CREATED, SORT_NUMBER, SORT_TITLE, SORT_STATUS };

#define STATUS_ANY (-1)
#define STATUS_OPEN 3 /* not finished */
#define QUESTION_WORDS 12

/* A place in a sorted list: the sort value of a row, and what makes it unique. */
struct case_cursor {
    bool set;
    bool backwards; /* the page that ends before this place */
    struct str text;
    int64_t value, created, id;
};

struct criteria {
    struct str q, status_text, type, priority, customer, object, from_text, to_text;
    int status;
    int64_t from_us, to_us; /* created: from <= x < to; 0: no limit */
    enum case_sort sort;
    bool descending;
    int page_size;
    struct case_cursor after;
    struct str words[QUESTION_WORDS];
    size_t word_count;
    bool unlinked;     /* staff alone: nobody in the portal sees them as he should */
    bool unanswerable; /* q has no letter or digit: nothing is found */
    /* what is wrong with a field: msgids, NULL when fine */
    const char *q_fault, *status_fault, *from_fault, *to_fault, *sort_fault, *page_size_fault, *after_fault;
};

/* Reads the query parameters. False when something is wrong: the faults say what, and the rest is filled. */
bool criteria_read(struct arena *arena, const struct http_params *query, struct criteria *criteria);
/* Whether anything narrows the search. */
bool criteria_any(const struct criteria *criteria);
/*
 * `path?…` with these criteria. sort: NULL keeps the present one. cursor: empty for the first page. Paging parameters are left
 * out when `whole` (exports).
 */
struct str criteria_url(struct arena *arena, const char *path, const struct criteria *criteria, const char *sort,
                        struct str cursor, bool whole);
/* What identifies the set of hits, without sorting and paging. */
struct str criteria_key(struct arena *arena, const struct criteria *criteria);

struct str cursor_write(struct arena *arena, const struct case_cursor *cursor);

#endif
