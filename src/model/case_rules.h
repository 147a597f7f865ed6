/*
 * Rules of a new case that need neither the database nor a request: defaults and numbers (domain 4,
 * docs/configuration.md).
 */
#pragma once

#include "service/config.h"

/* The person whose data replaces the placeholders of defaults. Unknown texts are empty. */
struct rules_person {
    struct str name, email, phone;
    int32_t today;
};

/* Returns the configured default with {name}, {email}, {phone} and {today} filled in. */
struct str rules_default(struct arena *arena, struct str configured, const struct rules_person *person);
/* What somebody said about the customer of a case that has an object (domain 4.3). */
struct rules_customer {
    bool sent;            /* the form or file has the field */
    struct str customer;  /* number, empty: no customer */
    struct str object;    /* number, empty: no object */
    struct str seen_with; /* number of the object whose customer the person has seen in the field, or empty */
};
/*
 * Returns whether the case takes the customer of its object: nobody said a word about the customer. Who empties the
 * field after they saw the customer of this object in it has said that there is no customer.
 */
bool rules_object_gives_customer(const struct rules_customer *said);
/* Returns the number of a case: `YYMMDD-NNNN` (domain 2). */
struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter);
