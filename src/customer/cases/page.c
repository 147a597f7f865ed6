#include "customer/cases/page.h"

#include "base/clock.h"
#include "customer/cases/page.html.h"
#include "model/case.h"
#include "model/case_find.h"
#include "model/codes.h"
#include "parts/messages/messages.h"
#include "service/store.h"

static struct str cases_page_time_text(const struct visit *visit, int64_t instant)
{
    return instant ? fmt_instant(visit->arena, visit->view.lang, instant) : STR_NONE;
}

static struct str machine_time(const struct visit *visit, int64_t instant)
{
    return instant ? instant_format_utc(visit->arena, instant) : STR_NONE;
}

/* --- facts -------------------------------------------------------------------------------------------------------- */

#define FACT_CAP 64

static void cases_page_add_fact(struct case_view *view, struct fact *facts, struct str label, struct str text,
                                bool multiline)
{
    if (text.n && view->fact_count < FACT_CAP)
        facts[view->fact_count++] = (struct fact){.label = label, .text = text, .multiline = multiline};
}

static struct str field_label(const struct visit *visit, const char *name, const struct msgid *standard)
{
    const struct config_field *field = config_field(visit->config, str_of(name));
    return field && field->label[visit->view.lang].n ? field->label[visit->view.lang] : visit_tr(visit, standard);
}

static struct str site_address(const struct visit *visit, const struct case_record *record)
{
    struct buf text;
    buf_init(&text, visit->arena);
    buf_str(&text, record->site_street);
    if (text.n && (record->site_postal_code.n || record->site_city.n))
        buf_char(&text, '\n');
    buf_str(&text, record->site_postal_code);
    if (record->site_postal_code.n && record->site_city.n)
        buf_char(&text, ' ');
    buf_str(&text, record->site_city);
    return text.n ? buf_text(&text) : STR_NONE;
}

/*
 * Returns `tel:` with the characters that a phone understands, without the (0) of +46 (0)70; empty when too few are
 * left.
 */
static struct str phone_address(const struct visit *visit, struct str phone)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_z(&out, "tel:");
    for (size_t i = 0; i < phone.n; i++) {
        char c = phone.p[i];
        if (c == '(' && phone.p[0] == '+' && str_starts(str_slice(phone, i, phone.n), STR("(0)")))
            i += 2;
        else if ((c >= '0' && c <= '9') || (c == '+' && out.n == 4))
            buf_char(&out, c);
    }
    return out.n >= 9 ? buf_text(&out) : STR_NONE;
}

static struct str object_text(const struct visit *visit, const struct case_record *record)
{
    if (!record->object.n)
        return STR_NONE;
    return arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(record->object), STR_FMT(record->object_number));
}

static void fill_standard_facts(struct visit *visit, const struct case_record *record, struct case_view *view,
                                struct fact *facts)
{
    cases_page_add_fact(view, facts, field_label(visit, "type", _("Case type")), record->type, false);
    cases_page_add_fact(view, facts, field_label(visit, "priority", _("Priority")), record->priority, false);
    cases_page_add_fact(view, facts, field_label(visit, "customer", _("Customer")), record->customer, false);
    cases_page_add_fact(view, facts, field_label(visit, "object", _("Object")), object_text(visit, record), false);
    cases_page_add_fact(view, facts, visit_tr(visit, _("Work site address")), site_address(visit, record), true);
    cases_page_add_fact(view, facts, field_label(visit, "your_reference", _("Your reference")), record->your_reference,
                        false);
    cases_page_add_fact(view, facts, field_label(visit, "reporter", _("Reporter")), record->reporter, false);
    cases_page_add_fact(view, facts, field_label(visit, "reporter_phone", _("Reporter's phone")),
                        record->reporter_phone, false);
    if (record->reporter_phone.n && view->fact_count)
        facts[view->fact_count - 1].href = phone_address(visit, record->reporter_phone);
}

static const struct config_field *extra_field(const struct visit *visit, struct str key)
{
    for (size_t i = 0; i < visit->config->field_count; i++) {
        if (visit->config->fields[i].key.n && str_eq(visit->config->fields[i].key, key))
            return &visit->config->fields[i];
    }
    return NULL;
}

static struct str cases_page_extra_text(const struct visit *visit, const struct config_field *field, struct str value)
{
    for (size_t i = 0; field && i < field->choice_count; i++) {
        if (str_eq(field->choices[i].value, value))
            return field->choices[i].label[visit->view.lang];
    }
    if (field && field->rule.kind == FIELD_YES_NO)
        return visit_tr(visit, str_eqz(value, "yes") ? _("Yes") : _("No"));
    return value;
}

static bool cases_page_fill_facts(struct visit *visit, const struct case_record *record, struct case_view *view,
                                  struct err *err)
{
    struct case_extra *extras;
    size_t count;
    struct fact *facts = ARENA_ARRAY(visit->arena, struct fact, FACT_CAP);
    fill_standard_facts(visit, record, view, facts);
    if (!case_extras_load(visit, record->id, &extras, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct config_field *field = extra_field(visit, extras[i].key);
        struct str label = field && field->label[visit->view.lang].n ? field->label[visit->view.lang] : extras[i].key;
        cases_page_add_fact(view, facts, label, cases_page_extra_text(visit, field, extras[i].value), true);
    }
    view->facts = facts;
    return true;
}

/* --- time line: created, booked, started, finished ---------------------------------------------------------------- */

static void fill_steps(struct visit *visit, const struct case_record *record, const struct work_order_record *orders,
                       size_t order_count, struct case_view *view)
{
    const struct work_order_record *booked = NULL;
    for (size_t i = 0; i < order_count; i++) {
        if (orders[i].booked_from && (!booked || orders[i].booked_from < booked->booked_from))
            booked = &orders[i];
    }
    struct step *steps = ARENA_ARRAY(visit->arena, struct step, 4);
    steps[0] = (struct step){visit_tr(visit, _("Created")), cases_page_time_text(visit, record->created),
                             machine_time(visit, record->created), true, false};
    steps[1] = (struct step){visit_tr(visit, _("Booked")),
                             booked ? fmt_span(visit->arena, visit->view.lang, booked->booked_from, booked->booked_to)
                                    : STR_NONE,
                             booked ? machine_time(visit, booked->booked_from) : STR_NONE, booked != NULL, false};
    steps[2] = (struct step){visit_tr(visit, _("Started")), cases_page_time_text(visit, record->started),
                             machine_time(visit, record->started), record->status != CASE_NOT_STARTED, false};
    steps[3] = (struct step){visit_tr(visit, _("Finished")), cases_page_time_text(visit, record->finished),
                             machine_time(visit, record->finished), record->status == CASE_FINISHED, false};
    for (size_t i = 4; i-- > 0;) {
        if (steps[i].done) {
            steps[i].current = true;
            break;
        }
    }
    view->steps = steps;
    view->step_count = 4;
}

static bool fill_work_orders(struct visit *visit, const struct case_record *record, struct case_view *view,
                             struct err *err)
{
    struct work_order_record *orders;
    size_t count;
    if (!work_orders_load(visit, record->id, &orders, &count, err))
        return false;
    struct work_order_view *views = ARENA_ARRAY(visit->arena, struct work_order_view, count);
    for (size_t i = 0; i < count; i++)
        views[i] = (struct work_order_view){
            .number = orders[i].number,
            .title = orders[i].title,
            .type = orders[i].type,
            .resource = orders[i].resource,
            .booking = fmt_span(visit->arena, visit->view.lang, orders[i].booked_from, orders[i].booked_to),
            .started = cases_page_time_text(visit, orders[i].started),
            .finished = cases_page_time_text(visit, orders[i].finished),
            .status_label = visit_tr(visit, work_order_status_labels[orders[i].status]),
            .status = orders[i].status,
        };
    view->work_orders = views;
    view->work_order_count = count;
    fill_steps(visit, record, orders, count, view);
    return true;
}

/* --- people and files --------------------------------------------------------------------------------------------- */

static bool fill_contacts(struct visit *visit, int64_t id, struct case_view *view, struct err *err)
{
    struct contact_record *contacts;
    size_t count;
    if (!case_contacts_load(visit, id, &contacts, &count, err))
        return false;
    struct contact_view *views = ARENA_ARRAY(visit->arena, struct contact_view, count);
    for (size_t i = 0; i < count; i++)
        views[i] = (struct contact_view){contacts[i].name, contacts[i].primary};
    view->contacts = views;
    view->contact_count = count;
    return true;
}

static struct str file_url(struct visit *visit, struct str number, const struct file_record *file)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_str(&url, case_path(visit->arena, number));
    buf_z(&url, "/attachments/");
    buf_url_part(&url, file->key);
    buf_char(&url, '/');
    buf_url_part(&url, file->name);
    return buf_text(&url);
}

static bool fill_attachments(struct visit *visit, const struct case_record *record, struct case_view *view,
                             struct err *err)
{
    struct file_record *files;
    size_t count;
    if (!case_files_load(visit, record->id, &files, &count, err))
        return false;
    struct attachment_view *views = ARENA_ARRAY(visit->arena, struct attachment_view, count);
    for (size_t i = 0; i < count; i++)
        views[i] = (struct attachment_view){
            .name = files[i].name,
            .url = file_url(visit, record->number, &files[i]),
            .size = fmt_size(visit->arena, visit->view.lang, files[i].size),
            .created = cases_page_time_text(visit, files[i].created),
            .picture = store_inline(arena_z(visit->arena, files[i].media_type)),
        };
    view->attachments = views;
    view->attachment_count = count;
    return true;
}

static bool fill_actions(struct visit *visit, int64_t id, struct case_view *view, struct err *err)
{
    int64_t count = 0;
    if (!page_is_on(visit->config, ROUTE_ACTIONS))
        return true;
    if (!case_actions_count(visit, id, &count, err))
        return false;
    view->actions_url = arena_printf(visit->arena, "%.*s/actions", STR_FMT(case_path(visit->arena, view->number)));
    view->actions_summary =
        count ? tr_n(visit->arena, visit->view.lang, _("{n} registered row"), _("{n} registered rows"), count)
              : visit_tr(visit, _("Nothing has been registered yet."));
    return true;
}

bool case_page_show(struct visit *visit, const struct message_refusal *refusal, struct err *err)
{
    struct case_record record = {0};
    struct case_view view = {0};
    int64_t id = 0;
    size_t messages = 0;
    if (!cases_find_visible(visit, visit->path_value[0], &id, err) || !case_record_load(visit, id, &record, err))
        return false;
    view.number = record.number;
    view.title = record.title;
    view.description = record.description;
    view.status = record.status;
    view.status_label = visit_tr(visit, case_status_labels[record.status]);
    view.created = cases_page_time_text(visit, record.created);
    if (!cases_page_fill_facts(visit, &record, &view, err) || !fill_work_orders(visit, &record, &view, err) ||
        !fill_contacts(visit, id, &view, err) || !fill_attachments(visit, &record, &view, err) ||
        !fill_actions(visit, id, &view, err) ||
        !messages_section(visit, id, record.number, refusal, &view.thread, &messages, err))
        return false;
    if (messages)
        view.messages = tr_n(visit->arena, visit->view.lang, _("{n} message"), _("{n} messages"), (int64_t)messages);
    struct str title = tr_fill(visit->arena, visit->view.lang, _("Case {1}"), &view.number, 1);
    page_begin(visit, title);
    case_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool case_page(struct visit *visit, struct err *err)
{
    return case_page_show(visit, NULL, err);
}
