/* Loads a stored row into a form. */
#include "forms/form.h"

static bool is_read(const struct form *form, size_t at)
{
    return form->fields[at].shown && form->fields[at].rule->column_literal;
}

static void read_column(struct form *form, size_t at, const struct db_rows *rows, int *column)
{
    enum field_kind kind = form->fields[at].rule->kind;
    int own = (*column)++;
    struct str text = db_text_copy(rows, own, form->visit->arena);
    if (kind == FIELD_PICKLIST || field_is_reference(kind))
        form_set(form, at, db_text_copy(rows, (*column)++, form->visit->arena), db_int(rows, own));
    else if (kind == FIELD_YES_NO)
        form_set_yes(form, at, db_int(rows, own) != 0);
    else if (field_is_number(kind))
        form_set_number(form, at, db_int(rows, own), db_null(rows, own));
    else
        form_set(form, at, text, 0);
}

static bool form_load_where(struct form *form, const struct entity *entity, const char *key_literal,
                            struct db_value key, struct err *err)
{
    struct visit *visit = form->visit;
    struct sql sql = sql_start(visit->arena, "SELECT t.id");
    int column = 1;
    for (size_t i = 0; i < entity->count; i++) {
        const struct entity_field *rule = &entity->fields[i];
        if (!is_read(form, i))
            continue;
        sql_put(&sql, ", t.{}", SQL(rule->column_literal));
        if (rule->kind == FIELD_PICKLIST)
            sql_put(&sql, ", (SELECT p.key FROM picklist_item p WHERE p.id = t.{})", SQL(rule->column_literal));
        else if (field_is_reference(rule->kind))
            sql_put(&sql, ", (SELECT r.number FROM {} r WHERE r.id = t.{})", SQL(field_table_literal(rule->kind)),
                    SQL(rule->column_literal));
    }
    sql_put(&sql, " FROM {} t WHERE t.{} = ?", SQL(entity->table_literal), SQL(key_literal), key);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    form->id = db_next(rows) ? db_int(rows, 0) : 0;
    for (size_t i = 0; form->id && i < entity->count; i++) {
        if (is_read(form, i))
            read_column(form, i, rows, &column);
    }
    return db_done(rows, err) && (form->id || err_set(err, ERR_NOT_FOUND, NULL, "no such row"));
}

bool form_load(struct form *form, const struct entity *entity, int64_t id, struct err *err)
{
    return form_load_where(form, entity, "id", DB_INT(id), err);
}

bool form_find(struct form *form, const struct entity *entity, struct str number, struct err *err)
{
    return form_load_where(form, entity, "number", DB_TEXT(number), err);
}
