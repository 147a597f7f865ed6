/*
 * Finding customers and objects among thousands, by number, name and address: to choose for a new case (domain 4), and
 * to search cases by (domain 5). Only what access/visibility.h lets the login see is found.
 */
#ifndef KP_MODEL_CHOICE_SEARCH_H
#define KP_MODEL_CHOICE_SEARCH_H

#include "portal/visit.h"

#define CHOICE_HITS 20

/* For a new case only what is active; what is known, cases may be searched by. */
enum choice_kind { CHOICE_CUSTOMER, CHOICE_OBJECT, KNOWN_CUSTOMER, KNOWN_OBJECT };

struct choice {
    int64_t id;
    struct str number, name, address;
    int64_t owner_id;    /* customer of an object */
    int64_t customer_id; /* the same when it is active: what the object proposes; 0: none */
    struct str customer_number, customer_name;
};

struct choices {
    struct choice items[CHOICE_HITS];
    size_t count;
    size_t total; /* all that match */
};

/*
 * The best hits, those that begin with what was asked for first, then by name. Every word has to be found; no word
 * finds all.
 */
bool choice_search(struct visit *visit, enum choice_kind kind, struct str question, struct choices *hits,
                   struct err *err) __attribute__((warn_unused_result));
/* All there are by name, when there are at most `cap`; else *more. */
bool choice_list(struct visit *visit, enum choice_kind kind, size_t cap, struct choice **items, size_t *count,
                 bool *more, struct err *err) __attribute__((warn_unused_result));
/* The one with this number. */
bool choice_find(struct visit *visit, enum choice_kind kind, struct str number, struct choice *choice, bool *found,
                 struct err *err) __attribute__((warn_unused_result));
/* As an option of a select, or with its address of a picker. */
struct option choice_option(struct arena *arena, const struct choice *choice, bool with_address, bool selected);
/*
 * Answers what a picker asks for (web/README.md): the hits for `q` as JSON; `proposes` tells the customers of objects.
 */
bool choice_answer(struct visit *visit, enum choice_kind kind, bool proposes, struct err *err)
    __attribute__((warn_unused_result));

#endif
