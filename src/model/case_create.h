/*
 * Creates cases, for the form and for any other caller that may create one. One transaction writes the case with its
 * number, contact, extra fields and files, the derived rows of access/scope.h, and the submission, which makes a second
 * sending lead to the same case (domain 4). When case_create returns true, the case survives a kill and a power loss.
 */
#pragma once

#include "model/record.h"
#include "portal/visit.h"

struct new_case_extra {
    struct str key, value;
};

/* A file whose content store_put has stored. */
struct new_case_file {
    struct str name, media_type, digest;
    int64_t size;
    struct str upload; /* key of the upload that held the file until now, deleted here; or empty */
};

struct made_case {
    int64_t id;
    struct str number;
    struct str receipt; /* unguessable part of the address of the receipt */
};

struct new_case {
    /* The fields that people fill in. The caller has cleaned the texts and checked the ids against the choices. */
    const struct record_column *columns;
    size_t column_count;
    const int64_t *contacts; /* every contact of the case, the primary contact too */
    size_t contact_count;
    int64_t created_by; /* login; 0: staff register the case */
    int64_t now_us;
    const struct new_case_extra *extras;
    size_t extra_count;
    const struct new_case_file *files;
    size_t file_count;
    struct str submission; /* key: the same key makes no second case; empty: `also` prevents one (ERR_CONFLICT) */
    int64_t same_since;    /* an equal submission from before this instant is a different one; 0: never */
    struct str owner;      /* owner of the draft that ends with this case, or empty */
    /* Queues mails about the case, last in the transaction: notice_new_case of model/notice.h. NULL: no mails. */
    bool (*tell)(struct visit *visit, int64_t case_id, struct err *err);
    struct visit *visit; /* argument of tell */
    /* Writes more rows for the case in the same transaction; may run again. NULL: there are no more rows. */
    bool (*also)(struct db_conn *conn, void *context, const struct made_case *made, struct err *err);
    void *also_context;
};

/* Finds the case of an earlier submission with this key, unless the submission is older than `since`. */
MUST_CHECK bool case_find_submitted(struct db_conn *conn, struct arena *arena, struct str submission, int64_t since,
                                    struct made_case *made, bool *found, struct err *err);
/* Creates the case. If the submission has made a case before, returns that case instead. */
MUST_CHECK bool case_create(struct db_conn *conn, struct arena *arena, const struct new_case *wanted,
                            struct made_case *made, struct err *err);
