/* What people did, kept for ever (table audit). Written in the transaction of what it tells of. */
#ifndef KP_SERVICE_AUDIT_H
#define KP_SERVICE_AUDIT_H

#include "db/db.h"

#define AUDIT_COMMAND_LINE "command line" /* who, of kind system */

struct audit_entry {
    const char *kind; /* staff, login (of a customer's people), system */
    int64_t who_id;   /* 0: none */
    struct str who;   /* as they are called now */
    const char *action;
    struct str subject; /* what it was done to: a user, a number */
    struct str detail;  /* in English, for those who read audits; no secrets */
    struct str client;  /* the address it came from */
};

bool audit_add(struct db_conn *conn, const struct audit_entry *entry, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));

#endif
