/*
 * routes: lists every address, for people who ask which addresses exist, and for the test that compares them with
 * docs/permissions.md.
 */
#include "cli/commands.h"
#include "portal/portal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct listed_route {
    const struct route *route;
    const char *feature;
};

static int routes_compare(const void *a, const void *b)
{
    const struct route *one = ((const struct listed_route *)a)->route, *other = ((const struct listed_route *)b)->route;
    int order = strcmp(one->path, other->path);
    return order ? order : strcmp(one->method, other->method);
}

static size_t routes_collect(const struct feature *feature, struct listed_route *list)
{
    for (size_t r = 0; r < feature->route_count; r++)
        list[r] = (struct listed_route){&feature->routes[r], feature->name};
    return feature->route_count;
}

/* These words are the same as in docs/permissions.md. */
static struct str who_words(struct arena *arena, unsigned who)
{
    static const struct {
        unsigned bit;
        const char *word;
    } WORDS[] = {
        {WHO_ANYBODY, "anybody"},     {WHO_CONTACT, "contact"},
        {WHO_LINKED, "linked"},       {WHO_PAYER, "payer"},
        {WHO_CUSTOMER, "customer"},   {WHO_OBJECT, "object"},
        {WHO_HALF_STAFF, "half"},     {WHO_STAFF, "handler"},
        {WHO_STAFF, "administrator"}, {WHO_ADMINISTRATOR, "administrator"},
    };
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (who & WORDS[i].bit) {
            buf_z(&out, buf_text(&out).n ? "," : "");
            buf_z(&out, WORDS[i].word);
        }
    }
    return buf_text(&out);
}

static void routes_print(struct arena *arena, struct feature_list features)
{
    size_t count = portal_feature.route_count, at = 0;
    for (size_t f = 0; f < features.count; f++)
        count += features.items[f]->route_count;
    struct listed_route *list = ARENA_ARRAY(arena, struct listed_route, count);
    at += routes_collect(&portal_feature, list);
    for (size_t f = 0; f < features.count; f++)
        at += routes_collect(features.items[f], list + at);
    qsort(list, at, sizeof *list, routes_compare);
    for (size_t i = 0; i < at; i++) {
        struct str who = who_words(arena, list[i].route->who);
        (void)printf("%-4s %-50s %-24.*s %s\n", list[i].route->method, list[i].route->path, STR_FMT(who),
                     list[i].feature);
    }
}

static int routes_run(struct cli *cli)
{
    routes_print(cli->arena, *cli->features);
    return 0;
}

const struct command routes_command = {
    .name = "routes",
    .summary = "Lists every address: method, who may ask it, and the folder that answers it",
    .run = routes_run,
};
