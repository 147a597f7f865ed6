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
#define CASE_ROWS(kind)                                                                                                \
    "SELECT c.number, c.number, c.title, c.status FROM case_scope s JOIN cases c ON c.id = s.case_id"                  \
    " WHERE s.scope = CAST($1 AS BIGINT) * 4 + " kind " ORDER BY s.created DESC, s.case_id DESC LIMIT $2"
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
    {&customer_register, "cases", _("Latest cases"), "/staff/cases", CASE_ROWS("1"),
     "/staff/cases?customer=", _("All its cases"), "/staff/cases?status=open&customer=", _("Open ones"), NULL, NULL},
    {&customer_register, "objects", _("Objects"), "/staff/objects",
     OBJECT_ROWS "object o WHERE o.customer_id = $1 AND o.active = 1 ORDER BY o.number COLLATE \"sv-natural\" LIMIT $2",
     "/staff/objects?customer=", _("All its objects"), NULL, NULL, "/staff/objects/new?customer=", _("New object")},
    {&customer_register, "contacts", _("Contacts"), "/staff/contacts",
     "SELECT k.number, k.number, k.first_name || ' ' || k.last_name, -1 FROM contact_customer x JOIN contact k"
     " ON k.id = x.contact_id AND k.active = 1 WHERE x.customer_id = $1 ORDER BY k.number COLLATE \"sv-natural\" LIMIT "
     "$2",
     "/staff/contacts?customer=", _("All its contacts"), NULL, NULL,
     "/staff/contacts/new?customers=", _("New contact")},
    {&customer_register, "specifications", _("Invoice specifications"), "/staff/invoices",
     "SELECT s.number, s.number, s.title, -1 FROM invoice_specification s WHERE s.customer_id = $1 ORDER BY s.id DESC"
     " LIMIT $2",
     "/staff/invoices?q=", _("All its specifications"), NULL, NULL,
     "/staff/invoices/new?customer=", _("New specification")},
    {&object_register, "customer", _("Customer"), "/staff/customers",
     CUSTOMER_ROWS "object o JOIN customer cu ON cu.id = o.customer_id WHERE o.id = $1 LIMIT $2", NULL, NULL, NULL,
     NULL, NULL, NULL},
    {&object_register, "cases", _("Latest cases"), "/staff/cases", CASE_ROWS("2"),
     "/staff/cases?object=", _("All its cases"), "/staff/cases?status=open&object=", _("Open ones"), NULL, NULL},
    {&object_register, "inside", _("What lies in it"), "/staff/objects",
     OBJECT_ROWS "object o WHERE o.parent_id = $1 ORDER BY o.number COLLATE \"sv-natural\" LIMIT $2", NULL, NULL, NULL,
     NULL, "/staff/objects/new?parent=", _("New object in it")},
    {&object_register, "contacts", _("Contacts"), "/staff/contacts",
     "SELECT k.number, k.number, k.first_name || ' ' || k.last_name, -1 FROM contact_object x JOIN contact k"
     " ON k.id = x.contact_id AND k.active = 1 WHERE x.object_id = $1 ORDER BY k.number COLLATE \"sv-natural\" LIMIT "
     "$2",
     "/staff/contacts?object=", _("All its contacts"), NULL, NULL, "/staff/contacts/new?objects=", _("New contact")},
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
     " AND l.name = m.address JOIN account a ON a.id = l.owner_id WHERE m.contact_id = $1 ORDER BY a.id LIMIT $2",
     NULL, NULL, NULL, NULL, "/staff/accounts?email=", _("Invite")},
    {&customer_register, "files", _("Files"), "/staff/files", FILE_ROWS "customer_id = $1 ORDER BY f.id DESC LIMIT $2",
     "", _("All its files"), NULL, NULL, NULL, NULL},
    {&object_register, "files", _("Files"), "/staff/files", FILE_ROWS "object_id = $1 ORDER BY f.id DESC LIMIT $2", "",
     _("All its files"), NULL, NULL, NULL, NULL},
};
#define PART_COUNT (sizeof PARTS / sizeof *PARTS)

static struct str belongs_list_url(struct arena *arena, const char *start, struct str number)
{
    struct buf url;
    if (!start)
        return STR_NONE;
    buf_init(&url, arena);
    buf_z(&url, start);
    buf_url_part(&url, number);
    return buf_text(&url);
}

/* Returns the link to a new row. For a contact it invites the first address; empty when the contact has no address. */
static struct str fresh_url(struct arena *arena, const struct part *part, const struct register_row *row)
{
    bool invites = part->reg == &contact_register;
    struct str what = invites ? row->form.values[CONTACT_EMAIL] : row->number;
    return what.n ? belongs_list_url(arena, part->fresh, what) : STR_NONE;
}

static bool belongs_load_rows(struct visit *visit, const struct part *part, const struct register_row *row,
                              struct belongs_view *view, struct err *err)
{
    struct belongs_row_view *made = ARENA_ARRAY(visit->arena, struct belongs_row_view, SHOWN);
    struct db_rows *rows =
        db_query(visit->db, visit->arena, part->literal, DB_ARGS(DB_INT(row->id), DB_INT(SHOWN)), err);
    while (db_next(rows) && view->count < SHOWN) {
        int64_t status = db_int(rows, 3);
        made[view->count++] = (struct belongs_row_view){
            .url = address_of(visit->arena, part->path, db_text(rows, 0), ""),
            .main = db_text_copy(rows, 1, visit->arena),
            .text = db_text_copy(rows, 2, visit->arena),
            .status = status,
            .status_label = status < 0 ? STR_NONE : visit_tr(visit, case_status_labels[status])};
    }
    view->rows = made;
    return db_done(rows, err);
}

bool register_belongs(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                      struct register_form_view *view, struct err *err)
{
    struct belongs_view *made = ARENA_ARRAY(visit->arena, struct belongs_view, PART_COUNT);
    for (size_t i = 0; i < PART_COUNT; i++) {
        const struct part *part = &PARTS[i];
        struct belongs_view *one = &made[view->belongs_count];
        if (part->reg != reg)
            continue;
        *one = (struct belongs_view){.id = part->id,
                                     .title = visit_tr(visit, part->title),
                                     .all_label = visit_tr(visit, part->all_label),
                                     .more_label = visit_tr(visit, part->more_label),
                                     .new_label = visit_tr(visit, part->fresh_label)};
        if (!belongs_load_rows(visit, part, row, one, err))
            return false;
        one->all_url = part->all && !*part->all ? register_path(visit->arena, reg, row->number, "/files")
                       : one->count             ? belongs_list_url(visit->arena, part->all, row->number)
                                                : STR_NONE;
        one->more_url = one->count ? belongs_list_url(visit->arena, part->more, row->number) : STR_NONE;
        one->new_url = fresh_url(visit->arena, part, row);
        view->belongs_count++;
    }
    view->belongs = made;
    return true;
}

/* --- the next number ---------------------------------------------------------------------------------------------- */

/*
 * Returns the next number: `K-0100` after `K-0099`. Empty when the number does not end in a digit, or ends in too many
 * digits to count.
 */
static struct str behind(struct arena *arena, struct str number)
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
    struct sql sql = sql_start(visit->arena, "{} WHERE t.id = {}", SQL(reg->select_literal), SQL(reg->newest_literal));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows))
        *number = behind(visit->arena, db_text(rows, 1));
    if (!db_done(rows, err))
        return false;
    for (int i = 0; number->n && i < NUMBER_TRIES; i++) {
        struct register_row taken;
        struct err absent = {.kind = ERR_NONE};
        if (!register_load(visit, reg, *number, &taken, &absent)) {
            if (absent.kind != ERR_NOT_FOUND)
                *err = absent;
            return absent.kind == ERR_NOT_FOUND;
        }
        *number = behind(visit->arena, *number);
    }
    *number = STR_NONE;
    return true;
}
