#include "db/migrate.h"

#include "base/clock.h"
#include "db/engine.h"
#include "db/migrations.h"

/* The key of an advisory lock: any number that is not used for another lock on the server. */
#define POSTGRES_LOCK_KEY INT64_C(7205759403792793)

bool migrate_version(struct db_conn *conn, int64_t *version, struct err *err)
{
    const char *exists_literal = db_conn_engine(conn) == DB_SQLITE
                                     ? "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'"
                                     : "SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_migration')";
    int64_t tables;
    *version = 0;
    if (!db_query_int(conn, exists_literal, DB_NO_ARGS, NULL, &tables, err))
        return false;
    return tables == 0 ||
           db_query_int(conn, "SELECT coalesce(max(version), 0) FROM schema_migration", DB_NO_ARGS, NULL, version, err);
}

static bool newer(int64_t version, struct err *err)
{
    return err_set(err, ERR_CONFLICT, NULL,
                   "the database has schema %lld and this program knows %zu: it is of a newer program",
                   (long long)version, migration_count);
}

/* Other processes that start at the same moment wait here and then find no migration left to apply. */
static bool lock_schema(struct db_conn *conn, struct err *err)
{
    if (db_conn_engine(conn) == DB_SQLITE)
        return true; /* the write transaction itself is the lock */
    return db_script(conn, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;", err) &&
           db_exec(conn, "SELECT pg_advisory_xact_lock($1)", DB_ARGS(DB_INT(POSTGRES_LOCK_KEY)), err);
}

struct step {
    const struct migration *applied; /* NULL: no migration was left */
};

static bool apply(struct db_conn *conn, const struct migration *migration, struct err *err)
{
    if (!db_script(conn, db_conn_engine(conn) == DB_SQLITE ? migration->sqlite : migration->postgres, err))
        return false;
    return db_exec(conn, "INSERT INTO schema_migration (version, name, applied) VALUES ($1, $2, $3)",
                   DB_ARGS(DB_INT(migration->version), DB_TEXT(str_of(migration->name)), DB_INT(clock_now_us())), err);
}

static bool apply_next(struct db_conn *conn, void *context, struct err *err)
{
    struct step *step = context;
    int64_t version;
    if (!lock_schema(conn, err) ||
        !db_script(conn,
                   "CREATE TABLE IF NOT EXISTS schema_migration"
                   " (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied BIGINT NOT NULL)",
                   err) ||
        !migrate_version(conn, &version, err))
        return false;
    if (version > (int64_t)migration_count)
        return newer(version, err);
    step->applied = version < (int64_t)migration_count ? &migrations[version] : NULL;
    return !step->applied || apply(conn, step->applied, err);
}

static void migrate_tell(const struct migration *migration, int *count, struct buf *report)
{
    *count += 1;
    if (report)
        buf_printf(report, "%04lld %s\n", (long long)migration->version, migration->name);
}

int migrate_tell_all(struct buf *report)
{
    int count = 0;
    for (size_t i = 0; i < migration_count; i++)
        migrate_tell(&migrations[i], &count, report);
    return count;
}

bool migrate_run(struct db_conn *conn, bool dry_run, int *applied, struct buf *report, struct err *err)
{
    int64_t version;
    *applied = 0;
    if (!migrate_version(conn, &version, err))
        return false;
    if (version > (int64_t)migration_count)
        return newer(version, err);
    for (; dry_run && version < (int64_t)migration_count; version++)
        migrate_tell(&migrations[version], applied, report);
    while (version < (int64_t)migration_count) {
        struct step step = {0};
        if (!db_transaction(conn, apply_next, &step, err) || !migrate_version(conn, &version, err))
            return false;
        if (step.applied)
            migrate_tell(step.applied, applied, report);
    }
    db_forget_statements(conn);
    return true;
}

bool migrate_check(struct db_conn *conn, struct err *err)
{
    int64_t version;
    if (!migrate_version(conn, &version, err))
        return false;
    if (version > (int64_t)migration_count)
        return newer(version, err);
    if (version < (int64_t)migration_count)
        return err_set(err, ERR_CONFLICT, NULL, "the database has schema %lld and this program needs %zu: migrate it",
                       (long long)version, migration_count);
    return true;
}
