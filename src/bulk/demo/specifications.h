/*
 * Invoice specifications: one for each customer and month, with the article rows of the customer's cases that are
 * attested or invoiced. They need the rows of all cases at once, so they are made in the database after everything
 * else.
 */
#ifndef KP_BULK_DEMO_SPECIFICATIONS_H
#define KP_BULK_DEMO_SPECIFICATIONS_H

#include "bulk/demo/world.h"
#include "db/db.h"

struct demo_specification {
    const char *status; /* its state */
    bool changed;       /* rows were added after it was approved */
};

/* Returns the state of the customer's specification for the month of `day`. */
struct demo_specification demo_specification_of(const struct world *world, int customer, int32_t day);

/* Adds the specifications. Call it inside a transaction. */
bool demo_specifications_add(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
    __attribute__((warn_unused_result));

#endif
