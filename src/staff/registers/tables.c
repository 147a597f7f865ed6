/* The fields of each register, and how each register writes a row. */
#include "access/scope.h"
#include "model/article_fields.h"
#include "model/contact.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/object_fields.h"
#include "portal/address.h"
#include "staff/registers/internal.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define LINE 300
#define SHORT 100

const struct staff_register *register_find(struct str path)
{
    static const struct staff_register *const all[] = {&customer_register, &object_register, &contact_register,
                                                       &article_register};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (str_eqz(path, all[i]->path))
            return all[i];
    }
    return NULL;
}

struct str register_path(struct arena *arena, const struct staff_register *reg, struct str number, const char *behind)
{
    return address_of(arena, arena_printf(arena, "/staff/%s", reg->path).p, number, behind);
}

/* --- customers ---------------------------------------------------------------------------------------------------- */

static const struct register_field CUSTOMER_FIELDS[] = {
    {"number", _("Number"), REGISTER_KEY, SHORT, true, true},
    {"name", _("Name"), REGISTER_TEXT, LINE, true, true},
    {"email", _("E-mail address"), REGISTER_EMAIL, LINE, false, false},
    {"phone", _("Phone"), REGISTER_TEXT, SHORT, false, true},
    {"street", _("Street"), REGISTER_TEXT, LINE, false, true},
    {"postal_code", _("Postal code"), REGISTER_TEXT, SHORT, false, false},
    {"city", _("City"), REGISTER_TEXT, SHORT, false, true},
    {"active", _("Active"), REGISTER_ACTIVE, 3, false, true},
};

/* Writes the values of the form. */
static bool tables_write_row(struct visit *visit, const struct entity *entity, struct register_row *row,
                             struct err *err)
{
    struct record_column columns[FORM_FIELDS_MAX];
    size_t count = form_columns(&row->form, columns);
    if (row->id)
        return record_update(visit->db, visit->arena, entity, row->id, columns, count, err);
    return record_insert(visit->db, visit->arena, entity, columns, count, &row->id, err);
}

static bool save_customer(struct visit *visit, struct register_row *row, struct err *err)
{
    return tables_write_row(visit, &customer_entity, row, err);
}

const struct staff_register customer_register = {
    .path = "customers",
    .title = _("Customers"),
    .one = _("Customer"),
    .new_one = _("New customer"),
    .login_kind = "customer",
    .select_literal = "SELECT t.id, t.number, t.name, t.email, t.phone, t.street, t.postal_code, t.city,"
                      " CASE WHEN t.active = 1 THEN 'yes' ELSE '' END FROM customer t",
    .search_literal = "t.number || ' ' || t.name || ' ' || t.email || ' ' || t.street || ' ' || t.city",
    .newest_literal = "(SELECT MAX(id) FROM customer)",
    .entity = &customer_entity,
    .fields = CUSTOMER_FIELDS,
    .field_count = COUNT_OF(CUSTOMER_FIELDS),
    .save = save_customer,
};

/* --- objects ------------------------------------------------------------------------------------------------------ */

static const struct register_field OBJECT_FIELDS[] = {
    {"number", _("Number"), REGISTER_KEY, SHORT, true, true},
    {"name", _("Name"), REGISTER_TEXT, LINE, true, true},
    {"customer", _("Customer number"), REGISTER_CUSTOMER, SHORT, false, true},
    {"parent", _("Lies in object (number)"), REGISTER_OBJECT, SHORT, false, true},
    {"group", _("Group"), REGISTER_GROUP, SHORT, false, false},
    {"street", _("Street"), REGISTER_TEXT, LINE, false, true},
    {"postal_code", _("Postal code"), REGISTER_TEXT, SHORT, false, false},
    {"city", _("City"), REGISTER_TEXT, SHORT, false, true},
    {"active", _("Active"), REGISTER_ACTIVE, 3, false, true},
};

/* When the object gets another customer, other logins can see its cases. */
static bool refresh_cases_of(struct visit *visit, int64_t object_id, struct err *err)
{
    struct arena *arena = visit->arena;
    int64_t *ids = NULL;
    size_t count = 0, cap = 0;
    struct db_rows *rows = db_query(visit->db, arena, "SELECT id FROM cases WHERE object_id = $1 ORDER BY id",
                                    DB_ARGS(DB_INT(object_id)), err);
    while (db_next(rows)) {
        if (count == cap) {
            cap = cap ? cap * 2 : 64;
            int64_t *grown = ARENA_ARRAY(arena, int64_t, cap);
            for (size_t i = 0; i < count; i++)
                grown[i] = ids[i];
            ids = grown;
        }
        ids[count++] = db_int(rows, 0);
    }
    if (!db_done(rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!scope_refresh_case(visit->db, arena, ids[i], err))
            return false;
    }
    return true;
}

static bool save_object(struct visit *visit, struct register_row *row, struct err *err)
{
    bool made = row->id == 0, moved = row->form.ids[OBJECT_CUSTOMER] != row->form.stored_ids[OBJECT_CUSTOMER];
    return tables_write_row(visit, &object_entity, row, err) &&
           (made || !moved || refresh_cases_of(visit, row->id, err));
}

const struct staff_register object_register = {
    .path = "objects",
    .title = _("Objects"),
    .one = _("Object"),
    .new_one = _("New object"),
    .login_kind = "object",
    .select_literal =
        "SELECT t.id, t.number, t.name, cu.number, pa.number, gr.key, t.street, t.postal_code, t.city,"
        " CASE WHEN t.active = 1 THEN 'yes' ELSE '' END, t.customer_id, t.parent_id, t.group_id FROM object t"
        " LEFT JOIN customer cu ON cu.id = t.customer_id LEFT JOIN object pa ON pa.id = t.parent_id"
        " LEFT JOIN picklist_item gr ON gr.id = t.group_id",
    .search_literal = "t.number || ' ' || t.name || ' ' || t.street || ' ' || t.city || ' ' || COALESCE(cu.name, '')",
    .newest_literal = "(SELECT MAX(id) FROM object)",
    .entity = &object_entity,
    .fields = OBJECT_FIELDS,
    .field_count = COUNT_OF(OBJECT_FIELDS),
    .save = save_object,
    .settle = object_tree_check,
};

/* --- contacts ----------------------------------------------------------------------------------------------------- */

static const struct register_field CONTACT_FIELDS[] = {
    {"number", _("Number"), REGISTER_KEY, SHORT, true, true},
    {"first_name", _("First name"), REGISTER_TEXT, LINE, true, true},
    {"last_name", _("Last name"), REGISTER_TEXT, LINE, true, true},
    {"email", _("E-mail address"), REGISTER_EMAIL, LINE, false, true},
    {"email_2", _("Second e-mail address"), REGISTER_EMAIL, LINE, false, false},
    {"email_3", _("Third e-mail address"), REGISTER_EMAIL, LINE, false, false},
    {"phone", _("Phone"), REGISTER_TEXT, SHORT, false, true},
    {"mobile", _("Mobile"), REGISTER_TEXT, SHORT, false, true},
    {"active", _("Active"), REGISTER_ACTIVE, 3, false, true},
    {"customers", _("Customers (numbers, one a line)"), REGISTER_CUSTOMERS, 100000, false, false},
    {"objects", _("Objects (numbers, one a line)"), REGISTER_OBJECTS, 100000, false, false},
};

static bool save_contact(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *values = row->form.values;
    return tables_write_row(visit, &contact_entity, row, err) &&
           contact_set_addresses(visit->db, visit->arena, row->id, values + CONTACT_EMAIL, err) &&
           contact_set_customers(visit->db, row->id, values[CONTACT_CUSTOMERS], err) &&
           contact_set_objects(visit->db, row->id, values[CONTACT_OBJECTS], err);
}

const struct staff_register contact_register = {
    .path = "contacts",
    .title = _("Contacts"),
    .one = _("Contact"),
    .new_one = _("New contact"),
    .select_literal =
        "SELECT t.id, t.number, t.first_name, t.last_name, t.email, t.email_2, t.email_3, t.phone, t.mobile,"
        " CASE WHEN t.active = 1 THEN 'yes' ELSE '' END FROM contact t",
    .search_literal =
        "t.number || ' ' || t.first_name || ' ' || t.last_name || ' ' || t.email || ' ' || t.email_2 || ' '"
        " || t.email_3 || ' ' || t.phone || ' ' || t.mobile",
    .newest_literal = "(SELECT MAX(id) FROM contact)",
    .entity = &contact_entity,
    .fields = CONTACT_FIELDS,
    .field_count = COUNT_OF(CONTACT_FIELDS),
    .save = save_contact,
};

/* --- articles ----------------------------------------------------------------------------------------------------- */

static const struct register_field ARTICLE_FIELDS[] = {
    {"number", _("Number"), REGISTER_KEY, SHORT, true, true},
    {"name", _("Name"), REGISTER_TEXT, LINE, true, true},
    {"article_type", _("Article type"), REGISTER_TYPE, SHORT, true, true},
    {"unit", _("Unit"), REGISTER_TEXT, SHORT, false, true},
    {"unit_price", _("Unit price"), REGISTER_PRICE, SHORT, false, true},
    {"active", _("Active"), REGISTER_ACTIVE, 3, false, true},
};

static bool save_article(struct visit *visit, struct register_row *row, struct err *err)
{
    return tables_write_row(visit, &article_entity, row, err);
}

const struct staff_register article_register = {
    .path = "articles",
    .title = _("Articles"),
    .one = _("Article"),
    .new_one = _("New article"),
    .select_literal = "SELECT t.id, t.number, t.name, t.article_type, t.unit, t.unit_price,"
                      " CASE WHEN t.active = 1 THEN 'yes' ELSE '' END FROM article t",
    .search_literal = "t.number || ' ' || t.name",
    .newest_literal = "(SELECT MAX(id) FROM article)",
    .entity = &article_entity,
    .fields = ARTICLE_FIELDS,
    .field_count = COUNT_OF(ARTICLE_FIELDS),
    .save = save_article,
};
