#include "model/case_find.h"

#include "access/visibility.h"
#include "model/case_fields.h"
#include "model/object.h"
#include "portal/address.h"

/* --- the case and its facts --------------------------------------------------------------------------------------- */

#define FACTS_MAX 64

struct case_facts {
    struct visit *visit;
    struct case_fact *items;
    size_t count;
};

static void case_fact_add(struct case_facts *facts, struct case_fact fact)
{
    if (fact.text.n && facts->count < FACTS_MAX)
        facts->items[facts->count++] = fact;
}

/* Returns whether a field is a fact: the page shows the other fields in its head, its time line or its lists. */
static bool is_fact(const struct visit *visit, size_t at)
{
    switch (at) {
    case CASE_NUMBER:
    case CASE_TITLE:
    case CASE_DESCRIPTION:
    case CASE_STATUS:
    case CASE_PRIMARY:
    case CASE_CONTACTS:
    case CASE_DUPLICATE_OF:
        return false;
    case CASE_CREATED_AT:
    case CASE_STARTED_AT:
    case CASE_FINISHED_AT:
        return visit_is_staff(visit);
    default:
        return true;
    }
}

static void fact_select(struct sql *sql, const struct visit *visit, const struct entity_field *field)
{
    const char *table_literal = field_table_literal(field->kind);
    if (field->kind == FIELD_PICKLIST)
        sql_put(sql, ", (SELECT {} FROM picklist_item p WHERE p.id = c.{})",
                SQL(visit->view.lang == LANG_EN ? "COALESCE(NULLIF(p.label_en, ''), p.label_sv)" : "p.label_sv"),
                SQL(field->column_literal));
    else if (table_literal)
        sql_put(sql, ", (SELECT r.name FROM {} r WHERE r.id = c.{}), (SELECT r.number FROM {} r WHERE r.id = c.{})",
                SQL(table_literal), SQL(field->column_literal), SQL(table_literal), SQL(field->column_literal));
    else
        sql_put(sql, ", c.{}", SQL(field->column_literal));
    if (field->kind == FIELD_OBJECT && !visit_is_staff(visit))
        sql_put(sql, ", seen.number");
}

/* Customers read the names that the settings give the fields of their form. */
static struct str fact_label(const struct visit *visit, const struct entity_field *field)
{
    const struct config_field *own = visit_is_staff(visit) ? NULL : config_field(visit->config, str_of(field->name));
    return own && own->label[visit->view.lang].n ? own->label[visit->view.lang] : visit_tr(visit, field->label);
}

/* Customers know their customer by its name alone. */
static void fact_read_register(const struct visit *visit, struct case_fact *fact, enum field_kind kind, struct str name,
                               struct str number)
{
    bool staff = visit_is_staff(visit), customer = kind == FIELD_CUSTOMER;
    if (!number.n)
        return;
    fact->text = customer && !staff ? arena_str(visit->arena, name)
                                    : arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(number));
    if (staff)
        fact->href = address_of(visit->arena, customer ? "/staff/customers" : "/staff/objects", number, "");
}

/* A customer may see a case without its object. */
static void fact_link_object(const struct visit *visit, struct case_fact *fact, struct str seen)
{
    if (seen.n)
        fact->href = object_path(visit->arena, seen);
}

/* Reads the columns of fact_select. */
static struct case_fact case_fact_read(const struct visit *visit, const struct entity_field *field,
                                       const struct db_rows *rows, int *column)
{
    struct case_fact fact = {.label = fact_label(visit, field),
                             .multiline = field->kind == FIELD_MULTILINE,
                             .written = field->kind == FIELD_TEXT || field->kind == FIELD_MULTILINE};
    int at = (*column)++;
    if (field->kind == FIELD_CUSTOMER || field->kind == FIELD_OBJECT)
        fact_read_register(visit, &fact, field->kind, db_text(rows, at), db_text(rows, (*column)++));
    else if (!field_is_number(field->kind))
        fact.text = db_text_copy(rows, at, visit->arena);
    else if (!db_null(rows, at))
        fact.text = field_number_text(visit->arena, visit->view.lang, field->kind, db_int(rows, at));
    if (field->kind == FIELD_OBJECT && !visit_is_staff(visit))
        fact_link_object(visit, &fact, db_text(rows, (*column)++));
    if (field->kind == FIELD_PHONE)
        fact.href = phone_link(visit->arena, fact.text, PHONE_DIGITS_TYPED);
    return fact;
}

/* A case without an address has that of its object (domain 5.13). */
static struct case_fact site_fact(const struct visit *visit, const struct case_fact *fields,
                                  const struct str *of_object)
{
    struct str street = fields[CASE_STREET].text, city = fields[CASE_CITY].text;
    struct str code = fields[CASE_POSTAL_CODE].text;
    bool own = street.n || code.n || city.n;
    if (!own) {
        street = of_object[0];
        code = of_object[1];
        city = of_object[2];
    }
    struct str place = str_trim(arena_printf(visit->arena, "%.*s %.*s", STR_FMT(code), STR_FMT(city)));
    return (struct case_fact){
        .label = visit_tr(visit, own ? _("Work site address") : _("Address of the object")),
        .text = str_trim(arena_printf(visit->arena, "%.*s\n%.*s", STR_FMT(street), STR_FMT(place))),
        .multiline = true,
    };
}

static void facts_add_fields(struct case_facts *facts, const struct case_fact *fields, const struct str *of_object,
                             struct str login)
{
    struct visit *visit = facts->visit;
    for (size_t i = 0; i < case_entity.count; i++) {
        if (i != CASE_STREET && i != CASE_POSTAL_CODE && i != CASE_CITY)
            case_fact_add(facts, fields[i]);
        if (i == CASE_OBJECT)
            case_fact_add(facts, site_fact(visit, fields, of_object));
        if (i == CASE_CITY && visit_is_staff(visit))
            case_fact_add(facts, (struct case_fact){.label = visit_tr(visit, _("Registered by")), .text = login});
    }
}

/* Adds the extra fields, as people read them: the label of a choice, or yes or no. */
static bool facts_add_extras(struct case_facts *facts, int64_t id, struct err *err)
{
    struct visit *visit = facts->visit;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, value FROM case_extra WHERE case_id = $1 AND value <> ''"
                                    " ORDER BY key COLLATE \"sv-natural\"",
                                    DB_ARGS(DB_INT(id)), err);
    for (struct str key, value; db_read_next(rows, TO(&key), TO(&value));) {
        const struct config_field *field =
            config_field(visit->config, arena_printf(visit->arena, "extra_%.*s", STR_FMT(key)));
        bool labelled = field && field->label[visit->view.lang].n;
        case_fact_add(facts, (struct case_fact){.label = labelled ? field->label[visit->view.lang] : key,
                                                .text = config_extra_text(field, visit->view.lang, value),
                                                .multiline = true});
    }
    return db_done(rows, err);
}

bool case_record_load(struct visit *visit, int64_t id, struct case_record *record, struct err *err)
{
    struct case_facts facts = {visit, ARENA_ARRAY(visit->arena, struct case_fact, FACTS_MAX), 0};
    struct case_fact *fields = ARENA_ARRAY(visit->arena, struct case_fact, case_entity.count);
    struct str login, of_object[3];
    int column = 13;
    struct sql sql = sql_start(visit->arena, "SELECT c.number, c.title, c.description, c.status, c.created, c.started,"
                                             " c.finished, c.created_by, at.street, at.postal_code, at.city,"
                                             " (SELECT l.name FROM login l WHERE l.id = c.created_by),"
                                             " (SELECT d.number FROM cases d WHERE d.id = c.duplicate_of)");
    for (size_t i = 0; i < case_entity.count; i++) {
        if (is_fact(visit, i))
            fact_select(&sql, visit, &case_entity.fields[i]);
    }
    sql_put(&sql, " FROM cases c LEFT JOIN object at ON at.id = c.object_id");
    if (!visit_is_staff(visit))
        visible_seen_object(&sql, &visit->actor);
    sql_put(&sql, " WHERE c.id = ?", DB_INT(id));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool found = db_next(rows);
    if (found) {
        db_read(rows, TO(&record->number), TO(&record->title), TO(&record->description), TO(&record->status),
                TO(&record->created), TO(&record->started), TO(&record->finished), TO(&record->created_by),
                TO(&of_object[0]), TO(&of_object[1]), TO(&of_object[2]), TO(&login), TO(&record->duplicate_of));
        for (size_t i = 0; i < case_entity.count; i++) {
            if (is_fact(visit, i))
                fields[i] = case_fact_read(visit, &case_entity.fields[i], rows, &column);
        }
        facts_add_fields(&facts, fields, of_object, login);
    }
    if (!db_done(rows, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "case went away");
    if (!facts_add_extras(&facts, id, err))
        return false;
    record->id = id;
    record->facts = facts.items;
    record->fact_count = facts.count;
    return true;
}

/* --- its work orders, contacts and files -------------------------------------------------------------------------- */

bool work_orders_load(struct visit *visit, int64_t case_id, struct work_order_record **orders, size_t *count,
                      struct err *err)
{
    size_t cap = 0;
    *orders = NULL;
    *count = 0;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT w.number, w.title, t.label_sv, t.label_en, w.resource, " WORK_ORDER_STANDS ","
                 " w.booked_from, w.booked_to, w.started, w.finished, w.cancel_reason"
                 " FROM work_order w JOIN cases c ON c.id = w.case_id"
                 " LEFT JOIN picklist_item t ON t.id = w.type_id WHERE w.case_id = $1"
                 " ORDER BY w.created, w.number COLLATE \"sv-natural\"",
                 DB_ARGS(DB_INT(case_id)), err);
    while (db_next(rows)) {
        struct str english;
        *orders = arena_grow(visit->arena, *orders, *count, &cap, sizeof **orders);
        struct work_order_record *order = &(*orders)[(*count)++];
        db_read(rows, TO(&order->number), TO(&order->title), TO(&order->type), TO(&english), TO(&order->resource),
                TO(&order->status), TO(&order->booked_from), TO(&order->booked_to), TO(&order->started),
                TO(&order->finished), TO(&order->cancel_reason));
        if (visit->view.lang == LANG_EN && english.n)
            order->type = english;
        if (order->status == WORK_ORDER_CANCELLED && !visit_is_staff(visit) && !visit->actor.sees_cancelled)
            --*count;
    }
    return db_done(rows, err);
}

bool case_contacts_load(struct visit *visit, int64_t case_id, struct contact_record **contacts, size_t *count,
                        struct err *err)
{
    size_t cap = 0;
    *contacts = NULL;
    *count = 0;
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT k.number, TRIM(k.first_name || ' ' || k.last_name), CASE WHEN c.primary_contact_id = k.id THEN 1"
        " ELSE 0 END AS first, k.active FROM case_contact x JOIN cases c ON c.id = x.case_id"
        " JOIN contact k ON k.id = x.contact_id WHERE x.case_id = $1"
        " ORDER BY first DESC, k.last_name COLLATE \"sv-natural\", k.first_name COLLATE \"sv-natural\", k.id",
        DB_ARGS(DB_INT(case_id)), err);
    while (db_next(rows)) {
        *contacts = arena_grow(visit->arena, *contacts, *count, &cap, sizeof **contacts);
        struct contact_record *contact = &(*contacts)[(*count)++];
        db_read(rows, TO(&contact->number), TO(&contact->name), TO(&contact->primary), TO(&contact->active));
    }
    return db_done(rows, err);
}

bool case_files_load(struct visit *visit, int64_t case_id, struct file_record **files, size_t *count, struct err *err)
{
    size_t cap = 0;
    *files = NULL;
    *count = 0;
    struct sql sql =
        sql_start(visit->arena,
                  "SELECT f.key, f.name, f.media_type, f.size, f.created, f.visible FROM file f WHERE f.case_id = ?",
                  DB_INT(case_id));
    if (!visit_is_staff(visit)) {
        sql_put(&sql, " AND ");
        visible_attachment(&sql, &visit->actor);
    }
    sql_put(&sql, " ORDER BY f.created, f.name COLLATE \"sv-natural\", f.id");
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        *files = arena_grow(visit->arena, *files, *count, &cap, sizeof **files);
        struct file_record *file = &(*files)[(*count)++];
        db_read(rows, TO(&file->key), TO(&file->name), TO(&file->media_type), TO(&file->size), TO(&file->created),
                TO(&file->visible));
    }
    return db_done(rows, err);
}
