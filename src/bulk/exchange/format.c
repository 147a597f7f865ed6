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

#include <string.h>

#define FIELD_OF(entity_, field_) .entity = &(entity_), .field = (field_)

static const struct column picklist_columns[] = {
    {FIELD_OF(picklist_item_entity, ITEM_LIST)},
    {FIELD_OF(picklist_item_entity, ITEM_KEY)},
    {FIELD_OF(picklist_item_entity, ITEM_LABEL_SV)},
    {FIELD_OF(picklist_item_entity, ITEM_LABEL_EN)},
    {FIELD_OF(picklist_item_entity, ITEM_ACTIVE), .otherwise = "yes"},
    /* New items without an order follow the items of the list, in the order of the rows. */
    {FIELD_OF(picklist_item_entity, ITEM_POSITION), .keep_literal = "s.v_order IS NULL",
     .value_literal =
         "COALESCE(s.v_order, (SELECT COALESCE(MAX(p.position), 0) FROM picklist_item p WHERE p.list = s.v_list)"
         " + (SELECT COUNT(*) FROM stage_picklists n WHERE n.v_list = s.v_list AND n.line <= s.line))"},
};

static const struct column customer_columns[] = {
    {FIELD_OF(customer_entity, CUSTOMER_NUMBER)},
    {FIELD_OF(customer_entity, CUSTOMER_NAME)},
    {FIELD_OF(customer_entity, CUSTOMER_ACTIVE), .otherwise = "active"},
    {FIELD_OF(customer_entity, CUSTOMER_EMAIL)},
    {FIELD_OF(customer_entity, CUSTOMER_PHONE)},
    {FIELD_OF(customer_entity, CUSTOMER_STREET)},
    {FIELD_OF(customer_entity, CUSTOMER_POSTAL_CODE)},
    {FIELD_OF(customer_entity, CUSTOMER_CITY)},
    {FIELD_OF(customer_entity, CUSTOMER_LOGIN)},
};

static const struct column object_columns[] = {
    {FIELD_OF(object_entity, OBJECT_NUMBER)},
    {FIELD_OF(object_entity, OBJECT_NAME)},
    {FIELD_OF(object_entity, OBJECT_CUSTOMER)},
    {FIELD_OF(object_entity, OBJECT_PARENT)},
    {FIELD_OF(object_entity, OBJECT_GROUP)},
    {FIELD_OF(object_entity, OBJECT_STREET)},
    {FIELD_OF(object_entity, OBJECT_POSTAL_CODE)},
    {FIELD_OF(object_entity, OBJECT_CITY)},
    {FIELD_OF(object_entity, OBJECT_ACTIVE), .otherwise = "active"},
    {FIELD_OF(object_entity, OBJECT_LOGIN)},
};

static const struct column contact_columns[] = {
    {FIELD_OF(contact_entity, CONTACT_NUMBER)},
    {FIELD_OF(contact_entity, CONTACT_FIRST)},
    {FIELD_OF(contact_entity, CONTACT_LAST)},
    {FIELD_OF(contact_entity, CONTACT_EMAIL)},
    {FIELD_OF(contact_entity, CONTACT_EMAIL_2)},
    {FIELD_OF(contact_entity, CONTACT_EMAIL_3)},
    {FIELD_OF(contact_entity, CONTACT_PHONE)},
    {FIELD_OF(contact_entity, CONTACT_MOBILE)},
    {FIELD_OF(contact_entity, CONTACT_CUSTOMERS)},
    {FIELD_OF(contact_entity, CONTACT_OBJECTS)},
    {FIELD_OF(contact_entity, CONTACT_ACTIVE), .otherwise = "active"},
};

static const struct link contact_links[] = {
    {"customers", "contact_customer", "contact_id", "customer_id", "stage_contact_customers"},
    {"objects", "contact_object", "contact_id", "object_id", "stage_contact_objects"},
};

static const struct column account_columns[] = {
    {FIELD_OF(account_entity, ACCOUNT_EMAIL)},
    {FIELD_OF(account_entity, ACCOUNT_PASSWORD)},
    {FIELD_OF(account_entity, ACCOUNT_VERIFIED), .otherwise = "no"},
    {FIELD_OF(account_entity, ACCOUNT_LANGUAGE)},
};

static const struct column article_columns[] = {
    {FIELD_OF(article_entity, ARTICLE_NUMBER)}, {FIELD_OF(article_entity, ARTICLE_NAME)},
    {FIELD_OF(article_entity, ARTICLE_TYPE)},   {FIELD_OF(article_entity, ARTICLE_UNIT)},
    {FIELD_OF(article_entity, ARTICLE_PRICE)},
};

/* Domain 2: the state of a case with work orders follows from these, not from the file. */
#define DERIVED "EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = t.id"

static const struct column case_columns[] = {
    {FIELD_OF(case_entity, CASE_NUMBER)},
    {FIELD_OF(case_entity, CASE_TITLE)},
    {FIELD_OF(case_entity, CASE_DESCRIPTION)},
    {FIELD_OF(case_entity, CASE_TYPE)},
    {FIELD_OF(case_entity, CASE_PRIORITY)},
    {FIELD_OF(case_entity, CASE_STATUS), .otherwise = "not_started", .keep_literal = DERIVED ")"},
    {FIELD_OF(case_entity, CASE_CUSTOMER)},
    {FIELD_OF(case_entity, CASE_OBJECT)},
    {FIELD_OF(case_entity, CASE_PRIMARY)},
    {FIELD_OF(case_entity, CASE_CONTACTS)},
    {FIELD_OF(case_entity, CASE_REFERENCE)},
    {FIELD_OF(case_entity, CASE_REPORTER)},
    {FIELD_OF(case_entity, CASE_PHONE)},
    {FIELD_OF(case_entity, CASE_STREET)},
    {FIELD_OF(case_entity, CASE_POSTAL_CODE)},
    {FIELD_OF(case_entity, CASE_CITY)},
    {FIELD_OF(case_entity, CASE_CREATED_AT)},
    {FIELD_OF(case_entity, CASE_STARTED_AT), .keep_literal = DERIVED " AND w.started IS NOT NULL)"},
    {FIELD_OF(case_entity, CASE_FINISHED_AT),
     .keep_literal = DERIVED " AND (w.finished IS NOT NULL OR w.status <> 2))"},
};

static const struct link case_links[] = {
    {"contacts", "case_contact", "case_id", "contact_id", "stage_case_contacts"},
};

static const struct column work_order_columns[] = {
    {FIELD_OF(work_order_entity, ORDER_NUMBER)},
    {FIELD_OF(work_order_entity, ORDER_CASE)},
    {FIELD_OF(work_order_entity, ORDER_TITLE)},
    {FIELD_OF(work_order_entity, ORDER_TYPE)},
    {FIELD_OF(work_order_entity, ORDER_STATUS), .otherwise = "not_started"},
    {FIELD_OF(work_order_entity, ORDER_RESOURCE)},
    {FIELD_OF(work_order_entity, ORDER_FROM)},
    {FIELD_OF(work_order_entity, ORDER_TO)},
    {FIELD_OF(work_order_entity, ORDER_CREATED_AT)},
    {FIELD_OF(work_order_entity, ORDER_STARTED_AT)},
    {FIELD_OF(work_order_entity, ORDER_FINISHED_AT)},
};

static const struct column article_row_columns[] = {
    {FIELD_OF(article_row_entity, ROW_NUMBER)},
    {FIELD_OF(article_row_entity, ROW_CASE)},
    {FIELD_OF(article_row_entity, ROW_ORDER)},
    {FIELD_OF(article_row_entity, ROW_ARTICLE)},
    {FIELD_OF(article_row_entity, ROW_DATE)},
    {FIELD_OF(article_row_entity, ROW_TITLE)},
    {FIELD_OF(article_row_entity, ROW_DESCRIPTION)},
    {FIELD_OF(article_row_entity, ROW_ACTION)},
    {FIELD_OF(article_row_entity, ROW_TYPE),
     .value_literal =
         "COALESCE(s.v_article_type, (SELECT a.article_type FROM article a WHERE a.id = s.r_article), 'other')"},
    {FIELD_OF(article_row_entity, ROW_QUANTITY)},
    {FIELD_OF(article_row_entity, ROW_UNIT)},
    {FIELD_OF(article_row_entity, ROW_PRICE), .otherwise = "0"},
    {FIELD_OF(article_row_entity, ROW_DISCOUNT), .otherwise = "0"},
    {FIELD_OF(article_row_entity, ROW_STATUS), .otherwise = "editable"},
    {FIELD_OF(article_row_entity, ROW_RESOURCE)},
};

/*
 * The state that people see. A specification that waits again because its rows changed is exported as waiting.
 * Importing that changes nothing: it is the stored state, and the decision stays with its digest.
 */
#define SEEN_STATUS "(SELECT " SPECIFICATION_STATUS " FROM invoice_specification s WHERE s.id = t.id)"

static const struct column specification_columns[] = {
    {FIELD_OF(specification_entity, SPEC_NUMBER)},
    {FIELD_OF(specification_entity, SPEC_CUSTOMER)},
    {FIELD_OF(specification_entity, SPEC_TITLE)},
    {FIELD_OF(specification_entity, SPEC_FROM)},
    {FIELD_OF(specification_entity, SPEC_TO)},
    {FIELD_OF(specification_entity, SPEC_STATUS), .otherwise = "draft",
     .keep_literal = "s.v_status = 'awaiting_approval' AND " SEEN_STATUS " = 'awaiting_approval'",
     .shown_literal = SEEN_STATUS},
    {FIELD_OF(specification_entity, SPEC_REFERENCE)},
    {FIELD_OF(specification_entity, SPEC_ROWS)},
    {FIELD_OF(specification_entity, SPEC_DECIDED_BY)},
    {FIELD_OF(specification_entity, SPEC_DECIDED_AT)},
    {FIELD_OF(specification_entity, SPEC_COMMENT)},
};

static const struct link specification_links[] = {
    {"rows", "invoice_specification_row", "specification_id", "article_row_id", "stage_specification_rows"},
};

/* Known when the content has been read. */
#define CONTENT(column_) "(SELECT c." column_ " FROM stage_content c WHERE c.line = s.line)"
#define CONTENT_NAME CONTENT("name")
#define MADE(name_) .made_literal = name_, .value_literal = CONTENT(name_)

static const struct column file_columns[] = {
    {FIELD_OF(file_entity, FILE_PATH)},
    {FIELD_OF(file_entity, FILE_NAME), .optional = true, .value_literal = CONTENT_NAME},
    {FIELD_OF(file_entity, FILE_CATEGORY)},
    {FIELD_OF(file_entity, FILE_CUSTOMER)},
    {FIELD_OF(file_entity, FILE_OBJECT)},
    {FIELD_OF(file_entity, FILE_CASE)},
    {FIELD_OF(file_entity, FILE_VISIBLE), .otherwise = "yes"},
    {MADE("digest")},
    {MADE("media_type")},
    {MADE("size")},
    {MADE("key"), .keep_literal = "1 = 1"},
};

const struct entity_field *column_field(const struct column *column)
{
    return column->entity ? &column->entity->fields[column->field] : NULL;
}

const char *column_name_literal(const struct column *column)
{
    return column->made_literal ? column->made_literal : field_exported(column_field(column));
}

const char *column_target_literal(const struct column *column)
{
    const struct entity_field *field = column_field(column);
    return column->made_literal ? column->made_literal : field->column_literal;
}

bool column_required(const struct column *column)
{
    return column->entity && column_field(column)->required && !column->optional;
}

/* In a column of states, yes and no are written `active` and `inactive`. */
const struct code_list *column_codes(const struct column *column)
{
    const struct entity_field *field = column_field(column);
    if (field->kind != FIELD_YES_NO)
        return field->codes;
    return strcmp(column_name_literal(column), "status") == 0 ? &activity_codes : &yes_no_codes;
}

const char *column_refers_literal(const struct column *column)
{
    static const char *const table_literals[] = {
        [FIELD_CUSTOMER] = "customer",       [FIELD_OBJECT] = "object", [FIELD_CONTACT] = "contact",
        [FIELD_ARTICLE] = "article",         [FIELD_CASE] = "cases",    [FIELD_WORK_ORDER] = "work_order",
        [FIELD_ARTICLE_ROW] = "article_row",
    };
    return field_is_reference(column_field(column)->kind) ? table_literals[column_field(column)->kind] : NULL;
}

static enum cell_kind choice_kind_of_field(const struct entity_field *field)
{
    if (field->codes == &case_statuses || field->codes == &work_order_statuses)
        return CELL_CODE;
    return field->codes == &picklists ? CELL_KEY_CHOICE : CELL_CHOICE;
}

enum cell_kind column_kind(const struct column *column)
{
    const struct entity_field *field = column_field(column);
    if (!field)
        return CELL_MADE;
    if (field_is_reference(field->kind))
        return field->many ? CELL_LIST : CELL_REFERENCE;
    switch (field->kind) {
    case FIELD_KEY:
        return CELL_KEY;
    case FIELD_EMAIL:
        return column->entity == &account_entity ? CELL_ADDRESS : CELL_TEXT;
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

#define COLUMNS(array) .columns = array, .column_count = sizeof array / sizeof *array
#define LINKS(array) .links = array, .link_count = sizeof array / sizeof *array
#define BY_NUMBER(table_) "SELECT t.id FROM " table_ " t WHERE t.number = s.v_number"

const struct format formats[FORMAT_COUNT] = {
    {"picklists.csv", "picklist item", "picklist_item", "stage_picklists",
     "SELECT t.id FROM picklist_item t WHERE t.list = s.v_list AND t.key = s.v_key", COLUMNS(picklist_columns)},
    {"customers.csv", "customer", "customer", "stage_customers", BY_NUMBER("customer"), .login_kind = "customer",
     COLUMNS(customer_columns)},
    {"objects.csv", "object", "object", "stage_objects", BY_NUMBER("object"), .login_kind = "object",
     COLUMNS(object_columns)},
    {"contacts.csv", "contact", "contact", "stage_contacts", BY_NUMBER("contact"), COLUMNS(contact_columns),
     LINKS(contact_links)},
    {"accounts.csv", "account", "account", "stage_accounts",
     "SELECT l.owner_id FROM login l JOIN stage_login n ON n.name = l.name WHERE l.kind = 'contact' AND n.kind = "
     "'contact'"
     " AND n.line = s.line",
     .login_kind = "contact", .more_literal = "created", .more_value_literal = "s.derived", COLUMNS(account_columns)},
    {"articles.csv", "article", "article", "stage_articles", BY_NUMBER("article"), COLUMNS(article_columns)},
    {"cases.csv", "case", "cases", "stage_cases", BY_NUMBER("cases"), COLUMNS(case_columns), LINKS(case_links),
     .extra = true},
    {"work_orders.csv", "work order", "work_order", "stage_work_orders", BY_NUMBER("work_order"),
     COLUMNS(work_order_columns)},
    {"article_rows.csv", "article row", "article_row", "stage_article_rows", BY_NUMBER("article_row"),
     .more_literal = "total", .more_value_literal = "s.derived", COLUMNS(article_row_columns)},
    {"invoice_specifications.csv", "invoice specification", "invoice_specification", "stage_specifications",
     BY_NUMBER("invoice_specification"), COLUMNS(specification_columns), LINKS(specification_links)},
    {"files.csv", "file", "file", "stage_files",
     "SELECT t.id FROM file t WHERE t.path = s.v_path UNION ALL SELECT t.id FROM file t WHERE t.path IS NULL"
     " AND SUBSTR(s.v_path, 1, 6) = '" PORTAL_FOLDER "' AND t.key = SUBSTR(s.v_path, 7, 22)"
     " AND SUBSTR(s.v_path, 29, 1) = '/' LIMIT 1",
     .more_literal = "created", .more_value_literal = "s.derived", COLUMNS(file_columns)},
};

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
