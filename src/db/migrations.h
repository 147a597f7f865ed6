/*
 * The files of src/db/schema, as tools/embed_sql.py puts them into the program: one text for each engine, oldest first.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct migration {
    int64_t version;
    const char *name;
    const char *sqlite;
    const char *postgres;
};

extern const struct migration migrations[];
extern const size_t migration_count;
