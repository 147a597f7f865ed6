/* One case of the demonstration company and everything that happened to it, made from its position alone. */
#pragma once

#include "bulk/demo/world.h"

enum { NOT_STARTED, STARTED, FINISHED };

#define ORDERS_MAX 3
#define ROWS_MAX 5

struct demo_row {
    const struct article *article; /* NULL: a text row */
    const char *action;            /* key of action_code */
    const char *text;
    int64_t quantity; /* hundredths */
    int discount;     /* per cent */
    bool cancelled;
};

struct demo_order {
    int64_t created, booked_from, booked_to, started, finished; /* times; 0: has not happened */
    int status;
    const char *type, *resource;
    struct demo_row rows[ROWS_MAX];
    int row_count;
};

struct story {
    int64_t day_number; /* number among the cases of the day, from 1 */
    int32_t day;
    int64_t created, started, finished;
    int status;
    const struct topic *topic;
    const char *priority;
    int customer, object, contact, second_contact; /* -1: none */
    struct demo_order orders[ORDERS_MAX];
    int order_count;
    struct dice texts; /* for the texts about the case */
};

/*
 * Makes the case at a position; positions are in the order of creation. *day is the day to search from, and becomes the
 * day of the case.
 */
void story_make(const struct world *world, int64_t position, int *day, struct story *story);
struct str story_number(struct arena *arena, const struct story *story);
