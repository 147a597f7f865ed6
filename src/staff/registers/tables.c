/* The fields of each register, and how a row of each is written. */
#include "access/scope.h"
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

static int64_t active_of(struct str value)
{
    return value.n ? 1 : 0;
}

/* --- customers -------------------------------------------------------------------------------------------------------------------------- */

enum {
    CUSTOMER_NUMBER,
    CUSTOMER_NAME,
    CUSTOMER_EMAIL,
    CUSTOMER_PHONE,
    CUSTOMER_STREET,
    CUSTOMER_POSTAL,
    CUSTOMER_CITY,
    CUSTOMER_ACTIVE
};

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

static bool insert(struct visit *visit, const char *literal, const struct db_value *values, size_t count,
                   struct register_row *row, struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena, literal, values, count, err);
    if (rows && db_next(rows))
        row->id = db_int(rows, 0);
    return db_done(rows, err);
}

static bool save_customer(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *v = row->values;
    if (!row->id)
        return insert(visit,
                      "INSERT INTO customer (number, name, email, phone, street, postal_code, city, active)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                      DB_ARGS(DB_TEXT(v[CUSTOMER_NUMBER]), DB_TEXT(v[CUSTOMER_NAME]), DB_TEXT(v[CUSTOMER_EMAIL]),
                              DB_TEXT(v[CUSTOMER_PHONE]), DB_TEXT(v[CUSTOMER_STREET]), DB_TEXT(v[CUSTOMER_POSTAL]),
                              DB_TEXT(v[CUSTOMER_CITY]), DB_INT(active_of(v[CUSTOMER_ACTIVE]))),
                      row, err);
    return db_exec(visit->db,
                   "UPDATE customer SET name = $2, email = $3, phone = $4, street = $5, postal_code = $6, city = $7,"
                   " active = $8 WHERE id = $1",
                   DB_ARGS(DB_INT(row->id), DB_TEXT(v[CUSTOMER_NAME]), DB_TEXT(v[CUSTOMER_EMAIL]),
                           DB_TEXT(v[CUSTOMER_PHONE]), DB_TEXT(v[CUSTOMER_STREET]), DB_TEXT(v[CUSTOMER_POSTAL]),
                           DB_TEXT(v[CUSTOMER_CITY]), DB_INT(active_of(v[CUSTOMER_ACTIVE]))),
                   err);
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
    .fields = CUSTOMER_FIELDS,
    .field_count = COUNT_OF(CUSTOMER_FIELDS),
    .save = save_customer,
};

/* --- objects ---------------------------------------------------------------------------------------------------------------------------- */

enum {
    OBJECT_NUMBER,
    OBJECT_NAME,
    OBJECT_CUSTOMER,
    OBJECT_PARENT,
    OBJECT_GROUP,
    OBJECT_STREET,
    OBJECT_POSTAL,
    OBJECT_CITY,
    OBJECT_ACTIVE
};

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

/* Another customer of the object is another way to its cases. */
static bool refresh_cases_of(struct visit *visit, int64_t object_id, struct err *err)
{
    struct arena *arena = visit->arena;
    int64_t *ids = NULL;
    size_t count = 0, cap = 0;
    struct db_rows *rows = db_query(visit->db, arena, "SELECT id FROM cases WHERE object_id = $1 ORDER BY id",
                                    DB_ARGS(DB_INT(object_id)), err);
    while (rows && db_next(rows)) {
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

static bool update_object(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *v = row->values;
    int64_t before = 0;
    if (!db_query_int(visit->db, "SELECT COALESCE(customer_id, 0) FROM object WHERE id = $1", DB_ARGS(DB_INT(row->id)),
                      NULL, &before, err) ||
        !db_exec(visit->db,
                 "UPDATE object SET name = $2, customer_id = $3, parent_id = $4, group_id = $5, street = $6,"
                 " postal_code = $7, city = $8, active = $9 WHERE id = $1",
                 DB_ARGS(DB_INT(row->id), DB_TEXT(v[OBJECT_NAME]), DB_ID_OR_NULL(row->ids[OBJECT_CUSTOMER]),
                         DB_ID_OR_NULL(row->ids[OBJECT_PARENT]), DB_ID_OR_NULL(row->ids[OBJECT_GROUP]),
                         DB_TEXT(v[OBJECT_STREET]), DB_TEXT(v[OBJECT_POSTAL]), DB_TEXT(v[OBJECT_CITY]),
                         DB_INT(active_of(v[OBJECT_ACTIVE]))),
                 err))
        return false;
    return before == row->ids[OBJECT_CUSTOMER] || refresh_cases_of(visit, row->id, err);
}

static bool save_object(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *v = row->values;
    if (row->id)
        return update_object(visit, row, err);
    return insert(
        visit,
        "INSERT INTO object (number, name, customer_id, parent_id, group_id, street, postal_code, city, active)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        DB_ARGS(DB_TEXT(v[OBJECT_NUMBER]), DB_TEXT(v[OBJECT_NAME]), DB_ID_OR_NULL(row->ids[OBJECT_CUSTOMER]),
                DB_ID_OR_NULL(row->ids[OBJECT_PARENT]), DB_ID_OR_NULL(row->ids[OBJECT_GROUP]),
                DB_TEXT(v[OBJECT_STREET]), DB_TEXT(v[OBJECT_POSTAL]), DB_TEXT(v[OBJECT_CITY]),
                DB_INT(active_of(v[OBJECT_ACTIVE]))),
        row, err);
}

const struct staff_register object_register = {
    .path = "objects",
    .title = _("Objects"),
    .one = _("Object"),
    .new_one = _("New object"),
    .login_kind = "object",
    .select_literal = "SELECT t.id, t.number, t.name, cu.number, pa.number, gr.key, t.street, t.postal_code, t.city,"
                      " CASE WHEN t.active = 1 THEN 'yes' ELSE '' END FROM object t"
                      " LEFT JOIN customer cu ON cu.id = t.customer_id LEFT JOIN object pa ON pa.id = t.parent_id"
                      " LEFT JOIN picklist_item gr ON gr.id = t.group_id",
    .search_literal = "t.number || ' ' || t.name || ' ' || t.street || ' ' || t.city || ' ' || COALESCE(cu.name, '')",
    .newest_literal = "(SELECT MAX(id) FROM object)",
    .fields = OBJECT_FIELDS,
    .field_count = COUNT_OF(OBJECT_FIELDS),
    .save = save_object,
    .settle = object_tree_check,
};

/* --- contacts ---------------------------------------------------------------------------------------------------------------------------- */

enum {
    CONTACT_NUMBER,
    CONTACT_FIRST,
    CONTACT_LAST,
    CONTACT_EMAIL,
    CONTACT_EMAIL_2,
    CONTACT_EMAIL_3,
    CONTACT_PHONE,
    CONTACT_MOBILE,
    CONTACT_ACTIVE,
    CONTACT_CUSTOMERS,
    CONTACT_OBJECTS
};

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

/* Accounts are matched by these (domain 3). */
static bool write_addresses(struct visit *visit, const struct register_row *row, struct err *err)
{
    if (!db_exec(visit->db, "DELETE FROM contact_address WHERE contact_id = $1", DB_ARGS(DB_INT(row->id)), err))
        return false;
    for (int i = CONTACT_EMAIL; i <= CONTACT_EMAIL_3; i++) {
        struct str address = actor_fold_name(visit->arena, row->values[i]);
        if (address.n &&
            !db_exec(visit->db,
                     "INSERT INTO contact_address (address, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_TEXT(address), DB_INT(row->id)), err))
            return false;
    }
    return true;
}

static bool write_links(struct visit *visit, int64_t id, struct str lines, const char *delete_literal,
                        const char *insert_literal, struct err *err)
{
    struct str rest = lines, line;
    if (!db_exec(visit->db, delete_literal, DB_ARGS(DB_INT(id)), err))
        return false;
    while (str_cut(&rest, '\n', &line)) {
        if (str_trim(line).n && !db_exec(visit->db, insert_literal, DB_ARGS(DB_INT(id), DB_TEXT(str_trim(line))), err))
            return false;
    }
    return true;
}

static bool write_contact(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *v = row->values;
    if (!row->id)
        return insert(
            visit,
            "INSERT INTO contact (number, first_name, last_name, email, email_2, email_3, phone, mobile, active)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
            DB_ARGS(DB_TEXT(v[CONTACT_NUMBER]), DB_TEXT(v[CONTACT_FIRST]), DB_TEXT(v[CONTACT_LAST]),
                    DB_TEXT(v[CONTACT_EMAIL]), DB_TEXT(v[CONTACT_EMAIL_2]), DB_TEXT(v[CONTACT_EMAIL_3]),
                    DB_TEXT(v[CONTACT_PHONE]), DB_TEXT(v[CONTACT_MOBILE]), DB_INT(active_of(v[CONTACT_ACTIVE]))),
            row, err);
    return db_exec(visit->db,
                   "UPDATE contact SET first_name = $2, last_name = $3, email = $4, email_2 = $5, email_3 = $6,"
                   " phone = $7, mobile = $8, active = $9 WHERE id = $1",
                   DB_ARGS(DB_INT(row->id), DB_TEXT(v[CONTACT_FIRST]), DB_TEXT(v[CONTACT_LAST]),
                           DB_TEXT(v[CONTACT_EMAIL]), DB_TEXT(v[CONTACT_EMAIL_2]), DB_TEXT(v[CONTACT_EMAIL_3]),
                           DB_TEXT(v[CONTACT_PHONE]), DB_TEXT(v[CONTACT_MOBILE]), DB_INT(active_of(v[CONTACT_ACTIVE]))),
                   err);
}

static bool save_contact(struct visit *visit, struct register_row *row, struct err *err)
{
    return write_contact(visit, row, err) && write_addresses(visit, row, err) &&
           write_links(
               visit, row->id, row->values[CONTACT_CUSTOMERS], "DELETE FROM contact_customer WHERE contact_id = $1",
               "INSERT INTO contact_customer (contact_id, customer_id) SELECT CAST($1 AS BIGINT), id FROM customer"
               " WHERE number = $2 ON CONFLICT DO NOTHING",
               err) &&
           write_links(visit, row->id, row->values[CONTACT_OBJECTS], "DELETE FROM contact_object WHERE contact_id = $1",
                       "INSERT INTO contact_object (contact_id, object_id) SELECT CAST($1 AS BIGINT), id FROM object"
                       " WHERE number = $2 ON CONFLICT DO NOTHING",
                       err);
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
    .fields = CONTACT_FIELDS,
    .field_count = COUNT_OF(CONTACT_FIELDS),
    .save = save_contact,
};

/* --- articles --------------------------------------------------------------------------------------------------------------------------- */

enum { ARTICLE_NUMBER, ARTICLE_NAME, ARTICLE_TYPE, ARTICLE_UNIT, ARTICLE_PRICE, ARTICLE_ACTIVE };

static const struct register_field ARTICLE_FIELDS[] = {
    {"number", _("Number"), REGISTER_KEY, SHORT, true, true},
    {"name", _("Name"), REGISTER_TEXT, LINE, true, true},
    {"article_type", _("Article type"), REGISTER_TYPE, SHORT, true, true},
    {"unit", _("Unit"), REGISTER_TEXT, SHORT, false, true},
    {"unit_price", _("Unit price"), REGISTER_PRICE, SHORT, false, true},
    {"active", _("Active"), REGISTER_ACTIVE, 3, false, true},
};

static struct db_value price_or_null(const struct register_row *row)
{
    return row->values[ARTICLE_PRICE].n ? DB_INT(row->ids[ARTICLE_PRICE]) : DB_NULL;
}

static bool save_article(struct visit *visit, struct register_row *row, struct err *err)
{
    const struct str *v = row->values;
    if (!row->id)
        return insert(visit,
                      "INSERT INTO article (number, name, article_type, unit, unit_price, active)"
                      " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                      DB_ARGS(DB_TEXT(v[ARTICLE_NUMBER]), DB_TEXT(v[ARTICLE_NAME]), DB_TEXT(v[ARTICLE_TYPE]),
                              DB_TEXT(v[ARTICLE_UNIT]), price_or_null(row), DB_INT(active_of(v[ARTICLE_ACTIVE]))),
                      row, err);
    return db_exec(visit->db,
                   "UPDATE article SET name = $2, article_type = $3, unit = $4, unit_price = $5, active = $6"
                   " WHERE id = $1",
                   DB_ARGS(DB_INT(row->id), DB_TEXT(v[ARTICLE_NAME]), DB_TEXT(v[ARTICLE_TYPE]),
                           DB_TEXT(v[ARTICLE_UNIT]), price_or_null(row), DB_INT(active_of(v[ARTICLE_ACTIVE]))),
                   err);
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
    .fields = ARTICLE_FIELDS,
    .field_count = COUNT_OF(ARTICLE_FIELDS),
    .save = save_article,
};
