/*
 * Invoice specifications: one for each customer and month, of the article rows of the customer's cases that are
 * attested or invoiced. They need the rows of all cases at once, so they are put together in the database when
 * everything else is there.
 */
#ifndef KP_BULK_DEMO_SPECIFICATIONS_H
#define KP_BULK_DEMO_SPECIFICATIONS_H

#include "bulk/demo/world.h"
#include "db/db.h"

struct demo_specification {
    const char *status; /* of the specification */
    bool changed;       /* rows came to it after it was approved */
};

/* How far the customer's month has come; the day is any of it. */
struct demo_specification demo_specification_of(const struct world *world, int customer, int32_t day);

/* Inside a transaction. */
bool demo_specifications_add(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
    __attribute__((warn_unused_result));

#endif
