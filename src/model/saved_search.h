/* Searches of cases that a login keeps by name. Writes the table saved_search. */
#pragma once

#include "portal/visit.h"

#define SAVED_SEARCHES_MAX 20 /* of a login */
#define SAVED_NAME_MAX 60     /* characters */
#define SAVED_QUERY_MAX 1000  /* bytes */

struct saved_search {
    int64_t id;
    struct str name, query; /* query: the part of the address after `?` */
};

/* Finds the searches of the login of the visit, by name. */
MUST_CHECK bool saved_searches_load(struct visit *visit, struct saved_search **searches, size_t *count,
                                    struct err *err);
/*
 * Keeps a search of the login of the visit. One of the same name gets the new query. Fails with ERR_CONFLICT when the
 * login has SAVED_SEARCHES_MAX others. Call it in a transaction.
 */
MUST_CHECK bool saved_search_keep(struct visit *visit, struct str name, struct str query, struct err *err);
/*
 * Gives one of the login's searches another name. Fails with ERR_NOT_FOUND when the login has no such search, with
 * ERR_CONFLICT when another one has the name.
 */
MUST_CHECK bool saved_search_rename(struct visit *visit, int64_t id, struct str name, struct err *err);
/* Deletes one of the login's searches; one that is gone is no failure. */
MUST_CHECK bool saved_search_delete(struct visit *visit, int64_t id, struct err *err);
