/* Making a specification and changing a draft: customer and period first, then the rows. */
#include "base/clock.h"
#include "customer/cases/cases.h"
#include "model/specification.h"
#include "staff/find/find.h"
#include "staff/invoices/bill.h"
#include "staff/invoices/invoices.html.h"

static const struct {
    const char *name, *type;
    int64_t max;
} FIELDS[BILL_FIELDS] = {
    [BILL_CUSTOMER] = {"customer", "text", 100},
    [BILL_FROM] = {"period_from", "date", 0},
    [BILL_TO] = {"period_to", "date", 0},
    [BILL_TITLE] = {"title", "text", 200},
    [BILL_REFERENCE] = {"your_reference", "text", 100},
};

const char *const bill_field_labels[BILL_FIELDS] = {
    [BILL_CUSTOMER] = _("Customer (number)"),
    [BILL_FROM] = _("Period from"),
    [BILL_TO] = _("Period to"),
    [BILL_TITLE] = _("Title"),
    [BILL_REFERENCE] = _("Your reference"),
};

static void take(struct bill *bill, const struct http_params *params)
{
    if (!bill->id)
        bill->customer = str_trim(http_param(params, FIELDS[BILL_CUSTOMER].name));
    bill->period_from = str_trim(http_param(params, FIELDS[BILL_FROM].name));
    bill->period_to = str_trim(http_param(params, FIELDS[BILL_TO].name));
    bill->title = str_trim(http_param(params, FIELDS[BILL_TITLE].name));
    bill->reference = str_trim(http_param(params, FIELDS[BILL_REFERENCE].name));
}

static const char *date_fault(struct str text)
{
    int32_t date;
    return text.n && !date_parse(text, &date) ? _("Write the date as 2026-03-31.") : NULL;
}

/* A number, or words that only one has; whose draft it is never changes. */
static bool find_customer(struct visit *visit, struct bill *bill, const char **fault, struct err *err)
{
    struct lookup_hit hit;
    struct str why;
    if (bill->id)
        return true;
    if (!bill->customer.n) {
        *fault = _("Fill in this field.");
        return true;
    }
    if (!lookup_typed(visit, LOOKUP_CUSTOMER, bill->customer, &hit, &why, err))
        return false;
    bill->customer_id = hit.id;
    bill->customer_name = hit.name;
    if (hit.id)
        bill->customer = hit.number;
    else
        *fault = arena_z(visit->arena, why);
    return true;
}

/* Faults of fields, NULL where there is none; false when something must be mended. */
static bool check(struct visit *visit, struct bill *bill, const char *faults[BILL_FIELDS], bool *sound, struct err *err)
{
    faults[BILL_FROM] = date_fault(bill->period_from);
    faults[BILL_TO] = date_fault(bill->period_to);
    if (!faults[BILL_FROM] && !faults[BILL_TO] && bill->period_from.n && bill->period_to.n &&
        str_cmp(bill->period_to, bill->period_from) < 0)
        faults[BILL_TO] = _("The period ends before it begins.");
    if (utf8_count(bill->title) > (size_t)FIELDS[BILL_TITLE].max)
        faults[BILL_TITLE] = _("The text is too long.");
    if (utf8_count(bill->reference) > (size_t)FIELDS[BILL_REFERENCE].max)
        faults[BILL_REFERENCE] = _("The text is too long.");
    if (!find_customer(visit, bill, &faults[BILL_CUSTOMER], err))
        return false;
    *sound = true;
    for (int i = 0; i < BILL_FIELDS; i++)
        *sound = *sound && !faults[i];
    return true;
}

static void fill_fields(struct visit *visit, const struct bill *bill, const char *const faults[BILL_FIELDS],
                        struct bill_form_view *view)
{
    const struct str values[BILL_FIELDS] = {bill->customer, bill->period_from, bill->period_to, bill->title,
                                            bill->reference};
    for (int i = 0; i < BILL_FIELDS; i++)
        view->fields[i] = (struct field){.name = str_of(FIELDS[i].name),
                                         .label = visit_tr(visit, bill_field_labels[i]),
                                         .type = FIELDS[i].type,
                                         .max_length = FIELDS[i].max,
                                         .value = values[i],
                                         .error = visit_tr(visit, faults[i]),
                                         .required = i == BILL_CUSTOMER,
                                         .readonly = i == BILL_CUSTOMER && !view->asks};
    view->fields[BILL_CUSTOMER].lookup = lookup_paths[LOOKUP_CUSTOMER];
    view->fields[BILL_CUSTOMER].hint = bill->customer_name;
}

/* What was chosen stays chosen through a refusal. */
static bool fill_rows(struct visit *visit, const struct bill *bill, bool sent, struct bill_form_view *view,
                      struct err *err)
{
    struct bill_row_view *rows;
    if (!bill_choices_load(visit, bill, &rows, &view->row_count, &view->more, err))
        return false;
    view->had = sent ? http_param(&visit->request->form, "had") : bill_had(visit->arena, rows, view->row_count);
    for (size_t i = 0; sent && i < view->row_count; i++)
        rows[i].chosen = !rows[i].lost && bill_is_sent(&visit->request->form, rows[i].number);
    view->rows = rows;
    bill_tell_lost(visit, view);
    return true;
}

static void show_filled(struct visit *visit, const struct bill *bill, const char *const faults[BILL_FIELDS],
                        struct bill_form_view *view)
{
    view->fresh = bill->id == 0;
    view->heading =
        bill->id ? tr_fill(visit->arena, visit->view.lang, _("Change invoice specification {1}"), &bill->number, 1)
                 : visit_tr(visit, _("New invoice specification"));
    view->action = bill->id ? bill_path(visit->arena, bill->number, "/edit") : STR("/staff/invoices/new");
    view->back_url = bill->id ? bill_path(visit->arena, bill->number, "") : STR("/staff/invoices");
    view->back_label = bill->id ? bill->number : visit_tr(visit, _("Invoice specifications"));
    fill_fields(visit, bill, faults, view);
    page_begin(visit, view->heading);
    bill_form_html(&visit->response->body, &visit->view, view);
    page_end(visit);
}

static bool show(struct visit *visit, const struct bill *bill, const char *const faults[BILL_FIELDS], bool asks,
                 const char *refusal, struct err *err)
{
    bool sent = visit->request->method == HTTP_POST;
    struct bill_form_view view = {
        .asks = asks,
        .refusal = visit_tr(visit, refusal),
        .stamp = sent && bill->id ? http_param(&visit->request->form, "stamp") : bill_stamp(visit->arena, bill),
    };
    struct bill offered = *bill;
    if (faults[BILL_FROM] || faults[BILL_TO]) /* a period that is none hides no row that was chosen */
        offered.period_from = offered.period_to = STR_NONE;
    if (!asks && !fill_rows(visit, &offered, sent, &view, err))
        return false;
    show_filled(visit, bill, faults, &view);
    return true;
}

/* Without a customer the form asks for him and the period; with him it shows the rows, all chosen. */
bool bill_new_page(struct visit *visit, struct err *err)
{
    struct bill bill = {.id = 0};
    const char *faults[BILL_FIELDS] = {NULL};
    bool sound = false, asked = http_has(&visit->request->query, "period_from");
    take(&bill, &visit->request->query);
    if (asked && !check(visit, &bill, faults, &sound, err))
        return false;
    if (asked && !sound)
        visit->response->status = 400;
    return show(visit, &bill, faults, !sound, NULL, err);
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------------------- */

struct saving {
    struct visit *visit;
    struct bill bill;
    struct str *rows;
    size_t row_count;
    struct str seen; /* the stamp of a draft that is changed, else empty */
    bool taken, stale;
};

/* Throws away what was written when a row was taken meanwhile. */
static bool save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    struct bill bill = saving->bill, now;
    saving->stale = false;
    if (!specification_lock(conn, err))
        return false;
    if (bill.id) {
        if (!bill_load(saving->visit, bill.number, &now, err))
            return false;
        saving->stale = !str_eqz(now.status, "draft") || !str_eq(bill_stamp(saving->visit->arena, &now), saving->seen);
    }
    if (saving->stale)
        return true;
    const char *action = bill.id ? "specification_changed" : "specification_made";
    if (!bill_write(saving->visit, &bill, saving->rows, saving->row_count, &saving->taken, err))
        return false;
    if (saving->taken)
        return err_set(err, ERR_CONFLICT, NULL, "a row stands elsewhere");
    saving->bill.number = bill.number;
    return visit_audit(saving->visit, action, bill.number, STR_NONE, err);
}

static bool refuse(struct visit *visit, const struct bill *bill, const char *const faults[BILL_FIELDS],
                   const char *refusal, int status, struct err *err)
{
    visit->response->status = status;
    return show(visit, bill, faults, false, refusal, err);
}

/* Two on one draft: the second sees what the first changed, and what he typed and chose himself stays. */
static bool refuse_older(struct visit *visit, struct bill *mine, struct err *err)
{
    struct bill fresh;
    const char *faults[BILL_FIELDS] = {NULL};
    struct bill_form_view view = {
        .refusal = visit_tr(
            visit, _("Somebody has changed this since you opened it. Nothing of yours is saved yet, and nothing"
                     " that you typed is lost: look at what changed, then save again."))};
    if (!bill_load(visit, mine->number, &fresh, err))
        return false;
    if (!str_eqz(fresh.status, "draft"))
        return bill_page_refused(visit, _("The specification has changed meanwhile. Nothing was saved."), 409, err);
    visit->response->status = 409;
    if (!bill_merge(visit, mine, &fresh, &view, err))
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
    const char *faults[BILL_FIELDS] = {NULL};
    bool sound = false;
    take(&saving->bill, &visit->request->form);
    take_rows(visit, saving);
    if (!check(visit, &saving->bill, faults, &sound, err))
        return false;
    if (!sound) {
        visit->response->status = 400;
        return show(visit, &saving->bill, faults, !saving->bill.customer_id, NULL, err);
    }
    if (!saving->row_count)
        return refuse(visit, &saving->bill, faults, _("Choose at least one row."), 400, err);
    if (!db_transaction(visit->db, save_body, saving, err)) {
        if (err->kind != ERR_CONFLICT || !saving->taken)
            return false;
        return refuse(visit, &saving->bill, faults,
                      _("One of the rows has been put on another specification or changed meanwhile. Look through the"
                        " rows and save again."),
                      409, err);
    }
    if (saving->stale)
        return refuse_older(visit, &saving->bill, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, bill_path(visit->arena, saving->bill.number, ""));
}

bool bill_new_send(struct visit *visit, struct err *err)
{
    struct saving saving = {.visit = visit};
    return save(visit, &saving, err);
}

bool bill_edit_page(struct visit *visit, struct err *err)
{
    struct bill bill;
    const char *faults[BILL_FIELDS] = {NULL};
    if (!bill_load(visit, case_number(visit->arena, visit->path_value[0]), &bill, err))
        return false;
    if (!str_eqz(bill.status, "draft"))
        return visit_redirect(visit, bill_path(visit->arena, bill.number, ""));
    return show(visit, &bill, faults, false, NULL, err);
}

bool bill_edit_send(struct visit *visit, struct err *err)
{
    struct saving saving = {.visit = visit, .seen = http_param(&visit->request->form, "stamp")};
    return bill_load(visit, case_number(visit->arena, visit->path_value[0]), &saving.bill, err) &&
           save(visit, &saving, err);
}
