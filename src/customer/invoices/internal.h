/* Declarations that the files of this folder share. */
#pragma once

#include "model/decision.h"

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
    struct kept_decision *decisions;
    size_t decision_count;
};

/* Where a customer writes about a case, or about one of its rows. */
struct remark_input {
    struct str sent;                     /* its name in the form: `case:NUMBER` or `row:NUMBER` */
    struct field *field;                 /* with the name as id */
    const struct specification_row *row; /* NULL: about the whole case */
};

/* The inputs of one case: first that of the whole case. */
struct remark_group {
    const struct specification_case *of;
    bool open;
    struct remark_input *inputs;
    size_t count;
};

struct decide_view {
    const struct specification *specification;
    bool approve;
    struct str heading, url, action, digest, shown;
    struct field your_reference, comment;
    struct remark_group *groups; /* of a rejection */
    size_t group_count;
    const struct field *remark_fields; /* of their inputs */
    size_t remark_field_count;
    const struct field *fields; /* for the summary of errors in the form */
    size_t field_count;
};

/* The page that says why nothing was decided. */
struct undecided_view {
    const char *kind; /* the kind of the message */
    struct str title, text;
    struct str typed;      /* what the user wrote in vain, or empty */
    struct str url, label; /* the link to continue with */
};

/* Finds the specification of the path. Fails with ERR_NOT_FOUND when the actor may not see one of that number. */
MUST_CHECK bool specification_of_path(struct visit *visit, struct specification *specification, struct err *err);
/* Returns the quantity of a row with its unit: `2,5 tim`. */
struct str specification_quantity(struct arena *arena, enum lang lang, const struct specification_row *row);
/* Returns whether some row has a discount, so that a table needs a column for it. */
bool specification_has_discounts(const struct specification *specification);

/* Reads what was sent, or kept, about cases and rows. Empty inputs are left out. Returns how many there are. */
size_t remarks_read(struct visit *visit, const struct http_params *sent, struct remark **remarks);
/* Returns why a remark is refused (msgid), or NULL. */
const struct msgid *remark_fault(const struct remark *remark);
/* Returns the remarks as lines `NUMBER: comment`; wanted: only these, NULL: all. */
struct str remarks_lines(struct arena *arena, const struct remark *remarks, const bool *wanted, size_t count);
/*
 * Fills the inputs for each case and row of the specification, whose rows are loaded, with these remarks. Those about
 * cases and rows that are not on it any more go into the comment, so that they are not lost.
 */
void remarks_fill(struct visit *visit, struct decide_view *view, const struct remark *remarks, size_t count);

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
