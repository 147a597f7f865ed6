/* What people do with an import: say which files of an import its files are, run it, undo it, discard it. */
#include "bulk/imports/pages.h"
#include "bulk/imports/vault.h"

#include <inttypes.h>

#define CHANGED_MEANWHILE _("Somebody else has changed this meanwhile. This is how it is now.")

struct act {
    struct visit *visit;
    struct run run;
    struct run_file *files;
    size_t file_count;
    struct str *chosen; /* the choice for each file */
    bool moved;
};

static struct str subject(const struct act *act)
{
    return arena_printf(act->visit->arena, "import %" PRId64, act->run.id);
}

static bool imports_act_begin(struct visit *visit, struct act *act, struct err *err)
{
    *act = (struct act){.visit = visit};
    return run_of_path(visit, &act->run, err) &&
           run_files_load(visit->db, visit->arena, act->run.id, &act->files, &act->file_count, err);
}

static bool imports_act_finish(struct act *act)
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

static bool imports_act_choose_body(struct db_conn *conn, void *context, struct err *err)
{
    struct act *act = context;
    if (!run_move(conn, act->run.id, "choosing", "uploaded", &act->moved, err))
        return false;
    for (size_t i = 0; act->moved && i < act->file_count; i++) {
        if (!db_exec(conn, "UPDATE import_file SET file = $3 WHERE run_id = $1 AND position = $2",
                     DB_ARGS(DB_INT(act->run.id), DB_INT(act->files[i].position), DB_TEXT(act->chosen[i])), err))
            return false;
    }
    return !act->moved || visit_audit(act->visit, "import_files_named", subject(act), STR_NONE, err);
}

bool import_files_send(struct visit *visit, struct err *err)
{
    struct act act;
    if (!imports_act_begin(visit, &act, err))
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
    return db_transaction(visit->db, imports_act_choose_body, &act, err) && imports_act_finish(&act);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static bool imports_act_run_body(struct db_conn *conn, void *context, struct err *err)
{
    struct act *act = context;
    struct visit *visit = act->visit;
    if (!run_move(conn, act->run.id, "checked", "queued", &act->moved, err))
        return false;
    if (!act->moved)
        return true;
    return db_exec(conn, "UPDATE import_run SET started = $2, started_by = $3 WHERE id = $1",
                   DB_ARGS(DB_INT(act->run.id), DB_INT(visit->now_us), DB_TEXT(visit->staff.email)), err) &&
           visit_audit(visit, "import_started", subject(act), STR_NONE, err);
}

bool import_run_send(struct visit *visit, struct err *err)
{
    struct act act;
    return imports_act_begin(visit, &act, err) && db_transaction(visit->db, imports_act_run_body, &act, err) &&
           imports_act_finish(&act);
}

/* --- undoing ------------------------------------------------------------------------------------------------------ */

static bool imports_act_undo_body(struct db_conn *conn, void *context, struct err *err)
{
    struct act *act = context;
    struct visit *visit = act->visit;
    if (!run_move(conn, act->run.id, "done", "undo", &act->moved, err))
        return false;
    if (!act->moved)
        return true;
    return db_exec(conn, "UPDATE import_run SET undone_by = $2, message = '' WHERE id = $1",
                   DB_ARGS(DB_INT(act->run.id), DB_TEXT(visit->staff.email)), err) &&
           visit_audit(visit, "import_undo_started", subject(act), STR_NONE, err);
}

bool import_undo_send(struct visit *visit, struct err *err)
{
    struct act act;
    if (!imports_act_begin(visit, &act, err))
        return false;
    if (run_can_undo(visit->arena, &act.run) && !db_transaction(visit->db, imports_act_undo_body, &act, err))
        return false;
    return imports_act_finish(&act);
}

/* --- discarding --------------------------------------------------------------------------------------------------- */

static bool discard_body(struct db_conn *conn, void *context, struct err *err)
{
    static const char *const states[] = {"choosing", "checked", "refused", "failed"};
    struct act *act = context;
    act->moved = false;
    for (size_t i = 0; !act->moved && i < sizeof states / sizeof *states; i++) {
        if (!run_move(conn, act->run.id, states[i], "discarded", &act->moved, err))
            return false;
    }
    if (!act->moved)
        return true;
    return db_exec(conn, "UPDATE import_file SET stored = '' WHERE run_id = $1", DB_ARGS(DB_INT(act->run.id)), err) &&
           db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1", DB_ARGS(DB_INT(act->run.id)), err) &&
           visit_audit(act->visit, "import_discarded", subject(act), STR_NONE, err);
}

bool import_discard_send(struct visit *visit, struct err *err)
{
    struct act act;
    if (!imports_act_begin(visit, &act, err) || !db_transaction(visit->db, discard_body, &act, err))
        return false;
    for (size_t i = 0; act.moved && i < act.file_count; i++)
        vault_remove(visit->config->data, act.files[i].stored);
    return imports_act_finish(&act);
}
