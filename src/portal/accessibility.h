/* The accessibility statement, by the W3C's form. Its tables are generated from docs/accessibility.md. */
#pragma once

#include "portal/visit.h"

enum wcag_state { WCAG_HOLDS, WCAG_PARTLY, WCAG_ABSENT };

/* A criterion of WCAG 2.2, level A or AA. */
struct wcag_criterion {
    const char *number, *level, *name[LANG_COUNT];
    enum wcag_state state;
};

struct limitation {
    const char *criteria; /* their numbers */
    const char *text[LANG_COUNT];
};

extern const struct wcag_criterion wcag_criteria[];
extern const size_t wcag_criterion_count;
extern const struct limitation limitations[];
extern const size_t limitation_count;
extern const char accessibility_reviewed[]; /* the day, as YYYY-MM-DD */

struct statement_view {
    struct str portal, contact, phone, reviewed;
    struct str count, holding,
        absent; /* how many criteria there are, hold, and concern what the portal does not have */
};

bool accessibility_page(struct visit *visit, struct err *err);
