/* Saves a row of a register. */
#include "access/scope.h"
#include "portal/address.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

struct saving {
    struct visit *visit;
    const struct staff_register *reg;
    struct register_row *row;
    struct register_row fresh; /* the stored row at the time of saving */
    bool made, older;          /* older: the stored row changed after the form was made */
};

static bool registers_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    struct visit *visit = saving->visit;
    struct register_row *row = saving->row;
    if (saving->made)
        row->id = 0; /* the transaction may run this function again */
    const char *action = saving->made ? "register_row_added" : "register_row_changed";
    struct str subject = arena_printf(visit->arena, "%s %.*s", saving->reg->path, STR_FMT(row->form.values[0]));
    /* generation_bump lets only one writer in at a time, so nobody changes the row between reading and saving. */
    if (!generation_bump(conn, err) ||
        (!saving->made && !register_load(visit, saving->reg, row->number, &saving->fresh, err)))
        return false;
    saving->older = !saving->made && form_is_older(&saving->fresh.form);
    if (saving->older)
        return err_set(err, ERR_CONFLICT, NULL, "the row is another than the form was made for");
    return saving->reg->save(visit, row, err) &&
           visit_audit(visit, action, subject, form_changed_names(&row->form), err) &&
           (!saving->reg->settle || saving->reg->settle(visit, row, err));
}

static bool register_show_refused(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                                  const struct msgid *why, int status, struct err *err)
{
    struct register_form_view view = {.form = {.refusal = visit_tr(visit, why)}};
    visit->response->status = status;
    return register_form_show(visit, reg, row, &view, err);
}

/* Reads from the audit who changed the row last. Nothing is found when an import changed it. */
static bool registers_save_load_changer(struct visit *visit, const struct staff_register *reg, struct str number,
                                        struct form_page *page, struct err *err)
{
    struct str subject = arena_printf(visit->arena, "%s %.*s", reg->path, STR_FMT(number));
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who FROM audit WHERE subject = $1 AND action = 'register_row_changed'"
                                    " ORDER BY id DESC LIMIT 1",
                                    DB_ARGS(DB_TEXT(subject)), err);
    if (db_next(rows))
        page->changed_by =
            tr_fill(visit->arena, visit->view.lang, _("Last changed by {2} at {1}."),
                    (struct str[]){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)), db_text(rows, 1)}, 2);
    return db_done(rows, err);
}

static bool register_show_older(struct saving *saving, struct err *err)
{
    struct register_form_view view = {.title = STR_NONE};
    struct register_row *row = saving->row;
    return form_merge(&row->form, &saving->fresh.form, &view.form, err) &&
           registers_save_load_changer(saving->visit, saving->reg, row->number, &view.form, err) &&
           register_form_show(saving->visit, saving->reg, row, &view, err);
}

static bool register_save(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                          struct err *err)
{
    if (!register_read(visit, reg, row, err))
        return false;
    if (form_refused(&row->form))
        return register_show_refused(visit, reg, row, NULL, 400, err);
    struct saving saving = {.visit = visit, .reg = reg, .row = row, .made = row->id == 0};
    if (!db_transaction(visit->db, registers_save_body, &saving, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        const struct msgid *why = err->message ? err->message : _("Somebody has just taken this number.");
        *err = (struct err){.kind = ERR_NONE};
        if (saving.made)
            row->id = 0;
        if (saving.older)
            return register_show_older(&saving, err);
        bool refused = form_refused(&row->form);
        return register_show_refused(visit, reg, row, refused ? NULL : why, refused ? 400 : 409, err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, register_path(visit->arena, reg, row->form.values[0], ""));
}

bool register_new_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    register_blank(visit, reg, &row);
    return register_save(visit, reg, &row, err);
}

bool register_row_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row row;
    return register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &row, err) &&
           register_save(visit, reg, &row, err);
}
