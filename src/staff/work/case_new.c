/* /staff/cases/new: registers a case, for example one that is reported by phone. */
#include "base/random.h"
#include "model/case.h"
#include "model/case_create.h"
#include "model/case_edit.h"
#include "model/notice.h"
#include "model/submission.h"
#include "staff/work/case_fields.h"
#include "staff/work/case_new.html.h"
#include "staff/work/case_views.h"

enum { FORM_BYTES = 16, FORM_MAX = 64 };

static bool case_new_show(struct visit *visit, struct case_form *form, struct str submission, struct err *err)
{
    struct case_new_view view = {.submission = submission, .customer_of = form->customer_of};
    if (!form_fill(&form->form, &view.form, err) || !case_form_names(visit, &view.form, err))
        return false;
    form_page_field(&view.form, CASE_TITLE)->autofocus = !form_refused(&form->form);
    return page_show(visit, visit_tr(visit, _("New case")), case_new_form_html, &view);
}

/* --- proposed values ---------------------------------------------------------------------------------------------- */

static void propose(struct case_form *form, enum case_field at, struct str value)
{
    if (!form->form.values[at].n)
        form->form.values[at] = value;
}

/*
 * An object proposes its customer (never an inactive one) and its address. The primary contact proposes the reporter,
 * and its customer when it has only one.
 */
static void propose_links(struct case_form *form)
{
    const struct lookup_hit *object = &form->object, *primary = &form->primary;
    bool has_address = form->form.values[CASE_STREET].n || form->form.values[CASE_CITY].n;
    case_form_propose_customer(form);
    if (!object->customer_id)
        case_form_take_customer(form, primary);
    if (object->id && !has_address) {
        propose(form, CASE_STREET, object->street);
        propose(form, CASE_POSTAL_CODE, object->postal_code);
        propose(form, CASE_CITY, object->city);
    }
    if (primary->id && !form->form.values[CASE_REPORTER].n) {
        propose(form, CASE_REPORTER, primary->name);
        propose(form, CASE_PHONE, primary->street);
    }
}

/*
 * Fills in the configured defaults of the fields that the portal's form also has. Leaves out defaults with placeholders
 * such as {name}, and defaults of customer and object: they mean the customer who is logged in.
 */
static void set_defaults(struct visit *visit, struct case_form *form)
{
    for (size_t i = 0; i < form->form.count; i++) {
        const struct config_field *field = config_field(visit->config, str_of(form->form.fields[i].rule->name));
        if (field && str_find_char(field->value, '{') < 0 && field->rule.kind != FIELD_CUSTOMER &&
            field->rule.kind != FIELD_OBJECT)
            form->form.values[i] = field->value;
    }
}

bool case_new_page(struct visit *visit, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct case_form form;
    case_form_blank(visit, &form);
    set_defaults(visit, &form);
    form.form.values[CASE_CUSTOMER] = str_trim(http_param(query, "customer"));
    form.form.values[CASE_OBJECT] = str_trim(http_param(query, "object"));
    form.form.values[CASE_PRIMARY] = str_trim(http_param(query, "contact"));
    if (!case_form_links(visit, &form, err))
        return false;
    propose_links(&form);
    return case_new_show(visit, &form, random_token(visit->arena, FORM_BYTES), err);
}

/* --- the rules of a new case (domain 4) --------------------------------------------------------------------------- */

static void check_rules(struct visit *visit, struct case_form *form)
{
    const struct lookup_hit *customer = &form->customer, *object = &form->object;
    if (customer->id && !customer->active)
        form_refuse(&form->form, CASE_CUSTOMER, _("The customer is inactive."));
    if (object->id && !object->active)
        form_refuse(&form->form, CASE_OBJECT, _("The object is inactive."));
    if (form->primary.id && !form->primary.active)
        form_refuse(&form->form, CASE_PRIMARY, _("The contact is inactive."));
    if (form->inactive_contact)
        form_refuse(&form->form, CASE_CONTACTS, _("One of the contacts is inactive."));
    if (customer->id && object->customer_id && object->customer_id != customer->id) {
        struct str text =
            tr_fill(visit->arena, visit->view.lang,
                    _("{1} belongs to another customer. Choose that customer, or none."), &object->name, 1);
        form->form.errors[CASE_CUSTOMER] = text;
    }
}

/* --- registering -------------------------------------------------------------------------------------------------- */

struct registering {
    struct visit *visit;
    const struct case_form *form;
    struct str key;
};

/* The key makes a form that was sent twice one case: the second request waits for the first, then gets a conflict. */
static bool write_also(struct db_conn *conn, void *context, const struct made_case *made, struct err *err)
{
    const struct registering *one = context;
    struct visit *visit = one->visit;
    struct str subject = arena_printf(visit->arena, "case %.*s", STR_FMT(made->number));
    return staff_submission_add(conn, one->key, made->id, visit->now_us, err) &&
           case_change_add(visit, made->id, tr(LANG_SV, _("The case is registered")), STR_NONE, made->number, err) &&
           visit_audit(visit, "case_added", subject, one->form->form.values[CASE_TITLE], err);
}

static bool lead_on(struct visit *visit, struct str number)
{
    bool book = str_eqz(http_param(&visit->request->form, "act"), "book");
    page_notice_next(visit, _("The case is registered."));
    return visit_redirect(visit, arena_printf(visit->arena, "/staff%.*s%s", STR_FMT(case_path(visit->arena, number)),
                                              book ? "/work-orders/new" : ""));
}

static bool case_new_make(struct visit *visit, const struct case_form *form, struct str submission, struct err *err)
{
    struct str text = arena_printf(visit->arena, "%lld %.*s", (long long)visit->staff.id, STR_FMT(submission));
    struct registering one = {visit, form, app_mac(visit->app, visit->arena, "staff case", text)};
    struct record_column columns[FORM_FIELDS_MAX];
    struct new_case_extra extras[FORM_FIELDS_MAX];
    struct new_case wanted = {.columns = columns,
                              .column_count = form_columns(&form->form, columns),
                              .extras = extras,
                              .extra_count = form_extras(&form->form, extras),
                              .contacts = form->contacts,
                              .contact_count = form->contact_count,
                              .now_us = visit->now_us,
                              .tell = notice_new_case,
                              .visit = visit,
                              .also = write_also,
                              .also_context = &one};
    struct made_case made = {.id = 0};
    struct str number = STR_NONE;
    if (case_create(visit->db, visit->arena, &wanted, &made, err))
        return lead_on(visit, made.number);
    if (err->kind != ERR_CONFLICT)
        return false;
    struct err cause = *err;
    *err = (struct err){.kind = ERR_NONE};
    if (!staff_submission_find(visit->db, visit->arena, one.key, &number, err))
        return false;
    if (number.n)
        return lead_on(visit, number);
    *err = cause;
    return false;
}

bool case_new_send(struct visit *visit, struct err *err)
{
    struct case_form form;
    struct str submission = http_param(&visit->request->form, "submission");
    bool filling = str_eqz(http_param(&visit->request->form, "act"), "fill");
    case_form_blank(visit, &form);
    if (!case_form_read(visit, &form, err))
        return false;
    if (!submission.n || submission.n > FORM_MAX)
        submission = random_token(visit->arena, FORM_BYTES);
    if (filling) {
        form.form.errors[CASE_TITLE] = STR_NONE; /* the form is not being saved yet */
        propose_links(&form);
        return case_new_show(visit, &form, submission, err);
    }
    check_rules(visit, &form);
    if (form_refused(&form.form)) {
        visit->response->status = 400;
        return case_new_show(visit, &form, submission, err);
    }
    return case_new_make(visit, &form, submission, err);
}
