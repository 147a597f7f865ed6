/* Files of customers and objects, and what puts a file into the store and the database. */
#ifndef KP_BULK_DEMO_FILES_H
#define KP_BULK_DEMO_FILES_H

#include "bulk/demo/world.h"
#include "db/db.h"

struct demo_file {
    struct str customer, object, number; /* of the owner: one of customer, object and case */
    const char *category;
    struct str folder, name, content; /* the folder is that of exports */
    int64_t created;
};

bool file_add(struct db_conn *conn, struct arena *arena, struct str data, const struct demo_file *file, struct err *err)
    __attribute__((warn_unused_result));

/* Agreements of customers; drawings, pictures and manuals of objects. As many whatever the number of cases. */
bool files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err)
    __attribute__((warn_unused_result));

#endif
