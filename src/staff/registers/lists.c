/* The lists of the registers: /staff/customers, /staff/objects, /staff/contacts and /staff/articles. */
#include "lists/list.h"
#include "model/article_fields.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/object_fields.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.html.h"

#define WORDS_CRITERION(index_)                                                                                        \
    {                                                                                                                  \
        .name = "q", .label = _("Search words"), .kind = LIST_BY_WORDS, .literal = "t.id", .index = index_             \
    }
#define INACTIVE_CRITERION                                                                                             \
    {                                                                                                                  \
        .name = "inactive", .label = _("Inactive ones too"), .kind = LIST_BY_TICK, .else_literal = " AND t.active = 1" \
    }
#define BY_NUMBER                                                                                                      \
    {                                                                                                                  \
        .name = "number", .keys = { {"t.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG} }                         \
    }
#define BY_NAME                                                                                                        \
    {                                                                                                                  \
        .name = "name", .keys = {                                                                                      \
            {"t.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG},                                                    \
            {"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}                                                                  \
        }                                                                                                              \
    }
#define INACTIVE "CASE WHEN t.active = 1 THEN 0 ELSE 1 END"

/* --- customers ---------------------------------------------------------------------------------------------------- */

static const struct list_column CUSTOMER_COLUMNS[] = {
    {.name = "number"},
    {.name = "name"},
    {.name = "email", .flags = LIST_HIDDEN},
    {.name = "phone"},
    {.name = "street"},
    {.name = "postal_code", .flags = LIST_HIDDEN},
    {.name = "city"},
    {.name = "active", .codes = &activity_codes},
};
static const struct list_criterion CUSTOMER_CRITERIA[] = {
    WORDS_CRITERION(SEARCH_CUSTOMERS),
    INACTIVE_CRITERION,
};
static const struct list_order NAMED_ORDERS[] = {BY_NUMBER, BY_NAME};

const struct list customers_list = {
    .name = "customers",
    .path = "/staff/customers",
    .title = _("Customers"),
    .staff = true,
    .entity = &customer_entity,
    LIST_TABLES(CUSTOMER_COLUMNS, CUSTOMER_CRITERIA, NAMED_ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal = "customer t",
    .inactive_literal = INACTIVE,
    .new_path = "/staff/customers/new",
    .new_label = _("New customer"),
};

/* --- objects ------------------------------------------------------------------------------------------------------ */

static const struct list_column OBJECT_COLUMNS[] = {
    {.name = "number"},
    {.name = "name"},
    {LIST_COLUMN("customer", _("Customer number"), TEXT, "cu.number")},
    {LIST_COLUMN("parent", _("Lies in object (number)"), TEXT, "pa.number")},
    {.name = "group", .flags = LIST_HIDDEN},
    {.name = "street"},
    {.name = "postal_code", .flags = LIST_HIDDEN},
    {.name = "city"},
    {.name = "active", .codes = &activity_codes},
};
static const struct list_criterion OBJECT_CRITERIA[] = {
    WORDS_CRITERION(SEARCH_OBJECTS),
    {LIST_CRITERION("customer", _("Customer number"), BY_NUMBER,
                    " AND t.customer_id = (SELECT id FROM customer WHERE number = ?)")},
    INACTIVE_CRITERION,
};

static bool tree_link(struct list_query *query, struct err *err)
{
    (void)err;
    register_tree_link_html(&query->visit->response->body, &query->visit->view);
    return true;
}

const struct list objects_list = {
    .name = "objects",
    .path = "/staff/objects",
    .title = _("Objects"),
    .staff = true,
    .entity = &object_entity,
    LIST_TABLES(OBJECT_COLUMNS, OBJECT_CRITERIA, NAMED_ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal =
        "object t LEFT JOIN customer cu ON cu.id = t.customer_id LEFT JOIN object pa ON pa.id = t.parent_id",
    .inactive_literal = INACTIVE,
    .new_path = "/staff/objects/new",
    .new_label = _("New object"),
    .before = tree_link,
};

/* --- contacts ----------------------------------------------------------------------------------------------------- */

static const struct list_column CONTACT_COLUMNS[] = {
    {.name = "number"},
    {.name = "first_name"},
    {.name = "last_name"},
    {.name = "email"},
    {.name = "email_2", .flags = LIST_HIDDEN},
    {.name = "email_3", .flags = LIST_HIDDEN},
    {.name = "phone"},
    {.name = "mobile"},
    {.name = "active", .codes = &activity_codes},
};
static const struct list_criterion CONTACT_CRITERIA[] = {
    WORDS_CRITERION(SEARCH_CONTACTS),
    {LIST_CRITERION("customer", _("Customer number"), BY_NUMBER,
                    " AND t.id IN (SELECT x.contact_id FROM contact_customer x JOIN customer o ON o.id = x.customer_id"
                    " WHERE o.number = ?)")},
    {LIST_CRITERION("object", _("Object number"), BY_NUMBER,
                    " AND t.id IN (SELECT x.contact_id FROM contact_object x JOIN object o ON o.id = x.object_id"
                    " WHERE o.number = ?)")},
    INACTIVE_CRITERION,
};
static const struct list_order CONTACT_ORDERS[] = {
    BY_NUMBER,
    {.name = "last_name",
     .keys = {{"t.last_name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG},
              {"t.first_name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG},
              {"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
};

const struct list contacts_list = {
    .name = "contacts",
    .path = "/staff/contacts",
    .title = _("Contacts"),
    .staff = true,
    .entity = &contact_entity,
    LIST_TABLES(CONTACT_COLUMNS, CONTACT_CRITERIA, CONTACT_ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal = "contact t",
    .inactive_literal = INACTIVE,
    .new_path = "/staff/contacts/new",
    .new_label = _("New contact"),
};

/* --- articles ----------------------------------------------------------------------------------------------------- */

static const struct list_column ARTICLE_COLUMNS[] = {
    {.name = "number"}, {.name = "name"},       {.name = "article_type"},
    {.name = "unit"},   {.name = "unit_price"}, {LIST_COLUMN("active", _("Active"), YES_NO, "t.active")},
};
static const struct list_criterion ARTICLE_CRITERIA[] = {WORDS_CRITERION(SEARCH_ARTICLES), INACTIVE_CRITERION};

const struct list articles_list = {
    .name = "articles",
    .path = "/staff/articles",
    .title = _("Articles"),
    .staff = true,
    .entity = &article_entity,
    LIST_TABLES(ARTICLE_COLUMNS, ARTICLE_CRITERIA, NAMED_ORDERS),
    .up = true,
    .page_size = 50,
    .from_literal = "article t",
    .inactive_literal = INACTIVE,
    .new_path = "/staff/articles/new",
    .new_label = _("New article"),
};
