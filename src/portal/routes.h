/* The table of all routes. It finds the handler of an address and a method. */
#pragma once

#include "portal/visit.h"

struct route_entry {
    const struct route *route;
    size_t prefix; /* bytes of its path before the first `{` */
    int rank;      /* the order in which routes are tried */
};

struct route_table {
    struct route_entry *items;
    size_t count;
};

struct route_match {
    const struct route *route; /* NULL: the address is unknown, or `allow` names its methods */
    struct str value[2];       /* the `{…}` parts */
    const char *allow;         /* value of the Allow header; NULL for an unknown address */
};

/*
 * Collects the routes of all features. Literal routes come before patterns: `/cases/new` wins over `/cases/{number}`,
 * and `{number}.csv` over `{number}`. Fails with ERR_INTERNAL when two routes are the same.
 */
MUST_CHECK bool routes_gather(struct arena *arena, struct feature_list features, struct route_table *table,
                              struct err *err);
void routes_find(const struct route_table *table, enum http_method method, struct str path, struct route_match *match);
/* Returns whether a GET of this path has a route. */
bool routes_has_page(const struct route_table *table, struct str path);
/* Returns whether a path fits a pattern, and fills the values. Public for routes_find and its test. */
bool route_fits(const char *pattern, struct str path, struct str value[2]);
