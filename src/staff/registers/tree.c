/*
 * The objects as a tree, one branch on each page. The objects inside an object are a range of the index (parent_id,
 * number).
 */
#include "staff/registers/internal.h"
#include "staff/registers/tree.html.h"
#include "staff/registers/views.h"

#define PAGE_SIZE 50

static struct str tree_address(struct arena *arena, const char *path, struct str parent, struct str after)
{
    struct buf url;
    buf_init(&url, arena);
    buf_z(&url, path);
    if (parent.n) {
        buf_z(&url, "?parent=");
        buf_url_part(&url, parent);
    }
    if (after.n) {
        buf_z(&url, parent.n ? "&after=" : "?after=");
        buf_url_part(&url, after);
    }
    return buf_text(&url);
}

struct str object_tree_path(struct arena *arena, struct str parent)
{
    return tree_address(arena, "/staff/objects/tree", parent, STR_NONE);
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
        *id = db_int(rows, 0);
        struct tree_step_view *step = &steps[view->step_count++];
        step->number = db_text_copy(rows, 1, visit->arena);
        step->name = db_text_copy(rows, 2, visit->arena);
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
                     "SELECT t.number, t.name, t.active, COALESCE(cu.number, ''), COALESCE({}gr.label_sv, ''), (SELECT"
                     " COUNT(*) FROM (SELECT 1 FROM object c WHERE c.parent_id = t.id LIMIT ?) few)"
                     " FROM object t LEFT JOIN customer cu ON cu.id = t.customer_id"
                     " LEFT JOIN picklist_item gr ON gr.id = t.group_id WHERE t.parent_id ",
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

static struct tree_row_view tree_read_row(struct visit *visit, const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    struct tree_row_view row = {.number = db_text_copy(rows, 0, arena),
                                .name = db_text_copy(rows, 1, arena),
                                .inactive = !db_int(rows, 2),
                                .customer = db_text_copy(rows, 3, arena),
                                .group = db_text_copy(rows, 4, arena),
                                .inside = db_int(rows, 5)};
    row.url = register_path(arena, &object_register, row.number, "");
    if (row.inside)
        row.inside_url = object_tree_path(arena, row.number);
    return row;
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
        if (view->row_count < PAGE_SIZE)
            made[view->row_count++] = tree_read_row(visit, rows);
        else
            view->next_url =
                tree_address(visit->arena, "/staff/objects/tree", parent, made[view->row_count - 1].number);
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
    view.new_url = tree_address(visit->arena, "/staff/objects/new", parent, STR_NONE);
    if (parent.n)
        view.open_url = register_path(visit->arena, &object_register, parent, "");
    if (after.n)
        view.first_url = object_tree_path(visit->arena, parent);
    page_begin(visit, visit_tr(visit, _("Objects as a tree")));
    tree_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
