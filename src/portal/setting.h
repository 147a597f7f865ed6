/*
 * Texts that the program keeps for itself in the database (table setting): the secret of form tokens, the logins of the
 * demonstration.
 */
#ifndef KP_PORTAL_SETTING_H
#define KP_PORTAL_SETTING_H

#include "db/db.h"

/* *value is empty when there is none. */
bool setting_load(struct db_conn *conn, struct arena *arena, const char *key, struct str *value, struct err *err)
    __attribute__((warn_unused_result));
bool setting_save(struct db_conn *conn, const char *key, struct str value, struct err *err)
    __attribute__((warn_unused_result));
/* The same unless there is one: when several processes write at once, the first decides. */
bool setting_save_first(struct db_conn *conn, const char *key, struct str value, struct err *err)
    __attribute__((warn_unused_result));

#endif
