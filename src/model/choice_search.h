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
    int64_t parent_id;   /* the object around an object; 0: none */
    int64_t property_id; /* the same, or the object itself, when it is named (choices_by_property); 0: none */
    struct str property; /* its name */
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
/* Finds the object of an object login. */
MUST_CHECK bool choice_own_object(struct visit *visit, struct choice *choice, struct err *err);
/*
 * Puts objects of one property, which is the object around them, next to each other, and names it, when the login sees
 * it (domain 7.3); otherwise their order stays. An object with others inside it comes first among them.
 */
MUST_CHECK bool choices_by_property(struct visit *visit, struct choice *items, size_t count, struct err *err);
/* Finds the objects of the newest cases that are about the login, the newest first; only those it may choose. */
MUST_CHECK bool choices_latest(struct visit *visit, size_t limit, struct choice **items, size_t *count,
                               struct err *err);
/* Returns a choice as an option of a select, or with its address as an option of a picker. */
struct option choice_option(struct arena *arena, const struct choice *choice, bool with_address, bool selected);
/*
 * Answers the request of a picker (web/README.md): the hits for `q` as JSON. `proposes`: each object comes with the
 * customer that it proposes.
 */
MUST_CHECK bool choice_answer(struct visit *visit, enum choice_kind kind, bool proposes, struct err *err);
