/*
 * Invoice specifications: one for each customer and month, with the article rows of the customer's cases that are
 * attested or invoiced. They need the rows of all cases at once, so they are made in the database after everything
 * else.
 */
#pragma once

#include "bulk/demo/world.h"
#include "db/db.h"

struct demo_specification {
    const char *status; /* its state */
    bool changed;       /* rows were added after it was approved */
};

/* Returns the state of the customer's specification for the month of `day`. */
struct demo_specification demo_specification_of(const struct world *world, int customer, int32_t day);

/* Adds the specifications. Call it inside a transaction. */
MUST_CHECK bool demo_specifications_add(struct db_conn *conn, struct arena *arena, const struct world *world,
                                        struct err *err);
