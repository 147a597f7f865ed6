/* What people do with an import: say which files of an import its files are, run it, undo it, discard it. */
#include "bulk/imports/pages.h"
#include "bulk/imports/vault.h"

#include <inttypes.h>

#define CHANGED_MEANWHILE _("Somebody else has changed this meanwhile. This is how it is now.")

struct act {
    struct visit *visit;
    const char *const *from;                                                    /* states, the last one NULL */
    const char *to, *action;                                                    /* action: the event of the audit */
    bool (*more)(struct db_conn *conn, const struct act *act, struct err *err); /* when the state has changed */
    struct run run;
    struct run_file *files;
    size_t file_count;
    struct str *chosen; /* the choice for each file */
    bool moved;
};
#define FROM(...)                                                                                                      \
    .from = (const char *const[])                                                                                      \
    {                                                                                                                  \
        __VA_ARGS__, NULL                                                                                              \
    }

static bool imports_act_begin(struct act *act, struct err *err)
{
    return run_of_path(act->visit, &act->run, err) &&
           run_files_load(act->visit->db, act->visit->arena, act->run.id, &act->files, &act->file_count, err);
}

static bool imports_act_body(struct db_conn *conn, void *context, struct err *err)
{
    struct act *act = context;
    act->moved = false;
    for (size_t i = 0; !act->moved && act->from[i]; i++) {
        if (!run_move(conn, act->run.id, act->from[i], act->to, &act->moved, err))
            return false;
    }
    struct str subject = arena_printf(act->visit->arena, "import %" PRId64, act->run.id);
    return !act->moved || (act->more(conn, act, err) && visit_audit(act->visit, act->action, subject, STR_NONE, err));
}

static bool imports_act_do(struct act *act, struct err *err)
{
    return db_transaction(act->visit->db, imports_act_body, act, err);
}

static bool imports_act_finish(const struct act *act)
{
    if (!act->moved)
        page_notice_next(act->visit, CHANGED_MEANWHILE);
    return visit_redirect(act->visit, run_path(act->visit->arena, act->run.id));
}

/* --- choosing which file each one is ------------------------------------------------------------------------------ */

static bool is_choice(struct str file)
{
    for (size_t i = 0; load_file(i); i++) {
        if (str_eqz(file, load_file(i)))
            return true;
    }
    return str_eqz(file, LEFT_OUT);
}

static bool choices_save(struct db_conn *conn, const struct act *act, struct err *err)
{
    for (size_t i = 0; i < act->file_count; i++) {
        if (!db_exec(conn, "UPDATE import_file SET file = $3 WHERE run_id = $1 AND position = $2",
                     DB_ARGS(DB_INT(act->run.id), DB_INT(act->files[i].position), DB_TEXT(act->chosen[i])), err))
            return false;
    }
    return true;
}

bool import_files_send(struct visit *visit, struct err *err)
{
    struct act act = {
        .visit = visit, FROM("choosing"), .to = "uploaded", .action = "import_files_named", .more = choices_save};
    if (!imports_act_begin(&act, err))
        return false;
    act.chosen = ARENA_ARRAY(visit->arena, struct str, act.file_count);
    for (size_t i = 0; i < act.file_count; i++) {
        struct str name = arena_printf(visit->arena, "file_%" PRId64, act.files[i].position);
        act.chosen[i] = http_param(&visit->request->form, name.p);
        if (!is_choice(act.chosen[i])) {
            page_notice_next(visit, _("Say of every file what it is, or that it is left out."));
            return visit_redirect(visit, run_path(visit->arena, act.run.id));
        }
    }
    return imports_act_do(&act, err) && imports_act_finish(&act);
}

/* --- answering ---------------------------------------------------------------------------------------------------- */

static bool answers_take(struct db_conn *conn, const struct act *act, struct err *err)
{
    return answers_save(act->visit, conn, act->run.id, err);
}

bool import_answers_send(struct visit *visit, struct err *err)
{
    struct act act = {.visit = visit,
                      FROM("refused", "checked"),
                      .to = "uploaded",
                      .action = "import_answered",
                      .more = answers_take};
    return imports_act_begin(&act, err) && imports_act_do(&act, err) && imports_act_finish(&act);
}

static bool columns_take_sent(struct db_conn *conn, const struct act *act, struct err *err)
{
    return columns_save(act->visit, conn, act->run.id, err);
}

bool import_columns_send(struct visit *visit, struct err *err)
{
    struct act act = {.visit = visit,
                      FROM("refused", "checked"),
                      .to = "uploaded",
                      .action = "import_mapped",
                      .more = columns_take_sent};
    return imports_act_begin(&act, err) && imports_act_do(&act, err) && imports_act_finish(&act);
}

/* --- running, undoing, discarding --------------------------------------------------------------------------------- */

static bool note_started(struct db_conn *conn, const struct act *act, struct err *err)
{
    return db_exec(conn, "UPDATE import_run SET started = $2, started_by = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(act->run.id), DB_INT(act->visit->now_us), DB_TEXT(act->visit->staff.email)), err);
}

bool import_run_send(struct visit *visit, struct err *err)
{
    struct act act = {
        .visit = visit, FROM("checked"), .to = "queued", .action = "import_started", .more = note_started};
    return imports_act_begin(&act, err) && imports_act_do(&act, err) && imports_act_finish(&act);
}

static bool note_undone_by(struct db_conn *conn, const struct act *act, struct err *err)
{
    return db_exec(conn, "UPDATE import_run SET undone_by = $2, message = '' WHERE id = $1",
                   DB_ARGS(DB_INT(act->run.id), DB_TEXT(act->visit->staff.email)), err);
}

bool import_undo_send(struct visit *visit, struct err *err)
{
    struct act act = {
        .visit = visit, FROM("done"), .to = "undo", .action = "import_undo_started", .more = note_undone_by};
    return imports_act_begin(&act, err) && (!run_can_undo(visit->arena, &act.run) || imports_act_do(&act, err)) &&
           imports_act_finish(&act);
}

static bool drop_contents_of_run(struct db_conn *conn, const struct act *act, struct err *err)
{
    return db_exec(conn, "UPDATE import_file SET stored = '' WHERE run_id = $1", DB_ARGS(DB_INT(act->run.id)), err) &&
           db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1", DB_ARGS(DB_INT(act->run.id)), err);
}

bool import_discard_send(struct visit *visit, struct err *err)
{
    struct act act = {.visit = visit,
                      FROM("choosing", "checked", "refused", "failed"),
                      .to = "discarded",
                      .action = "import_discarded",
                      .more = drop_contents_of_run};
    if (!imports_act_begin(&act, err) || !imports_act_do(&act, err))
        return false;
    for (size_t i = 0; act.moved && i < act.file_count; i++)
        vault_remove(visit->config->data, act.files[i].stored);
    return imports_act_finish(&act);
}
