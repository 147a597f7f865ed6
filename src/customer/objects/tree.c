/* The objects as a tree, one branch on each page. */
#include "access/visibility.h"
#include "customer/objects/internal.h"
#include "customer/objects/objects.html.h"
#include "model/object.h"
#include "portal/address.h"

/* The deepest tree of objects. The limit makes every walk upwards end, whatever the data says. */
#define DEPTH_LIMIT 20

static struct str branch_path(struct arena *arena, struct str parent)
{
    return parent.n ? address_with(arena, "/objects/tree?parent=", parent) : STR("/objects/tree");
}

/* A link to a machine does not reveal whose building it is in (domain 7.3). */
bool objects_above(struct visit *visit, int64_t id, struct object_way *way, struct err *err)
{
    struct sql sql =
        sql_start(visit->arena,
                  "WITH RECURSIVE up (id, parent_id, customer_id, number, name, level) AS (SELECT o.id, o.parent_id,"
                  " o.customer_id, o.number, o.name, 0 FROM object o WHERE o.id = ? UNION ALL SELECT o.id, o.parent_id,"
                  " o.customer_id, o.number, o.name, up.level + 1 FROM up JOIN object o ON o.id = up.parent_id"
                  " WHERE up.level < ?) SELECT up.number, up.name FROM up WHERE up.level > 0 AND ",
                  DB_INT(id), DB_INT(DEPTH_LIMIT));
    visible_object_each(&sql, &visit->actor, "up");
    sql_put(&sql, " ORDER BY up.level DESC");
    *way = (struct object_way){.items = ARENA_ARRAY(visit->arena, struct object_link, DEPTH_LIMIT + 1)};
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        struct object_link *link = &way->items[way->count++];
        db_read(rows, TO(&link->number), TO(&link->name));
        link->url = object_path(visit->arena, link->number);
        link->inside_url = branch_path(visit->arena, link->number);
    }
    return db_done(rows, err);
}

static struct object_link branch_read(struct visit *visit, struct db_rows *rows)
{
    struct object_link link;
    struct str street, city;
    db_read(rows, TO(&link.number), TO(&link.name), TO(&street), TO(&city), TO(&link.inside));
    link.url = object_path(visit->arena, link.number);
    link.inside_url = branch_path(visit->arena, link.number);
    link.address =
        arena_printf(visit->arena, "%.*s%s%.*s", STR_FMT(street), street.n && city.n ? ", " : "", STR_FMT(city));
    return link;
}

bool objects_inside(struct visit *visit, int64_t parent_id, struct str after, struct object_branch *branch,
                    struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT o.number, o.name, o.street, o.city, (SELECT COUNT(*) FROM (SELECT"
                                             " 1 FROM object lies CROSS JOIN object inner_one WHERE lies.parent_id ="
                                             " o.id AND inner_one.id = lies.id AND inner_one.active = 1 AND ");
    visible_object_each(&sql, &visit->actor, "inner_one");
    sql_put(&sql, " LIMIT ?) few) FROM ", DB_INT(OBJECTS_SHOWN + 1));
    if (parent_id) {
        sql_put(&sql,
                "object lies CROSS JOIN object o WHERE lies.parent_id = ? AND o.id = lies.id AND o.active = 1 AND ",
                DB_INT(parent_id));
        visible_object_each(&sql, &visit->actor, "o");
    } else {
        objects_seen_add(&sql, &visit->actor);
        sql_put(&sql,
                " WHERE o.active = 1 AND NOT EXISTS (SELECT 1 FROM object outer_one WHERE outer_one.id = o.parent_id"
                " AND outer_one.active = 1 AND ");
        visible_object_each(&sql, &visit->actor, "outer_one");
        sql_put(&sql, ")");
    }
    if (after.n)
        sql_put(&sql, " AND o.number COLLATE \"sv-natural\" > ?", DB_TEXT(after));
    sql_put(&sql, " ORDER BY o.number COLLATE \"sv-natural\" LIMIT ?", DB_INT(OBJECTS_SHOWN + 1));
    *branch = (struct object_branch){.items = ARENA_ARRAY(visit->arena, struct object_link, OBJECTS_SHOWN)};
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        if (branch->count == OBJECTS_SHOWN)
            branch->more = true;
        else
            branch->items[branch->count++] = branch_read(visit, rows);
    }
    return db_done(rows, err);
}

static bool branch_find(struct visit *visit, struct str number, int64_t *id, struct object_link *here, struct err *err)
{
    struct sql sql =
        sql_start(visit->arena, "SELECT o.id, o.number, o.name FROM object o WHERE o.number = ? AND ", DB_TEXT(number));
    bool found;
    visible_object_each(&sql, &visit->actor, "o");
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(id), TO(&here->number), TO(&here->name)), &found,
                     err))
        return false;
    here->url = object_path(visit->arena, here->number);
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such object for this actor");
}

bool objects_tree(struct visit *visit, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct str parent = str_trim(http_param(query, "parent")), after = http_param(query, "after");
    struct object_tree_page page = {.next_url = STR_NONE};
    int64_t id = 0;
    if (parent.n && (!branch_find(visit, parent, &id, &page.here, err) || !objects_above(visit, id, &page.way, err)))
        return false;
    if (!objects_inside(visit, id, after, &page.branch, err))
        return false;
    struct str path = branch_path(visit->arena, parent);
    if (page.branch.more)
        page.next_url = address_with(visit->arena,
                                     arena_printf(visit->arena, "%.*s%safter=", STR_FMT(path), parent.n ? "&" : "?").p,
                                     page.branch.items[OBJECTS_SHOWN - 1].number);
    if (after.n)
        page.first_url = path;
    struct str title = parent.n ? tr_fill(visit->arena, visit->view.lang, _("In {1}"), &page.here.name, 1)
                                : visit_tr(visit, _("Objects as a tree"));
    return page_show(visit, title, objects_tree_page_html, &page);
}
