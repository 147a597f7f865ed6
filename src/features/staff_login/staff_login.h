/* How staff get in: one-time link, password, second factor. See README.md in this folder. */
#ifndef KP_FEATURES_STAFF_LOGIN_STAFF_LOGIN_H
#define KP_FEATURES_STAFF_LOGIN_STAFF_LOGIN_H

#include "portal/visit.h"
#include "service/audit.h"

extern const struct feature staff_login_feature;

/* `kundportal staff add EMAIL --role ROLE` and `kundportal staff link EMAIL`. */
int staff_command(int argc, char **argv);

/* Writes what the staff user of this visit did into the audit. In the transaction of what was done. */
bool staff_audit(struct visit *visit, const char *action, struct str subject, struct str detail, struct err *err)
    __attribute__((warn_unused_result));

#endif
