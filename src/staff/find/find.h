/*
 * One field that finds a case, customer, object, contact or specification by number or name; and customers, objects,
 * contacts and articles for fields that take a number: as one types, and when the form is sent.
 */
#ifndef KP_STAFF_FIND_FIND_H
#define KP_STAFF_FIND_FIND_H

#include "forms/form.h"

extern const struct feature staff_find_feature;

#define LOOKUP_HITS 20

enum lookup_kind { LOOKUP_CUSTOMER, LOOKUP_OBJECT, LOOKUP_CONTACT, LOOKUP_ARTICLE, LOOKUP_KINDS };

/* Where scripts ask, by kind: `/staff/lookup/customers` … */
extern const char *const lookup_paths[LOOKUP_KINDS];

struct lookup_hit {
    int64_t id;
    struct str number, name;
    struct str street, postal_code, city; /* the street of a contact is its phone, of an article its unit */
    struct str email;                     /* of a contact */
    bool active;
    int64_t customer_id; /* of an object: its customer, 0: none */
    struct str customer_number, customer_name;
    bool customer_active;
};

/* The one with this number, active or not; hit->id 0: none. */
bool lookup_number(struct visit *visit, enum lookup_kind kind, struct str number, struct lookup_hit *hit,
                   struct err *err) __attribute__((warn_unused_result));
/* The active ones in which every word is found, by number; at most LOOKUP_HITS. */
bool lookup_words(struct visit *visit, enum lookup_kind kind, struct str words, struct lookup_hit **hits, size_t *count,
                  struct err *err) __attribute__((warn_unused_result));
/*
 * What was typed into a field: a number, or words that only one has. hit->id 0: none, and *fault says why in the user's
 * language, with the first that the words fit.
 */
bool lookup_typed(struct visit *visit, enum lookup_kind kind, struct str typed, struct lookup_hit *hit,
                  struct str *fault, struct err *err) __attribute__((warn_unused_result));

/*
 * For struct form: finds what a reference stands for by its number or by words that only one has; of several, each
 * line.
 */
bool form_lookup(struct form *form, size_t at, struct err *err) __attribute__((warn_unused_result));
/* Lets scripts look for the numbers of a field that is a reference. */
void form_lookup_path(struct form *form, size_t at);

#endif
