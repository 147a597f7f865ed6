/* Files of customers and objects, and the function that adds a file to the store and the database. */
#pragma once

#include "bulk/demo/world.h"
#include "model/file.h"

struct demo_file {
    enum file_owner_kind owner_kind;
    struct str owner_number;
    const char *category;
    struct str folder, name, content; /* folder: the folder in exports */
    int64_t created;
};

MUST_CHECK bool demo_file_add(struct db_conn *conn, struct arena *arena, struct str data, const struct demo_file *file,
                              struct err *err);

/*
 * Adds agreements of customers, and drawings, pictures and manuals of objects. Their number does not depend on the
 * number of cases.
 */
MUST_CHECK bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err);
