/* What staff do on the page of a case without a form of its own: its state, notes, and which attachments the portal shows. */
#include "access/case_state.h"
#include "access/scope.h"
#include "model/case.h"
#include "model/notice.h"
#include "portal/address.h"
#include "portal/send_file.h"
#include "service/store.h"
#include "staff/work/case_page.h"
#include "staff/work/internal.h"

static bool find(struct visit *visit, struct work_case *work, struct err *err)
{
    return work_case_load(visit, address_number(visit->arena, visit->path_value[0]), work, err);
}

/* --- the state of a case without work orders (domain 2) ------------------------------------------------------------------------------- */

struct setting {
    int64_t wanted, orders, was;
};

static bool read_state(struct work_edit *edit, struct setting *setting, struct err *err)
{
    struct db_rows *rows = db_query(edit->visit->db, edit->visit->arena,
                                    "SELECT status, (SELECT COUNT(*) FROM work_order w WHERE w.case_id = c.id)"
                                    " FROM cases c WHERE c.id = $1",
                                    DB_ARGS(DB_INT(edit->work->id)), err);
    if (rows && db_next(rows)) {
        setting->was = db_int(rows, 0);
        setting->orders = db_int(rows, 1);
    }
    return db_done(rows, err);
}

static bool write_state(struct work_edit *edit, struct err *err)
{
    struct setting *setting = edit->what;
    struct visit *visit = edit->visit;
    if (!read_state(edit, setting, err))
        return false;
    if (setting->orders)
        return err_set(err, ERR_CONFLICT, NULL, "the case has work orders");
    return db_exec(visit->db,
                   "UPDATE cases SET status = $2, started = COALESCE(started, $3),"
                   " finished = CASE WHEN $2 = 2 THEN $3 END WHERE id = $1",
                   DB_ARGS(DB_INT(edit->work->id), DB_INT(setting->wanted), DB_INT(visit->now_us)), err) &&
           work_note(edit, tr(LANG_SV, _("Status")), tr(LANG_SV, case_status_labels[setting->was]),
                     tr(LANG_SV, case_status_labels[setting->wanted]), err) &&
           scope_refresh_case(visit->db, visit->arena, edit->work->id, err) &&
           (setting->was == 2 || setting->wanted != 2 || notice_case(visit, edit->work->id, NOTICE_FINISH, err));
}

bool case_state_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct setting setting = {.wanted = 0};
    struct str state = http_param(&visit->request->form, "state");
    bool older = false;
    if (!find(visit, &work, err))
        return false;
    for (int64_t i = 1; i < 3; i++)
        setting.wanted = str_eqz(state, case_status_codes[i]) ? i : setting.wanted;
    if (!setting.wanted)
        return err_set(err, ERR_INVALID, NULL, "unknown state of a case");
    struct work_edit edit = {.visit = visit,
                             .work = &work,
                             .write = write_state,
                             .what = &setting,
                             .action = "case_state_changed",
                             .subject = state};
    if (!work_edit_run(&edit, &older, err))
        return false;
    if (!older)
        return visit_redirect(visit, work.url);
    visit->response->status = 409;
    return staff_case_page_show(
        visit,
        &(struct case_page_refusal){.message =
                                        _("Somebody has changed the case since you opened it. Nothing was done: look at"
                                          " it as it is now, and choose again.")},
        err);
}

/* --- notes ------------------------------------------------------------------------------------------------------------------------------------ */

struct noting {
    struct visit *visit;
    const struct work_case *work;
    struct str body;
};

static bool note_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct noting *noting = context;
    struct visit *visit = noting->visit;
    return db_exec(conn, "INSERT INTO case_note (case_id, at, staff_id, who, body) VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_INT(noting->work->id), DB_INT(visit->now_us), DB_INT(visit->staff.id),
                           DB_TEXT(visit->staff.email), DB_TEXT(noting->body)),
                   err) &&
           visit_audit(visit, "case_note_added", arena_printf(visit->arena, "case %.*s", STR_FMT(noting->work->number)),
                       STR_NONE, err);
}

bool case_note_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct str body = str_trim(http_param(&visit->request->form, "note"));
    const char *fault = !body.n                       ? _("Fill in this field.")
                        : utf8_count(body) > NOTE_MAX ? _("The text is too long.")
                                                      : NULL;
    if (!find(visit, &work, err))
        return false;
    if (fault) {
        visit->response->status = 400;
        return staff_case_page_show(visit, &(struct case_page_refusal){.note = body, .note_fault = fault}, err);
    }
    struct noting noting = {visit, &work, body};
    return db_transaction(visit->db, note_body, &noting, err) &&
           visit_redirect(visit, arena_printf(visit->arena, "%.*s#case-notes", STR_FMT(work.url)));
}

/* --- attachments --------------------------------------------------------------------------------------------------------------------------- */

struct showing {
    struct visit *visit;
    const struct work_case *work;
    bool visible;
};

static bool show_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct showing *showing = context;
    struct visit *visit = showing->visit;
    struct str subject = arena_printf(visit->arena, "case %.*s", STR_FMT(showing->work->number));
    if (!db_exec(conn, "UPDATE file SET visible = $3 WHERE key = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(visit->path_value[1]), DB_INT(showing->work->id), DB_INT(showing->visible)), err))
        return false;
    if (!db_changes(conn))
        return err_set(err, ERR_NOT_FOUND, NULL, "no such attachment");
    return visit_audit(visit, showing->visible ? "attachment_shown" : "attachment_hidden", subject,
                       visit->path_value[1], err);
}

bool case_file_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct showing showing = {.visit = visit, .work = &work};
    struct str visible = http_param(&visit->request->form, "visible");
    if (!find(visit, &work, err))
        return false;
    if (!str_eqz(visible, "yes") && !str_eqz(visible, "no"))
        return err_set(err, ERR_INVALID, NULL, "visible is neither yes nor no");
    showing.visible = str_eqz(visible, "yes");
    return db_transaction(visit->db, show_body, &showing, err) &&
           visit_redirect(visit, arena_printf(visit->arena, "%.*s#case-files", STR_FMT(work.url)));
}

bool case_file_get(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct sent_file file;
    if (!find(visit, &work, err))
        return false;
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT name, digest, media_type FROM file WHERE key = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(visit->path_value[1]), DB_INT(work.id)), err);
    bool found = rows && db_next(rows);
    if (found)
        file = (struct sent_file){db_text_copy(rows, 0, visit->arena), db_text_copy(rows, 1, visit->arena),
                                  arena_z(visit->arena, db_text(rows, 2))};
    if (!db_done(rows, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such attachment");
    return send_file(visit, &file, store_inline(file.media_type), err);
}
