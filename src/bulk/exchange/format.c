#include "bulk/exchange/format.h"

#include "model/account_fields.h"
#include "model/article_fields.h"
#include "model/article_row_fields.h"
#include "model/case_fields.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/file_fields.h"
#include "model/object_fields.h"
#include "model/picklist_item_fields.h"
#include "model/specification.h"
#include "model/specification_fields.h"
#include "model/work_order_fields.h"

#include <stdlib.h>
#include <string.h>

/* --- the columns that differ from their fields -------------------------------------------------------------------- */

static const struct column PICKLIST_COLUMNS[] = {
    {.place = ITEM_ACTIVE, .otherwise = "yes"},
    /* New items without an order follow the items of the list, in the order of the rows. */
    {.place = ITEM_POSITION,
     .after = ITEM_ACTIVE,
     .keep_literal = "s.v_order IS NULL",
     .value_literal =
         "COALESCE(s.v_order, (SELECT COALESCE(MAX(p.position), 0) FROM picklist_item p WHERE p.list = s.v_list)"
         " + (SELECT COUNT(*) FROM stage_picklists n WHERE n.v_list = s.v_list AND n.line <= s.line))"},
};

static const struct column CUSTOMER_COLUMNS[] = {
    {.place = CUSTOMER_ACTIVE, .after = CUSTOMER_NAME, .otherwise = "active"},
};

static const struct column OBJECT_COLUMNS[] = {
    {.place = OBJECT_ACTIVE, .otherwise = "active"},
};

static const struct column CONTACT_COLUMNS[] = {
    {.place = CONTACT_ACTIVE, .after = CONTACT_OBJECTS, .otherwise = "active"},
};

static const struct link CONTACT_LINKS[] = {
    {"customers", "contact_customer", "contact_id", "customer_id", "stage_contact_customers"},
    {"objects", "contact_object", "contact_id", "object_id", "stage_contact_objects"},
};

/* Domain 2: the state of a case with work orders follows from these, not from the file, unless either is cancelled. */
#define DERIVED "EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = t.id AND w.status <> " WORK_ORDER_CANCELLED_SQL

static const struct column CASE_COLUMNS[] = {
    {.place = CASE_STATUS,
     .otherwise = "not_started",
     .keep_literal = "s.v_status <> " CASE_CANCELLED_SQL " AND t.status <> " CASE_CANCELLED_SQL " AND " DERIVED ")"},
    {.place = CASE_STARTED_AT, .keep_literal = DERIVED " AND w.started IS NOT NULL)"},
    {.place = CASE_FINISHED_AT,
     .keep_literal = DERIVED " AND (w.finished IS NOT NULL OR w.status < " WORK_ORDER_FINISHED_SQL "))"},
};

static const struct link CASE_LINKS[] = {
    {"contacts", "case_contact", "case_id", "contact_id", "stage_case_contacts"},
};

static const struct column WORK_ORDER_COLUMNS[] = {
    {.place = ORDER_STATUS, .otherwise = "not_started"},
};

static const struct column ARTICLE_ROW_COLUMNS[] = {
    {.place = ROW_ORDER, .after = ROW_CASE},
    {.place = ROW_DATE, .after = ROW_ARTICLE},
    {.place = ROW_ACTION, .after = ROW_DESCRIPTION},
    {.place = ROW_TYPE,
     .after = ROW_ACTION,
     .value_literal =
         "COALESCE(s.v_article_type, (SELECT a.article_type FROM article a WHERE a.id = s.r_article), 'other')"},
    {.place = ROW_PRICE, .otherwise = "0"},
    {.place = ROW_DISCOUNT, .otherwise = "0"},
    {.place = ROW_STATUS, .after = ROW_DISCOUNT, .otherwise = "editable"},
};

/*
 * The state that people see. A specification that waits again because its rows changed is exported as waiting.
 * Importing that changes nothing: it is the stored state, and the decision stays with its digest.
 */
#define SEEN_STATUS "(SELECT " SPECIFICATION_STATUS " FROM invoice_specification s WHERE s.id = t.id)"

static const struct column SPECIFICATION_COLUMNS[] = {
    {.place = SPEC_TITLE, .after = SPEC_CUSTOMER},
    {.place = SPEC_STATUS,
     .after = SPEC_TO,
     .otherwise = "draft",
     .keep_literal = "s.v_status = 'awaiting_approval' AND " SEEN_STATUS " = 'awaiting_approval'",
     .shown_literal = SEEN_STATUS},
};

static const struct link SPECIFICATION_LINKS[] = {
    {"rows", "invoice_specification_row", "specification_id", "article_row_id", "stage_specification_rows"},
};

/* Known when the content has been read. */
#define CONTENT(column_) "(SELECT c." column_ " FROM stage_content c WHERE c.line = s.line)"
#define CONTENT_NAME CONTENT("name")
#define MADE(name_) .made_literal = name_, .value_literal = CONTENT(name_)

static const struct column FILE_COLUMNS[] = {
    {.place = FILE_NAME, .optional = true, .value_literal = CONTENT_NAME},
    {.place = FILE_VISIBLE, .otherwise = "yes"},
    {MADE("digest")},
    {MADE("media_type")},
    {MADE("size")},
    {MADE("key"), .keep_literal = "1 = 1"},
};

/* --- what a column is --------------------------------------------------------------------------------------------- */

const char *column_name_literal(const struct column *column)
{
    return column->made_literal ? column->made_literal : field_exported(column->field);
}

const char *column_target_literal(const struct column *column)
{
    return column->made_literal ? column->made_literal : column->field->column_literal;
}

bool column_required(const struct column *column)
{
    return column->field && column->field->required && !column->optional;
}

/* In a column of states, yes and no are written `active` and `inactive`. */
const struct code_list *column_codes(const struct column *column)
{
    if (column->field->kind != FIELD_YES_NO)
        return column->field->codes;
    return strcmp(column_name_literal(column), "status") == 0 ? &activity_codes : &yes_no_codes;
}

const char *column_refers_literal(const struct column *column)
{
    return field_table_literal(column->field->kind);
}

static enum cell_kind choice_kind_of_field(const struct entity_field *field)
{
    if (field->codes == &case_statuses || field->codes == &work_order_statuses)
        return CELL_CODE;
    return field->codes == &picklists ? CELL_KEY_CHOICE : CELL_CHOICE;
}

enum cell_kind column_kind(const struct column *column)
{
    const struct entity_field *field = column->field;
    if (!field)
        return CELL_MADE;
    if (field_is_reference(field->kind))
        return field->many ? CELL_LIST : CELL_REFERENCE;
    switch (field->kind) {
    case FIELD_KEY:
        return CELL_KEY;
    case FIELD_EMAIL:
        return field == &account_entity.fields[ACCOUNT_EMAIL] ? CELL_ADDRESS : CELL_TEXT;
    case FIELD_PICKLIST:
        return CELL_PICKLIST;
    case FIELD_CHOICE:
        return choice_kind_of_field(field);
    case FIELD_YES_NO:
        return CELL_CODE;
    case FIELD_DECIMAL:
    case FIELD_MONEY:
    case FIELD_DISCOUNT:
        return CELL_DECIMAL;
    case FIELD_INTEGER:
        return CELL_INTEGER;
    case FIELD_DATE:
        return CELL_DATE;
    case FIELD_INSTANT:
        return CELL_INSTANT;
    case FIELD_LOGIN:
        return CELL_LOGIN;
    case FIELD_PASSWORD:
        return CELL_PASSWORD;
    default:
        return CELL_TEXT;
    }
}

/* --- the files ---------------------------------------------------------------------------------------------------- */

#define DIFFERENT(array) .different = array, .different_count = sizeof array / sizeof *array
#define LINKS(array) .links = array, .link_count = sizeof array / sizeof *array
#define BY_NUMBER(table_) "SELECT t.id FROM " table_ " t WHERE t.number = s.v_number"

/* Their columns are made before main. */
static struct format FORMATS[FORMAT_COUNT] = {
    {"picklists.csv", "picklist item", &picklist_item_entity, "stage_picklists",
     "SELECT t.id FROM picklist_item t WHERE t.list = s.v_list AND t.key = s.v_key", DIFFERENT(PICKLIST_COLUMNS)},
    {"customers.csv", "customer", &customer_entity, "stage_customers", BY_NUMBER("customer"), .login_kind = "customer",
     DIFFERENT(CUSTOMER_COLUMNS)},
    {"objects.csv", "object", &object_entity, "stage_objects", BY_NUMBER("object"), .login_kind = "object",
     DIFFERENT(OBJECT_COLUMNS)},
    {"contacts.csv", "contact", &contact_entity, "stage_contacts", BY_NUMBER("contact"), DIFFERENT(CONTACT_COLUMNS),
     LINKS(CONTACT_LINKS)},
    {"accounts.csv", "account", &account_entity, "stage_accounts",
     "SELECT l.owner_id FROM login l JOIN stage_login n ON n.name = l.name WHERE l.kind = 'contact' AND n.kind = "
     "'contact'"
     " AND n.line = s.line",
     .login_kind = "contact", .more_literal = "created", .more_value_literal = "s.derived"},
    {"articles.csv", "article", &article_entity, "stage_articles", BY_NUMBER("article"), .login_kind = NULL},
    {"cases.csv", "case", &case_entity, "stage_cases", BY_NUMBER("cases"), DIFFERENT(CASE_COLUMNS), LINKS(CASE_LINKS),
     .extra = true},
    {"work_orders.csv", "work order", &work_order_entity, "stage_work_orders", BY_NUMBER("work_order"),
     DIFFERENT(WORK_ORDER_COLUMNS)},
    {"article_rows.csv", "article row", &article_row_entity, "stage_article_rows", BY_NUMBER("article_row"),
     .more_literal = "total", .more_value_literal = "s.derived", DIFFERENT(ARTICLE_ROW_COLUMNS)},
    {"invoice_specifications.csv", "invoice specification", &specification_entity, "stage_specifications",
     BY_NUMBER("invoice_specification"), DIFFERENT(SPECIFICATION_COLUMNS), LINKS(SPECIFICATION_LINKS)},
    {"files.csv", "file", &file_entity, "stage_files",
     "SELECT t.id FROM file t WHERE t.path = s.v_path UNION ALL SELECT t.id FROM file t WHERE t.path IS NULL"
     " AND SUBSTR(s.v_path, 1, 6) = '" PORTAL_FOLDER "' AND t.key = SUBSTR(s.v_path, 7, 22)"
     " AND SUBSTR(s.v_path, 29, 1) = '/' LIMIT 1",
     .more_literal = "created", .more_value_literal = "s.derived", DIFFERENT(FILE_COLUMNS)},
};
const struct format *const formats = FORMATS;

static struct column *format_add(struct format *format)
{
    if (format->column_count == FORMAT_COLUMNS_MAX)
        abort(); /* a table of fields is too long: no command would work */
    return &format->columns[format->column_count++];
}

/* Adds the column of a field, followed by the columns that are moved there. */
static void format_add_field(struct format *format, size_t place)
{
    const struct entity_field *field = &format->entity->fields[place];
    if (field->unexported)
        return;
    struct column *column = format_add(format);
    for (size_t i = 0; i < format->different_count; i++) {
        if (format->different[i].place == place && !format->different[i].made_literal)
            *column = format->different[i];
    }
    column->field = field;
    if (field->kind == FIELD_YES_NO && !column->otherwise)
        column->otherwise = "no";
    for (size_t i = 0; i < format->different_count; i++) {
        if (format->different[i].after && format->different[i].after == place)
            format_add_field(format, format->different[i].place);
    }
}

static bool format_moves(const struct format *format, size_t place)
{
    for (size_t i = 0; i < format->different_count; i++) {
        if (format->different[i].place == place && format->different[i].after)
            return true;
    }
    return false;
}

__attribute__((constructor)) static void formats_make(void)
{
    for (struct format *format = FORMATS; format < FORMATS + FORMAT_COUNT; format++) {
        format->table_literal = format->entity->table_literal;
        for (size_t place = 0; place < format->entity->count; place++) {
            if (!format_moves(format, place))
                format_add_field(format, place);
        }
        for (size_t i = 0; i < format->different_count; i++) {
            if (format->different[i].made_literal)
                *format_add(format) = format->different[i];
        }
    }
}

const struct format *format_of_file(const char *file)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(formats[i].file, file) == 0)
            return &formats[i];
    }
    return NULL;
}

enum format_id format_of_table(const char *table)
{
    int id = 0;
    while (strcmp(formats[id].table_literal, table) != 0)
        id++;
    return (enum format_id)id;
}

const struct column *format_column(const struct format *format, struct str name)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        if (!column->made_literal && str_eq_nocase(name, str_of(column_name_literal(column))))
            return column;
    }
    return NULL;
}

bool extra_key_valid(struct str key)
{
    if (!key.n || utf8_count(key) > EXTRA_KEY_MAX)
        return false;
    for (size_t i = 0; i < key.n; i++) {
        if ((unsigned char)key.p[i] < 0x20 || key.p[i] == 0x7F)
            return false;
    }
    return true;
}
