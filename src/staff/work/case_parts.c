/*
 * The actions on the page of a case that have no form of their own: its state, notes, and which attachments the portal
 * shows.
 */
#include "model/case.h"
#include "model/case_state.h"
#include "model/case_write.h"
#include "model/field.h"
#include "model/file.h"
#include "model/notice.h"
#include "model/submission.h"
#include "portal/address.h"
#include "portal/send_file.h"
#include "service/store.h"
#include "staff/work/case_page.h"
#include "staff/work/internal.h"

/* --- the state of a case without work orders (domain 2) ----------------------------------------------------------- */

struct state_setting {
    int64_t wanted;
    bool booked; /* a cancelled case with a coming booking is opened again */
};

static bool state_write(struct case_edit *edit, struct err *err)
{
    const struct state_setting *setting = edit->context;
    bool finished = false;
    return case_state_set(edit, setting->wanted, &finished, err) &&
           (!finished || notice_case(edit->visit, edit->case_id, NOTICE_FINISH, err)) &&
           (!setting->booked || notice_case(edit->visit, edit->case_id, NOTICE_BOOKING, err));
}

bool case_state_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct state_setting setting = {.wanted = 0};
    struct str state = http_param(&visit->request->form, "state");
    bool older = false;
    int64_t booked = 0;
    if (!work_case_find(visit, &work, err))
        return false;
    setting.wanted = code_find(&case_statuses, state);
    if (setting.wanted != CASE_STARTED && setting.wanted != CASE_FINISHED)
        return err_set(err, ERR_INVALID, NULL, "not a state that can be set by hand");
    if (work.status == CASE_CANCELLED &&
        !db_query_int(visit->db,
                      "SELECT CASE WHEN COUNT(*) = 0 THEN 0 ELSE 1 END FROM work_order WHERE case_id = $1"
                      " AND booked_from > $2 AND status < " WORK_ORDER_FINISHED_SQL,
                      DB_ARGS(DB_INT(work.id), DB_INT(visit->now_us)), NULL, &booked, err))
        return false;
    setting.booked = booked != 0;
    struct case_edit edit = {
        .write = state_write, .context = &setting, .action = "case_state_changed", .subject = state};
    if (!work_edit_run(visit, &work, &edit, &older, err))
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

/* --- notes -------------------------------------------------------------------------------------------------------- */

struct noting {
    struct visit *visit;
    const struct work_case *work;
    struct str body, seen;
};

/* The same form makes one note, however often it is sent; the same text written again later has seen the first. */
static bool case_note_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct noting *noting = context;
    struct visit *visit = noting->visit;
    struct str text = arena_printf(visit->arena, "%lld %lld %.*s %.*s", (long long)visit->staff.id,
                                   (long long)noting->work->id, STR_FMT(noting->seen), STR_FMT(noting->body));
    struct str key = app_mac(visit->app, visit->arena, "staff note", text);
    return staff_submission_add(conn, key, noting->work->id, visit->now_us, err) &&
           case_note_add(noting->visit, noting->work->id, noting->work->number, noting->body, err);
}

bool case_note_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct str body = field_clean_text(visit->arena, http_param(&visit->request->form, "note"), true);
    const struct msgid *fault = !body.n                       ? _("Fill in this field.")
                                : utf8_count(body) > NOTE_MAX ? _("The text is too long.")
                                                              : NULL;
    if (!work_case_find(visit, &work, err))
        return false;
    if (fault) {
        visit->response->status = 400;
        return staff_case_page_show(visit, &(struct case_page_refusal){.note = body, .note_fault = fault}, err);
    }
    struct noting noting = {visit, &work, body, http_param(&visit->request->form, "seen")};
    bool noted = db_transaction(visit->db, case_note_body, &noting, err), twice = !noted && err->kind == ERR_CONFLICT;
    if (!noted && !twice)
        return false;
    *err = (struct err){.kind = ERR_NONE};
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, arena_printf(visit->arena, "%.*s#case-notes", STR_FMT(work.url)));
}

/* --- attachments -------------------------------------------------------------------------------------------------- */

struct showing {
    struct visit *visit;
    const struct work_case *work;
    bool visible;
};

static bool attachment_show_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct showing *showing = context;
    (void)conn;
    return attachment_show(showing->visit, showing->work->id, showing->work->number, showing->visit->path_value[1],
                           showing->visible, err);
}

bool case_file_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct showing showing = {.visit = visit, .work = &work};
    struct str visible = http_param(&visit->request->form, "visible");
    if (!work_case_find(visit, &work, err))
        return false;
    if (!str_eqz(visible, "yes") && !str_eqz(visible, "no"))
        return err_set(err, ERR_INVALID, NULL, "visible is neither yes nor no");
    showing.visible = str_eqz(visible, "yes");
    if (!db_transaction(visit->db, attachment_show_body, &showing, err))
        return false;
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, arena_printf(visit->arena, "%.*s#case-files", STR_FMT(work.url)));
}

bool case_file_get(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct sent_file file;
    if (!work_case_find(visit, &work, err))
        return false;
    bool found;
    if (!db_find(visit->db, visit->arena, "SELECT name, digest, media_type FROM file WHERE key = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(visit->path_value[1]), DB_INT(work.id)),
                 DB_TARGETS(TO(&file.name), TO(&file.digest), TO(&file.media_type)), &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such attachment");
    return send_file(visit, &file, store_inline(file.media_type), err);
}
