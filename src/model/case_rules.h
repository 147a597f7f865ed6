/* Rules of a new case without database and requests: defaults and numbers (domain 4, docs/configuration.md). */
#ifndef KP_MODEL_CASE_RULES_H
#define KP_MODEL_CASE_RULES_H

#include "service/config.h"

/* Whom the placeholders of defaults stand for; empty texts where nothing is known. */
struct rules_person {
    struct str name, email, phone;
    int32_t today;
};

/* The configured default with {name}, {email}, {phone} and {today} filled in. */
struct str rules_default(struct arena *arena, struct str configured, const struct rules_person *person);
/* `YYMMDD-NNNN` (domain 2). */
struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter);

#endif
