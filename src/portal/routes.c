#include "portal/routes.h"

#include <string.h>

/* Matches one segment: literal text, `{name}`, or `{name}` with a literal ending. */
static bool segment_fits(struct str pattern, struct str segment, struct str *value)
{
    if (!pattern.n || pattern.p[0] != '{')
        return str_eq(pattern, segment);
    ptrdiff_t close = str_find_char(pattern, '}');
    struct str ending = str_slice(pattern, (size_t)close + 1, pattern.n);
    if (!str_ends(segment, ending) || segment.n <= ending.n)
        return false;
    *value = str_slice(segment, 0, segment.n - ending.n);
    return true;
}

bool route_fits(const char *pattern, struct str path, struct str value[2])
{
    struct str left = str_slice(str_of(pattern), 1, strlen(pattern));
    struct str rest = str_slice(path, 1, path.n);
    struct str want, have;
    size_t found = 0;
    while (str_cut(&left, '/', &want)) {
        if (!str_cut(&rest, '/', &have))
            return false;
        struct str taken = STR_NONE;
        if (!segment_fits(want, have, &taken))
            return false;
        if (taken.n && found < 2)
            value[found++] = taken;
    }
    return !str_cut(&rest, '/', &have);
}

/* The order in which routes are tried: fewer variable parts first, then those with a literal ending. */
static int route_rank(const struct route *route)
{
    int rank = 0;
    for (const char *at = route->path; *at; at++) {
        if (*at == '{')
            rank += 2;
        if (*at == '}' && at[1] && at[1] != '/')
            rank -= 1;
    }
    return rank;
}

static bool insert_route(struct route_table *table, const struct route *route, struct err *err)
{
    struct route_entry entry = {.route = route, .prefix = strcspn(route->path, "{"), .rank = route_rank(route)};
    size_t at = table->count;
    for (size_t i = 0; i < table->count; i++) {
        const struct route *other = table->items[i].route;
        if (strcmp(other->path, route->path) == 0 && strcmp(other->method, route->method) == 0)
            return err_set(err, ERR_INTERNAL, NULL, "two routes for %s %s", route->method, route->path);
    }
    for (; at > 0 && table->items[at - 1].rank > entry.rank; at--)
        table->items[at] = table->items[at - 1];
    table->items[at] = entry;
    table->count++;
    return true;
}

bool routes_gather(struct arena *arena, struct feature_list features, struct route_table *table, struct err *err)
{
    size_t count = 0;
    for (size_t f = 0; f < features.count; f++)
        count += features.items[f]->route_count;
    table->items = ARENA_ARRAY(arena, struct route_entry, count);
    table->count = 0;
    for (size_t f = 0; f < features.count; f++) {
        for (size_t r = 0; r < features.items[f]->route_count; r++) {
            if (!insert_route(table, &features.items[f]->routes[r], err))
                return false;
        }
    }
    return true;
}

/* Most entries already differ in their literal beginning, which is cheap to compare. */
static bool entry_fits(const struct route_entry *entry, struct str path, struct str value[2])
{
    return path.n >= entry->prefix && memcmp(path.p, entry->route->path, entry->prefix) == 0 &&
           route_fits(entry->route->path, path, value);
}

static bool method_fits(const struct route *route, enum http_method method)
{
    if (strcmp(route->method, "GET") == 0)
        return method == HTTP_GET || method == HTTP_HEAD;
    return method == HTTP_POST;
}

void routes_find(const struct route_table *table, enum http_method method, struct str path, struct route_match *match)
{
    bool get = false, post = false;
    int rank = -1; /* rank of the first pattern that fits; a pattern of another rank means another page */
    *match = (struct route_match){0};
    for (size_t i = 0; i < table->count; i++) {
        const struct route_entry *entry = &table->items[i];
        const struct route *route = entry->route;
        struct str value[2] = {STR_NONE, STR_NONE};
        if (!entry_fits(entry, path, value) || (rank >= 0 && entry->rank != rank))
            continue;
        rank = entry->rank;
        if (method_fits(route, method)) {
            *match = (struct route_match){.route = route, .value = {value[0], value[1]}};
            return;
        }
        *(strcmp(route->method, "GET") == 0 ? &get : &post) = true;
    }
    if (get || post)
        match->allow = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
}

bool routes_has_page(const struct route_table *table, struct str path)
{
    struct route_match match;
    routes_find(table, HTTP_GET, path, &match);
    return match.route != NULL;
}
