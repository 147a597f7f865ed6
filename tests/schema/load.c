/*
 * load DATABASE FILE.sql: runs a dump of an older schema on an empty database, over a connection of the program: it has
 * the collation that the dump's indexes need. For tests/http/older_schemas.test.mjs.
 */
#include "base/arena.h"
#include "db/engine.h"

#include <stdio.h>
#include <stdlib.h>

static char *file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (!text || fseek(file, 0, SEEK_SET) != 0 || fread(text, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(1);
    }
    text[size] = '\0';
    (void)fclose(file);
    return text;
}

/* A dump of SQLite lists tables by their names' order of creation, so rows may come before those that they refer to. */
static bool dump_run(struct db_conn *conn, void *context, struct err *err)
{
    bool sqlite = db_conn_engine(conn) == DB_SQLITE;
    return (!sqlite || db_script(conn, "PRAGMA defer_foreign_keys = ON;", err)) && db_script(conn, context, err);
}

int main(int argc, char **argv)
{
    struct err err = {.kind = ERR_NONE};
    struct db *db = NULL;
    struct db_options options = {.connections = 1, .statement_timeout_ms = -1};
    if (argc != 3)
        return 2;
    char *text = file_read(argv[2]);
    struct db_conn *conn = db_open(&db, str_of(argv[1]), &options, &err) ? db_acquire(db, &err) : NULL;
    bool ok = conn && db_transaction(conn, dump_run, text, &err);
    if (!ok)
        (void)fprintf(stderr, "load: %s\n", err.detail);
    db_release(conn);
    db_close(db);
    free(text);
    return ok ? 0 : 1;
}
