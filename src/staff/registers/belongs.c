/* Lists what belongs to a customer, object or contact: the newest or first few rows of each kind, with links. */
#include "model/case.h"
#include "model/contact_fields.h"
#include "portal/address.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

#define SHOWN 6
#define NUMBER_TRIES 100

/*
 * The columns are: the number or id in the path, the shown number or name, a text, and the state of a case or -1. $1:
 * the id, $2: the most rows.
 */
/* kind: a kind of scope in access/scope.h */
#define CASES_OF(scope)                                                                                                \
    "SELECT * FROM (SELECT s.created, s.case_id FROM case_scope s WHERE s.scope = " scope                              \
    " ORDER BY s.created DESC, s.case_id DESC LIMIT $2) few"
#define CASE_ROWS(kind)                                                                                                \
    "SELECT c.number, c.number, c.title, c.status FROM (" CASES_OF(                                                    \
        "CAST($1 AS BIGINT) * 4 + " kind) " UNION ALL " CASES_OF("-(CAST($1 AS BIGINT) * 4 + " kind                    \
                                                                 ")") ") s JOIN cases c ON c.id = s.case_id"           \
                                                                      " ORDER BY s.created DESC, s.case_id DESC "      \
                                                                      "LIMIT $2"
#define OBJECT_ROWS "SELECT o.number, o.number, o.name, -1 FROM "
#define CUSTOMER_ROWS "SELECT cu.number, cu.number, cu.name, -1 FROM "
#define FILE_ROWS "SELECT CAST(f.id AS TEXT), f.name, '', -1 FROM file f WHERE f."

static const struct part {
    const struct staff_register *reg;
    const char *id;
    const struct msgid *title;
    const char *path; /* the path of the pages of its rows */
    const char *literal;
    const char *all;
    const struct msgid *all_label; /* the full list: ends in a parameter for the number, or NULL */
    const char *more;
    const struct msgid *more_label; /* another list, or NULL */
    const char *fresh;
    const struct msgid *fresh_label;
} PARTS[] = {
    {&customer_register, "cases", _("Latest cases"), "/staff/cases", CASE_ROWS("1"), "/staff/cases?customer=",
     _("Show all cases"), "/staff/cases?status=open&customer=", _("Show open ones"), NULL, NULL},
    {&customer_register, "objects", _("Objects"), "/staff/objects",
     OBJECT_ROWS "object o WHERE o.customer_id = $1 AND o.active = 1 ORDER BY o.number COLLATE \"sv-natural\" LIMIT $2",
     "/staff/objects?customer=", _("Show all objects"), NULL, NULL, "/staff/objects/new?customer=", _("New object")},
    {&customer_register, "contacts", _("Contacts"), "/staff/contacts",
     "SELECT k.number, k.number, k.first_name || ' ' || k.last_name, -1 FROM contact_customer x"
     " JOIN contact k ON k.id = x.contact_id AND k.active = 1 WHERE x.customer_id = $1"
     " ORDER BY k.number COLLATE \"sv-natural\" LIMIT $2",
     "/staff/contacts?customer=", _("Show all contacts"), NULL, NULL,
     "/staff/contacts/new?customers=", _("New contact")},
    {&customer_register, "specifications", _("Invoice specifications"), "/staff/invoices",
     "SELECT s.number, s.number, s.title, -1 FROM invoice_specification s WHERE s.customer_id = $1 ORDER BY s.id DESC"
     " LIMIT $2",
     "/staff/invoices?q=", _("Show all specifications"), NULL, NULL,
     "/staff/invoices/new?customer=", _("New specification")},
    {&object_register, "customer", _("Customer"), "/staff/customers",
     CUSTOMER_ROWS "object o JOIN customer cu ON cu.id = o.customer_id WHERE o.id = $1 LIMIT $2", NULL, NULL, NULL,
     NULL, NULL, NULL},
    {&object_register, "cases", _("Latest cases"), "/staff/cases", CASE_ROWS("2"),
     "/staff/cases?object=", _("Show all cases"), "/staff/cases?status=open&object=", _("Show open ones"), NULL, NULL},
    {&object_register, "inside", _("Objects in it"), "/staff/objects",
     OBJECT_ROWS "object o WHERE o.parent_id = $1 ORDER BY o.number COLLATE \"sv-natural\" LIMIT $2", NULL, NULL, NULL,
     NULL, "/staff/objects/new?parent=", _("New object in it")},
    {&object_register, "contacts", _("Contacts"), "/staff/contacts",
     "SELECT k.number, k.number, k.first_name || ' ' || k.last_name, -1 FROM contact_object x"
     " JOIN contact k ON k.id = x.contact_id AND k.active = 1 WHERE x.object_id = $1"
     " ORDER BY k.number COLLATE \"sv-natural\" LIMIT $2",
     "/staff/contacts?object=", _("Show all contacts"), NULL, NULL, "/staff/contacts/new?objects=", _("New contact")},
    {&contact_register, "cases", _("Latest cases"), "/staff/cases", CASE_ROWS("0"), NULL, NULL, NULL, NULL, NULL, NULL},
    {&contact_register, "customers", _("Customers"), "/staff/customers",
     CUSTOMER_ROWS "contact_customer x JOIN customer cu ON cu.id = x.customer_id WHERE x.contact_id = $1"
                   " ORDER BY cu.number COLLATE \"sv-natural\" LIMIT $2",
     NULL, NULL, NULL, NULL, NULL, NULL},
    {&contact_register, "objects", _("Objects"), "/staff/objects",
     OBJECT_ROWS "contact_object x JOIN object o ON o.id = x.object_id WHERE x.contact_id = $1 ORDER BY o.number "
                 "COLLATE \"sv-natural\""
                 " LIMIT $2",
     NULL, NULL, NULL, NULL, NULL, NULL},
    {&contact_register, "accounts", _("Accounts"), "/staff/accounts",
     "SELECT CAST(a.id AS TEXT), a.email, '', -1 FROM contact_address m JOIN login l ON l.kind = 'contact'"
     " AND l.name = m.address JOIN account a ON a.id = l.owner_id WHERE m.contact_id = $1"
     " ORDER BY a.email COLLATE \"sv-natural\" LIMIT $2",
     NULL, NULL, NULL, NULL, "/staff/accounts?email=", _("Invite")},
    {&customer_register, "files", _("Files"), "/staff/files", FILE_ROWS "customer_id = $1 ORDER BY f.id DESC LIMIT $2",
     "", _("Show all files"), NULL, NULL, NULL, NULL},
    {&object_register, "files", _("Files"), "/staff/files", FILE_ROWS "object_id = $1 ORDER BY f.id DESC LIMIT $2", "",
     _("Show all files"), NULL, NULL, NULL, NULL},
};
#define PART_COUNT (sizeof PARTS / sizeof *PARTS)

/* Returns the address of a link; empty when there is no such page. */
static struct str belongs_url(struct arena *arena, const char *start, struct str value)
{
    return start && value.n ? address_with(arena, start, value) : STR_NONE;
}

static bool belongs_load(struct visit *visit, const struct part *part, const struct form *form,
                         struct belongs_view *view, struct err *err)
{
    struct belongs_row_view *made = ARENA_ARRAY(visit->arena, struct belongs_row_view, SHOWN), *row;
    struct str number = form->stored[0];
    /* The link to a new account invites the first address of the contact. */
    struct str fresh = part->reg == &contact_register ? form->values[CONTACT_EMAIL] : number;
    struct db_rows *rows =
        db_query(visit->db, visit->arena, part->literal, DB_ARGS(DB_INT(form->id), DB_INT(SHOWN)), err);
    while (db_next(rows) && view->count < SHOWN) {
        row = &made[view->count++];
        db_read(rows, TO(&row->url), TO(&row->main), TO(&row->text), TO(&row->status));
        row->url = address_of(visit->arena, part->path, row->url, "");
        row->status_label = visit_tr(visit, code_label(&case_statuses, row->status));
    }
    view->id = part->id;
    view->title = visit_tr(visit, part->title);
    view->rows = made;
    view->all_label = visit_tr(visit, part->all_label);
    view->more_label = visit_tr(visit, part->more_label);
    view->new_label = visit_tr(visit, part->fresh_label);
    if (part->all && !*part->all)
        view->all_url = register_path(visit->arena, part->reg, number, "/files");
    else if (view->count)
        view->all_url = belongs_url(visit->arena, part->all, number);
    view->more_url = view->count ? belongs_url(visit->arena, part->more, number) : STR_NONE;
    view->new_url = belongs_url(visit->arena, part->fresh, fresh);
    return db_done(rows, err);
}

bool register_belongs(struct visit *visit, const struct staff_register *reg, const struct form *form,
                      struct register_form_view *view, struct err *err)
{
    struct belongs_view *made = ARENA_ARRAY(visit->arena, struct belongs_view, PART_COUNT);
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (PARTS[i].reg == reg && !belongs_load(visit, &PARTS[i], form, &made[view->belongs_count++], err))
            return false;
    }
    view->belongs = made;
    return true;
}

/* --- the next number ---------------------------------------------------------------------------------------------- */

/*
 * Returns the next number: `K-0100` after `K-0099`. Empty when the number does not end in a digit, or ends in too many
 * digits to count.
 */
static struct str number_after(struct arena *arena, struct str number)
{
    size_t digits = 0;
    int64_t value = 0;
    while (digits < number.n && number.p[number.n - digits - 1] >= '0' && number.p[number.n - digits - 1] <= '9')
        digits++;
    if (!digits || digits > 15 || !str_to_int(str_slice(number, number.n - digits, number.n), &value))
        return STR_NONE;
    return arena_printf(arena, "%.*s%0*lld", STR_FMT(str_slice(number, 0, number.n - digits)), (int)digits,
                        (long long)value + 1);
}

bool register_next_number(struct visit *visit, const struct staff_register *reg, struct str *number, struct err *err)
{
    const char *literal = reg->entity->table_literal;
    struct sql sql = sql_start(visit->arena, "SELECT t.number FROM {} t WHERE t.id = (SELECT MAX(id) FROM {})",
                               SQL(literal), SQL(literal));
    bool taken = false;
    *number = STR_NONE;
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(number)), &taken, err))
        return false;
    for (int i = 0; taken && i < NUMBER_TRIES; i++) {
        *number = number_after(visit->arena, *number);
        sql = sql_start(visit->arena, "SELECT 1 FROM {} t WHERE t.number = ?", SQL(literal), DB_TEXT(*number));
        if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO_NOTHING), &taken, err))
            return false;
    }
    if (taken)
        *number = STR_NONE;
    return true;
}
