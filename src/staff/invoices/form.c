/* Makes a specification and changes a draft. The form asks for customer and period first, then for the rows. */
#include "base/clock.h"
#include "model/specification.h"
#include "portal/address.h"
#include "staff/find/find.h"
#include "staff/invoices/invoices.html.h"
#include "staff/invoices/specification.h"

static const struct {
    const char *name, *type;
    int64_t max;
} FIELDS[DRAFT_FIELDS] = {
    [DRAFT_CUSTOMER] = {"customer", "text", 100},
    [DRAFT_FROM] = {"period_from", "date", 0},
    [DRAFT_TO] = {"period_to", "date", 0},
    [DRAFT_TITLE] = {"title", "text", 200},
    [DRAFT_REFERENCE] = {"your_reference", "text", 100},
};

const struct msgid *const staff_specification_field_labels[DRAFT_FIELDS] = {
    [DRAFT_CUSTOMER] = _("Customer (number)"),
    [DRAFT_FROM] = _("Period from"),
    [DRAFT_TO] = _("Period to"),
    [DRAFT_TITLE] = _("Title"),
    [DRAFT_REFERENCE] = _("Your reference"),
};

static void invoices_form_take(struct specification *specification, const struct http_params *params)
{
    if (!specification->id)
        specification->customer = str_trim(http_param(params, FIELDS[DRAFT_CUSTOMER].name));
    specification->period_from = str_trim(http_param(params, FIELDS[DRAFT_FROM].name));
    specification->period_to = str_trim(http_param(params, FIELDS[DRAFT_TO].name));
    specification->title = str_trim(http_param(params, FIELDS[DRAFT_TITLE].name));
    specification->your_reference = str_trim(http_param(params, FIELDS[DRAFT_REFERENCE].name));
}

static const struct msgid *date_fault(struct str text)
{
    int32_t date;
    return text.n && !date_parse(text, &date) ? _("Write the date as 2026-03-31.") : NULL;
}

/* Finds the customer by number, or by words that only one customer contains. The customer of a draft never changes. */
static bool find_customer(struct visit *visit, struct specification *specification, const struct msgid **fault,
                          struct err *err)
{
    struct lookup_hit hit;
    struct str why;
    if (specification->id)
        return true;
    if (!specification->customer.n) {
        *fault = _("Fill in this field.");
        return true;
    }
    if (!lookup_typed(visit, LOOKUP_CUSTOMER, specification->customer, &hit, &why, err))
        return false;
    specification->customer_id = hit.id;
    specification->customer_name = hit.name;
    if (hit.id)
        specification->customer = hit.number;
    else
        *fault = _(arena_z(visit->arena, why)); /* a text of the catalogue, filled in: shown as it is */
    return true;
}

/* Checks the fields and fills their faults, NULL where a field is fine. *sound is false when there is a fault. */
static bool invoices_form_check(struct visit *visit, struct specification *specification,
                                const struct msgid *faults[DRAFT_FIELDS], bool *sound, struct err *err)
{
    faults[DRAFT_FROM] = date_fault(specification->period_from);
    faults[DRAFT_TO] = date_fault(specification->period_to);
    if (!faults[DRAFT_FROM] && !faults[DRAFT_TO] && specification->period_from.n && specification->period_to.n &&
        str_cmp(specification->period_to, specification->period_from) < 0)
        faults[DRAFT_TO] = _("The period ends before it begins.");
    if (utf8_count(specification->title) > (size_t)FIELDS[DRAFT_TITLE].max)
        faults[DRAFT_TITLE] = _("The text is too long.");
    if (utf8_count(specification->your_reference) > (size_t)FIELDS[DRAFT_REFERENCE].max)
        faults[DRAFT_REFERENCE] = _("The text is too long.");
    if (!find_customer(visit, specification, &faults[DRAFT_CUSTOMER], err))
        return false;
    *sound = true;
    for (int i = 0; i < DRAFT_FIELDS; i++)
        *sound = *sound && !faults[i];
    return true;
}

static void invoices_form_fill_fields(struct visit *visit, const struct specification *specification,
                                      const struct msgid *const faults[DRAFT_FIELDS],
                                      struct staff_specification_form_view *view)
{
    const struct str values[DRAFT_FIELDS] = {specification->customer, specification->period_from,
                                             specification->period_to, specification->title,
                                             specification->your_reference};
    for (int i = 0; i < DRAFT_FIELDS; i++)
        view->fields[i] = (struct field){.name = str_of(FIELDS[i].name),
                                         .label = visit_tr(visit, staff_specification_field_labels[i]),
                                         .type = FIELDS[i].type,
                                         .max_length = FIELDS[i].max,
                                         .value = values[i],
                                         .error = visit_tr(visit, faults[i]),
                                         .required = i == DRAFT_CUSTOMER,
                                         .readonly = i == DRAFT_CUSTOMER && !view->asks};
    view->fields[DRAFT_CUSTOMER].lookup = lookup_paths[LOOKUP_CUSTOMER];
    view->fields[DRAFT_CUSTOMER].hint = specification->customer_name;
}

/* Rows that the user chose stay chosen when the form is refused. */
static bool invoices_form_fill_rows(struct visit *visit, const struct specification *specification, bool sent,
                                    struct staff_specification_form_view *view, struct err *err)
{
    struct staff_specification_row_view *rows;
    if (!staff_specification_choices_load(visit, specification, &rows, &view->row_count, &view->more, err))
        return false;
    view->had =
        sent ? http_param(&visit->request->form, "had") : staff_specification_had(visit->arena, rows, view->row_count);
    for (size_t i = 0; sent && i < view->row_count; i++)
        rows[i].chosen = !rows[i].lost && staff_specification_is_sent(&visit->request->form, rows[i].number);
    view->rows = rows;
    staff_specification_tell_lost(visit, view);
    return true;
}

static void show_filled(struct visit *visit, const struct specification *specification,
                        const struct msgid *const faults[DRAFT_FIELDS], struct staff_specification_form_view *view)
{
    view->fresh = specification->id == 0;
    view->heading = specification->id ? tr_fill(visit->arena, visit->view.lang, _("Change invoice specification {1}"),
                                                &specification->number, 1)
                                      : visit_tr(visit, _("New invoice specification"));
    view->action = specification->id ? staff_specification_path(visit->arena, specification->number, "/edit")
                                     : STR("/staff/invoices/new");
    view->back_url =
        specification->id ? staff_specification_path(visit->arena, specification->number, "") : STR("/staff/invoices");
    view->back_label = specification->id ? specification->number : visit_tr(visit, _("Invoice specifications"));
    invoices_form_fill_fields(visit, specification, faults, view);
    page_begin(visit, view->heading);
    staff_specification_form_html(&visit->response->body, &visit->view, view);
    page_end(visit);
}

static bool invoices_form_show(struct visit *visit, const struct specification *specification,
                               const struct msgid *const faults[DRAFT_FIELDS], bool asks, const struct msgid *refusal,
                               struct err *err)
{
    bool sent = visit->request->method == HTTP_POST;
    struct staff_specification_form_view view = {
        .asks = asks,
        .refusal = visit_tr(visit, refusal),
        .stamp = sent && specification->id ? http_param(&visit->request->form, "stamp")
                                           : staff_specification_stamp(visit->arena, specification),
    };
    struct specification offered = *specification;
    if (faults[DRAFT_FROM] || faults[DRAFT_TO]) /* an invalid period must not hide rows that were chosen */
        offered.period_from = offered.period_to = STR_NONE;
    if (!asks && !invoices_form_fill_rows(visit, &offered, sent, &view, err))
        return false;
    show_filled(visit, specification, faults, &view);
    return true;
}

/* Without a customer the form asks for customer and period. With a customer it shows the rows, all of them chosen. */
bool staff_specification_new_page(struct visit *visit, struct err *err)
{
    struct specification specification = {.id = 0};
    const struct msgid *faults[DRAFT_FIELDS] = {NULL};
    bool sound = false, asked = http_has(&visit->request->query, "period_from");
    invoices_form_take(&specification, &visit->request->query);
    if (asked && !invoices_form_check(visit, &specification, faults, &sound, err))
        return false;
    if (asked && !sound)
        visit->response->status = 400;
    return invoices_form_show(visit, &specification, faults, !sound, NULL, err);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

struct saving {
    struct visit *visit;
    struct specification specification;
    struct str *rows;
    size_t row_count;
    struct str seen; /* the stamp of the form when a draft is changed, else empty */
    bool taken, stale;
};

/* Fails with ERR_CONFLICT, which undoes what was written, when another specification took a row meanwhile. */
static bool invoices_form_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    struct specification specification = saving->specification, now;
    saving->stale = false;
    if (!specification_lock(conn, err))
        return false;
    if (specification.id) {
        if (!specification_find_any(saving->visit->db, saving->visit->arena, specification.number, &now, err))
            return false;
        saving->stale = now.status != SPECIFICATION_DRAFT ||
                        !str_eq(staff_specification_stamp(saving->visit->arena, &now), saving->seen);
    }
    if (saving->stale)
        return true;
    const char *action = specification.id ? "specification_changed" : "specification_made";
    if (!specification_save(conn, saving->visit->arena, &specification, saving->rows, saving->row_count,
                            saving->visit->now_us, &saving->taken, err))
        return false;
    if (saving->taken)
        return err_set(err, ERR_CONFLICT, NULL, "a row stands elsewhere");
    saving->specification.number = specification.number;
    return visit_audit(saving->visit, action, specification.number, STR_NONE, err);
}

static bool invoices_form_refuse(struct visit *visit, const struct specification *specification,
                                 const struct msgid *const faults[DRAFT_FIELDS], const struct msgid *refusal,
                                 int status, struct err *err)
{
    visit->response->status = status;
    return invoices_form_show(visit, specification, faults, false, refusal, err);
}

/* When two people change the same draft, the second sees what the first changed and keeps what they typed and chose. */
static bool refuse_older(struct visit *visit, struct specification *mine, struct err *err)
{
    struct specification fresh;
    const struct msgid *faults[DRAFT_FIELDS] = {NULL};
    struct staff_specification_form_view view = {
        .refusal = visit_tr(
            visit, _("Somebody has changed this since you opened it. Nothing of yours is saved yet, and nothing"
                     " that you typed is lost: look at what changed, then save again."))};
    if (!specification_find_any(visit->db, visit->arena, mine->number, &fresh, err))
        return false;
    if (fresh.status != SPECIFICATION_DRAFT)
        return staff_specification_refuse(visit, _("The specification has changed meanwhile. Nothing was saved."), 409,
                                          err);
    visit->response->status = 409;
    if (!staff_specification_merge(visit, mine, &fresh, &view, err))
        return false;
    show_filled(visit, mine, faults, &view);
    return true;
}

static void take_rows(struct visit *visit, struct saving *saving)
{
    struct str number;
    size_t at = 0;
    saving->rows = ARENA_ARRAY(visit->arena, struct str, visit->request->form.count);
    while (http_param_next(&visit->request->form, "row", &at, &number))
        saving->rows[saving->row_count++] = number;
}

static bool save(struct visit *visit, struct saving *saving, struct err *err)
{
    const struct msgid *faults[DRAFT_FIELDS] = {NULL};
    bool sound = false;
    invoices_form_take(&saving->specification, &visit->request->form);
    take_rows(visit, saving);
    if (!invoices_form_check(visit, &saving->specification, faults, &sound, err))
        return false;
    if (!sound) {
        visit->response->status = 400;
        return invoices_form_show(visit, &saving->specification, faults, !saving->specification.customer_id, NULL, err);
    }
    if (!saving->row_count)
        return invoices_form_refuse(visit, &saving->specification, faults, _("Choose at least one row."), 400, err);
    if (!db_transaction(visit->db, invoices_form_save_body, saving, err)) {
        if (err->kind != ERR_CONFLICT || !saving->taken)
            return false;
        return invoices_form_refuse(
            visit, &saving->specification, faults,
            _("One of the rows has been put on another specification or changed meanwhile. Look through the"
              " rows and save again."),
            409, err);
    }
    if (saving->stale)
        return refuse_older(visit, &saving->specification, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, staff_specification_path(visit->arena, saving->specification.number, ""));
}

bool staff_specification_new_send(struct visit *visit, struct err *err)
{
    struct saving saving = {.visit = visit};
    return save(visit, &saving, err);
}

bool staff_specification_edit_page(struct visit *visit, struct err *err)
{
    struct specification specification;
    const struct msgid *faults[DRAFT_FIELDS] = {NULL};
    if (!specification_find_any(visit->db, visit->arena, address_number(visit->arena, visit->path_value[0]),
                                &specification, err))
        return false;
    if (specification.status != SPECIFICATION_DRAFT)
        return visit_redirect(visit, staff_specification_path(visit->arena, specification.number, ""));
    return invoices_form_show(visit, &specification, faults, false, NULL, err);
}

bool staff_specification_edit_send(struct visit *visit, struct err *err)
{
    struct saving saving = {.visit = visit, .seen = http_param(&visit->request->form, "stamp")};
    return specification_find_any(visit->db, visit->arena, address_number(visit->arena, visit->path_value[0]),
                                  &saving.specification, err) &&
           save(visit, &saving, err);
}
