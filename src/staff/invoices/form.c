/* Makes a specification and changes a draft. The form asks for customer and period first, then for the rows. */
#include "model/history.h"
#include "staff/find/find.h"
#include "staff/invoices/draft.h"
#include "staff/invoices/invoices.html.h"

#include <inttypes.h>

void specification_draft_begin(struct visit *visit, struct specification_draft *draft)
{
    *draft = (struct specification_draft){.stored = {.id = 0}};
    form_begin(&draft->form, visit, &specification_entity);
    draft->form.find = form_lookup;
    draft->form.fields[SPEC_CUSTOMER].label_msgid = _("Customer (number)");
    draft->form.fields[SPEC_ROWS].shown = false; /* they are chosen in a table of their own */
    form_lookup_path(&draft->form, SPEC_CUSTOMER);
}

bool specification_draft_load(struct visit *visit, struct specification_draft *draft, struct err *err)
{
    specification_draft_begin(visit, draft);
    draft->form.fields[SPEC_CUSTOMER].readonly = true; /* the customer of a draft never changes */
    return staff_specification_find(visit, &draft->stored, err) &&
           form_load(&draft->form, &specification_entity, draft->stored.id, err);
}

static bool specification_draft_read(struct form *form, const struct http_params *sent, struct err *err)
{
    const struct str *values = form->values;
    if (!form_read(form, sent, err))
        return false;
    if (!form->errors[SPEC_FROM].n && !form->errors[SPEC_TO].n && values[SPEC_FROM].n && values[SPEC_TO].n &&
        str_cmp(values[SPEC_TO], values[SPEC_FROM]) < 0)
        form_refuse(form, SPEC_TO, _("The period ends before it begins."));
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* Fills the rows to choose from. Rows that the user chose stay chosen when the form is refused. */
static bool specification_draft_fill_rows(struct specification_draft *draft, struct staff_specification_form_view *view,
                                          struct err *err)
{
    struct form *form = &draft->form;
    struct visit *visit = form->visit;
    bool sent = visit->request->method == HTTP_POST;
    /* an invalid period must not hide rows that were chosen */
    bool valid = !form->errors[SPEC_FROM].n && !form->errors[SPEC_TO].n;
    const struct specification_choice choice = {.specification_id = draft->stored.id,
                                                .customer_id = form->ids[SPEC_CUSTOMER],
                                                .from = valid ? form->values[SPEC_FROM] : STR_NONE,
                                                .to = valid ? form->values[SPEC_TO] : STR_NONE};
    struct staff_specification_row_view *rows;
    if (!staff_specification_choices_load(visit, &choice, &rows, &view->row_count, &view->more, err))
        return false;
    view->had =
        sent ? http_param(&visit->request->form, "had") : specification_draft_had(visit->arena, rows, view->row_count);
    for (size_t i = 0; sent && i < view->row_count; i++)
        rows[i].chosen = !rows[i].lost && specification_draft_row_is_sent(&visit->request->form, rows[i].number);
    view->rows = rows;
    specification_draft_tell_lost(form, view);
    return true;
}

static bool specification_draft_fill_customer(struct specification_draft *draft,
                                              struct staff_specification_form_view *view, struct err *err)
{
    struct lookup_hit hit = {.id = 0};
    if (draft->form.ids[SPEC_CUSTOMER] &&
        !lookup_number(draft->form.visit, LOOKUP_CUSTOMER, draft->form.values[SPEC_CUSTOMER], &hit, err))
        return false;
    form_page_field(&view->form, SPEC_CUSTOMER)->hint = hit.name;
    return true;
}

static bool specification_draft_show_filled(struct specification_draft *draft,
                                            struct staff_specification_form_view *view, struct err *err)
{
    struct visit *visit = draft->form.visit;
    struct str number = draft->stored.number;
    bool fresh = draft->stored.id == 0;
    draft->form.fields[SPEC_CUSTOMER].readonly = !view->asks;
    if (!form_fill(&draft->form, &view->form, err) || !specification_draft_fill_customer(draft, view, err))
        return false;
    view->fresh = fresh;
    view->heading = fresh ? visit_tr(visit, _("New invoice specification"))
                          : tr_fill(visit->arena, visit->view.lang, _("Change invoice specification {1}"), &number, 1);
    view->action = fresh ? STR("/staff/invoices/new") : staff_specification_path(visit->arena, number, "/edit");
    view->back_url = fresh ? STR("/staff/invoices") : staff_specification_path(visit->arena, number, "");
    view->back_label = fresh ? visit_tr(visit, _("Invoice specifications")) : number;
    return page_show(visit, view->heading, staff_specification_form_html, view);
}

/* asks: the first step, which asks for customer and period. refusal: why nothing was saved (msgid), or NULL. */
static bool specification_draft_show(struct specification_draft *draft, bool asks, const struct msgid *refusal,
                                     struct err *err)
{
    struct visit *visit = draft->form.visit;
    bool sent = visit->request->method == HTTP_POST;
    struct staff_specification_form_view view = {
        .form = {.refusal = visit_tr(visit, refusal)},
        .asks = asks,
        .stamp =
            sent ? http_param(&visit->request->form, "stamp") : staff_specification_stamp(visit->arena, &draft->stored),
    };
    return (asks || specification_draft_fill_rows(draft, &view, err)) &&
           specification_draft_show_filled(draft, &view, err);
}

/* Without a customer the form asks for customer and period. With a customer it shows the rows, all of them chosen. */
bool staff_specification_new_page(struct visit *visit, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct specification_draft draft;
    specification_draft_begin(visit, &draft);
    if (!http_has(query, "period_from")) {
        form_put(&draft.form, SPEC_CUSTOMER, http_param(query, "customer"), 0);
        return specification_draft_show(&draft, true, NULL, err);
    }
    if (!specification_draft_read(&draft.form, query, err))
        return false;
    if (form_refused(&draft.form))
        visit->response->status = 400;
    return specification_draft_show(&draft, form_refused(&draft.form), NULL, err);
}

bool staff_specification_edit_page(struct visit *visit, struct err *err)
{
    struct specification_draft draft;
    if (!specification_draft_load(visit, &draft, err))
        return false;
    if (draft.stored.status != SPECIFICATION_DRAFT)
        return visit_redirect(visit, staff_specification_path(visit->arena, draft.stored.number, ""));
    return specification_draft_show(&draft, false, NULL, err);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/* Whether the draft is another than the form was made for. */
static bool specification_draft_is_older(struct specification_draft *draft, struct err *err)
{
    struct visit *visit = draft->form.visit;
    struct specification_draft now;
    if (!specification_draft_load(visit, &now, err))
        return false;
    draft->stale =
        now.stored.status != SPECIFICATION_DRAFT || form_is_older(&now.form) ||
        !str_eq(staff_specification_stamp(visit->arena, &now.stored), http_param(&visit->request->form, "stamp"));
    return true;
}

struct specification_noting {
    struct visit *visit;
    struct history_of of;
};

static bool specification_draft_note_field(void *context, struct str label, struct str before, struct str after,
                                           struct err *err)
{
    const struct specification_noting *noting = context;
    return history_add(noting->visit, noting->of, label, before, after, err);
}

/* Writes how many rows a specification has and their sum. */
static struct str specification_draft_rows_text(const struct visit *visit, const struct specification *one)
{
    return arena_printf(visit->arena, "%" PRId64 " (%.*s)", one->row_count,
                        STR_FMT(fmt_money(visit->arena, LANG_SV, one->total)));
}

/* Adds the lines of history of a saved draft. */
static bool specification_draft_note(struct specification_draft *draft, int64_t id, struct err *err)
{
    struct visit *visit = draft->form.visit;
    struct specification_noting noting = {visit, {"invoice_specification", id}};
    struct specification now;
    if (!draft->stored.id)
        return specification_draft_note_field(&noting, tr(LANG_SV, _("The specification is made")), STR_NONE,
                                              draft->saved, err);
    if (!form_history(&draft->form, specification_draft_note_field, &noting, err) ||
        !specification_find_any(visit->db, visit->arena, draft->saved, &now, err))
        return false;
    struct str before = specification_draft_rows_text(visit, &draft->stored);
    struct str after = specification_draft_rows_text(visit, &now);
    return str_eq(before, after) || specification_draft_note_field(&noting, tr(LANG_SV, _("Rows")), before, after, err);
}

/* Fails with ERR_CONFLICT, which undoes what was written, when another specification took a row meanwhile. */
static bool specification_draft_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct specification_draft *draft = context;
    struct visit *visit = draft->form.visit;
    struct specification saved = draft->stored; /* a copy, because the transaction may run again */
    struct record_column columns[FORM_FIELDS_MAX];
    if (!specification_lock(conn, err) || (saved.id && !specification_draft_is_older(draft, err)))
        return false;
    if (draft->stale)
        return true;
    saved.customer_id = draft->form.ids[SPEC_CUSTOMER];
    if (!specification_save(conn, visit->arena, &saved, columns, form_columns(&draft->form, columns), draft->rows,
                            draft->row_count, visit->now_us, &draft->taken, err))
        return false;
    if (draft->taken)
        return err_set(err, ERR_CONFLICT, NULL, "a row stands elsewhere");
    draft->saved = saved.number;
    return specification_draft_note(draft, saved.id, err) &&
           visit_audit(visit, draft->stored.id ? "specification_changed" : "specification_made", saved.number, STR_NONE,
                       err);
}

/* When two people change the same draft, the second sees what the first changed and keeps what they typed and chose. */
static bool specification_draft_show_older(struct specification_draft *mine, struct err *err)
{
    struct visit *visit = mine->form.visit;
    struct specification_draft fresh;
    struct staff_specification_form_view view = {.asks = false};
    if (!specification_draft_load(visit, &fresh, err))
        return false;
    if (fresh.stored.status != SPECIFICATION_DRAFT)
        return staff_specification_refuse(
            visit, visit_tr(visit, _("The specification has changed meanwhile. Nothing was saved.")), 409, err);
    return specification_draft_merge(mine, &fresh, &view, err) && specification_draft_show_filled(mine, &view, err);
}

static void specification_draft_take_rows(struct specification_draft *draft)
{
    const struct http_params *sent = &draft->form.visit->request->form;
    struct str number;
    size_t at = 0;
    draft->rows = ARENA_ARRAY(draft->form.visit->arena, struct str, sent->count);
    while (http_param_next(sent, "row", &at, &number))
        draft->rows[draft->row_count++] = number;
}

static bool specification_draft_refuse(struct specification_draft *draft, const struct msgid *refusal, int status,
                                       struct err *err)
{
    draft->form.visit->response->status = status;
    return specification_draft_show(draft, !draft->form.ids[SPEC_CUSTOMER], refusal, err);
}

static bool specification_draft_save(struct visit *visit, struct specification_draft *draft, struct err *err)
{
    specification_draft_take_rows(draft);
    if (!specification_draft_read(&draft->form, &visit->request->form, err))
        return false;
    if (form_refused(&draft->form))
        return specification_draft_refuse(draft, NULL, 400, err);
    if (!draft->row_count)
        return specification_draft_refuse(draft, _("Choose at least one row."), 400, err);
    if (!db_transaction(visit->db, specification_draft_save_body, draft, err)) {
        if (err->kind != ERR_CONFLICT || !draft->taken)
            return false;
        return specification_draft_refuse(
            draft,
            _("One of the rows has been put on another specification or changed meanwhile. Look"
              " through the rows and save again."),
            409, err);
    }
    if (draft->stale)
        return specification_draft_show_older(draft, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, staff_specification_path(visit->arena, draft->saved, ""));
}

bool staff_specification_new_send(struct visit *visit, struct err *err)
{
    struct specification_draft draft;
    specification_draft_begin(visit, &draft);
    return specification_draft_save(visit, &draft, err);
}

bool staff_specification_edit_send(struct visit *visit, struct err *err)
{
    struct specification_draft draft;
    return specification_draft_load(visit, &draft, err) && specification_draft_save(visit, &draft, err);
}
