/*
 * Finds customers and objects among thousands, by number, name and address: to choose one for a new case (domain 4),
 * and to search cases by one (domain 5). Finds only customers and objects that access/visibility.h lets the login see.
 */
#pragma once

#include "portal/visit.h"

#define CHOICE_HITS 20

/* CHOICE_: active ones only, for a new case. KNOWN_: all known ones, to search cases by. */
enum choice_kind { CHOICE_CUSTOMER, CHOICE_OBJECT, KNOWN_CUSTOMER, KNOWN_OBJECT };

struct choice {
    int64_t id;
    struct str number, name, address;
    int64_t owner_id;    /* customer of an object */
    int64_t customer_id; /* the same if that customer is active: the object proposes it; 0: none */
    struct str customer_number, customer_name;
};

struct choices {
    struct choice items[CHOICE_HITS];
    size_t count;
    size_t total; /* number of all matches */
};

/*
 * Finds the best hits: first those that begin with the search text, then by name. Every word must be found; without
 * words everything matches.
 */
MUST_CHECK bool choice_search(struct visit *visit, enum choice_kind kind, struct str question, struct choices *hits,
                              struct err *err);
/* Lists all choices by name when there are at most `cap`; otherwise sets *more. */
MUST_CHECK bool choice_list(struct visit *visit, enum choice_kind kind, size_t cap, struct choice **items,
                            size_t *count, bool *more, struct err *err);
/* Finds the choice with this number. */
MUST_CHECK bool choice_find(struct visit *visit, enum choice_kind kind, struct str number, struct choice *choice,
                            bool *found, struct err *err);
/* Returns a choice as an option of a select, or with its address as an option of a picker. */
struct option choice_option(struct arena *arena, const struct choice *choice, bool with_address, bool selected);
/*
 * Answers the request of a picker (web/README.md): the hits for `q` as JSON. `proposes`: each object comes with the
 * customer that it proposes.
 */
MUST_CHECK bool choice_answer(struct visit *visit, enum choice_kind kind, bool proposes, struct err *err);
