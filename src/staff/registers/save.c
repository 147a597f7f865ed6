/* Saves a row of a register. */
#include "access/scope.h"
#include "model/history.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

struct register_saving {
    const struct staff_register *reg;
    struct form *form, fresh; /* fresh: the stored row at the time of saving */
    bool made, older;         /* older: the stored row changed after the form was made */
};

static struct str register_subject(const struct register_saving *saving)
{
    return arena_printf(saving->form->visit->arena, "%s %.*s", saving->reg->path, STR_FMT(saving->form->values[0]));
}

static bool register_note(void *context, struct str label, struct str before, struct str after, struct err *err)
{
    const struct register_saving *saving = context;
    const struct form *form = saving->form;
    return history_add(form->visit, (struct history_of){saving->reg->entity->table_literal, form->id}, label, before,
                       after, err);
}

static bool register_note_all(struct register_saving *saving, struct err *err)
{
    if (saving->made)
        return register_note(saving, tr(LANG_SV, _("The row is registered")), STR_NONE, saving->form->values[0], err);
    return form_history(saving->form, register_note, saving, err);
}

static bool register_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct register_saving *saving = context;
    struct form *form = saving->form;
    struct visit *visit = form->visit;
    struct record_column columns[FORM_FIELDS_MAX];
    if (saving->made)
        form->id = 0; /* the transaction may run this function again */
    /* generation_bump lets only one writer in at a time, so nobody changes the row between reading and saving. */
    if (!generation_bump(conn, err) ||
        (!saving->made && !register_load(visit, saving->reg, form->values[0], &saving->fresh, err)))
        return false;
    saving->older = !saving->made && form_is_older(&saving->fresh);
    if (saving->older)
        return err_set(err, ERR_CONFLICT, NULL, "the row is another than the form was made for");
    return saving->reg->save(conn, visit->arena, columns, form_columns(form, columns), &form->id, err) &&
           register_note_all(saving, err) &&
           visit_audit(visit, saving->made ? "register_row_added" : "register_row_changed", register_subject(saving),
                       form_changed_names(form), err) &&
           (!saving->reg->settle || saving->reg->settle(form, err));
}

static bool register_show_refused(const struct register_saving *saving, const struct msgid *why, int status,
                                  struct err *err)
{
    struct visit *visit = saving->form->visit;
    struct register_form_view view = {.form = {.refusal = visit_tr(visit, why)}};
    visit->response->status = status;
    return register_form_show(visit, saving->reg, saving->form, &view, err);
}

static bool register_show_older(const struct register_saving *saving, struct err *err)
{
    struct visit *visit = saving->form->visit;
    struct register_form_view view = {.title = STR_NONE};
    return form_merge(saving->form, &saving->fresh, &view.form, err) &&
           form_last_changed(visit, "register_row_changed", register_subject(saving), &view.form, err) &&
           register_form_show(visit, saving->reg, saving->form, &view, err);
}

/* Shows the form again after a conflict: the row is older, not allowed, or its number is taken. */
static bool register_show_conflict(struct register_saving *saving, struct err *err)
{
    const struct msgid *why = err->message ? err->message : _("Somebody has just taken this number.");
    *err = (struct err){.kind = ERR_NONE};
    if (saving->made)
        saving->form->id = 0;
    if (saving->older)
        return register_show_older(saving, err);
    bool refused = form_refused(saving->form);
    return register_show_refused(saving, refused ? NULL : why, refused ? 400 : 409, err);
}

/* The number of a new row must not be the number of another row. */
static bool register_check_number(struct form *form, const struct entity *entity, struct err *err)
{
    bool taken = false;
    int64_t id = 0;
    if (form->id || form->errors[0].n || !form->values[0].n)
        return true;
    struct sql sql = sql_start(form->visit->arena, "SELECT t.id FROM {} t WHERE t.number = ?",
                               SQL(entity->table_literal), DB_TEXT(form->values[0]));
    if (!db_find_sql(form->visit->db, form->visit->arena, &sql, DB_TARGETS(TO(&id)), &taken, err))
        return false;
    if (taken)
        form_refuse(form, 0, _("The number is taken."));
    return true;
}

static bool register_save(struct visit *visit, const struct staff_register *reg, struct form *form, struct err *err)
{
    struct register_saving saving = {.reg = reg, .form = form, .made = form->id == 0};
    if (!form_read(form, &visit->request->form, err) || !register_check_number(form, reg->entity, err))
        return false;
    if (form_refused(form))
        return register_show_refused(&saving, NULL, 400, err);
    if (!db_transaction(visit->db, register_save_body, &saving, err))
        return err->kind == ERR_CONFLICT && register_show_conflict(&saving, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, register_path(visit->arena, reg, form->values[0], ""));
}

bool register_new_send(struct visit *visit, struct err *err)
{
    const struct staff_register *reg = register_of(visit);
    struct form form;
    register_begin(visit, reg, &form);
    return register_save(visit, reg, &form, err);
}

bool register_row_send(struct visit *visit, struct err *err)
{
    const struct staff_register *reg = register_of(visit);
    struct form form;
    return register_load_asked(visit, reg, &form, err) && register_save(visit, reg, &form, err);
}
