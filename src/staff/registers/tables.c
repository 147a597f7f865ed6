/* The registers, and how their rows are read. */
#include "model/article.h"
#include "model/article_fields.h"
#include "model/contact.h"
#include "model/contact_fields.h"
#include "model/customer.h"
#include "model/customer_fields.h"
#include "model/object.h"
#include "model/object_fields.h"
#include "portal/address.h"
#include "staff/find/find.h"
#include "staff/registers/internal.h"

const struct staff_register customer_register = {
    .path = "customers",
    .title = _("Customers"),
    .one = _("Customer"),
    .new_one = _("New customer"),
    .login_kind = ACTOR_CUSTOMER,
    .entity = &customer_entity,
    .save = customer_save,
};

/* When an object gets another customer, other logins can see its cases. */
static bool object_settle(struct form *form, struct err *err)
{
    struct visit *visit = form->visit;
    return (form->ids[OBJECT_CUSTOMER] == form->stored_ids[OBJECT_CUSTOMER] ||
            object_refresh_cases(visit->db, visit->arena, form->id, err)) &&
           object_tree_check(form, err);
}

const struct staff_register object_register = {
    .path = "objects",
    .title = _("Objects"),
    .one = _("Object"),
    .new_one = _("New object"),
    .login_kind = ACTOR_OBJECT,
    .entity = &object_entity,
    .labels = {{OBJECT_CUSTOMER, _("Customer number")}, {OBJECT_PARENT, _("Lies in object (number)")}},
    .save = object_save,
    .settle = object_settle,
};

static bool contact_settle(struct form *form, struct err *err)
{
    struct db_conn *conn = form->visit->db;
    return contact_set_addresses(conn, form->visit->arena, form->id, form->values + CONTACT_EMAIL, err) &&
           contact_set_customers(conn, form->id, form->values[CONTACT_CUSTOMERS], err) &&
           contact_set_objects(conn, form->id, form->values[CONTACT_OBJECTS], err);
}

const struct staff_register contact_register = {
    .path = "contacts",
    .title = _("Contacts"),
    .one = _("Contact"),
    .new_one = _("New contact"),
    .entity = &contact_entity,
    .labels = {{CONTACT_CUSTOMERS, _("Customers (numbers, one a line)")},
               {CONTACT_OBJECTS, _("Objects (numbers, one a line)")}},
    .save = contact_save,
    .settle = contact_settle,
};

const struct staff_register article_register = {
    .path = "articles",
    .title = _("Articles"),
    .one = _("Article"),
    .new_one = _("New article"),
    .entity = &article_entity,
    .save = article_save,
};

const struct staff_register *register_of(const struct visit *visit)
{
    static const struct staff_register *const REGISTERS[] = {&customer_register, &object_register, &contact_register};
    struct str rest = str_slice(visit->request->path, sizeof "/staff/" - 1, visit->request->path.n), name = STR_NONE;
    (void)str_cut(&rest, '/', &name);
    for (size_t i = 0; i < sizeof REGISTERS / sizeof *REGISTERS; i++) {
        if (str_eqz(name, REGISTERS[i]->path))
            return REGISTERS[i];
    }
    return &article_register;
}

struct str register_path(struct arena *arena, const struct staff_register *reg, struct str number, const char *ending)
{
    return address_of(arena, arena_printf(arena, "/staff/%s", reg->path).p, number, ending);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

void register_begin(struct visit *visit, const struct staff_register *reg, struct form *form)
{
    form_begin(form, visit, reg->entity);
    form->fields[0].shown = true; /* the number, which never changes once it is stored */
    form->find = form_lookup;
    for (size_t i = 0; i < sizeof reg->labels / sizeof *reg->labels; i++) {
        if (reg->labels[i].label)
            form->fields[reg->labels[i].at].label_msgid = reg->labels[i].label;
    }
    for (size_t i = 0; i < form->count; i++)
        form_lookup_path(form, i);
}

/* Sets a field with several numbers: the customers or objects of a contact. */
static bool register_load_numbers(struct form *form, size_t at, struct err *err)
{
    struct visit *visit = form->visit;
    struct str text;
    struct sql sql = sql_start(visit->arena, "SELECT x.number FROM ");
    if (form->fields[at].rule->kind == FIELD_CUSTOMER)
        sql_put(&sql, "contact_customer l JOIN customer x ON x.id = l.customer_id");
    else
        sql_put(&sql, "contact_object l JOIN object x ON x.id = l.object_id");
    sql_put(&sql, " WHERE l.contact_id = ? ORDER BY x.number COLLATE \"sv-natural\"", DB_INT(form->id));
    if (!db_read_joined(db_query_sql(visit->db, visit->arena, &sql, err), "\n", &text, err))
        return false;
    form_set(form, at, text, 0);
    return true;
}

bool register_load(struct visit *visit, const struct staff_register *reg, struct str number, struct form *form,
                   struct err *err)
{
    register_begin(visit, reg, form);
    if (!form_find(form, reg->entity, number, err))
        return false;
    form->fields[0].readonly = true;
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].rule->many && !register_load_numbers(form, i, err))
            return false;
    }
    return true;
}

bool register_load_asked(struct visit *visit, const struct staff_register *reg, struct form *form, struct err *err)
{
    return register_load(visit, reg, address_number(visit->arena, visit->path_value[0]), form, err);
}
