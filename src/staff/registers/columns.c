/* Which columns the list of a register has for the user of staff. */
#include "portal/staff_columns.h"
#include "staff/registers/internal.h"

bool register_in_rows(const struct register_field *field)
{
    return field->kind != REGISTER_CUSTOMERS && field->kind != REGISTER_OBJECTS;
}

static const struct register_field *find_field(const struct staff_register *reg, struct str name)
{
    for (size_t i = 0; i < reg->field_count; i++) {
        if (register_in_rows(&reg->fields[i]) && str_eqz(name, reg->fields[i].name))
            return &reg->fields[i];
    }
    return NULL;
}

size_t register_columns(struct visit *visit, const struct staff_register *reg,
                        const struct register_field *shown[FIELDS_MAX])
{
    const struct str *names;
    size_t name_count = staff_columns_names(visit, reg->path, &names), count = 0;
    for (size_t i = 0; i < name_count && count < FIELDS_MAX; i++) {
        const struct register_field *field = find_field(reg, names[i]);
        if (field)
            shown[count++] = field;
    }
    for (size_t i = 0; !name_count && i < reg->field_count; i++) {
        if (reg->fields[i].listed)
            shown[count++] = &reg->fields[i];
    }
    return count;
}

static struct staff_column column_of(struct visit *visit, const struct register_field *field)
{
    return (struct staff_column){str_of(field->name), visit_tr(visit, field->label)};
}

static struct staff_columns offer(struct visit *visit, const struct staff_register *reg)
{
    const struct register_field *shown[FIELDS_MAX];
    struct staff_column *all = ARENA_ARRAY(visit->arena, struct staff_column, FIELDS_MAX);
    struct staff_column *chosen = ARENA_ARRAY(visit->arena, struct staff_column, FIELDS_MAX);
    struct str title = visit_tr(visit, reg->title);
    struct staff_columns columns = {
        .list = reg->path,
        .title = tr_fill(visit->arena, visit->view.lang, _("Columns of the list: {1}"), &title, 1),
        .back_label = title,
        .note = visit_tr(visit, _("Files of it always have every column.")),
        .needed = STR("number"),
        .all = all,
        .chosen = chosen,
        .chosen_count = register_columns(visit, reg, shown),
    };
    for (size_t i = 0; i < columns.chosen_count; i++)
        chosen[i] = column_of(visit, shown[i]);
    for (size_t i = 0; i < reg->field_count; i++) {
        if (register_in_rows(&reg->fields[i]))
            all[columns.all_count++] = column_of(visit, &reg->fields[i]);
    }
    return columns;
}

bool register_columns_page(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct staff_columns columns = offer(visit, reg);
    return staff_columns_page(visit, &columns, err);
}

bool register_columns_send(struct visit *visit, const struct staff_register *reg, struct err *err)
{
    struct staff_columns columns = offer(visit, reg);
    return staff_columns_send(visit, &columns, err);
}
