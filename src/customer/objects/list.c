/* /objects: the objects that the login may see. */
#include "access/visibility.h"
#include "customer/objects/internal.h"
#include "customer/objects/objects.html.h"
#include "model/choice_criterion.h"
#include "model/object_fields.h"

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("name", _("Object"), LINK, "o.name"), .flags = LIST_NO_FILE, .second_literal = "o.number"},
    {LIST_COLUMN("number", _("Number"), TEXT, "o.number")},
    {.name = "name", .flags = LIST_NO_PAGE},
    {.name = "group", .flags = LIST_WITH_NAME, LIST_PICKLIST("gr")},
    {.name = "street"},
    {.name = "postal_code", .flags = LIST_HIDDEN},
    {.name = "city"},
    {.name = "customer",
     .flags = LIST_WITH_NAME,
     .kind = LIST_PAIR,
     .literal = "cu.number",
     .second_literal = "cu.name"},
    {.name = "active", .flags = LIST_HIDDEN, .codes = &activity_codes},
};
static const struct list_criterion CRITERIA[] = {
    {LIST_CRITERION("q", _("Search words"), BY_WORDS,
                    "o.number || ' ' || o.name || ' ' || o.street || ' ' || o.postal_code || ' ' || o.city"),
     .hint = _("Number, name or address.")},
    {LIST_CRITERION("customer", _("Customer"), BY_CHOICE,
                    " AND o.customer_id = (SELECT id FROM customer WHERE number = ?)"),
     .fill = cases_criterion_customer},
    {.name = "inactive", .label = _("Inactive ones too"), .kind = LIST_BY_TICK, .else_literal = " AND o.active = 1"},
};
#define BY_NUMBER                                                                                                      \
    {                                                                                                                  \
        "o.number" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG                                                         \
    }
static const struct list_order ORDERS[] = {
    {.name = "name", .keys = {{"o.name" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, BY_NUMBER}},
    {.name = "number", .keys = {BY_NUMBER}},
    {.name = "city", .keys = {{"o.city" LIST_NATURAL, LIST_KEY_TEXT, LIST_KEY_ALONG}, BY_NUMBER}},
};

/* The limit, which is never reached, keeps the engines from looking for the rows in another way. */
void objects_seen_add(struct sql *sql, const struct actor *actor)
{
    sql_put(sql, "(SELECT o.id, o.number, o.name, o.street, o.postal_code, o.city, o.active, o.customer_id, o.group_id,"
                 " o.parent_id FROM object o WHERE ");
    visible_object(sql, actor);
    sql_put(sql, " LIMIT ?) o", DB_INT(INT32_MAX));
}

static void objects_matches_add(struct sql *sql, const struct list_query *query)
{
    objects_seen_add(sql, &query->visit->actor);
    sql_put(sql, " LEFT JOIN customer cu ON cu.id = o.customer_id LEFT JOIN picklist_item gr ON gr.id = o.group_id"
                 " WHERE 1 = 1");
    list_conditions(sql, query);
}

static bool objects_source(struct sql *sql, struct list_query *query, int64_t limit, bool *nothing, struct err *err)
{
    (void)nothing, (void)err;
    objects_matches_add(sql, query);
    list_add_place(sql, query);
    list_add_order(sql, query);
    if (limit)
        sql_put(sql, " LIMIT ?", DB_INT(limit));
    return true;
}

static bool objects_count(struct list_query *query, int64_t *total, struct err *err)
{
    struct sql sql = sql_start(query->visit->arena, "SELECT COUNT(*) FROM ");
    objects_matches_add(&sql, query);
    return db_find_sql(query->visit->db, query->visit->arena, &sql, DB_TARGETS(TO(total)), NULL, err);
}

static bool objects_tree_link(struct list_query *query, struct err *err)
{
    (void)err;
    objects_tree_link_html(&query->visit->response->body, &query->visit->view);
    return true;
}

const struct list customer_objects_list = {
    .name = "objects",
    .path = "/objects",
    .title = _("Objects"),
    .one = _("{n} object"),
    .many = _("{n} objects"),
    .entity = &object_entity,
    .alias_literal = "o",
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .up = true,
    .page_size = 50,
    .inactive_literal = "CASE WHEN o.active = 1 THEN 0 ELSE 1 END",
    .none_title = _("There are no objects yet"),
    .none_text = _("The buildings, flats and machines that you are linked to are shown here."),
    .match_title = _("No objects match your search"),
    .match_text = _("Try fewer or shorter words, or include inactive objects."),
    .source = objects_source,
    .count = objects_count,
    .before = objects_tree_link,
};
