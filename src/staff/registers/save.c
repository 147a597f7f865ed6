/* Saving a row of a register. */
#include "access/scope.h"
#include "portal/address.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

struct saving {
    struct visit *visit;
    const struct staff_register *reg;
    struct register_row *row;
    struct str changed; /* names of the fields, for the audit */
    bool made;
    struct str was; /* what the form was made for, empty: not told */
    bool older;     /* it is another now */
};

static bool save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    if (saving->made)
        saving->row->id = 0; /* the body may run again */
    const char *action = saving->made ? "register_row_added" : "register_row_changed";
    struct str subject =
        arena_printf(saving->visit->arena, "%s %.*s", saving->reg->path, STR_FMT(saving->row->values[0]));
    /* The generation lets one writer in at a time: nobody changes the row between looking and saving. */
    if (!generation_bump(conn, err) ||
        (!saving->made &&
         !register_is_older(saving->visit, saving->reg, saving->row->number, saving->was, &saving->older, err)))
        return false;
    if (saving->older)
        return err_set(err, ERR_CONFLICT, NULL, "the row is another than the form was made for");
    return saving->reg->save(saving->visit, saving->row, err) &&
           visit_audit(saving->visit, action, subject, saving->changed, err) &&
           (!saving->reg->settle || saving->reg->settle(saving->visit, saving->row, err));
}

static struct str changed_fields(struct arena *arena, const struct staff_register *reg,
                                 const struct register_row *before, const struct register_row *after)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < reg->field_count; i++) {
        if (!str_eq(before->values[i], after->values[i]))
            buf_printf(&text, "%s%s", text.n ? ", " : "", reg->fields[i].name);
    }
    return buf_text(&text);
}

static struct str was_sent(const struct visit *visit)
{
    return http_param(&visit->request->form, "was");
}

static bool refuse(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                   const char *why, int status, struct err *err)
{
    struct register_form_view view = {.refusal = visit_tr(visit, why), .was = was_sent(visit)};
    visit->response->status = status;
    return register_form_show(visit, reg, row, &view, err);
}

static bool refuse_older(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                         struct err *err)
{
    struct register_form_view view = {
        .refusal = visit_tr(
            visit, _("Somebody has changed this since you opened it. Nothing of yours is saved yet, and nothing"
                     " that you typed is lost: look at what changed, then save again."))};
    *err = (struct err){.kind = ERR_NONE};
    visit->response->status = 409;
    return register_merge(visit, reg, row, was_sent(visit), &view, err) &&
           register_form_show(visit, reg, row, &view, err);
}

static bool has_fault(const struct staff_register *reg, const struct register_row *row)
{
    for (size_t i = 0; i < reg->field_count; i++) {
        if (row->faults[i])
            return true;
    }
    return false;
}

static bool save(struct visit *visit, const struct staff_register *reg, const struct register_row *before,
                 struct register_row *row, struct err *err)
{
    bool sound = false;
    if (!register_check(visit, reg, row, &sound, err))
        return false;
    if (!sound)
        return refuse(visit, reg, row, NULL, 400, err);
    struct saving saving = {.visit = visit,
                            .reg = reg,
                            .row = row,
                            .changed = changed_fields(visit->arena, reg, before, row),
                            .made = row->id == 0,
                            .was = was_sent(visit)};
    if (!db_transaction(visit->db, save_body, &saving, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        if (saving.made)
            row->id = 0;
        if (saving.older)
            return refuse_older(visit, reg, row, err);
        if (has_fault(reg, row))
            return refuse(visit, reg, row, NULL, 400, err);
        return refuse(visit, reg, row, err->message ? err->message : _("Somebody has just taken this number."), 409,
                      err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, register_path(visit->arena, reg, row->values[0], ""));
}

bool register_new_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row before = {.id = 0}, row = {.id = 0};
    return save(visit, reg, &before, &row, err);
}

bool register_row_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct register_row before, row;
    if (!register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), &before, err))
        return false;
    row = before;
    return save(visit, reg, &before, &row, err);
}
