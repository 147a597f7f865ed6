/*
 * sql FILE STATEMENTS: runs SQL on an SQLite database beside the program and prints the rows, columns apart by 0x1f,
 * NULL empty. The shell of SQLite does not know the collation of some indexes. For Portal.sql of
 * tests/http/harness.mjs.
 */
#include "db/collation.h"

#include <sqlite3.h>
#include <stdio.h>

static int row_print(void *context, int count, char **values, char **names)
{
    (void)context;
    (void)names;
    for (int i = 0; i < count; i++)
        (void)printf("%s%s", i ? "\x1f" : "", values[i] ? values[i] : "");
    (void)putchar('\n');
    return 0;
}

int main(int argc, char **argv)
{
    struct err err = {.kind = ERR_NONE};
    void *collator = collation_open(&err);
    sqlite3 *db = NULL;
    char *message = NULL;
    if (argc != 3 || !collator)
        return 2;
    bool ok =
        sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(db, 10000) == SQLITE_OK &&
        sqlite3_create_collation_v2(db, COLLATION_NAME, SQLITE_UTF8, collator, collation_compare, NULL) == SQLITE_OK &&
        sqlite3_exec(db, argv[2], row_print, NULL, &message) == SQLITE_OK;
    if (!ok)
        (void)fprintf(stderr, "sql: %s\n", message ? message : sqlite3_errmsg(db));
    sqlite3_free(message);
    (void)sqlite3_close(db);
    collation_close(collator);
    return ok ? 0 : 1;
}
