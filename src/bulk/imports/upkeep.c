/* Removes the data of imports when it is old enough. */
#include "base/clock.h"
#include "bulk/imports/runs.h"
#include "bulk/imports/vault.h"

#define DAY_US (24 * 3600 * US_PER_SECOND)
/* The most rows handled at a time. */
#define MANY 100
#define PIECE 5000

/* Removes the files of imports that nobody ran in time, except imports that are running or wait for their turn. */
static bool drop_uploads(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t now_us,
                         struct err *err)
{
    struct str stored[MANY];
    size_t count = 0;
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT DISTINCT f.stored FROM import_run r JOIN import_file f ON f.run_id = r.id"
                 " WHERE r.created < $1 AND f.stored <> '' AND r.state NOT IN ('uploaded', 'checking', 'queued',"
                 " 'running', 'undo', 'undoing') LIMIT $2",
                 DB_ARGS(DB_INT(now_us - UPLOAD_DAYS * DAY_US), DB_INT(MANY)), err);
    while (count < MANY && db_read_next(rows, TO(&stored[count])))
        count++;
    if (!db_done(rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(conn, "UPDATE import_file SET stored = '' WHERE stored = $1", DB_ARGS(DB_TEXT(stored[i])), err))
            return false;
        vault_remove(config->data, stored[i]);
    }
    return db_exec(conn,
                   "UPDATE import_run SET state = 'discarded' WHERE created < $1 AND state IN ('choosing', 'checked')",
                   DB_ARGS(DB_INT(now_us - UPLOAD_DAYS * DAY_US)), err);
}

#define OLD                                                                                                            \
    "(SELECT id FROM import_run WHERE created < $1 AND state NOT IN ('uploaded', 'checking', 'queued', 'running'))"

/*
 * Problems and samples repeat contents of the files, which may name persons who have been erased since. So they are
 * removed, too.
 */
static bool drop_contents(struct db_conn *conn, int64_t now_us, struct err *err)
{
    int64_t before = now_us - UPLOAD_DAYS * DAY_US;
    return db_exec(conn, "DELETE FROM import_sample WHERE run_id IN " OLD, DB_ARGS(DB_INT(before)), err) &&
           db_exec(conn, "DELETE FROM import_group WHERE run_id IN " OLD, DB_ARGS(DB_INT(before)), err) &&
           db_exec(conn, "DELETE FROM import_question WHERE run_id IN " OLD, DB_ARGS(DB_INT(before)), err) &&
           db_exec(conn, "DELETE FROM import_problem WHERE run_id IN " OLD, DB_ARGS(DB_INT(before)), err);
}

static bool imports_upkeep_is_used(void *context, struct str stored, bool *used, struct err *err)
{
    int64_t one = 0;
    return db_query_int(context, "SELECT 1 FROM import_file WHERE stored = $1 LIMIT 1", DB_ARGS(DB_TEXT(stored)), used,
                        &one, err);
}

/* Marks a run that is too old to be undone, then removes its data in several steps. */
static bool drop_undo(struct db_conn *conn, int64_t now_us, struct err *err)
{
    int64_t run = 0;
    bool any = false;
    if (!db_exec(conn, "UPDATE import_run SET layout = '' WHERE state = 'done' AND layout <> '' AND finished < $1",
                 DB_ARGS(DB_INT(now_us - UNDO_DAYS * DAY_US)), err) ||
        !db_query_int(
            conn,
            "SELECT i.run_id FROM import_image i JOIN import_run r ON r.id = i.run_id WHERE r.layout = '' LIMIT 1",
            DB_NO_ARGS, &any, &run, err))
        return false;
    return !any || load_undo_forget(conn, run, PIECE, err);
}

bool imports_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    struct arena *arena = arena_create();
    bool ok = drop_uploads(conn, arena, config, now_us, err) && drop_contents(conn, now_us, err) &&
              drop_undo(conn, now_us, err) &&
              vault_sweep(arena, config->data, now_us - DAY_US, imports_upkeep_is_used, conn, err);
    arena_destroy(arena);
    return ok;
}
