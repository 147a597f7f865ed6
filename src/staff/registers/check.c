/* Reading rows and forms of registers, and checking them. */
#include "base/decimal.h"
#include "service/mail.h"
#include "staff/find/find.h"
#include "staff/registers/internal.h"

static bool is_list(enum field_of_register kind)
{
    return kind == REGISTER_CUSTOMERS || kind == REGISTER_OBJECTS;
}

/* --- values ---------------------------------------------------------------------------------------------------------------------------- */

const char *const register_types[5] = {"material", "travel", "time", "purchase", "other"};
const char *const register_type_labels[5] = {_("Material"), _("Travel"), _("Time"), _("Purchase"), _("Other")};

struct str register_value(struct arena *arena, const struct register_field *field, struct str stored)
{
    int64_t millionths = 0;
    return field->kind == REGISTER_PRICE && str_to_int(stored, &millionths) ? decimal_format(arena, millionths)
                                                                            : stored;
}

struct str register_text(struct visit *visit, const struct register_field *field, struct str value)
{
    int64_t millionths = 0;
    if (field->kind == REGISTER_ACTIVE)
        return visit_tr(visit, value.n ? _("Yes") : _("No"));
    if (field->kind == REGISTER_PRICE && decimal_parse(value, &millionths))
        return fmt_decimal(visit->arena, visit->view.lang, millionths, 2);
    for (size_t i = 0; field->kind == REGISTER_TYPE && i < 5; i++) {
        if (str_eqz(value, register_types[i]))
            return visit_tr(visit, register_type_labels[i]);
    }
    return value;
}

/* --- stored rows ------------------------------------------------------------------------------------------------------------------------ */

static bool load_list(struct visit *visit, enum field_of_register kind, int64_t id, struct str *lines, struct err *err)
{
    struct buf text;
    buf_init(&text, visit->arena);
    struct sql sql = sql_start(visit->arena, "");
    if (kind == REGISTER_CUSTOMERS)
        sql_put(&sql, "SELECT x.number FROM contact_customer l JOIN customer x ON x.id = l.customer_id");
    else
        sql_put(&sql, "SELECT x.number FROM contact_object l JOIN object x ON x.id = l.object_id");
    sql_put(&sql, " WHERE l.contact_id = ? ORDER BY x.number COLLATE \"sv-natural\"", DB_INT(id));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        buf_z(&text, text.n ? "\n" : "");
        buf_str(&text, db_text(rows, 0));
    }
    *lines = buf_text(&text);
    return db_done(rows, err);
}

bool register_load(struct visit *visit, const struct staff_register *reg, struct str number, struct register_row *row,
                   struct err *err)
{
    *row = (struct register_row){.id = 0};
    struct sql sql = sql_start(visit->arena, "{} WHERE t.number = ?", SQL(reg->select_literal), DB_TEXT(number));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (rows && db_next(rows)) {
        row->id = db_int(rows, 0);
        for (size_t i = 0; i < reg->field_count; i++) {
            if (!is_list(reg->fields[i].kind))
                row->values[i] =
                    register_value(visit->arena, &reg->fields[i], db_text_copy(rows, (int)i + 1, visit->arena));
        }
        row->number = row->values[0];
    }
    if (!db_done(rows, err))
        return false;
    if (!row->id)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such row of a register");
    for (size_t i = 0; i < reg->field_count; i++) {
        if (is_list(reg->fields[i].kind) && !load_list(visit, reg->fields[i].kind, row->id, &row->values[i], err))
            return false;
    }
    return true;
}

/* --- forms -------------------------------------------------------------------------------------------------------------------------------- */

static bool find_group(struct visit *visit, struct str key, int64_t *id, struct err *err)
{
    bool found = false;
    if (!db_query_int(visit->db, "SELECT id FROM picklist_item WHERE list = 'object_group' AND key = $1",
                      DB_ARGS(DB_TEXT(key)), &found, id, err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

/* A number, or words that only one has, which become its number. */
static bool find_reference(struct visit *visit, enum field_of_register kind, struct str *typed, int64_t *id,
                           const char **fault, struct err *err)
{
    bool customer = kind == REGISTER_CUSTOMER || kind == REGISTER_CUSTOMERS;
    struct lookup_hit hit;
    struct str why = STR_NONE;
    if (kind == REGISTER_GROUP) {
        if (!find_group(visit, *typed, id, err))
            return false;
        if (!*id)
            *fault = _("Choose one of the groups in the list.");
        return true;
    }
    if (!lookup_typed(visit, customer ? LOOKUP_CUSTOMER : LOOKUP_OBJECT, *typed, &hit, &why, err))
        return false;
    *id = hit.id;
    if (hit.id)
        *typed = hit.number;
    else if (!*fault)
        *fault = arena_z(visit->arena, why);
    return true;
}

static bool check_references(struct visit *visit, const struct register_field *field, struct str *value, int64_t *id,
                             const char **fault, struct err *err)
{
    struct str rest = *value, line;
    struct buf lines;
    buf_init(&lines, visit->arena);
    while (str_cut(&rest, '\n', &line)) {
        struct str typed = str_trim(line);
        if (!typed.n)
            continue;
        if (!find_reference(visit, field->kind, &typed, id, fault, err))
            return false;
        buf_z(&lines, lines.n ? "\n" : "");
        buf_str(&lines, typed);
    }
    *value = buf_text(&lines);
    return true;
}

static bool is_type(struct str value)
{
    for (size_t i = 0; i < 5; i++) {
        if (str_eqz(value, register_types[i]))
            return true;
    }
    return false;
}

static const char *check_text(const struct register_field *field, struct str value)
{
    if (field->required && !value.n)
        return _("Fill in this field.");
    if (utf8_count(value) > field->max)
        return _("The text is too long.");
    if (field->kind == REGISTER_EMAIL && value.n && !mail_address_valid(value))
        return _("This is no e-mail address. Write it as name@example.com.");
    if (field->kind == REGISTER_TYPE && value.n && !is_type(value))
        return _("Choose one of the types in the list.");
    return NULL;
}

/* A number is given once, and nobody else may have it. */
static bool check_key(struct visit *visit, const struct staff_register *reg, struct register_row *row, struct err *err)
{
    struct register_row other;
    struct err absent = {.kind = ERR_NONE};
    if (row->id || row->faults[0] || !row->values[0].n)
        return true;
    if (register_load(visit, reg, row->values[0], &other, &absent)) {
        row->faults[0] = _("The number is taken.");
        return true;
    }
    if (absent.kind == ERR_NOT_FOUND)
        return true;
    *err = absent;
    return false;
}

bool register_check(struct visit *visit, const struct staff_register *reg, struct register_row *row, bool *sound,
                    struct err *err)
{
    for (size_t i = 0; i < reg->field_count; i++) {
        const struct register_field *field = &reg->fields[i];
        if (field->kind == REGISTER_KEY && row->id)
            continue;
        row->values[i] = str_trim(http_param(&visit->request->form, field->name));
        row->faults[i] = check_text(field, row->values[i]);
        if (field->kind == REGISTER_PRICE && row->values[i].n) {
            if (decimal_parse(row->values[i], &row->ids[i]))
                row->values[i] = decimal_format(visit->arena, row->ids[i]);
            else
                row->faults[i] = _("The price must be a number, such as 450 or 12.50.");
        }
        bool refers = field->kind >= REGISTER_CUSTOMER && field->kind <= REGISTER_OBJECTS;
        if (refers && !check_references(visit, field, &row->values[i], &row->ids[i], &row->faults[i], err))
            return false;
    }
    if (!check_key(visit, reg, row, err))
        return false;
    *sound = true;
    for (size_t i = 0; i < reg->field_count; i++)
        *sound = *sound && !row->faults[i];
    return true;
}
