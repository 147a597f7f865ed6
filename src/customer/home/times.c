/* Who comes when, what is under way, and what was done lately. Each is a range of scope_event. */
#include "access/visibility.h"
#include "base/clock.h"
#include "customer/home/views.h"
#include "model/case.h"
#include "parts/case_card/case_card.h"

enum { VISITS = 6, OPEN = 8, DONE = 5, DONE_DAYS = 14, LONGEST_VISIT_DAYS = 7 };

#define DAY_US (24 * 3600 * US_PER_SECOND)

/*
 * A value that PostgreSQL does not plan for. As long as it hopes to find a better plan for a value, it plans the
 * statement again for each page, which costs more than to run it.
 */
#define UNPLANNED "(SELECT ?)"

static int64_t today_us(const struct visit *visit)
{
    return clock_day_start(clock_date(visit->now_us));
}

/* A visit of several days began before today. */
static bool visits_load(struct visit *visit, struct home_view *home, struct err *err)
{
    struct home_visit *all = ARENA_ARRAY(visit->arena, struct home_visit, VISITS);
    struct sql sql = sql_start(visit->arena, "SELECT c.number, c.title, COALESCE(w.booked_from, 0),"
                                             " COALESCE(w.booked_to, 0), w.resource, o.name FROM (SELECT DISTINCT e.at,"
                                             " e.work_order_id FROM scope_event e WHERE ");
    visible_events(&sql, &visit->actor, EVENT_BOOKED);
    sql_put(&sql,
            " AND e.at >= " UNPLANNED
            ") e CROSS JOIN work_order w CROSS JOIN cases c LEFT JOIN object o ON o.id = c.object_id"
            " WHERE w.id = e.work_order_id AND c.id = w.case_id AND COALESCE(w.booked_to, w.booked_from) >= " UNPLANNED
            " ORDER BY e.at, w.id LIMIT " UNPLANNED,
            DB_INT(today_us(visit) - LONGEST_VISIT_DAYS * DAY_US), DB_INT(today_us(visit)), DB_INT(VISITS));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    struct str number;
    int64_t from, to;
    while (db_next(rows)) {
        struct home_visit *one = &all[home->visit_count++];
        db_read(rows, TO(&number), TO(&one->title), TO(&from), TO(&to), TO(&one->technician), TO(&one->place));
        one->path = case_path(visit->arena, number);
        one->time = fmt_visit(visit->arena, visit->view.lang, from, to, visit->now_us);
        if (!one->title.n)
            one->title = number;
    }
    home->visits = all;
    return db_done(rows, err);
}

static bool cards_load(struct visit *visit, const struct sql *sql, size_t limit, struct html *html, struct err *err)
{
    struct case_card *cards;
    size_t count;
    if (!case_cards_read(visit, sql, limit, &cards, &count, err))
        return false;
    *html = case_cards_list(visit, cards, count);
    return true;
}

/* Open cases that nobody is about to visit. */
static bool open_load(struct visit *visit, struct home_view *home, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT ");
    case_card_select(&sql, visit);
    sql_put(&sql, " FROM (SELECT e.at, e.case_id FROM (SELECT DISTINCT e.at, e.case_id FROM scope_event e WHERE ");
    visible_events(&sql, &visit->actor, EVENT_CASE_OPEN);
    sql_put(&sql,
            ") e CROSS JOIN cases c WHERE c.id = e.case_id AND COALESCE(c.booked_to, c.booked, 0) < " UNPLANNED
            " ORDER BY e.at DESC, e.case_id DESC LIMIT " UNPLANNED
            ") e CROSS JOIN cases c LEFT JOIN object o ON o.id = c.object_id"
            " WHERE c.id = e.case_id ORDER BY e.at DESC, e.case_id DESC",
            DB_INT(today_us(visit)), DB_INT(OPEN));
    return cards_load(visit, &sql, OPEN, &home->open, err);
}

static bool done_load(struct visit *visit, struct home_view *home, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT ");
    case_card_select(&sql, visit);
    sql_put(&sql, " FROM (SELECT DISTINCT e.at, e.case_id FROM scope_event e WHERE ");
    visible_events(&sql, &visit->actor, EVENT_CASE_FINISHED);
    sql_put(&sql,
            " AND e.at >= " UNPLANNED " ORDER BY e.at DESC, e.case_id DESC LIMIT " UNPLANNED ") e CROSS JOIN cases c"
            " LEFT JOIN object o ON o.id = c.object_id WHERE c.id = e.case_id ORDER BY e.at DESC, e.case_id DESC",
            DB_INT(today_us(visit) - DONE_DAYS * DAY_US), DB_INT(DONE));
    return cards_load(visit, &sql, DONE, &home->done, err);
}

bool home_times_load(struct visit *visit, struct home_view *home, struct err *err)
{
    return visits_load(visit, home, err) && open_load(visit, home, err) && done_load(visit, home, err);
}
