/* The table of all routes: which handler an address and a method belong to. */
#ifndef KP_PORTAL_ROUTES_H
#define KP_PORTAL_ROUTES_H

#include "portal/visit.h"

struct route_entry {
    const struct route *route;
    size_t prefix; /* bytes of its path before the first `{` */
    int rank;      /* order of trial */
};

struct route_table {
    struct route_entry *items;
    size_t count;
};

struct route_match {
    const struct route *route; /* NULL: the address is unknown, or `allow` says what it takes */
    struct str value[2];       /* the `{…}` parts */
    const char *allow;         /* value of the Allow header, NULL for an unknown address */
};

/*
 * Gathers the routes of all features, literal ones before patterns: `/cases/new` wins over `/cases/{number}`, and
 * `{number}.csv` over `{number}`. False with ERR_INTERNAL when two routes are the same.
 */
bool routes_gather(struct arena *arena, struct feature_list features, struct route_table *table, struct err *err)
    __attribute__((warn_unused_result));
void routes_find(const struct route_table *table, enum http_method method, struct str path, struct route_match *match);
/* Whether a GET of this path has a route. */
bool routes_has_page(const struct route_table *table, struct str path);
/* Whether a path fits a pattern; fills the values. For routes_find and its test. */
bool route_fits(const char *pattern, struct str path, struct str value[2]);

#endif
