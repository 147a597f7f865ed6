/*
 * The objects as a tree, one branch on each page. The objects inside an object are a range of the index (parent_id,
 * number).
 */
#include "portal/address.h"
#include "staff/registers/internal.h"
#include "staff/registers/tree.html.h"
#include "staff/registers/views.h"

#define PAGE_SIZE 50

struct str object_tree_path(struct arena *arena, struct str parent)
{
    return parent.n ? address_with(arena, "/staff/objects/tree?parent=", parent) : STR("/staff/objects/tree");
}

static struct str tree_next_path(struct arena *arena, struct str parent, struct str after)
{
    struct str path = object_tree_path(arena, parent);
    return address_with(arena, arena_printf(arena, "%.*s%safter=", STR_FMT(path), parent.n ? "&" : "?").p, after);
}

/* Reads the path to an object: the outermost object first, the object itself last. */
static bool load_way(struct visit *visit, struct str number, int64_t *id, struct object_tree_view *view,
                     struct err *err)
{
    struct tree_step_view *steps = ARENA_ARRAY(visit->arena, struct tree_step_view, TREE_DEPTH_MAX + 1);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "WITH RECURSIVE up (id, parent_id, number, name, level) AS ("
                                    "SELECT o.id, o.parent_id, o.number, o.name, 0 FROM object o WHERE o.number = $1"
                                    " UNION ALL SELECT o.id, o.parent_id, o.number, o.name, up.level + 1 FROM up"
                                    " JOIN object o ON o.id = up.parent_id WHERE up.level < 64)"
                                    " SELECT id, number, name FROM up ORDER BY level DESC",
                                    DB_ARGS(DB_TEXT(number)), err);
    while (db_next(rows)) {
        struct tree_step_view *step = &steps[view->step_count++];
        db_read(rows, TO(id), TO(&step->number), TO(&step->name));
        step->url = object_tree_path(visit->arena, step->number);
    }
    view->steps = steps;
    if (!db_done(rows, err))
        return false;
    return view->step_count > 0 || err_set(err, ERR_NOT_FOUND, NULL, "no such object");
}

/*
 * Sorts by parent_id too, although all rows have the same one. Without it PostgreSQL does not see that the index has
 * the rows in order when parent_id is NULL.
 */
static void add_branch(struct sql *sql, struct visit *visit, int64_t parent_id, struct str after)
{
    *sql = sql_start(visit->arena,
                     "SELECT t.number, t.name, CASE WHEN t.active = 1 THEN 0 ELSE 1 END, COALESCE(cu.number, ''),"
                     " COALESCE({}gr.label_sv, ''), (SELECT COUNT(*) FROM (SELECT 1 FROM object c"
                     " WHERE c.parent_id = t.id LIMIT ?) few) FROM object t"
                     " LEFT JOIN customer cu ON cu.id = t.customer_id LEFT JOIN picklist_item gr ON gr.id = t.group_id"
                     " WHERE t.parent_id ",
                     SQL(visit->view.lang == LANG_EN ? "NULLIF(gr.label_en, ''), " : ""), DB_INT(INSIDE_MAX));
    if (parent_id) {
        sql_put(sql, "= ?", DB_INT(parent_id));
    } else {
        sql_put(sql, "IS NULL");
    }
    if (after.n)
        sql_put(sql, " AND t.number COLLATE \"sv-natural\" > ?", DB_TEXT(after));
    sql_put(sql, " ORDER BY t.parent_id, t.number COLLATE \"sv-natural\" LIMIT ?", DB_INT(PAGE_SIZE + 1));
}

bool object_tree_load(struct visit *visit, struct str parent, struct str after, struct object_tree_view *view,
                      struct err *err)
{
    struct tree_row_view *made = ARENA_ARRAY(visit->arena, struct tree_row_view, PAGE_SIZE);
    struct sql sql;
    int64_t parent_id = 0;
    *view = (struct object_tree_view){.rows = made};
    if (parent.n && !load_way(visit, parent, &parent_id, view, err))
        return false;
    add_branch(&sql, visit, parent_id, after);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        struct tree_row_view *row = &made[view->row_count];
        if (view->row_count == PAGE_SIZE) {
            view->next_url = tree_next_path(visit->arena, parent, made[PAGE_SIZE - 1].number);
            continue;
        }
        view->row_count++;
        db_read(rows, TO(&row->number), TO(&row->name), TO(&row->inactive), TO(&row->customer), TO(&row->group),
                TO(&row->inside));
        row->url = register_path(visit->arena, &object_register, row->number, "");
        if (row->inside)
            row->inside_url = object_tree_path(visit->arena, row->number);
    }
    return db_done(rows, err);
}

bool object_tree_page(struct visit *visit, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct str parent = str_trim(http_param(query, "parent")), after = http_param(query, "after");
    struct object_tree_view view;
    if (!object_tree_load(visit, parent, after, &view, err))
        return false;
    view.new_url =
        parent.n ? address_with(visit->arena, "/staff/objects/new?parent=", parent) : STR("/staff/objects/new");
    if (parent.n)
        view.open_url = register_path(visit->arena, &object_register, parent, "");
    if (after.n)
        view.first_url = object_tree_path(visit->arena, parent);
    struct str title = visit_tr(visit, _("Objects as a tree"));
    if (parent.n)
        title = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(title), STR_FMT(parent));
    return page_show(visit, title, tree_page_html, &view);
}
