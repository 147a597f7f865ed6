/* /objects/NUMBER: an object with its cases, visits, files, cost, and the objects inside it. */
#include "access/visibility.h"
#include "base/clock.h"
#include "customer/objects/internal.h"
#include "customer/objects/objects.html.h"
#include "model/case.h"
#include "model/object.h"
#include "parts/case_card/case_card.h"
#include "portal/address.h"

#define CASES_SHOWN 10
#define FILES_SHOWN 10
#define INSIDE_SHOWN 10
#define COST_MONTHS 12

/* --- the object --------------------------------------------------------------------------------------------------- */

static bool object_find(struct visit *visit, struct str number, struct object_view *view, struct err *err)
{
    struct str street, code, city;
    bool found;
    struct sql sql = sql_start(visit->arena,
                               "SELECT o.id, o.number, o.name, o.street, o.postal_code, o.city, o.active, COALESCE({}"
                               "gr.label_sv, ''), cu.name FROM object o LEFT JOIN customer cu ON cu.id = o.customer_id"
                               " LEFT JOIN picklist_item gr ON gr.id = o.group_id WHERE o.number = ? AND ",
                               SQL(visit->view.lang == LANG_EN ? "NULLIF(gr.label_en, ''), " : ""), DB_TEXT(number));
    visible_object_each(&sql, &visit->actor, "o");
    if (!db_find_sql(visit->db, visit->arena, &sql,
                     DB_TARGETS(TO(&view->id), TO(&view->number), TO(&view->name), TO(&street), TO(&code), TO(&city),
                                TO(&view->active), TO(&view->group), TO(&view->customer)),
                     &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such object for this actor");
    struct str place = str_trim(arena_printf(visit->arena, "%.*s %.*s", STR_FMT(code), STR_FMT(city)));
    view->address =
        arena_printf(visit->arena, "%.*s%s%.*s", STR_FMT(street), street.n && place.n ? ", " : "", STR_FMT(place));
    return true;
}

/* --- its cases ---------------------------------------------------------------------------------------------------- */

static bool object_load_cases(struct visit *visit, const struct object_view *view, bool done, struct html *cards,
                              bool *more, struct err *err)
{
    struct case_card *items;
    size_t count;
    if (!case_cards_of_object(visit, view->id, done, CASES_SHOWN + 1, &items, &count, err))
        return false;
    *more = count > CASES_SHOWN;
    *cards = case_cards_list(visit, items, *more ? CASES_SHOWN : count);
    return true;
}

static bool object_load_visit(struct visit *visit, struct object_view *view, struct err *err)
{
    struct str number, title;
    int64_t from = 0, to = 0;
    bool found;
    struct sql sql = sql_start(visit->arena, "SELECT b.number, b.title, w.booked_from, w.booked_to, w.resource"
                                             " FROM (SELECT c.id, c.number, c.title FROM ");
    visible_cases_of_object(&sql, &visit->actor, view->id);
    sql_put(&sql,
            " AND c.status < " CASE_FINISHED_SQL
            ") b CROSS JOIN work_order w WHERE w.case_id = b.id AND w.status < " WORK_ORDER_FINISHED_SQL
            " AND COALESCE(w.booked_to, w.booked_from) >= ?"
            " ORDER BY COALESCE(w.booked_from, w.booked_to), w.id LIMIT 1",
            DB_INT(visit->now_us));
    if (!db_find_sql(visit->db, visit->arena, &sql,
                     DB_TARGETS(TO(&number), TO(&title), TO(&from), TO(&to), TO(&view->visit_who)), &found, err))
        return false;
    if (!found)
        return true;
    view->visit_when = fmt_visit(visit->arena, visit->view.lang, from, to, visit->now_us);
    view->visit_title = title.n ? title : number;
    view->visit_path = case_path(visit->arena, number);
    return true;
}

/* --- its cost and files ------------------------------------------------------------------------------------------- */

/* The article rows of cases created in the last twelve months, as on the dashboard (domain 8). */
static bool object_load_cost(struct visit *visit, struct object_view *view, struct err *err)
{
    int64_t sum = 0, count = 0;
    struct sql sql = sql_start(visit->arena, "SELECT COALESCE(CAST(SUM(r.total) AS BIGINT), 0), COUNT(*)"
                                             " FROM (SELECT c.id FROM ");
    visible_cases_of_object(&sql, &visit->actor, view->id);
    sql_put(&sql, " AND s.created >= ? AND ",
            DB_INT(clock_day_start(date_add_months(clock_date(visit->now_us), -COST_MONTHS))));
    visible_price(&sql, &visit->actor, visit->config->prices);
    sql_put(&sql, ") priced CROSS JOIN article_row r WHERE r.case_id = priced.id AND r.status <> 'cancelled'");
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(&sum), TO(&count)), NULL, err))
        return false;
    if (count)
        view->cost = fmt_money(visit->arena, visit->view.lang, sum);
    return true;
}

static bool object_load_files(struct visit *visit, struct object_view *view, struct err *err)
{
    if (visit->actor.kind != ACTOR_CONTACT || !page_is_on(visit->config, ROUTE_FILES))
        return true;
    struct sql sql = sql_start(visit->arena,
                               "SELECT f.key, f.name, f.size, f.created FROM file f WHERE f.object_id = ?"
                               " AND ",
                               DB_INT(view->id));
    visible_file(&sql, &visit->actor);
    sql_put(&sql, " ORDER BY f.created DESC, f.name COLLATE \"sv-natural\", f.id DESC LIMIT ?", DB_INT(FILES_SHOWN));
    view->files = ARENA_ARRAY(visit->arena, struct object_file, FILES_SHOWN);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows) && view->file_count < FILES_SHOWN) {
        struct object_file *file = &view->files[view->file_count++];
        int64_t size, created;
        db_read(rows, TO(&file->key), TO(&file->name), TO(&size), TO(&created));
        file->facts = arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(fmt_size(visit->arena, visit->view.lang, size)),
                                   STR_FMT(fmt_day(visit->arena, visit->view.lang, created, visit->now_us)));
    }
    view->files_url = address_with(visit->arena, "/files?object=", view->number);
    return db_done(rows, err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void object_fill_urls(struct visit *visit, struct object_view *view)
{
    view->cases_url = address_with(visit->arena, "/cases?object=", view->number);
    view->open_url = address_with(visit->arena, "/cases?status=open&object=", view->number);
    view->tree_url = address_with(visit->arena, "/objects/tree?parent=", view->number);
    if (!view->active || !page_is_on(visit->config, ROUTE_NEW_CASE))
        return;
    view->report_url = may_choose_object(&visit->actor) ? address_with(visit->arena, "/cases/new?object=", view->number)
                                                        : STR("/cases/new");
}

bool object_page_load(struct visit *visit, struct str number, struct object_view *view, struct err *err)
{
    *view = (struct object_view){.id = 0};
    if (!object_find(visit, number, view, err) || !objects_above(visit, view->id, &view->way, err) ||
        !objects_inside(visit, view->id, STR_NONE, &view->inside, err) ||
        !object_load_cases(visit, view, false, &view->open, &view->open_more, err) ||
        !object_load_cases(visit, view, true, &view->done, &view->done_more, err) ||
        !object_load_visit(visit, view, err) || !object_load_cost(visit, view, err) ||
        !object_load_files(visit, view, err))
        return false;
    view->inside.more = view->inside.count > INSIDE_SHOWN;
    view->inside.count = view->inside.more ? INSIDE_SHOWN : view->inside.count;
    object_fill_urls(visit, view);
    return true;
}

bool object_page(struct visit *visit, struct err *err)
{
    struct object_view view;
    return object_page_load(visit, address_number(visit->arena, visit->path_value[0]), &view, err) &&
           page_show(visit, view.name, object_page_html, &view);
}
