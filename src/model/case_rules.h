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
/* Returns the number of a case: `YYMMDD-NNNN` (domain 2). */
struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter);
