#include "model/case_columns.h"

#include "base/clock.h"
#include "model/case.h"
#include "portal/staff_columns.h"

static const struct {
    const char *name, *label;
    enum column_kind kind;
    const char *code_literal, *sv_literal, *en_literal, *sort;
} KNOWN[] = {
    {"number", _("Case number"), COLUMN_NUMBER, "c.number", NULL, NULL, "number"},
    {"title", _("Title"), COLUMN_TEXT, "c.title", NULL, NULL, "title"},
    {"description", _("Description"), COLUMN_TEXT, "c.description", NULL, NULL, NULL},
    {"status", _("Status"), COLUMN_STATUS, "c.status", NULL, NULL, "status"},
    {"type", _("Case type"), COLUMN_PICKLIST, "ty.key", "ty.label_sv", "COALESCE(NULLIF(ty.label_en, ''), ty.label_sv)",
     NULL},
    {"priority", _("Priority"), COLUMN_PICKLIST, "pr.key", "pr.label_sv",
     "COALESCE(NULLIF(pr.label_en, ''), pr.label_sv)", NULL},
    {"customer", _("Customer"), COLUMN_REGISTER, "cu.number", "cu.name", "cu.name", NULL},
    {"object", _("Object"), COLUMN_REGISTER, "o.number", "o.name", "o.name", NULL},
    {"your_reference", _("Your reference"), COLUMN_TEXT, "c.your_reference", NULL, NULL, NULL},
    {"reporter", _("Reporter"), COLUMN_TEXT, "c.reporter", NULL, NULL, NULL},
    {"reporter_phone", _("Reporter's phone"), COLUMN_TEXT, "c.reporter_phone", NULL, NULL, NULL},
    {"site_street", _("Street"), COLUMN_TEXT, "c.site_street", NULL, NULL, NULL},
    {"site_postal_code", _("Postal code"), COLUMN_TEXT, "c.site_postal_code", NULL, NULL, NULL},
    {"site_city", _("City"), COLUMN_TEXT, "c.site_city", NULL, NULL, NULL},
    {"created", _("Created"), COLUMN_INSTANT, "c.created", NULL, NULL, "created"},
    {"started", _("Started"), COLUMN_INSTANT, "c.started", NULL, NULL, NULL},
    {"finished", _("Finished"), COLUMN_INSTANT, "c.finished", NULL, NULL, NULL},
    {"actions", _("Actions"), COLUMN_ACTIONS, NULL, NULL, NULL, NULL},
};

const char COLUMNS_JOINS[] = " LEFT JOIN picklist_item ty ON ty.id = c.type_id"
                             " LEFT JOIN picklist_item pr ON pr.id = c.priority_id"
                             " LEFT JOIN customer cu ON cu.id = c.customer_id"
                             " LEFT JOIN object o ON o.id = c.object_id";

static struct str configured_label(const struct visit *visit, struct str name, struct str standard)
{
    const struct config_field *field = config_field(visit->config, name);
    return field && field->label[visit->view.lang].n ? field->label[visit->view.lang] : standard;
}

static bool fill_known(const struct visit *visit, struct case_column *column)
{
    bool english = visit->view.lang == LANG_EN;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        if (!str_eqz(column->name, KNOWN[i].name))
            continue;
        column->kind = KNOWN[i].kind;
        column->code_literal = KNOWN[i].code_literal;
        column->text_literal = english ? KNOWN[i].en_literal : KNOWN[i].sv_literal;
        column->sort = KNOWN[i].sort;
        column->label = configured_label(visit, column->name, tr(visit->view.lang, KNOWN[i].label));
        return true;
    }
    return false;
}

static bool fill_extra(const struct visit *visit, struct case_column *column)
{
    if (!str_starts(column->name, STR("extra_")))
        return false;
    column->kind = COLUMN_EXTRA;
    column->extra_key = str_slice(column->name, sizeof "extra_" - 1, column->name.n);
    column->label = configured_label(visit, column->name, column->extra_key);
    return true;
}

/* What staff look for, whatever customers are shown. */
static const struct str STAFF_COLUMNS[] = {STR_INIT("number"),   STR_INIT("title"),    STR_INIT("status"),
                                           STR_INIT("type"),     STR_INIT("customer"), STR_INIT("object"),
                                           STR_INIT("reporter"), STR_INIT("created")};

#define STAFF_COLUMN_COUNT (sizeof STAFF_COLUMNS / sizeof *STAFF_COLUMNS)
#define COLUMNS_MAX 80

static size_t columns_of(struct visit *visit, const struct str *names, size_t name_count,
                         const struct case_column **columns)
{
    bool staff = visit->staff.role != STAFF_NOBODY;
    struct case_column *made = ARENA_ARRAY(visit->arena, struct case_column, name_count);
    size_t count = 0;
    for (size_t i = 0; i < name_count; i++) {
        struct case_column column = {.name = names[i]};
        if (!fill_known(visit, &column) && !fill_extra(visit, &column))
            continue;
        if (column.kind == COLUMN_ACTIONS && !page_is_on(visit->config, ROUTE_ACTIONS))
            continue;
        if (staff && !str_eqz(column.name, "created"))
            column.sort = NULL; /* of all cases only an index gives an order */
        made[count++] = column;
    }
    *columns = made;
    return count;
}

size_t columns_load(struct visit *visit, const struct case_column **columns)
{
    const struct str *names = visit->config->columns;
    size_t name_count = visit->config->column_count;
    if (visit->staff.role != STAFF_NOBODY) {
        name_count = staff_columns_names(visit, CASES_LIST, &names);
        if (!name_count) {
            names = STAFF_COLUMNS;
            name_count = STAFF_COLUMN_COUNT;
        }
    }
    return columns_of(visit, names, name_count, columns);
}

size_t columns_all(struct visit *visit, const struct case_column **columns)
{
    struct str *names = ARENA_ARRAY(visit->arena, struct str, COLUMNS_MAX);
    size_t count = 0;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        if (KNOWN[i].kind != COLUMN_ACTIONS)
            names[count++] = str_of(KNOWN[i].name);
    }
    for (size_t i = 0; i < visit->config->field_count && count < COLUMNS_MAX; i++) {
        if (visit->config->fields[i].key.n)
            names[count++] = visit->config->fields[i].name;
    }
    return columns_of(visit, names, count, columns);
}

/* --- rows ------------------------------------------------------------------------------------------------------------------------------ */

static bool has_two_values(const struct case_column *column)
{
    return column->kind == COLUMN_PICKLIST || column->kind == COLUMN_REGISTER;
}

void columns_select(struct sql *sql, const struct case_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct case_column *column = &columns[i];
        if (column->kind == COLUMN_ACTIONS)
            continue;
        if (column->kind == COLUMN_EXTRA) {
            sql_put(sql, ", (SELECT x.value FROM case_extra x WHERE x.case_id = c.id AND x.key = ?)",
                    DB_TEXT(column->extra_key));
            continue;
        }
        sql_put(sql, ", {}", SQL(column->code_literal));
        if (has_two_values(column))
            sql_put(sql, ", {}", SQL(column->text_literal));
    }
}

static struct str choice_label(const struct visit *visit, struct str name, struct str value)
{
    const struct config_field *field = config_field(visit->config, name);
    for (size_t i = 0; field && i < field->choice_count; i++) {
        if (str_eq(field->choices[i].value, value))
            return field->choices[i].label[visit->view.lang];
    }
    if (field && field->rule.kind == FIELD_YES_NO && value.n)
        return visit_tr(visit, str_eqz(value, "yes") ? _("Yes") : _("No"));
    return value;
}

static void read_instant(const struct visit *visit, struct arena *arena, int64_t instant, struct case_value *value)
{
    value->instant = instant;
    value->code = instant_format_utc(arena, instant);
    value->text = fmt_instant(arena, visit->view.lang, instant);
}

static void read_value(const struct visit *visit, const struct db_rows *rows, int at, const struct case_column *column,
                       struct case_value *value, struct arena *arena)
{
    switch (column->kind) {
    case COLUMN_STATUS:
        value->status = (int)db_int(rows, at);
        value->code = str_of(case_status_codes[value->status]);
        value->text = visit_tr(visit, case_status_labels[value->status]);
        break;
    case COLUMN_INSTANT:
        if (!db_null(rows, at))
            read_instant(visit, arena, db_int(rows, at), value);
        break;
    case COLUMN_PICKLIST:
    case COLUMN_REGISTER:
        value->code = db_text_copy(rows, at, arena);
        value->text = db_text_copy(rows, at + 1, arena);
        break;
    case COLUMN_EXTRA:
        value->code = db_text_copy(rows, at, arena);
        value->text = choice_label(visit, column->name, value->code);
        break;
    case COLUMN_TEXT:
    case COLUMN_NUMBER:
    case COLUMN_ACTIONS:
        value->code = value->text = db_text_copy(rows, at, arena);
        break;
    }
}

const struct case_value *columns_read(struct visit *visit, const struct db_rows *rows, int at,
                                      const struct case_column *columns, size_t count, struct arena *arena)
{
    struct case_value *values = ARENA_ARRAY(arena, struct case_value, count);
    for (size_t i = 0; i < count; i++) {
        if (columns[i].kind == COLUMN_ACTIONS)
            continue;
        read_value(visit, rows, at, &columns[i], &values[i], arena);
        at += has_two_values(&columns[i]) ? 2 : 1;
    }
    return values;
}
