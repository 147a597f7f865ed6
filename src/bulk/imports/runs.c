#include "bulk/imports/runs.h"

bool run_is(const struct run *run, const char *state)
{
    return str_eqz(run->state, state);
}

bool run_can_undo(struct arena *arena, const struct run *run)
{
    return run_is(run, "done") && str_eq(run->layout, load_undo_layout(arena));
}

bool run_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run *run, bool *found, struct err *err)
{
    return db_find(
        conn, arena,
        "SELECT r.id, r.state, r.who, r.message, r.started_by, r.undone_by, r.layout, r.created, r.checked,"
        " r.started, r.finished, r.undone, r.problem_total, r.logins_removed, r.mails, sums.added,"
        " sums.changed, sums.unchanged FROM import_run r CROSS JOIN (SELECT COALESCE(SUM(added), 0) AS added,"
        " COALESCE(SUM(changed), 0) AS changed, COALESCE(SUM(unchanged), 0) AS unchanged FROM import_file"
        " WHERE run_id = $1) sums WHERE r.id = $1",
        DB_ARGS(DB_INT(id)),
        DB_TARGETS(TO(&run->id), TO(&run->state), TO(&run->who), TO(&run->message), TO(&run->started_by),
                   TO(&run->undone_by), TO(&run->layout), TO(&run->created), TO(&run->checked), TO(&run->started),
                   TO(&run->finished), TO(&run->undone), TO(&run->problem_total), TO(&run->logins_removed),
                   TO(&run->mails), TO(&run->added), TO(&run->changed), TO(&run->unchanged)),
        found, err);
}

bool run_files_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_file **files, size_t *count,
                    struct err *err)
{
    *files = ARENA_ARRAY(arena, struct run_file, RUN_FILES_MAX);
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT position, size, name, sheet, stored, file, mapping, added, changed, unchanged FROM import_file"
                 " WHERE run_id = $1 ORDER BY position LIMIT $2",
                 DB_ARGS(DB_INT(id), DB_INT(RUN_FILES_MAX)), err);
    for (*count = 0; db_next(rows) && *count < RUN_FILES_MAX; (*count)++) {
        struct run_file *file = &(*files)[*count];
        db_read(rows, TO(&file->position), TO(&file->size), TO(&file->name), TO(&file->sheet), TO(&file->stored),
                TO(&file->file), TO(&file->mapping), TO(&file->count.added), TO(&file->count.changed),
                TO(&file->count.unchanged));
    }
    return db_done(rows, err);
}

bool run_move(struct db_conn *conn, int64_t id, const char *from, const char *to, bool *moved, struct err *err)
{
    if (!db_exec(conn, "UPDATE import_run SET state = $3 WHERE id = $1 AND state = $2",
                 DB_ARGS(DB_INT(id), DB_TEXT(str_of(from)), DB_TEXT(str_of(to))), err))
        return false;
    *moved = db_changes(conn) == 1;
    return true;
}

bool run_fail(struct db_conn *conn, int64_t id, const char *state, const struct msgid *message, struct err *err)
{
    return db_exec(conn, "UPDATE import_run SET state = $2, message = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(id), DB_TEXT(str_of(state)), DB_TEXT(str_of(msgid_text(message)))), err);
}

bool run_problems_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct str *problems, size_t count,
                        int64_t total, struct err *err)
{
    if (!db_exec(conn, "DELETE FROM import_problem WHERE run_id = $1", DB_ARGS(DB_INT(id)), err) ||
        !db_exec(conn, "UPDATE import_run SET problem_total = $2 WHERE id = $1", DB_ARGS(DB_INT(id), DB_INT(total)),
                 err))
        return false;
    struct db_batch *batch =
        db_batch_begin(conn, arena, "INSERT INTO import_problem (run_id, position, text) VALUES ($1, $2, $3)", err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = db_batch_add(batch, DB_ARGS(DB_INT(id), DB_INT(i), DB_TEXT(problems[i])), err);
    return db_batch_end(batch, err) && ok;
}

bool run_samples_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct load_sample *samples,
                       const int64_t *positions, size_t count, struct err *err)
{
    if (!db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1 AND line > 0", DB_ARGS(DB_INT(id)), err))
        return false;
    struct db_batch *batch =
        db_batch_begin(conn, arena,
                       "INSERT INTO import_sample (run_id, position, file, line, key, field, before, after)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        const struct load_sample *one = &samples[i];
        ok = db_batch_add(batch,
                          DB_ARGS(DB_INT(id), DB_INT(i), DB_INT(positions[one->source]), DB_INT(one->line),
                                  DB_TEXT(one->key), DB_TEXT(one->field), DB_TEXT(one->before), DB_TEXT(one->after)),
                          err);
    }
    return db_batch_end(batch, err) && ok;
}

bool run_undo_forget(struct db_conn *conn, int64_t id, struct err *err)
{
    return load_undo_forget(conn, id, INT64_MAX, err) &&
           db_exec(conn, "UPDATE import_run SET layout = '' WHERE id = $1", DB_ARGS(DB_INT(id)), err);
}

bool run_counts_write(struct db_conn *conn, int64_t id, int64_t position, const struct load_count *count,
                      struct err *err)
{
    return db_exec(
        conn, "UPDATE import_file SET added = $3, changed = $4, unchanged = $5 WHERE run_id = $1 AND position = $2",
        DB_ARGS(DB_INT(id), DB_INT(position), DB_INT(count->added), DB_INT(count->changed), DB_INT(count->unchanged)),
        err);
}
