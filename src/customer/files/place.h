/*
 * Where objects stand in their tree: `Område › Fastighet › Maskin`. Of the objects around one only those are named that
 * one may see: a link to a machine does not tell whose house it stands in.
 */
#ifndef KP_CUSTOMER_FILES_PLACE_H
#define KP_CUSTOMER_FILES_PLACE_H

#include "customer/files/query.h"

struct place {
    int64_t object_id;
    struct str text;
};

struct places {
    struct place *items; /* by object_id */
    size_t count;
};

/* The places of the objects whose ids the subquery gives that add_objects appends; NULL among them are left out. */
bool places_load(struct visit *visit, void (*add_objects)(struct sql *sql, const void *context), const void *context,
                 struct places *places, struct err *err) __attribute__((warn_unused_result));
struct str place_of(const struct places *places, int64_t object_id);
/* Fills the places of a few rows. */
bool places_fill(struct visit *visit, struct file_row *rows, size_t count, struct err *err)
    __attribute__((warn_unused_result));

#endif
