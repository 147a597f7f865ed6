/* Declarations that the files of this folder share. */
#pragma once

#include "model/specification.h"

/* One specification as its templates show it. Texts are in the visit's language and not yet escaped. */
struct specification_page_view {
    const struct specification *specification;
    struct str url;
    struct str portal_name, printed;      /* for paper; printed is a time */
    struct str decided;                   /* who decided and when: `Anna Ek, 2026-03-03 10:15`; empty: not decided */
    const struct specification *previous; /* of the period before; NULL: there is no such specification */
    struct str previous_url, difference;  /* difference: `1 200,00 kr more` */
    bool may_reject;
    bool discounts; /* some row has a discount, so the table has a column for it */
    bool folds;     /* the rows of each case can be folded away: there are several cases, and no row is marked */
    int64_t column_count;
    const struct kept_decision *decisions;
    size_t decision_count;
};

/* A decision that was made in the portal. */
struct kept_decision {
    enum specification_status status;
    struct str name, your_reference, comment;
    int64_t at, total;
    bool other; /* the decision was on other rows than the present ones */
};

struct decide_view {
    const struct specification *specification;
    bool approve;
    struct str heading, url, action, shown;
    struct field your_reference, comment;
    const struct field *fields; /* for the summary of errors in the form */
    size_t field_count;
};

/* The page that says why nothing was decided. */
struct undecided_view {
    const char *kind; /* the kind of the message */
    struct str title, text;
    struct str url, label; /* the link to continue with */
};

/* Finds the specification of the path. Fails with ERR_NOT_FOUND when the actor may not see one of that number. */
MUST_CHECK bool specification_of_path(struct visit *visit, struct specification *specification, struct err *err);
/* Returns whether some row has a discount, so that a table needs a column for it. */
bool specification_has_discounts(const struct specification *specification);

/* The search of the list for those that wait for a decision. */
#define SPECIFICATIONS_WAITING "?status=awaiting_approval"
extern const struct list specifications_list;

bool specification_page(struct visit *visit, struct err *err);
bool specification_rows_csv(struct visit *visit, struct err *err);
bool specification_rows_xlsx(struct visit *visit, struct err *err);
bool specification_pdf(struct visit *visit, struct err *err);
bool approve_get(struct visit *visit, struct err *err);
bool approve_post(struct visit *visit, struct err *err);
bool reject_get(struct visit *visit, struct err *err);
bool reject_post(struct visit *visit, struct err *err);
/*
 * Recomputes the chain of decisions and compares each decision that is in force with its specification. Appends
 * findings as lines.
 */
bool decisions_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                     struct err *err);
