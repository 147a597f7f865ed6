/* The part of the work process that checks imports and runs them, one at a time. */
#include "base/clock.h"
#include "base/log.h"
#include "bulk/imports/runs.h"
#include "bulk/imports/vault.h"
#include "service/audit.h"
#include "service/lease.h"
#include "service/password.h"

#include <inttypes.h>
#include <string.h>

#define PROBLEMS_KEPT 10000
#define SAMPLES 10
#define LEASE "imports" /* one import at a time, in any process */
#define REPORT_US (US_PER_SECOND / 5)

struct work {
    const struct config *config;
    struct arena *arena;
    struct run run;
    bool dry_run;
    struct run_file *files;
    size_t file_count;
    struct load_files opened;
    int64_t positions[LOAD_SOURCES_MAX]; /* the positions of the files that are sources */
    struct load_result result;
    struct load_undo_result undone;
    const struct turn *turn;
    bool moved;                  /* the turn has begun */
    const struct msgid *failure; /* the message when the run failed */
    int64_t reported_us;         /* monotonic */
};

static void worker_report(void *context, const char *what, double done)
{
    struct work *work = context;
    int64_t now_us = clock_monotonic_us();
    if (done > 0 && now_us - work->reported_us < REPORT_US)
        return;
    work->reported_us = now_us;
    vault_progress_write(work->config->data, work->run.id, what, done);
}

/* --- the files ---------------------------------------------------------------------------------------------------- */

static const char *known_file(struct str file)
{
    for (size_t i = 0; load_file(i); i++) {
        if (str_eqz(file, load_file(i)))
            return load_file(i);
    }
    return NULL;
}

static size_t sheet_of(const struct workbook *book, struct str name)
{
    size_t at = 0;
    while (at + 1 < workbook_count(book) && !str_eq(workbook_sheet(book, at), name))
        at++;
    return at;
}

static void open_workbook(struct work *work, FILE *stream, const struct run_file *file, const struct load_source *as)
{
    const char *known = as->file;
    struct workbook_fault fault = {1, "it has no sheet with rows"};
    struct workbook *book = workbook_open(work->arena, fileno(stream), work->config->data, &fault);
    worker_report(work, known ? known : "workbook", 0);
    if (book && known && workbook_count(book))
        (void)load_files_add_sheet(&work->opened, book, sheet_of(book, file->sheet), as);
    else
        load_files_fault(&work->opened, known ? known : arena_z(work->arena, file->name), fault.row, "row",
                         fault.message);
}

/* Opens a file as it is known, or says what is wrong. */
static bool open_as(struct work *work, const struct run_file *file, const struct load_source *as, struct err *err)
{
    FILE *stream = vault_open(work->arena, work->config->data, file->stored, err);
    if (!stream)
        return false;
    work->opened.sources[work->opened.count].found = NULL;
    if (load_is_workbook(file->name))
        open_workbook(work, stream, file, as);
    else
        (void)load_files_add_csv(&work->opened, stream, as);
    return true;
}

/* A file without a mapping gets the last one for its headings, and is opened again. */
static bool open_remembered(struct work *work, struct db_conn *conn, const struct run_file *file,
                            struct load_source *as, size_t before, size_t faults, struct err *err)
{
    const struct load_source *tried = &work->opened.sources[before];
    struct str name, text = STR_NONE;
    bool found = false;
    if (!work->dry_run || as->mapping || !tried->found)
        return true;
    if (!mapping_recall(conn, work->arena, tried, &name, &text, &found, err))
        return false;
    if (!found || !str_eqz(name, as->file) || !text.n)
        return true;
    as->mapping = run_mapping(work->arena, text, as->file);
    work->opened.count = before;
    work->opened.faults.n = faults;
    return db_exec(conn, "UPDATE import_file SET mapping = $3 WHERE run_id = $1 AND position = $2",
                   DB_ARGS(DB_INT(work->run.id), DB_INT(file->position), DB_TEXT(text)), err) &&
           open_as(work, file, as, err);
}

/* A workbook that nobody could say anything about is opened too, for its fault. */
static bool open_file(struct work *work, struct db_conn *conn, const struct run_file *file, struct err *err)
{
    const char *known = known_file(file->file);
    size_t before = work->opened.count, faults = work->opened.faults.n;
    if (file->position >= MADE_FROM)
        return true;
    if (!known && (file->file.n || !load_is_workbook(file->name)))
        return true;
    if (known && strcmp(known, "files.csv") == 0) {
        load_files_fault(&work->opened, known, 1, "file",
                         "its contents cannot come with it here; use kundportal import on the server");
        return true;
    }
    struct load_source as = {.file = known};
    as.mapping = known && file->mapping.n ? run_mapping(work->arena, file->mapping, known) : NULL;
    if (!open_as(work, file, &as, err) || !open_remembered(work, conn, file, &as, before, faults, err))
        return false;
    const struct load_source *tried = &work->opened.sources[before];
    if (work->dry_run && tried->found &&
        !run_headings_write(conn, work->arena, work->run.id, file->position, tried, err))
        return false;
    if (work->opened.count > before)
        work->positions[before] = file->position;
    return true;
}

/* Gives the files without contents, for rows that are made, a place among the files of the run. */
static bool open_made(struct work *work, struct db_conn *conn, struct err *err)
{
    size_t before = work->opened.count;
    load_files_add_made(&work->opened);
    if (!db_exec(conn, "DELETE FROM import_file WHERE run_id = $1 AND position >= $2",
                 DB_ARGS(DB_INT(work->run.id), DB_INT(MADE_FROM)), err))
        return false;
    for (size_t i = before; i < work->opened.count; i++) {
        struct str name = str_of(work->opened.sources[i].file);
        work->positions[i] = MADE_FROM + (int64_t)i;
        if (!db_exec(conn,
                     "INSERT INTO import_file (run_id, position, name, stored, size, file)"
                     " VALUES ($1, $2, $3, '', 0, $3)",
                     DB_ARGS(DB_INT(work->run.id), DB_INT(work->positions[i]), DB_TEXT(name)), err))
            return false;
    }
    return true;
}

static bool worker_open_files(struct work *work, struct db_conn *conn, struct err *err)
{
    load_files_init(&work->opened, work->arena, work->config->data);
    if (!run_files_load(conn, work->arena, work->run.id, &work->files, &work->file_count, err))
        return false;
    for (size_t i = 0; i < work->file_count; i++) {
        if (!open_file(work, conn, &work->files[i], err))
            return false;
    }
    if (!open_made(work, conn, err))
        return false;
    if (!work->opened.count && !work->opened.faults.n)
        load_files_fault(&work->opened, "import", 1, "file", "all files are left out");
    return true;
}

/* --- the result --------------------------------------------------------------------------------------------------- */

static bool write_counts(struct work *work, struct db_conn *conn, const struct load_result *result, struct err *err)
{
    for (size_t i = 0; i < work->opened.count; i++) {
        if (!run_counts_write(conn, work->run.id, work->positions[i], &result->counts[i], err))
            return false;
    }
    return db_exec(conn, "UPDATE import_run SET logins_removed = $2, mails = $3, message = '' WHERE id = $1",
                   DB_ARGS(DB_INT(work->run.id), DB_INT(result->logins_removed), DB_INT(result->mails)), err);
}

static bool audit(struct work *work, struct db_conn *conn, struct str who, const char *action, struct str detail,
                  struct err *err)
{
    struct audit_entry entry = {.kind = AUDIT_STAFF,
                                .who = who,
                                .action = action,
                                .subject = arena_printf(work->arena, "import %" PRId64, work->run.id),
                                .detail = detail};
    return audit_add(conn, &entry, clock_now_us(), err);
}

static struct str counts_text(struct work *work, const struct load_result *result)
{
    struct buf text;
    buf_init(&text, work->arena);
    for (size_t i = 0; i < work->opened.count; i++)
        buf_printf(&text, "%s%s: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged", i ? "; " : "",
                   work->opened.sources[i].file, result->counts[i].added, result->counts[i].changed,
                   result->counts[i].unchanged);
    return buf_text(&text);
}

/* Runs in the transaction of the import itself, so the run is done exactly when its rows are committed. */
static bool finish_run(struct db_conn *conn, void *context, const struct load_result *result, struct err *err)
{
    struct work *work = context;
    bool moved = false;
    if (!lease_hold(conn, LEASE, err) || !run_move(conn, work->run.id, "running", "done", &moved, err))
        return false;
    if (!moved)
        return err_set(err, ERR_INTERNAL, NULL, "somebody took the import away");
    return write_counts(work, conn, result, err) &&
           db_exec(conn, "UPDATE import_run SET finished = $2, layout = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(work->run.id), DB_INT(clock_now_us()), DB_TEXT(load_undo_layout(work->arena))),
                   err) &&
           db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1", DB_ARGS(DB_INT(work->run.id)), err) &&
           audit(work, conn, work->run.started_by, "import_done", counts_text(work, result), err);
}

static bool refuse_body(struct db_conn *conn, void *context, struct err *err)
{
    struct work *work = context;
    const struct str *problems = work->result.problems;
    size_t count = work->result.problem_count;
    int64_t total = work->result.problem_total;
    if (work->opened.faults.n) {
        struct str rest = buf_text(&work->opened.faults);
        struct str *faults = ARENA_ARRAY(work->arena, struct str, RUN_FILES_MAX);
        for (count = 0; count < RUN_FILES_MAX && str_cut(&rest, '\n', &faults[count]);)
            count++;
        problems = faults;
        total = (int64_t)count;
    }
    return lease_hold(conn, LEASE, err) &&
           run_problems_write(conn, work->arena, work->run.id, problems, count, total, err) &&
           run_findings_write(conn, work->arena, work->run.id, &work->result, work->positions, err) &&
           run_fail(conn, work->run.id, "refused", NULL, err) &&
           (work->dry_run || audit(work, conn, work->run.started_by, "import_refused",
                                   arena_printf(work->arena, "%" PRId64 " mistakes", work->result.problem_total), err));
}

static bool checked_body(struct db_conn *conn, void *context, struct err *err)
{
    struct work *work = context;
    return lease_hold(conn, LEASE, err) && run_problems_write(conn, work->arena, work->run.id, NULL, 0, 0, err) &&
           run_findings_write(conn, work->arena, work->run.id, &work->result, work->positions, err) &&
           run_samples_write(conn, work->arena, work->run.id, work->result.samples, work->positions,
                             work->result.sample_count, err) &&
           write_counts(work, conn, &work->result, err) &&
           db_exec(conn, "UPDATE import_run SET state = 'checked', checked = $2 WHERE id = $1",
                   DB_ARGS(DB_INT(work->run.id), DB_INT(clock_now_us())), err);
}

static const struct msgid *failure_text(const struct err *err)
{
    switch (err->kind) {
    case ERR_FULL:
        return _("There is no room left on the disk of the server.");
    case ERR_BUSY:
        return _("The database was too busy. Try again.");
    case ERR_NOT_FOUND:
        return _("A file is no longer there. Send the files again.");
    default:
        return _("Something went wrong. The log of the server says what.");
    }
}

/* --- a load ------------------------------------------------------------------------------------------------------- */

/* Opens a connection of its own: after a load a connection is unfit for other use. */
static struct db_conn *open_own(const struct work *work, struct db **db, struct err *err)
{
    struct db_options pool = {.connections = 1};
    *db = NULL;
    return db_open(db, work->config->database, &pool, err) ? db_acquire(*db, err) : NULL;
}

static bool worker_load(struct work *work, struct err *err)
{
    const struct config *config = work->config;
    struct load_options options = {.config = config,
                                   .dry_run = work->dry_run,
                                   .problems_most = PROBLEMS_KEPT,
                                   .samples = work->dry_run ? SAMPLES : 0,
                                   .run = work->dry_run ? 0 : work->run.id,
                                   .report = worker_report,
                                   .finish = finish_run,
                                   .context = work};
    struct password_cost cost = {config->hash_memory_kib, config->hash_passes, 2};
    struct db *db;
    struct db_conn *conn = open_own(work, &db, err);
    bool started = conn && password_start(cost, err);
    bool ok =
        started && load_run(conn, work->arena, work->opened.sources, work->opened.count, &options, &work->result, err);
    if (started)
        password_stop();
    db_release(conn);
    db_close(db);
    return ok;
}

static bool has_problems(const struct work *work)
{
    return work->opened.faults.n > 0 || work->result.problem_total > 0;
}

static bool fail_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct work *work = context;
    return lease_hold(conn, LEASE, err) && run_fail(conn, work->run.id, "failed", work->failure, err);
}

static bool worker_conclude(struct work *work, struct db_conn *conn, bool ok, const struct err *failure,
                            struct err *err)
{
    if (has_problems(work))
        return db_transaction(conn, refuse_body, work, err);
    if (ok)
        return !work->dry_run || db_transaction(conn, checked_body, work, err);
    work->failure = failure_text(failure);
    log_event(LOG_ERROR, "import_failed", LOG_I("run", work->run.id), LOG_Z("detail", failure->detail));
    return db_transaction(conn, fail_body, work, err);
}

static bool worker_load_files(struct work *work, struct db_conn *conn, struct err *err)
{
    struct err failure = {.kind = ERR_NONE};
    bool ok = worker_open_files(work, conn, &failure) && (work->opened.faults.n || worker_load(work, &failure));
    if (!worker_conclude(work, conn, ok, &failure, err))
        return false;
    /* The files may contain passwords. */
    for (size_t i = 0; ok && !work->dry_run && !has_problems(work) && i < work->file_count; i++)
        vault_remove(work->config->data, work->files[i].stored);
    return true;
}

static bool worker_check(struct work *work, struct db_conn *conn, struct err *err)
{
    bool settled = false, moved = false;
    work->dry_run = true;
    if (!plan_files(conn, work->arena, work->config, work->run.id, &settled, err))
        return false;
    if (!settled)
        return run_move(conn, work->run.id, "checking", "choosing", &moved, err);
    return worker_load_files(work, conn, err);
}

/* --- undoing ------------------------------------------------------------------------------------------------------ */

static bool finish_undo(struct db_conn *conn, void *context, struct err *err)
{
    struct work *work = context;
    bool moved = false;
    if (!lease_hold(conn, LEASE, err) || !run_move(conn, work->run.id, "undoing", "undone", &moved, err))
        return false;
    if (!moved)
        return err_set(err, ERR_INTERNAL, NULL, "somebody took the import away");
    return run_undo_forget(conn, work->run.id, err) &&
           run_problems_write(conn, work->arena, work->run.id, NULL, 0, 0, err) &&
           db_exec(conn, "UPDATE import_run SET undone = $2 WHERE id = $1",
                   DB_ARGS(DB_INT(work->run.id), DB_INT(clock_now_us())), err) &&
           audit(work, conn, work->run.undone_by, "import_undone", STR_NONE, err);
}

static bool not_undone_body(struct db_conn *conn, void *context, struct err *err)
{
    struct work *work = context;
    const struct load_undo_result *result = &work->undone;
    return lease_hold(conn, LEASE, err) &&
           run_problems_write(conn, work->arena, work->run.id, result->blockers, result->blocker_count,
                              result->blocker_total, err) &&
           run_fail(conn, work->run.id, "done", work->failure, err) &&
           audit(work, conn, work->run.undone_by, "import_undo_refused",
                 arena_printf(work->arena, "%" PRId64 " things in the way", result->blocker_total), err);
}

static bool undo(struct work *work, struct db_conn *conn, struct err *err)
{
    const struct load_undo wish = {.report = worker_report, .finish = finish_undo, .context = work};
    struct err failure = {.kind = ERR_NONE};
    struct db *db;
    struct db_conn *own = open_own(work, &db, &failure);
    bool undone = own && load_undo_run(own, work->arena, work->run.id, &wish, &work->undone, &failure);
    db_release(own);
    db_close(db);
    if (undone)
        return true;
    work->failure = work->undone.blocker_total ? NULL : failure_text(&failure);
    if (!work->undone.blocker_total)
        log_event(LOG_ERROR, "import_not_undone", LOG_I("run", work->run.id), LOG_Z("detail", failure.detail));
    return db_transaction(conn, not_undone_body, work, err);
}

/* --- turns -------------------------------------------------------------------------------------------------------- */

/*
 * When a turn begins, no import is running. A run that says it is running was left by a process that ended in the
 * middle. Nothing of it was stored, because an import is one transaction.
 */
static bool recover_body(struct db_conn *conn, void *context, struct err *err)
{
    (void)context;
    return lease_hold(conn, LEASE, err) &&
           db_exec(
               conn, "UPDATE import_run SET state = 'failed', message = $1 WHERE state IN ('checking', 'running')",
               DB_ARGS(DB_TEXT(str_of(msgid_text(_("The server was stopped in the middle. Nothing was imported."))))),
               err) &&
           db_exec(conn, "UPDATE import_run SET state = 'done', message = $1 WHERE state = 'undoing'",
                   DB_ARGS(DB_TEXT(str_of(msgid_text(_("The server was stopped in the middle. Nothing was undone."))))),
                   err);
}

static bool next_run(struct db_conn *conn, struct arena *arena, struct run *run, bool *found, struct err *err)
{
    int64_t id = 0;
    return db_query_int(conn,
                        "SELECT id FROM import_run WHERE state IN ('uploaded', 'queued', 'undo') ORDER BY id + 0"
                        " LIMIT 1", /* + 0 keeps SQLite from walking through all runs in their order */
                        DB_NO_ARGS, found, &id, err) &&
           (!*found || run_load(conn, arena, id, run, found, err));
}

/* What a run that waits is moved to when its turn comes, and what is done then. */
static const struct turn {
    const char *from, *to;
    bool (*act)(struct work *work, struct db_conn *conn, struct err *err);
} TURNS[] = {
    {"uploaded", "checking", worker_check}, {"queued", "running", worker_load_files}, {"undo", "undoing", undo}};

static bool turn_body(struct db_conn *conn, void *context, struct err *err)
{
    struct work *work = context;
    return lease_hold(conn, LEASE, err) &&
           run_move(conn, work->run.id, work->turn->from, work->turn->to, &work->moved, err);
}

static bool do_run(struct work *work, struct db_conn *conn, struct err *err)
{
    work->turn = TURNS;
    while (!run_is(&work->run, work->turn->from))
        work->turn++;
    vault_progress_write(work->config->data, work->run.id, "", 0);
    return db_transaction(conn, turn_body, work, err) && (!work->moved || work->turn->act(work, conn, err));
}

/* Runs under the lease: repairs runs that an ended process left, then gives the oldest run its turn. */
static bool take_turn(struct db_conn *conn, const struct config *config, struct err *err)
{
    struct arena *arena = arena_create();
    struct work *work = ARENA_NEW(arena, struct work);
    *work = (struct work){.config = config, .arena = arena};
    bool found = false;
    bool ok = db_transaction(conn, recover_body, NULL, err) && next_run(conn, arena, &work->run, &found, err) &&
              (!found || do_run(work, conn, err));
    arena_destroy(arena);
    return ok;
}

static bool is_needed(struct db_conn *conn, bool *needed, struct err *err)
{
    int64_t one = 0;
    return db_query_int(conn,
                        "SELECT 1 FROM import_run WHERE state IN ('uploaded', 'queued', 'undo', 'checking', 'running',"
                        " 'undoing') LIMIT 1",
                        DB_NO_ARGS, needed, &one, err);
}

bool imports_work(struct db *db, const struct config *config, struct err *err)
{
    struct err released = {.kind = ERR_NONE};
    struct lease_keeper *keeper = NULL;
    struct db_conn *conn = db_acquire(db, err);
    bool needed = false, mine = false;
    bool ok = conn && is_needed(conn, &needed, err) && (!needed || lease_take(conn, LEASE, &mine, err));
    if (ok && mine) {
        keeper = lease_keeper_start(db, LEASE, err);
        ok = keeper && take_turn(conn, config, err);
        lease_keeper_stop(keeper);
        if (!lease_release(conn, LEASE, &released))
            log_event(LOG_WARN, "lease_not_released", LOG_Z("detail", released.detail));
    }
    db_release(conn);
    return ok;
}
