#include "portal/setting.h"

bool setting_load(struct db_conn *conn, struct arena *arena, const char *key, struct str *value, struct err *err)
{
    bool found = false;
    *value = STR_NONE;
    return db_find(conn, arena, "SELECT value FROM setting WHERE key = $1", DB_ARGS(DB_TEXT(str_of(key))),
                   DB_TARGETS(TO(value)), &found, err);
}

bool setting_save(struct db_conn *conn, const char *key, struct str value, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO setting (key, value) VALUES ($1, $2)"
                   " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                   DB_ARGS(DB_TEXT(str_of(key)), DB_TEXT(value)), err);
}

bool setting_save_first(struct db_conn *conn, const char *key, struct str value, struct err *err)
{
    return db_exec(conn, "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
                   DB_ARGS(DB_TEXT(str_of(key)), DB_TEXT(value)), err);
}
