/*
 * One invoice specification as its customer sees it: the head, and the rows by case. The page, the confirmation, the
 * PDF and the digest of a decision all come from here, so that they agree.
 */
#pragma once

#include "model/record.h"
#include "portal/visit.h"

/*
 * SQL of the state that people see, on alias `s`. When rows changed after a decision, the specification waits for
 * approval again (domain 6: a changed specification must be decided again).
 */
#define SPECIFICATION_STATUS                                                                                           \
    "CASE WHEN s.status IN ('approved', 'rejected') AND s.decided_digest <> s.digest THEN 'awaiting_approval'"         \
    " ELSE s.status END"

/* SQL of the id of the specification on which article row `r` stands, one that is out before drafts; or NULL. */
#define ROW_SPECIFICATION                                                                                              \
    "(SELECT x.specification_id FROM invoice_specification_row x JOIN invoice_specification y"                         \
    " ON y.id = x.specification_id WHERE x.article_row_id = r.id"                                                      \
    " ORDER BY CASE y.status WHEN 'draft' THEN 1 ELSE 0 END, y.id DESC LIMIT 1)"

/* Returns the state with this code name; SPECIFICATION_DRAFT when no state has it. */
enum specification_status specification_status_of(struct str code);

struct specification_row {
    struct str number, date, title, description, article, unit;
    int64_t quantity, unit_price, discount;                                                   /* millionths */
    int64_t total;                                                                            /* öre */
    enum { SPECIFICATION_ROW_SAME, SPECIFICATION_ROW_NEW, SPECIFICATION_ROW_CHANGED } change; /* since the decision */
    const struct specification_row *decided; /* as it was decided on, if it was */
};

/* The rows of one case. */
struct specification_case {
    int64_t case_id;
    struct str number;
    bool visible;             /* the actor may see the case: link to it. Otherwise title and object are empty */
    struct str title, object; /* the object's name */
    struct str object_number; /* when the actor may see the object too: link to it; else empty */
    const struct specification_row *rows;
    size_t row_count;
    int64_t total; /* öre, excl. VAT */
};

struct specification {
    int64_t id; /* 0: new */
    int64_t customer_id;
    struct str number, title;
    struct str customer, customer_name; /* number and name */
    struct str period_from, period_to;  /* dates, empty: none */
    enum specification_status status;   /* as in SPECIFICATION_STATUS */
    bool changed;                       /* the rows changed after the decision */
    bool was_rejected;                  /* the decision was to reject it; changed rows may have reopened the question */
    struct str your_reference, decided_by, comment;
    int64_t decided_at; /* 0: never */
    struct str digest;
    const struct specification_case *cases; /* filled by specification_load_rows */
    size_t case_count;
    int64_t row_count;
    int64_t total;         /* öre, excl. VAT */
    bool compared;         /* rows that changed are marked, because the portal has the content of the last decision */
    int64_t decided_total; /* of the rows that were decided on, if compared */
    struct specification_row *gone; /* those of them that are not among the rows any more */
    size_t gone_count;
    int64_t decision; /* the newest one that was made in the portal; 0: none */
};

/*
 * Finds the specification with this number, without rows. Fails with ERR_NOT_FOUND both when it does not exist and when
 * the actor may not see it (domain 6).
 */
MUST_CHECK bool specification_find(struct visit *visit, struct str number, struct specification *specification,
                                   struct err *err);
/*
 * Finds the specifications that wait for the actor's decision, without rows, the oldest first; or counts them. Of each
 * only number, title, customer_name, period and total are filled.
 */
MUST_CHECK bool specifications_waiting(struct visit *visit, size_t limit, struct specification **specifications,
                                       size_t *count, struct err *err);
MUST_CHECK bool specifications_waiting_count(struct visit *visit, int64_t *count, struct err *err);
/*
 * Finds the customer's specification of the period before: number, title, period and total. *found is false when there
 * is no such specification, or this one has no period.
 */
MUST_CHECK bool specification_find_previous(struct visit *visit, const struct specification *specification,
                                            struct specification *previous, bool *found, struct err *err);
/* Finds the specification with this number for staff, who see all specifications, also drafts. */
MUST_CHECK bool specification_find_any(struct db_conn *conn, struct arena *arena, struct str number,
                                       struct specification *specification, struct err *err);
/*
 * Loads the rows that are not cancelled, by case in the order of case numbers, within a case by date. When they changed
 * after the last decision, and that was made in the portal, marks how; also after it was withdrawn and published again.
 */
MUST_CHECK bool specification_load_rows(struct visit *visit, struct specification *specification, struct err *err);

/*
 * Derives digest, counts and sum of specifications from their rows. Code that changes their rows, article rows or the
 * link between them calls this in the same transaction. The SQL `literal` returns ids in ascending order, and takes
 * `$1` = the id to start after and `$2` = how many rows: "SELECT id FROM invoice_specification WHERE id > $1 ORDER BY
 * id LIMIT $2".
 */
MUST_CHECK bool specification_refresh(struct db_conn *conn, const char *literal, struct err *err);
/* Does the same for one specification. */
MUST_CHECK bool specification_refresh_one(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err);
/* Does the same for the specifications that have this article row. */
MUST_CHECK bool specification_refresh_row(struct db_conn *conn, struct arena *arena, int64_t article_row_id,
                                          struct err *err);

/*
 * Holds off decisions until the transaction ends, so that they are made one after the other. Call it as the first
 * statement of a transaction that changes the state of a specification.
 */
MUST_CHECK bool specification_lock(struct db_conn *conn, struct err *err);

/* --- changes, in a transaction that holds specification_lock ------------------------------------------------------ */

/*
 * Saves the columns of a draft; a new one gets an id and a number, its customer is s->customer_id. Its rows become the
 * article rows with these numbers. *taken: one of the rows belongs to another customer, is not attested, or is on
 * another specification; then the caller must roll back the transaction.
 */
MUST_CHECK bool specification_save(struct db_conn *conn, struct arena *arena, struct specification *s,
                                   const struct record_column *columns, size_t count, const struct str *rows,
                                   size_t row_count, int64_t now_us, bool *taken, struct err *err);
/*
 * Publishes a draft (SPECIFICATION_AWAITING), withdraws a specification (SPECIFICATION_DRAFT) or marks it as invoiced.
 * Does not change the article rows: see article_rows_invoice.
 */
MUST_CHECK bool specification_set_status(struct db_conn *conn, int64_t id, enum specification_status status,
                                         struct err *err);
/*
 * Sets when a mail last said that the specification waits, if it is still `from`; db_changes says whether it was.
 * SPECIFICATION_TOLD_ANY: whatever it is. to SPECIFICATION_NOT_TOLD: no mail will be sent.
 */
#define SPECIFICATION_NOT_TOLD INT64_C(-1)
#define SPECIFICATION_TOLD_ANY INT64_C(-2)
MUST_CHECK bool specification_set_told(struct db_conn *conn, int64_t id, int64_t from, int64_t to, struct err *err);
/*
 * Notes that the decision on each specification was about its current rows. For imports and the demonstration company.
 */
MUST_CHECK bool specifications_set_decided(struct db_conn *conn, struct row_set specifications, struct err *err);
/*
 * Makes decided specifications wait for approval again, also those whose current rows are the rows that were decided
 * on.
 */
MUST_CHECK bool specifications_reopen(struct db_conn *conn, struct row_set specifications, struct err *err);
/*
 * Adds specifications without rows. Rows of the batch are (number, customer number, title, from, to, status,
 * decided_by, decided_at, comment, your_reference).
 */
MUST_CHECK struct db_batch *specifications_add(struct db_conn *conn, struct arena *arena, struct err *err);
/*
 * Put rows on specifications (specification_id, article_row_id), and take rows off them (by article row). They do not
 * refresh the specifications.
 */
MUST_CHECK bool specifications_link(struct db_conn *conn, struct row_set links, struct err *err);
MUST_CHECK bool specifications_unlink(struct db_conn *conn, struct row_set article_rows, struct err *err);
/*
 * Takes rows off one specification, without refreshing it. rows_literal: a query for ids of article rows, with $1 = id.
 */
MUST_CHECK bool specification_take_off(struct db_conn *conn, int64_t id, const char *rows_literal, struct err *err);
/* Deletes the specifications that have no rows. */
MUST_CHECK bool specifications_drop_empty(struct db_conn *conn, struct err *err);
/*
 * Writes a decision: the state (approved or rejected), who, when, comment and reference, and s->digest as the digest of
 * the rows that it was about.
 */
MUST_CHECK bool specification_set_decided(struct db_conn *conn, const struct specification *s, struct err *err);
