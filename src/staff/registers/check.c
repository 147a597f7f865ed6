/* Reads rows and forms of registers, and checks them. */
#include "base/decimal.h"
#include "staff/find/find.h"
#include "staff/registers/internal.h"

/* --- values ------------------------------------------------------------------------------------------------------- */

const char *const register_types[5] = {"material", "travel", "time", "purchase", "other"};
const struct msgid *const register_type_labels[5] = {_("Material"), _("Travel"), _("Time"), _("Purchase"), _("Other")};

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

/* --- stored rows -------------------------------------------------------------------------------------------------- */

static bool load_numbers(struct visit *visit, const struct entity_field *rule, int64_t id, struct str *lines,
                         struct err *err)
{
    struct buf text;
    buf_init(&text, visit->arena);
    struct sql sql = sql_start(visit->arena, "SELECT x.number FROM ");
    if (rule->kind == FIELD_CUSTOMER)
        sql_put(&sql, "contact_customer l JOIN customer x ON x.id = l.customer_id");
    else
        sql_put(&sql, "contact_object l JOIN object x ON x.id = l.object_id");
    sql_put(&sql, " WHERE l.contact_id = ? ORDER BY x.number COLLATE \"sv-natural\"", DB_INT(id));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        buf_z(&text, text.n ? "\n" : "");
        buf_str(&text, db_text(rows, 0));
    }
    *lines = buf_text(&text);
    return db_done(rows, err);
}

void register_blank(struct visit *visit, const struct staff_register *reg, struct register_row *row)
{
    *row = (struct register_row){.id = 0};
    form_begin(&row->form, visit, reg->entity);
    row->form.fields[0].shown = true;
    row->form.find = form_lookup;
    for (size_t i = 0; i < reg->field_count; i++) {
        row->form.fields[i].label_msgid = reg->fields[i].label;
        form_lookup_path(&row->form, i);
    }
}

/* Reads the columns of the row in the order of the fields, then the ids of references. */
static void read_columns(const struct staff_register *reg, const struct db_rows *rows, struct register_row *row)
{
    struct form *form = &row->form;
    int column = 1, reference = 1;
    for (size_t i = 0; i < reg->field_count; i++)
        reference += !form->fields[i].rule->many;
    for (size_t i = 0; i < reg->field_count; i++) {
        const struct entity_field *rule = form->fields[i].rule;
        bool refers = field_is_reference(rule->kind) || rule->kind == FIELD_PICKLIST;
        if (rule->many)
            continue;
        if (rule->kind == FIELD_MONEY)
            form_set_number(form, i, db_int(rows, column), db_null(rows, column));
        else if (rule->kind == FIELD_YES_NO)
            form_set_yes(form, i, db_text(rows, column).n > 0);
        else
            form_set(form, i, db_text_copy(rows, column, form->visit->arena), refers ? db_int(rows, reference++) : 0);
        column++;
    }
}

bool register_load(struct visit *visit, const struct staff_register *reg, struct str number, struct register_row *row,
                   struct err *err)
{
    register_blank(visit, reg, row);
    struct form *form = &row->form;
    struct sql sql = sql_start(visit->arena, "{} WHERE t.number = ?", SQL(reg->select_literal), DB_TEXT(number));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows)) {
        row->id = db_int(rows, 0);
        read_columns(reg, rows, row);
    }
    if (!db_done(rows, err))
        return false;
    if (!row->id)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such row of a register");
    row->number = form->values[0];
    form->exists = form->fields[0].readonly = true;
    for (size_t i = 0; i < reg->field_count; i++) {
        struct str lines;
        if (!form->fields[i].rule->many)
            continue;
        if (!load_numbers(visit, form->fields[i].rule, row->id, &lines, err))
            return false;
        form_set(form, i, lines, 0);
    }
    return true;
}

/* --- forms -------------------------------------------------------------------------------------------------------- */

/* The number of a new row must not be the number of another row. */
static bool check_key(struct visit *visit, const struct staff_register *reg, struct register_row *row, struct err *err)
{
    struct register_row other;
    struct err absent = {.kind = ERR_NONE};
    if (row->id || row->form.errors[0].n || !row->form.values[0].n)
        return true;
    if (register_load(visit, reg, row->form.values[0], &other, &absent)) {
        form_refuse(&row->form, 0, _("The number is taken."));
        return true;
    }
    if (absent.kind == ERR_NOT_FOUND)
        return true;
    *err = absent;
    return false;
}

bool register_read(struct visit *visit, const struct staff_register *reg, struct register_row *row, struct err *err)
{
    return form_read(&row->form, &visit->request->form, err) && check_key(visit, reg, row, err);
}
