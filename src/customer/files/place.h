/*
 * The places of objects in their tree: `Område › Fastighet › Maskin`. A place names only the objects that the actor may
 * see: a link to a machine does not reveal whose building it is in.
 */
#pragma once

#include "customer/files/query.h"

struct place {
    int64_t object_id;
    struct str text;
};

struct places {
    struct place *items; /* by object_id */
    size_t count;
};

/*
 * Reads the places of the objects whose ids the subquery selects that add_objects appends. The subquery may select
 * NULL, which is ignored.
 */
MUST_CHECK bool places_load(struct visit *visit, void (*add_objects)(struct sql *sql, const void *context),
                            const void *context, struct places *places, struct err *err);
struct str place_of(const struct places *places, int64_t object_id);
/* Fills `place` of a few rows. */
MUST_CHECK bool places_fill(struct visit *visit, struct file_row *rows, size_t count, struct err *err);
