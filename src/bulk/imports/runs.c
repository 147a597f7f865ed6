#include "bulk/imports/runs.h"

#define RUN_SELECT                                                                                                     \
    "SELECT r.id, r.state, r.who, r.message, r.started_by, r.undone_by, r.created, r.checked, r.started, r.finished,"  \
    " r.undone, r.problem_total, r.logins_removed, r.mails, (SELECT COALESCE(SUM(f.added), 0) FROM import_file f"      \
    " WHERE f.run_id = r.id), (SELECT COALESCE(SUM(f.changed), 0) FROM import_file f WHERE f.run_id = r.id),"          \
    " (SELECT COALESCE(SUM(f.unchanged), 0) FROM import_file f WHERE f.run_id = r.id), r.layout FROM import_run r "    \
    "WHERE "

bool run_is(const struct run *run, const char *state)
{
    return str_eqz(run->state, state);
}

bool run_can_undo(struct arena *arena, const struct run *run)
{
    return run_is(run, "done") && str_eq(run->layout, load_undo_layout(arena));
}

static struct run read_run(struct arena *arena, const struct db_rows *rows)
{
    return (struct run){.id = db_int(rows, 0),
                        .state = db_text_copy(rows, 1, arena),
                        .who = db_text_copy(rows, 2, arena),
                        .message = db_text_copy(rows, 3, arena),
                        .started_by = db_text_copy(rows, 4, arena),
                        .undone_by = db_text_copy(rows, 5, arena),
                        .created = db_int(rows, 6),
                        .checked = db_int(rows, 7),
                        .started = db_int(rows, 8),
                        .finished = db_int(rows, 9),
                        .undone = db_int(rows, 10),
                        .problem_total = db_int(rows, 11),
                        .logins_removed = db_int(rows, 12),
                        .mails = db_int(rows, 13),
                        .added = db_int(rows, 14),
                        .changed = db_int(rows, 15),
                        .unchanged = db_int(rows, 16),
                        .layout = db_text_copy(rows, 17, arena)};
}

bool run_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run *run, bool *found, struct err *err)
{
    struct db_rows *rows = db_query(conn, arena, RUN_SELECT "r.id = $1", DB_ARGS(DB_INT(id)), err);
    *found = db_next(rows);
    if (*found)
        *run = read_run(arena, rows);
    return db_done(rows, err);
}

bool runs_load(struct db_conn *conn, struct arena *arena, int64_t before, size_t limit, struct run *runs, size_t *count,
               struct err *err)
{
    struct db_rows *rows = db_query(conn, arena, RUN_SELECT "r.id < $1 ORDER BY r.id DESC LIMIT $2",
                                    DB_ARGS(DB_INT(before ? before : INT64_MAX), DB_INT(limit)), err);
    *count = 0;
    while (db_next(rows) && *count < limit)
        runs[(*count)++] = read_run(arena, rows);
    return db_done(rows, err);
}

bool run_files_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_file **files, size_t *count,
                    struct err *err)
{
    *files = ARENA_ARRAY(arena, struct run_file, RUN_FILES_MAX);
    *count = 0;
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT position, size, name, sheet, stored, file, added, changed, unchanged FROM import_file"
                 " WHERE run_id = $1 ORDER BY position LIMIT $2",
                 DB_ARGS(DB_INT(id), DB_INT(RUN_FILES_MAX)), err);
    while (db_next(rows) && *count < RUN_FILES_MAX)
        (*files)[(*count)++] = (struct run_file){db_int(rows, 0),
                                                 db_int(rows, 1),
                                                 db_text_copy(rows, 2, arena),
                                                 db_text_copy(rows, 3, arena),
                                                 db_text_copy(rows, 4, arena),
                                                 db_text_copy(rows, 5, arena),
                                                 {db_int(rows, 6), db_int(rows, 7), db_int(rows, 8)}};
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
    if (!db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1", DB_ARGS(DB_INT(id)), err))
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
