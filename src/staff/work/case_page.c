/* /staff/cases/NUMBER: the page with everything about a case. */
#include "staff/work/case_page.h"
#include "base/clock.h"
#include "model/case.h"
#include "parts/messages/messages.h"
#include "portal/address.h"
#include "staff/work/case_page.html.h"
#include "staff/work/internal.h"
#include "staff/work/work.h"

#include <inttypes.h>

#define LIST_MAX 200
#define FACTS_MAX 40

/* --- the report --------------------------------------------------------------------------------------------------- */

struct reading {
    struct visit *visit;
    struct staff_case_view *view;
    struct case_link_view *facts;
};

static void case_page_add_fact(struct reading *reading, const struct msgid *label, struct str text, struct str url)
{
    if (text.n && reading->view->fact_count < FACTS_MAX)
        reading->facts[reading->view->fact_count++] =
            (struct case_link_view){visit_tr(reading->visit, label), text, url};
}

static struct str number_url(struct visit *visit, const char *start, struct str number)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_z(&out, start);
    buf_url_part(&out, number);
    return buf_text(&out);
}

static void case_page_add_register(struct reading *reading, const struct msgid *label, const char *start,
                                   struct str number, struct str name)
{
    if (number.n)
        case_page_add_fact(reading, label,
                           arena_printf(reading->visit->arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(number)),
                           number_url(reading->visit, start, number));
}

static void add_time(struct reading *reading, const struct msgid *label, const struct db_rows *rows, int column)
{
    if (!db_null(rows, column))
        case_page_add_fact(reading, label,
                           fmt_instant(reading->visit->arena, reading->visit->view.lang, db_int(rows, column)),
                           STR_NONE);
}

static struct str cell(struct reading *reading, const struct db_rows *rows, int column)
{
    return db_text_copy(rows, column, reading->visit->arena);
}

static void read_facts(struct reading *reading, const struct db_rows *rows)
{
    struct arena *arena = reading->visit->arena;
    struct str street = db_text(rows, 13), code = db_text(rows, 14), city = db_text(rows, 15);
    case_page_add_fact(reading, _("Case type"), cell(reading, rows, 4), STR_NONE);
    case_page_add_fact(reading, _("Priority"), cell(reading, rows, 5), STR_NONE);
    case_page_add_register(reading, _("Customer"), "/staff/customers/", cell(reading, rows, 6), cell(reading, rows, 7));
    case_page_add_register(reading, _("Object"), "/staff/objects/", cell(reading, rows, 8), cell(reading, rows, 9));
    case_page_add_fact(reading, _("Work site address"),
                       str_trim(arena_printf(arena, "%.*s\n%.*s %.*s", STR_FMT(street), STR_FMT(code), STR_FMT(city))),
                       STR_NONE);
    case_page_add_fact(reading, _("Your reference"), cell(reading, rows, 10), STR_NONE);
    case_page_add_fact(reading, _("Reporter"), cell(reading, rows, 11), STR_NONE);
    case_page_add_fact(reading, _("Reporter's phone"), cell(reading, rows, 12), STR_NONE);
    case_page_add_fact(reading, _("Registered by"), cell(reading, rows, 19), STR_NONE);
    add_time(reading, _("Created"), rows, 16);
    add_time(reading, _("Started"), rows, 17);
    add_time(reading, _("Finished"), rows, 18);
}

static bool load_report(struct reading *reading, const struct work_case *work, struct err *err)
{
    struct visit *visit = reading->visit;
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT c.status, c.description, (SELECT COUNT(*) FROM work_order w WHERE w.case_id = c.id),"
        " CASE WHEN c.customer_id IS NULL AND c.object_id IS NULL THEN 1 ELSE 0 END, ty.label_sv, pr.label_sv, "
        "cu.number,"
        " cu.name, o.number, o.name, c.your_reference, c.reporter, c.reporter_phone, c.site_street, c.site_postal_code,"
        " c.site_city, c.created, c.started, c.finished, l.name FROM cases c"
        " LEFT JOIN picklist_item ty ON ty.id = c.type_id LEFT JOIN picklist_item pr ON pr.id = c.priority_id"
        " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
        " LEFT JOIN login l ON l.id = c.created_by WHERE c.id = $1",
        DB_ARGS(DB_INT(work->id)), err);
    if (db_next(rows)) {
        reading->view->status = db_int(rows, 0);
        reading->view->status_label = visit_tr(visit, case_status_labels[db_int(rows, 0)]);
        reading->view->description = cell(reading, rows, 1);
        reading->view->settable = db_int(rows, 2) == 0;
        reading->view->missing = db_int(rows, 3) ? visit_tr(visit, _("no customer, no object")) : STR_NONE;
        read_facts(reading, rows);
    }
    return db_done(rows, err);
}

static bool load_extras(struct reading *reading, const struct work_case *work, struct err *err)
{
    struct visit *visit = reading->visit;
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT key, value FROM case_extra WHERE case_id = $1 ORDER BY key",
                 DB_ARGS(DB_INT(work->id)), err);
    while (db_next(rows) && reading->view->fact_count < FACTS_MAX) {
        struct str key = db_text(rows, 0);
        const struct config_field *field =
            config_field(visit->config, arena_printf(visit->arena, "extra_%.*s", STR_FMT(key)));
        bool labelled = field && field->label[visit->view.lang].n;
        reading->facts[reading->view->fact_count++] = (struct case_link_view){
            labelled ? field->label[visit->view.lang] : cell(reading, rows, 0), cell(reading, rows, 1), STR_NONE};
    }
    return db_done(rows, err);
}

/* --- people, files, notes, history -------------------------------------------------------------------------------- */

static bool load_contacts(struct visit *visit, const struct work_case *work, struct staff_case_view *view,
                          struct err *err)
{
    struct case_contact_view *made = ARENA_ARRAY(visit->arena, struct case_contact_view, LIST_MAX);
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT k.number, k.first_name, k.last_name, k.active, CASE WHEN c.primary_contact_id = k.id THEN 1 ELSE"
        " 0 END AS first FROM case_contact x JOIN contact k ON k.id = x.contact_id JOIN cases c ON c.id = x.case_id"
        " WHERE x.case_id = $1 ORDER BY first DESC, k.last_name COLLATE \"sv-natural\", k.number COLLATE "
        "\"sv-natural\" LIMIT $2",
        DB_ARGS(DB_INT(work->id), DB_INT(LIST_MAX)), err);
    while (db_next(rows) && view->contact_count < LIST_MAX) {
        struct str first = db_text(rows, 1), last = db_text(rows, 2);
        made[view->contact_count++] =
            (struct case_contact_view){.name = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)),
                                       .url = number_url(visit, "/staff/contacts/", db_text(rows, 0)),
                                       .active = db_int(rows, 3) != 0,
                                       .primary = db_int(rows, 4) != 0};
    }
    view->contacts = made;
    if (!view->contact_count)
        view->missing = visit_tr(visit, view->missing.n ? _("no customer, no object, no contact") : _("no contact"));
    return db_done(rows, err);
}

static bool case_page_load_files(struct visit *visit, const struct work_case *work, struct staff_case_view *view,
                                 struct err *err)
{
    struct case_file_view *made = ARENA_ARRAY(visit->arena, struct case_file_view, LIST_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, name, size, created, visible FROM file WHERE case_id = $1"
                                    " ORDER BY created, id LIMIT $2",
                                    DB_ARGS(DB_INT(work->id), DB_INT(LIST_MAX)), err);
    while (db_next(rows) && view->file_count < LIST_MAX) {
        struct str key = db_text(rows, 0),
                   start = arena_printf(visit->arena, "%.*s/attachments/%.*s", STR_FMT(work->url), STR_FMT(key));
        made[view->file_count++] = (struct case_file_view){
            .name = db_text_copy(rows, 1, visit->arena),
            .size = fmt_size(visit->arena, visit->view.lang, db_int(rows, 2)),
            .created = fmt_instant(visit->arena, visit->view.lang, db_int(rows, 3)),
            .visible = db_int(rows, 4) != 0,
            .toggle_url = start,
            .url = number_url(visit, arena_printf(visit->arena, "%.*s/", STR_FMT(start)).p, db_text(rows, 1))};
    }
    view->files = made;
    return db_done(rows, err);
}

static bool load_notes(struct visit *visit, const struct work_case *work, struct staff_case_view *view, struct err *err)
{
    struct case_note_view *made = ARENA_ARRAY(visit->arena, struct case_note_view, LIST_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who, body FROM case_note WHERE case_id = $1 ORDER BY id DESC LIMIT $2",
                                    DB_ARGS(DB_INT(work->id), DB_INT(LIST_MAX)), err);
    while (db_next(rows) && view->note_count < LIST_MAX)
        made[view->note_count++] =
            (struct case_note_view){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)),
                                    instant_format_utc(visit->arena, db_int(rows, 0)),
                                    db_text_copy(rows, 1, visit->arena), db_text_copy(rows, 2, visit->arena)};
    view->notes = made;
    return db_done(rows, err);
}

static bool case_page_load_changes(struct visit *visit, const struct work_case *work, struct staff_case_view *view,
                                   struct err *err)
{
    struct work_change_view *made = ARENA_ARRAY(visit->arena, struct work_change_view, LIST_MAX);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT at, who, field, before, after FROM case_change WHERE case_id = $1 ORDER BY id DESC LIMIT $2",
                 DB_ARGS(DB_INT(work->id), DB_INT(LIST_MAX)), err);
    while (db_next(rows) && view->change_count < LIST_MAX)
        made[view->change_count++] =
            (struct work_change_view){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)),
                                      db_text_copy(rows, 1, visit->arena), db_text_copy(rows, 2, visit->arena),
                                      db_text_copy(rows, 3, visit->arena), db_text_copy(rows, 4, visit->arena)};
    view->changes = made;
    return db_done(rows, err);
}

static bool load_view(struct visit *visit, const struct work_case *work, struct staff_case_view *view, struct err *err)
{
    struct reading reading = {visit, view, ARENA_ARRAY(visit->arena, struct case_link_view, FACTS_MAX)};
    view->facts = reading.facts;
    view->number = work->number;
    view->title = work->title;
    view->url = work->url;
    view->version = arena_printf(visit->arena, "%" PRId64, work->version);
    return load_report(&reading, work, err) && load_extras(&reading, work, err) &&
           load_contacts(visit, work, view, err) && case_page_load_files(visit, work, view, err) &&
           load_notes(visit, work, view, err) && case_page_load_changes(visit, work, view, err);
}

bool staff_case_page_show(struct visit *visit, const struct case_page_refusal *refusal, struct err *err)
{
    struct work_case work;
    struct staff_case_view view = {.status = 0};
    size_t messages = 0;
    if (!work_case_load(visit, address_number(visit->arena, visit->path_value[0]), &work, err) ||
        !load_view(visit, &work, &view, err) ||
        !messages_section(visit, work.id, work.number, refusal->answer, &view.thread, &messages, err))
        return false;
    view.note = (struct field){.name = STR("note"),
                               .label = visit_tr(visit, _("New note")),
                               .value = refusal->note,
                               .error = visit_tr(visit, refusal->note_fault),
                               .max_length = NOTE_MAX,
                               .rows = 3};
    page_begin(visit, work.number);
    if (refusal->message)
        message_html(&visit->response->body, &visit->view, "danger", visit_tr(visit, refusal->message));
    staff_case_head_html(&visit->response->body, &visit->view, &view);
    if (!staff_work_section(visit, work.number, err))
        return false;
    staff_case_tail_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool case_page_staff(struct visit *visit, struct err *err)
{
    return staff_case_page_show(visit, &(struct case_page_refusal){.message = NULL}, err);
}
