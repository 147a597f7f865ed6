#include "db/sqlite.h"

#include "base/io.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MERGE_ROUNDS 16
#define MERGE_PAGES 500

static bool table_exists(struct db_conn *conn, const char *name, bool *exists, struct err *err)
{
    int64_t count;
    bool ok = db_query_int(conn, "SELECT count(*) FROM sqlite_schema WHERE name = $1", DB_ARGS(DB_TEXT(str_of(name))),
                           NULL, &count, err);
    *exists = ok && count > 0;
    return ok;
}

#define WORD_INDEXES 2
static const struct word_index {
    const char *table, *merge_literal, *check_literal;
} INDEXES[WORD_INDEXES] = {
    {"case_search", "INSERT INTO case_search (case_search, rank) VALUES ('merge', $1)",
     "INSERT INTO case_search (case_search, rank) VALUES ('integrity-check', 1)"},
    {"entity_search", "INSERT INTO entity_search (entity_search, rank) VALUES ('merge', $1)",
     "INSERT INTO entity_search (entity_search, rank) VALUES ('integrity-check', 1)"},
};

static bool merge_once(struct db_conn *conn, void *context, struct err *err)
{
    const struct word_index *index = context;
    return db_exec(conn, index->merge_literal, DB_ARGS(DB_INT(MERGE_PAGES)), err);
}

/* Works in short turns, so that writers of requests come in between. */
static bool merge_words(struct db_conn *conn, struct word_index index, struct err *err)
{
    bool exists;
    if (!table_exists(conn, index.table, &exists, err))
        return false;
    bool more = exists;
    for (int round = 0; more && round < MERGE_ROUNDS; round++) {
        sqlite3 *handle = sqlite_of(conn)->handle;
        int64_t before = sqlite3_total_changes64(handle);
        if (!db_transaction(conn, merge_once, &index, err))
            return false;
        more = sqlite3_total_changes64(handle) - before > 1; /* the command itself counts as one change */
    }
    return true;
}

static bool analyze(struct db_conn *conn, void *context, struct err *err)
{
    const int64_t *pages = context;
    char script[128];
    (void)snprintf(script, sizeof script, "PRAGMA analysis_limit = 400; ANALYZE; PRAGMA user_version = %d;",
                   (int)*pages);
    return db_script(conn, script, err);
}

/*
 * Renews the statistics when the database has grown by a quarter. user_version holds its size in pages at the last
 * renewal.
 */
static bool renew_statistics(struct db_conn *conn, struct err *err)
{
    int64_t pages, then;
    if (!db_query_int(conn, "PRAGMA page_count", DB_NO_ARGS, NULL, &pages, err) ||
        !db_query_int(conn, "PRAGMA user_version", DB_NO_ARGS, NULL, &then, err))
        return false;
    return pages <= then + then / 4 || db_transaction(conn, analyze, &pages, err);
}

bool sqlite_maintain(struct db_conn *conn, struct err *err)
{
    for (size_t i = 0; i < WORD_INDEXES; i++) {
        if (!merge_words(conn, INDEXES[i], err))
            return false;
    }
    if (!renew_statistics(conn, err))
        return false;
    int rc = sqlite3_wal_checkpoint_v2(sqlite_of(conn)->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || sqlite_fail(sqlite_of(conn), rc, err);
}

static bool create_empty(const char *path, struct err *err)
{
    if (io_create(path))
        return true;
    return errno == EEXIST ? err_set(err, ERR_CONFLICT, NULL, "the file exists already")
                           : err_errno(err, "cannot create the backup");
}

static bool flush_path(const char *path, struct err *err)
{
    return io_flush(path, fsync) || err_errno(err, "cannot flush the backup");
}

static bool sqlite_upkeep_flush_folder(const char *path, struct err *err)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof folder)
        return err_set(err, ERR_INVALID, NULL, "the path is too long");
    memcpy(folder, path, n);
    folder[n] = '\0';
    return flush_path(!slash ? "." : n ? folder : "/", err);
}

/*
 * Writes the copy to `part` and renames it to `path`, which the caller has created to reserve the name. So a backup is
 * never half finished and never replaces a file.
 */
static bool copy_to(struct db_conn *conn, const char *path, const char *part, struct err *err)
{
    if (unlink(part) != 0 && errno != ENOENT)
        return err_errno(err, "cannot remove the rest of an earlier backup");
    bool ok = create_empty(part, err) && db_exec(conn, "VACUUM INTO $1", DB_ARGS(DB_TEXT(str_of(part))), err) &&
              flush_path(part, err);
    if (ok && rename(part, path) != 0)
        ok = err_errno(err, "cannot name the backup");
    if (!ok)
        (void)unlink(part);
    return ok && sqlite_upkeep_flush_folder(path, err);
}

bool sqlite_backup(struct db_conn *conn, const char *path, struct err *err)
{
    char part[4096];
    int n = snprintf(part, sizeof part, "%s.part", path);
    if (n < 0 || (size_t)n >= sizeof part)
        return err_set(err, ERR_INVALID, NULL, "the path is too long");
    if (!create_empty(path, err))
        return false;
    if (copy_to(conn, path, part, err))
        return true;
    (void)unlink(path);
    return false;
}

bool sqlite_restore(struct db_conn *conn, const char *path, struct err *err)
{
    (void)conn;
    (void)path;
    return err_set(err, ERR_INVALID, NULL, "the copy of a SQLite database is one itself: put it in its place");
}

static bool report_rows(struct db_conn *conn, const char *literal, const char *what, struct buf *report,
                        struct err *err)
{
    struct db_rows *rows = db_query(conn, report->arena, literal, DB_NO_ARGS, err);
    while (db_next(rows)) {
        if (str_eqz(db_text(rows, 0), "ok"))
            continue;
        buf_printf(report, "%s: %.*s\n", what, STR_FMT(db_text(rows, 0)));
    }
    return db_done(rows, err);
}

static bool check_index(struct db_conn *conn, void *context, struct err *err)
{
    const struct word_index *index = context;
    return db_exec(conn, index->check_literal, DB_NO_ARGS, err);
}

static bool check_words(struct db_conn *conn, struct word_index index, struct buf *report, struct err *err)
{
    bool exists;
    struct err damage = {0};
    if (!table_exists(conn, index.table, &exists, err))
        return false;
    if (!exists || db_transaction(conn, check_index, &index, &damage))
        return true;
    if (damage.kind == ERR_BUSY)
        return err_set(err, ERR_BUSY, NULL, "%s", damage.detail);
    buf_printf(report, "full text: %s\n", damage.detail);
    return true;
}

bool sqlite_verify(struct db_conn *conn, struct buf *report, struct err *err)
{
    if (!report_rows(conn, "PRAGMA integrity_check", "integrity", report, err) ||
        !report_rows(conn, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check", "foreign key", report, err))
        return false;
    for (size_t i = 0; i < WORD_INDEXES; i++) {
        if (!check_words(conn, INDEXES[i], report, err))
            return false;
    }
    return true;
}
