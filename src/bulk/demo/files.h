/* Files of customers and objects, and the function that adds a file to the store and the database. */
#ifndef KP_BULK_DEMO_FILES_H
#define KP_BULK_DEMO_FILES_H

#include "bulk/demo/world.h"
#include "model/file.h"

struct demo_file {
    enum file_owner_kind owner_kind;
    struct str owner_number;
    const char *category;
    struct str folder, name, content; /* folder: the folder in exports */
    int64_t created;
};

bool demo_file_add(struct db_conn *conn, struct arena *arena, struct str data, const struct demo_file *file,
                   struct err *err) __attribute__((warn_unused_result));

/*
 * Adds agreements of customers, and drawings, pictures and manuals of objects. Their number does not depend on the
 * number of cases.
 */
bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err)
    __attribute__((warn_unused_result));

#endif
