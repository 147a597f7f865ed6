/*
 * The audit trail: what people did, kept for ever (table audit). An entry is written in the same transaction as the
 * change it describes.
 */
#pragma once

#include "db/db.h"
#include "model/codes.h"

#define AUDIT_COMMAND_LINE "command line" /* the value of `who` for kind system */

struct audit_entry {
    enum audit_kind kind;
    int64_t who_id; /* 0: nobody with an id */
    struct str who; /* their name at the time */
    const char *action;
    struct str subject; /* the thing that was changed: a user, a number */
    struct str detail;  /* in English, for readers of the audit trail; no secrets */
    struct str client;  /* the network address of the request */
};

MUST_CHECK bool audit_add(struct db_conn *conn, const struct audit_entry *entry, int64_t now_us, struct err *err);
