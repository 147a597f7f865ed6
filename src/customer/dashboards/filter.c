#include "customer/dashboards/filter.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "model/choice_criterion.h"

const char *const article_type_codes[5] = {"material", "travel", "time", "purchase", "other"};
const struct msgid *const article_type_labels[5] = {_("Material"), _("Travel"), _("Time"), _("Purchase"), _("Other")};

static struct str read_param(const struct visit *visit, const struct filter *filter, unsigned kind, const char *name)
{
    return filter->kinds & kind ? str_trim(http_param(&visit->request->query, name)) : STR_NONE;
}

static const struct msgid *check_article_type(struct str code)
{
    for (size_t i = 0; code.n && i < 5; i++) {
        if (str_eqz(code, article_type_codes[i]))
            return NULL;
    }
    return code.n ? _("Choose one of the types in the list.") : NULL;
}

bool filter_read(struct visit *visit, unsigned kinds, struct filter *filter)
{
    *filter = (struct filter){.kinds = kinds};
    filter->customer = read_param(visit, filter, FILTER_CUSTOMER, "customer");
    filter->object = read_param(visit, filter, FILTER_OBJECT, "object");
    filter->type = read_param(visit, filter, FILTER_TYPE, "type");
    filter->work_order_type = read_param(visit, filter, FILTER_WORK_ORDER_TYPE, "work_order_type");
    filter->action_code = read_param(visit, filter, FILTER_ACTION_CODE, "action_code");
    filter->article_type = read_param(visit, filter, FILTER_ARTICLE_TYPE, "article_type");
    filter->article_type_fault = check_article_type(filter->article_type);
    return period_read(&visit->request->query, clock_date(visit->now_us), visit->config->dashboard_months,
                       &filter->period) &&
           !filter->article_type_fault;
}

bool filter_any(const struct filter *filter)
{
    return filter->customer.n || filter->object.n || filter->type.n || filter->work_order_type.n ||
           filter->action_code.n || filter->article_type.n;
}

/* --- in a query --------------------------------------------------------------------------------------------------- */

static void filter_add_register(struct sql *sql, const char *literal, struct str number)
{
    if (!number.n)
        return;
    sql_put(sql, "{}?)", SQL(literal), DB_TEXT(number));
}

static void add_picklist(struct sql *sql, const char *literal, const char *list, struct str key)
{
    if (!key.n)
        return;
    sql_put(sql, " AND {} = (SELECT id FROM picklist_item WHERE list = ?", SQL(literal), DB_TEXT(str_of(list)));
    filter_add_register(sql, " AND key = ", key);
}

void filter_conditions(struct sql *sql, const struct filter *filter)
{
    filter_add_register(sql, " AND c.customer_id = (SELECT id FROM customer WHERE number = ", filter->customer);
    filter_add_register(sql, " AND c.object_id = (SELECT id FROM object WHERE number = ", filter->object);
    add_picklist(sql, "c.type_id", "case_type", filter->type);
    add_picklist(sql, "w.type_id", "work_order_type", filter->work_order_type);
    add_picklist(sql, "r.action_code_id", "action_code", filter->action_code);
    if (filter->article_type.n)
        sql_put(sql, " AND r.article_type = ?", DB_TEXT(filter->article_type));
}

/* --- in an address ------------------------------------------------------------------------------------------------ */

void filter_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_z(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

void filter_params(struct buf *out, const struct filter *filter)
{
    filter_param(out, "from", date_format(out->arena, filter->period.from));
    filter_param(out, "to", date_format(out->arena, filter->period.to));
    filter_param(out, "customer", filter->customer);
    filter_param(out, "object", filter->object);
    filter_param(out, "type", filter->type);
    filter_param(out, "work_order_type", filter->work_order_type);
    filter_param(out, "action_code", filter->action_code);
    filter_param(out, "article_type", filter->article_type);
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

struct form {
    struct visit *visit;
    struct filter *filter;
    struct criterion *criteria;
    size_t count;
};

static struct criterion *next_criterion(struct form *form, const char *name, const struct msgid *label)
{
    struct criterion *one = &form->criteria[form->count++];
    one->field.name = str_of(name);
    one->field.label = visit_tr(form->visit, label);
    one->field.empty_label = visit_tr(form->visit, _("All"));
    return one;
}

static void add_date(struct form *form, const char *name, const struct msgid *label, struct str text, int32_t date,
                     const struct msgid *fault)
{
    struct criterion *one = next_criterion(form, name, label);
    one->kind = CRITERION_DATE;
    one->field.type = "date";
    one->field.value = text.n ? text : date_format(form->visit->arena, date);
    one->field.error = visit_tr(form->visit, fault);
}

static void add_article_types(struct form *form)
{
    struct criterion *one = next_criterion(form, "article_type", _("Article type"));
    struct option *options = ARENA_ARRAY(form->visit->arena, struct option, 5);
    for (size_t i = 0; i < 5; i++)
        options[i] = (struct option){str_of(article_type_codes[i]), visit_tr(form->visit, article_type_labels[i]),
                                     str_eqz(form->filter->article_type, article_type_codes[i])};
    one->kind = CRITERION_SELECT;
    one->field.options = options;
    one->field.option_count = 5;
    one->field.error = visit_tr(form->visit, form->filter->article_type_fault);
}

static bool add_registers(struct form *form, struct err *err)
{
    struct filter *filter = form->filter;
    const struct actor *actor = &form->visit->actor;
    if ((filter->kinds & FILTER_CUSTOMER) && may_choose_customer(actor) &&
        !cases_criterion_customer(form->visit, &filter->customer, next_criterion(form, "customer", _("Customer")), err))
        return false;
    return !(filter->kinds & FILTER_OBJECT) || !may_choose_object(actor) ||
           cases_criterion_object(form->visit, &filter->object, next_criterion(form, "object", _("Object")), err);
}

static bool add_picklists(struct form *form, struct err *err)
{
    struct filter *filter = form->filter;
    if ((filter->kinds & FILTER_TYPE) && !cases_criterion_picklist(form->visit, "case_type", filter->type,
                                                                   next_criterion(form, "type", _("Case type")), err))
        return false;
    if ((filter->kinds & FILTER_WORK_ORDER_TYPE) &&
        !cases_criterion_picklist(form->visit, "work_order_type", filter->work_order_type,
                                  next_criterion(form, "work_order_type", _("Work order type")), err))
        return false;
    return !(filter->kinds & FILTER_ACTION_CODE) ||
           cases_criterion_picklist(form->visit, "action_code", filter->action_code,
                                    next_criterion(form, "action_code", _("Action code")), err);
}

bool filter_form(struct visit *visit, struct filter *filter, struct criterion **criteria, struct field **fields,
                 size_t *count, struct err *err)
{
    struct form form = {visit, filter, ARENA_ARRAY(visit->arena, struct criterion, 8), 0};
    const struct period *period = &filter->period;
    add_date(&form, "from", _("From"), period->from_text, period->from, period->from_fault);
    add_date(&form, "to", _("To"), period->to_text, period->to, period->to_fault);
    if (!add_registers(&form, err) || !add_picklists(&form, err))
        return false;
    if (filter->kinds & FILTER_ARTICLE_TYPE)
        add_article_types(&form);
    *fields = ARENA_ARRAY(visit->arena, struct field, form.count);
    for (size_t i = 0; i < form.count; i++)
        (*fields)[i] = form.criteria[i].field;
    *criteria = form.criteria;
    *count = form.count;
    return true;
}
