/*
 * One invoice specification as its customer is shown it: the head, and the rows by case. The page, the confirmation,
 * the PDF and the digest that a decision keeps all come from here, so that they agree.
 */
#ifndef KP_MODEL_SPECIFICATION_H
#define KP_MODEL_SPECIFICATION_H

#include "portal/visit.h"

/*
 * SQL of the state that people see, on alias `s`: what was decided on rows that changed since waits for approval again
 * (domain 6: a changed specification must be decided again).
 */
#define SPECIFICATION_STATUS                                                                                           \
    "CASE WHEN s.status IN ('approved', 'rejected') AND s.decided_digest <> s.digest THEN 'awaiting_approval'"         \
    " ELSE s.status END"

/* Code names (domain 2) and msgids, by enum specification_status; the code that is none gives SPECIFICATION_DRAFT. */
extern const char *const specification_status_codes[5];
extern const char *const specification_status_labels[5];
enum specification_status specification_status_of(struct str code);

struct specification_row {
    struct str number, date, title, description, article, unit;
    int64_t quantity, unit_price, discount; /* millionths */
    int64_t total;                          /* öre */
};

/* The rows of one case. */
struct specification_case {
    int64_t case_id;
    struct str number;
    bool visible;             /* the actor may see the case: link to it. Else title and object are empty */
    struct str title, object; /* the object's name */
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
    enum specification_status status;   /* as SPECIFICATION_STATUS says */
    bool changed;                       /* the rows changed after they were decided on */
    bool was_rejected;                  /* what was decided is that; changed rows may have opened the question anew */
    struct str your_reference, decided_by, comment;
    int64_t decided_at; /* 0: never */
    struct str digest;
    const struct specification_case *cases; /* filled by specification_load_rows */
    size_t case_count;
    int64_t row_count;
    int64_t total; /* öre, excl. VAT */
};

/*
 * The specification of a number, head without rows, if the actor may see it; ERR_NOT_FOUND alike when there is none and
 * when they may not (domain 6).
 */
bool specification_find(struct visit *visit, struct str number, struct specification *specification, struct err *err)
    __attribute__((warn_unused_result));
/* The same for staff, who see all, drafts too. */
bool specification_find_any(struct db_conn *conn, struct arena *arena, struct str number,
                            struct specification *specification, struct err *err) __attribute__((warn_unused_result));
/* Its rows that are not cancelled, by case in the order of their numbers, within one by date. */
bool specification_load_rows(struct visit *visit, struct specification *specification, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Derives digest, counts and sum of specifications again from their rows. Who changes rows, article rows or the link
 * between them calls this in the same transaction. `literal` delivers ids ascending and takes `$1` = the id to start
 * after and `$2` = how many: "SELECT id FROM invoice_specification WHERE id > $1 ORDER BY id LIMIT $2".
 */
bool specification_refresh(struct db_conn *conn, const char *literal, struct err *err)
    __attribute__((warn_unused_result));
/* The same of one. */
bool specification_refresh_one(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err)
    __attribute__((warn_unused_result));
/* The same of those that one article row stands on. */
bool specification_refresh_row(struct db_conn *conn, struct arena *arena, int64_t article_row_id, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Decisions are made one after the other: this holds them off until the transaction ends. The first statement of a
 * transaction that changes the state of a specification.
 */
bool specification_lock(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

/* --- changes, in a transaction that holds specification_lock ------------------------------------------------------ */

/*
 * Inserts a draft, which gets id and number, or changes one, with the article rows of these numbers. *taken: one of
 * them is not the customer's, is not attested, or stands on another specification; then the transaction must not be
 * kept.
 */
bool specification_save(struct db_conn *conn, struct arena *arena, struct specification *s, const struct str *rows,
                        size_t row_count, int64_t now_us, bool *taken, struct err *err)
    __attribute__((warn_unused_result));
/* From draft to awaiting approval, and back from any state to draft. */
bool specification_publish(struct db_conn *conn, int64_t id, struct err *err) __attribute__((warn_unused_result));
bool specification_withdraw(struct db_conn *conn, int64_t id, struct err *err) __attribute__((warn_unused_result));
/* The state alone: its article rows are theirs to change. */
bool specification_set_invoiced(struct db_conn *conn, int64_t id, struct err *err) __attribute__((warn_unused_result));
/* What was decided on them is what their rows say now: imports and the demonstration decide so. */
bool specifications_set_decided(struct db_conn *conn, struct row_set specifications, struct err *err)
    __attribute__((warn_unused_result));
/* They wait for approval, also when their rows have become again what was decided on. */
bool specifications_reopen(struct db_conn *conn, struct row_set specifications, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Adds specifications without rows: (number, customer number, title, from, to, status, decided_by, decided_at, comment,
 * your_reference).
 */
struct db_batch *specifications_add(struct db_conn *conn, struct arena *arena, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Puts rows on specifications (specification_id, article_row_id), and takes them off (by article row), without
 * refreshing them.
 */
bool specifications_link(struct db_conn *conn, struct row_set links, struct err *err)
    __attribute__((warn_unused_result));
bool specifications_unlink(struct db_conn *conn, struct row_set article_rows, struct err *err)
    __attribute__((warn_unused_result));
/* Deletes those that have no rows. */
bool specifications_drop_empty(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/*
 * Writes state (approved or rejected), who, when, comment and reference, and that this was decided on rows of
 * s->digest.
 */
bool specification_set_decided(struct db_conn *conn, const struct specification *s, struct err *err)
    __attribute__((warn_unused_result));

#endif
