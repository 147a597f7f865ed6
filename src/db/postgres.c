#include "db/engine.h"

static bool postgres_start(struct db *db, struct err *err)
{
    (void)db;
    return err_set(err, ERR_UNSUPPORTED, NULL, "PostgreSQL");
}

const struct engine engine_postgres = {.kind = DB_POSTGRES, .start = postgres_start};
