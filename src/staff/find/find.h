/*
 * The search field of the staff area, which finds cases, customers, objects, contacts and specifications by number or
 * name. Also finds customers, objects, contacts and articles for form fields that take a number: while the user types,
 * and when the form is sent.
 */
#pragma once

#include "forms/form.h"

extern const struct feature staff_find_feature;

#define LOOKUP_HITS 20

enum lookup_kind { LOOKUP_CUSTOMER, LOOKUP_OBJECT, LOOKUP_CONTACT, LOOKUP_ARTICLE, LOOKUP_KINDS };

/* The paths that scripts request, one for each kind: `/staff/lookup/customers` … */
extern const char *const lookup_paths[LOOKUP_KINDS];
/* Answers such a request. */
bool lookup_send(struct visit *visit, struct err *err);

struct lookup_hit {
    int64_t id;
    struct str number, name;
    struct str street, postal_code, city; /* of a contact, street is its phone; of an article, its unit */
    struct str email;                     /* of a contact */
    bool active;
    int64_t customer_id; /* the customer of an object, the only customer of a contact, or 0 */
    struct str customer_number, customer_name;
    bool customer_active;
};

/* Finds the row with this number, active or not. hit->id is 0 when there is no such row. */
MUST_CHECK bool lookup_number(struct visit *visit, enum lookup_kind kind, struct str number, struct lookup_hit *hit,
                              struct err *err);
/* Finds the active rows that contain every word, sorted by number: at most LOOKUP_HITS. */
MUST_CHECK bool lookup_words(struct visit *visit, enum lookup_kind kind, struct str words, struct lookup_hit **hits,
                             size_t *count, struct err *err);
/*
 * Finds the row that was typed into a field: by its number, or by words that only one row contains. When no row or
 * several rows fit, hit->id is 0 and *fault says why in the user's language, with the first rows that fit.
 */
MUST_CHECK bool lookup_typed(struct visit *visit, enum lookup_kind kind, struct str typed, struct lookup_hit *hit,
                             struct str *fault, struct err *err);

/*
 * For struct form: finds the row that a reference field refers to, by its number or by words that only one row
 * contains. In a field with several references, each line is one. Faults go into the form.
 */
MUST_CHECK bool form_lookup(struct form *form, size_t at, struct err *err);
/* Makes scripts propose numbers for this field when it is a reference. */
void form_lookup_path(struct form *form, size_t at);
