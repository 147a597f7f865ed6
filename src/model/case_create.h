/*
 * Makes cases, for the form and for whatever else may create one. One transaction: the case with its number, contact,
 * extra fields and files, the derived rows of access/scope.h, and the submission that makes a second sending the same
 * case (domain 4). When case_create returns true, the case survives a kill and a loss of power.
 */
#ifndef KP_MODEL_CASE_CREATE_H
#define KP_MODEL_CASE_CREATE_H

#include "portal/visit.h"

struct new_case_extra {
    struct str key, value;
};

/* A content that store_put has put. */
struct new_case_file {
    struct str name, media_type, digest;
    int64_t size;
    struct str upload; /* key of the upload it was kept as, deleted with it; or empty */
};

struct made_case {
    int64_t id;
    struct str number;
    struct str receipt; /* unguessable, of the address of the receipt */
};

/* Ids are 0 for none and were checked against what the login may choose. Texts are clean (field_clean). */
struct new_case {
    struct str title, description, your_reference, reporter, reporter_phone, site_street, site_postal_code, site_city;
    int64_t type_id, priority_id, customer_id, object_id;
    int64_t contact_id; /* primary contact */
    int64_t created_by; /* login */
    int64_t now_us;
    const struct new_case_extra *extras;
    size_t extra_count;
    const struct new_case_file *files;
    size_t file_count;
    struct str submission; /* key: the same key makes no second case; empty: `also` sees to it (ERR_CONFLICT) */
    int64_t same_since;    /* an equal submission from before this instant is another one; 0: never */
    struct str owner;      /* whose draft is done with it, or empty */
    /* Queues mails about the case, last in the transaction: notice_new_case of model/notice.h. NULL: nobody is told. */
    bool (*tell)(struct visit *visit, int64_t case_id, struct err *err);
    struct visit *visit; /* of tell */
    /* Writes what else belongs to it, in the same transaction; may run again. NULL: nothing. */
    bool (*also)(struct db_conn *conn, void *context, const struct made_case *made, struct err *err);
    void *also_context;
};

/* The case of an earlier submission with this key, not older than `since`. */
bool case_find_submitted(struct db_conn *conn, struct arena *arena, struct str submission, int64_t since,
                         struct made_case *made, bool *found, struct err *err) __attribute__((warn_unused_result));
/* A submission that was made into a case already gives that case. */
bool case_create(struct db_conn *conn, struct arena *arena, const struct new_case *wanted, struct made_case *made,
                 struct err *err) __attribute__((warn_unused_result));

#endif
