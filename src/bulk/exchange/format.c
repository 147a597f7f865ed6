#include "bulk/exchange/format.h"

#include "model/specification.h"

#include <string.h>

#define NUMBER_MAX 100
#define NAME_MAX_CHARS 300
#define SHORT_MAX 100
#define LINE_MAX_CHARS 500
#define TEXT_MAX 100000
#define PATH_MAX_CHARS 500
#define LIST_MAX 1000000

#define KEY(name_) .name_literal = name_, .kind = CELL_KEY, .required = true, .max = NUMBER_MAX, .target_literal = name_
#define TEXT(name_, max_) .name_literal = name_, .kind = CELL_TEXT, .max = (max_), .target_literal = name_
#define REFERENCE(name_, target_, table_)                                                                              \
    .name_literal = name_, .kind = CELL_REFERENCE, .max = NUMBER_MAX, .target_literal = target_,                       \
    .refers_literal = table_
#define PICKLIST(name_, target_, list_)                                                                                \
    .name_literal = name_, .kind = CELL_PICKLIST, .max = NUMBER_MAX, .target_literal = target_, .refers_literal = list_
#define LIST(name_, table_) .name_literal = name_, .kind = CELL_LIST, .max = LIST_MAX, .refers_literal = table_
#define INSTANT(name_) .name_literal = name_, .kind = CELL_INSTANT, .max = SHORT_MAX, .target_literal = name_
#define DECIMAL(name_) .name_literal = name_, .kind = CELL_DECIMAL, .max = SHORT_MAX, .target_literal = name_
#define CHOICE(name_, choices_)                                                                                        \
    .name_literal = name_, .kind = CELL_CHOICE, .max = SHORT_MAX, .target_literal = name_, .choices = &(choices_)
#define CODE(name_, target_, choices_, otherwise_)                                                                     \
    .name_literal = name_, .kind = CELL_CODE, .max = SHORT_MAX, .target_literal = target_, .choices = &(choices_),     \
    .otherwise = otherwise_

static const struct column picklist_columns[] = {
    {.name_literal = "list",
     .kind = CELL_KEY_CHOICE,
     .required = true,
     .max = SHORT_MAX,
     .target_literal = "list",
     .choices = &picklists},
    {KEY("key")},
    {TEXT("label_sv", NAME_MAX_CHARS), .required = true},
    {TEXT("label_en", NAME_MAX_CHARS)},
    {CODE("active", "active", yes_no_codes, "yes")},
};

static const struct column customer_columns[] = {
    {KEY("number")},
    {TEXT("name", NAME_MAX_CHARS), .required = true},
    {CODE("status", "active", activity_codes, "active")},
    {TEXT("email", NAME_MAX_CHARS)},
    {TEXT("phone", SHORT_MAX)},
    {TEXT("street", NAME_MAX_CHARS)},
    {TEXT("postal_code", SHORT_MAX)},
    {TEXT("city", NAME_MAX_CHARS)},
    {.name_literal = "login", .kind = CELL_LOGIN, .max = LINE_MAX_CHARS},
};

static const struct column object_columns[] = {
    {KEY("number")},
    {TEXT("name", NAME_MAX_CHARS), .required = true},
    {REFERENCE("customer", "customer_id", "customer")},
    {REFERENCE("parent", "parent_id", "object")},
    {PICKLIST("group", "group_id", "object_group")},
    {TEXT("street", NAME_MAX_CHARS)},
    {TEXT("postal_code", SHORT_MAX)},
    {TEXT("city", NAME_MAX_CHARS)},
    {CODE("status", "active", activity_codes, "active")},
    {.name_literal = "login", .kind = CELL_LOGIN, .max = LINE_MAX_CHARS},
};

static const struct column contact_columns[] = {
    {KEY("number")},
    {TEXT("first_name", NAME_MAX_CHARS), .required = true},
    {TEXT("last_name", NAME_MAX_CHARS), .required = true},
    {TEXT("email", NAME_MAX_CHARS)},
    {TEXT("email_2", NAME_MAX_CHARS)},
    {TEXT("email_3", NAME_MAX_CHARS)},
    {TEXT("phone", SHORT_MAX)},
    {TEXT("mobile", SHORT_MAX)},
    {LIST("customers", "customer")},
    {LIST("objects", "object")},
    {CODE("status", "active", activity_codes, "active")},
};

static const struct link contact_links[] = {
    {"customers", "contact_customer", "contact_id", "customer_id", "stage_contact_customers"},
    {"objects", "contact_object", "contact_id", "object_id", "stage_contact_objects"},
};

static const struct column account_columns[] = {
    {.name_literal = "email", .kind = CELL_ADDRESS, .required = true, .max = NAME_MAX_CHARS, .target_literal = "email"},
    {.name_literal = "password", .kind = CELL_PASSWORD, .max = LINE_MAX_CHARS},
    {CODE("verified", "verified", yes_no_codes, "no")},
    {CHOICE("language", language_codes)},
};

static const struct column article_columns[] = {
    {KEY("number")},
    {TEXT("name", NAME_MAX_CHARS), .required = true},
    {CHOICE("article_type", article_types), .required = true},
    {TEXT("unit", SHORT_MAX)},
    {DECIMAL("unit_price")},
};

/* Domain 2: the state of a case with work orders follows them, whatever the file says. */
#define DERIVED "EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = t.id"

static const struct column case_columns[] = {
    {KEY("number")},
    {TEXT("title", LINE_MAX_CHARS), .required = true},
    {TEXT("description", TEXT_MAX)},
    {PICKLIST("type", "type_id", "case_type")},
    {PICKLIST("priority", "priority_id", "priority")},
    {CODE("status", "status", case_statuses, "not_started"), .keep_literal = DERIVED ")"},
    {REFERENCE("customer", "customer_id", "customer")},
    {REFERENCE("object", "object_id", "object")},
    {REFERENCE("primary_contact", "primary_contact_id", "contact")},
    {LIST("contacts", "contact")},
    {TEXT("your_reference", LINE_MAX_CHARS)},
    {TEXT("reporter", LINE_MAX_CHARS)},
    {TEXT("reporter_phone", SHORT_MAX)},
    {TEXT("site_street", NAME_MAX_CHARS)},
    {TEXT("site_postal_code", SHORT_MAX)},
    {TEXT("site_city", NAME_MAX_CHARS)},
    {INSTANT("created"), .required = true},
    {INSTANT("started"), .keep_literal = DERIVED " AND w.started IS NOT NULL)"},
    {INSTANT("finished"), .keep_literal = DERIVED " AND (w.finished IS NOT NULL OR w.status <> 2))"},
};

static const struct link case_links[] = {
    {"contacts", "case_contact", "case_id", "contact_id", "stage_case_contacts"},
};

static const struct column work_order_columns[] = {
    {KEY("number")},
    {REFERENCE("case", "case_id", "cases"), .required = true},
    {TEXT("title", LINE_MAX_CHARS)},
    {PICKLIST("type", "type_id", "work_order_type")},
    {CODE("status", "status", work_order_statuses, "not_started")},
    {TEXT("resource", NAME_MAX_CHARS)},
    {INSTANT("booked_from")},
    {INSTANT("booked_to")},
    {INSTANT("created"), .required = true},
    {INSTANT("started")},
    {INSTANT("finished")},
};

static const struct column article_row_columns[] = {
    {KEY("number")},
    {REFERENCE("case", "case_id", "cases"), .required = true},
    {REFERENCE("work_order", "work_order_id", "work_order")},
    {REFERENCE("article", "article_id", "article")},
    {.name_literal = "date", .kind = CELL_DATE, .required = true, .max = SHORT_MAX, .target_literal = "row_date"},
    {TEXT("title", LINE_MAX_CHARS)},
    {TEXT("description", TEXT_MAX)},
    {PICKLIST("action_code", "action_code_id", "action_code")},
    {CHOICE("article_type", article_types),
     .value_literal =
         "COALESCE(s.v_article_type, (SELECT a.article_type FROM article a WHERE a.id = s.r_article), 'other')"},
    {DECIMAL("quantity"), .required = true},
    {TEXT("unit", SHORT_MAX)},
    {DECIMAL("unit_price"), .otherwise = "0"},
    {DECIMAL("discount"), .otherwise = "0"},
    {CHOICE("status", row_statuses), .otherwise = "editable"},
    {TEXT("resource", NAME_MAX_CHARS)},
};

/*
 * The state that people see. What waits again because its rows changed is exported as waiting; read back, that is what is
 * stored already, and the decision with its digest stays.
 */
#define SEEN_STATUS "(SELECT " SPECIFICATION_STATUS " FROM invoice_specification s WHERE s.id = t.id)"

static const struct column specification_columns[] = {
    {KEY("number")},
    {REFERENCE("customer", "customer_id", "customer"), .required = true},
    {TEXT("title", LINE_MAX_CHARS)},
    {.name_literal = "period_from", .kind = CELL_DATE, .max = SHORT_MAX, .target_literal = "period_from"},
    {.name_literal = "period_to", .kind = CELL_DATE, .max = SHORT_MAX, .target_literal = "period_to"},
    {CHOICE("status", specification_statuses), .otherwise = "draft",
     .keep_literal = "s.v_status = 'awaiting_approval' AND " SEEN_STATUS " = 'awaiting_approval'",
     .shown_literal = SEEN_STATUS},
    {TEXT("your_reference", LINE_MAX_CHARS)},
    {LIST("rows", "article_row")},
    {TEXT("decided_by", NAME_MAX_CHARS)},
    {INSTANT("decided_at")},
    {TEXT("comment", TEXT_MAX)},
};

static const struct link specification_links[] = {
    {"rows", "invoice_specification_row", "specification_id", "article_row_id", "stage_specification_rows"},
};

/* What is found when the content is read. */
#define CONTENT(column_) "(SELECT c." column_ " FROM stage_content c WHERE c.line = s.line)"
#define CONTENT_NAME CONTENT("name")
#define MADE(name_)                                                                                                    \
    .name_literal = name_, .kind = CELL_MADE, .max = SHORT_MAX, .target_literal = name_, .value_literal = CONTENT(name_)

static const struct column file_columns[] = {
    {.name_literal = "path", .kind = CELL_KEY, .required = true, .max = PATH_MAX_CHARS, .target_literal = "path"},
    {TEXT("name", NAME_MAX_CHARS), .value_literal = CONTENT_NAME},
    {PICKLIST("category", "category_id", "file_category")},
    {REFERENCE("customer", "customer_id", "customer")},
    {REFERENCE("object", "object_id", "object")},
    {REFERENCE("case", "case_id", "cases")},
    {CODE("visible", "visible", yes_no_codes, "yes")},
    {MADE("digest")},
    {MADE("media_type")},
    {MADE("size")},
    {MADE("key"), .keep_literal = "1 = 1"},
};

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

const struct column *format_column(const struct format *format, struct str name)
{
    for (size_t i = 0; i < format->column_count; i++) {
        if (format->columns[i].kind != CELL_MADE && str_eq_nocase(name, str_of(format->columns[i].name_literal)))
            return &format->columns[i];
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
