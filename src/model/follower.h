/* Cases that a login follows (domain 5.20). Writes the table case_follower. */
#pragma once

#include "portal/visit.h"

/*
 * Lets the login of the visit follow a case that it sees, or no longer follow it. Doing it again changes nothing.
 */
MUST_CHECK bool follower_set(struct visit *visit, int64_t case_id, bool follows, struct err *err);
/* Finds the personal logins that follow a case, whether they still see it or not. */
MUST_CHECK bool followers_find(struct visit *visit, int64_t case_id, int64_t **logins, size_t *count, struct err *err);
/* Lets the logins that follow a case follow another one too. */
MUST_CHECK bool followers_copy(struct db_conn *conn, int64_t from, int64_t to, struct err *err);
