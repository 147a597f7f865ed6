/* Files of customers and objects, and what puts a file into the store and the database. */
#ifndef KP_BULK_DEMO_FILES_H
#define KP_BULK_DEMO_FILES_H

#include "bulk/demo/world.h"
#include "model/file.h"

struct demo_file {
    enum file_owner_kind owner_kind;
    struct str owner_number;
    const char *category;
    struct str folder, name, content; /* the folder is that of exports */
    int64_t created;
};

bool demo_file_add(struct db_conn *conn, struct arena *arena, struct str data, const struct demo_file *file,
                   struct err *err) __attribute__((warn_unused_result));

/* Agreements of customers; drawings, pictures and manuals of objects. As many whatever the number of cases. */
bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err)
    __attribute__((warn_unused_result));

#endif
