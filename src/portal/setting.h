/*
 * Texts that the program stores for itself in the database (table setting): the secret of form tokens, and the
 * logins of the demonstration.
 */
#pragma once

#include "db/db.h"

/* Reads the text stored under `key`. *value is empty when nothing is stored. */
MUST_CHECK bool setting_load(struct db_conn *conn, struct arena *arena, const char *key, struct str *value,
                             struct err *err);
MUST_CHECK bool setting_save(struct db_conn *conn, const char *key, struct str value, struct err *err);
/* Saves only if the key has no value yet. When several processes save at once, the first one wins. */
MUST_CHECK bool setting_save_first(struct db_conn *conn, const char *key, struct str value, struct err *err);
