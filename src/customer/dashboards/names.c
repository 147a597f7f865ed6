#include "customer/dashboards/names.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "model/case.h"

#include <inttypes.h>

const char *const dimension_codes[DIMENSION_COUNT] = {
    [BY_TIME] = "time",
    [BY_TYPE] = "type",
    [BY_STATUS] = "status",
    [BY_CUSTOMER] = "customer",
    [BY_OBJECT] = "object",
    [BY_PUNCTUALITY] = "punctuality",
    [BY_DURATION] = "duration",
    [BY_ARTICLE_TYPE] = "article_type",
    [BY_ACTION_CODE] = "action_code",
    [BY_ARTICLE] = "article",
};

bool dimension_find(struct str code, enum dimension *by)
{
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        if (str_eqz(code, dimension_codes[i])) {
            *by = (enum dimension)i;
            return true;
        }
    }
    return false;
}

/* --- durations ---------------------------------------------------------------------------------------------------- */

#define US_PER_MINUTE INT64_C(60000000)
#define US_PER_HOUR INT64_C(3600000000)

struct str duration_text(struct arena *arena, enum lang lang, int64_t us)
{
    uint64_t minutes = (uint64_t)(us < 0 ? -(us / US_PER_MINUTE) : us / US_PER_MINUTE);
    uint64_t hours = minutes / 60;
    const char *sign = us <= -US_PER_MINUTE ? "−" : "";
    struct str parts[2];
    if (hours >= 48) {
        parts[0] = arena_printf(arena, "%s%" PRIu64, sign, hours / 24);
        parts[1] = arena_printf(arena, "%" PRIu64, hours % 24);
        return tr_fill(arena, lang, _("{1} d {2} h"), parts, 2);
    }
    parts[0] = arena_printf(arena, "%s%" PRIu64, sign, hours ? hours : minutes);
    parts[1] = arena_printf(arena, "%" PRIu64, minutes % 60);
    return tr_fill(arena, lang, hours ? _("{1} h {2} min") : _("{1} min"), parts, 2);
}

struct str duration_hours(struct arena *arena, int64_t us)
{
    const int64_t unit = US_PER_HOUR / DECIMAL_ONE;
    return decimal_format(arena, (us + (us < 0 ? -unit : unit) / 2) / unit);
}

/* --- dimensions whose keys are positions -------------------------------------------------------------------------- */

bool dimension_is_stored(enum dimension by)
{
    return by == BY_TYPE || by == BY_CUSTOMER || by == BY_OBJECT || by == BY_ACTION_CODE || by == BY_ARTICLE;
}

/* Returns the name of a position, from 1, or an empty name when there is no such position. */
static struct group_name place_name(struct visit *visit, const struct board *board, enum dimension by,
                                    const struct buckets *buckets, size_t place)
{
    const struct msgid *const *states = board->orders ? work_order_status_labels : case_status_labels;
    if (by == BY_TIME && place <= buckets->count)
        return (struct group_name){date_format(visit->arena, buckets->items[place - 1].from),
                                   bucket_label(visit->arena, visit->view.lang, buckets, place - 1)};
    if (by == BY_STATUS && place <= 3)
        return (struct group_name){str_of(case_status_codes[place - 1]), visit_tr(visit, states[place - 1])};
    if (by == BY_PUNCTUALITY && place < PUNCTUALITY_END)
        return (struct group_name){str_of(punctuality_codes[place]), visit_tr(visit, punctuality_labels[place])};
    if (by == BY_DURATION && place <= DURATION_STEPS)
        return (struct group_name){str_of(duration_steps[place].code), visit_tr(visit, duration_steps[place].label)};
    if (by == BY_ARTICLE_TYPE && place <= 5)
        return (struct group_name){str_of(article_type_codes[place - 1]),
                                   visit_tr(visit, article_type_labels[place - 1])};
    return (struct group_name){STR_NONE, STR_NONE};
}

/* --- dimensions whose keys are ids -------------------------------------------------------------------------------- */

static void add_register_query(struct sql *sql, enum dimension by)
{
    if (by == BY_CUSTOMER)
        sql_put(sql, "SELECT x.id, x.number, x.name, x.name FROM customer x");
    else if (by == BY_OBJECT)
        sql_put(sql, "SELECT x.id, x.number, x.name, x.name FROM object x");
    else if (by == BY_ARTICLE)
        sql_put(sql, "SELECT x.id, x.number, x.name, x.name FROM article x");
    else
        sql_put(sql, "SELECT x.id, x.key, x.label_sv, x.label_en FROM picklist_item x");
}

static bool names_load_stored(struct visit *visit, enum dimension by, const struct groups *groups,
                              struct group_name *names, struct err *err)
{
    bool any = false;
    struct sql sql = sql_start(visit->arena, "");
    add_register_query(&sql, by);
    sql_put(&sql, " WHERE x.id IN (");
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].key <= 0)
            continue;
        sql_put(&sql, "{}?", SQL(any ? ", " : ""), DB_INT(groups->items[i].key));
        any = true;
    }
    sql_put(&sql, ")");
    if (!any)
        return true;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        size_t at = 0;
        while (at < groups->count && groups->items[at].key != db_int(rows, 0))
            at++;
        bool english = visit->view.lang == LANG_EN && db_text(rows, 3).n;
        if (at < groups->count)
            names[at] = (struct group_name){db_text_copy(rows, 1, visit->arena),
                                            db_text_copy(rows, english ? 3 : 2, visit->arena)};
    }
    return db_done(rows, err);
}

bool names_load(struct visit *visit, const struct board *board, enum dimension by, const struct buckets *buckets,
                const struct groups *groups, struct group_name **names, struct err *err)
{
    *names = ARENA_ARRAY(visit->arena, struct group_name, groups->count);
    for (size_t i = 0; i < groups->count; i++) {
        int64_t key = groups->items[i].key;
        if (key == KEY_OTHERS)
            (*names)[i].label = visit_tr(visit, _("Others"));
        else if (key == 0)
            (*names)[i].label = visit_tr(visit, _("None"));
        else if (!dimension_is_stored(by))
            (*names)[i] = place_name(visit, board, by, buckets, (size_t)key);
    }
    return !dimension_is_stored(by) || names_load_stored(visit, by, groups, *names, err);
}

static bool names_find_stored(struct visit *visit, const struct board *board, enum dimension by, struct str code,
                              int64_t *key, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    add_register_query(&sql, by);
    if (by == BY_TYPE || by == BY_ACTION_CODE) {
        sql_put(&sql, " WHERE x.list = ? AND x.key = ",
                DB_TEXT(by == BY_ACTION_CODE ? STR("action_code")
                        : board->orders      ? STR("work_order_type")
                                             : STR("case_type")));
    } else {
        sql_put(&sql, " WHERE x.number = ");
    }
    sql_put(&sql, "?", DB_TEXT(code));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows))
        *key = db_int(rows, 0);
    return db_done(rows, err);
}

bool names_find(struct visit *visit, const struct board *board, enum dimension by, const struct buckets *buckets,
                struct str code, int64_t *key, struct err *err)
{
    *key = code.n ? KEY_UNKNOWN : 0;
    if (!code.n)
        return true;
    if (dimension_is_stored(by))
        return names_find_stored(visit, board, by, code, key, err);
    for (size_t place = 1;; place++) {
        struct str found = place_name(visit, board, by, buckets, place).code;
        if (!found.n)
            return true;
        if (str_eq(found, code)) {
            *key = (int64_t)place;
            return true;
        }
    }
}
