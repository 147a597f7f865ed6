#include "customer/dashboards/names.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "model/object.h"

#define PICKLIST_NAMES "SELECT x.id, x.key, x.label_sv, x.label_en FROM picklist_item x WHERE "
const struct dimension_kind dimensions[DIMENSION_COUNT] = {
    [BY_TIME] = {"time", NULL},
    [BY_TYPE] = {"type", PICKLIST_NAMES},
    [BY_STATUS] = {"status", NULL},
    [BY_CUSTOMER] = {"customer", "SELECT x.id, x.number, x.name, '' FROM customer x WHERE "},
    [BY_OBJECT] = {"object", "SELECT x.id, x.number, x.name, '' FROM object x WHERE "},
    [BY_PUNCTUALITY] = {"punctuality", NULL},
    [BY_DURATION] = {"duration", NULL},
    [BY_ARTICLE_TYPE] = {"article_type", NULL},
    [BY_ACTION_CODE] = {"action_code", PICKLIST_NAMES},
    [BY_ARTICLE] = {"article", "SELECT x.id, x.number, x.name, '' FROM article x WHERE "},
};

/* --- dimensions whose keys are positions -------------------------------------------------------------------------- */

/* Returns the codes of position 1 and up; NULL: positions in time, or ids. */
static const struct code_list *dimension_code_list(const struct board_request *request, enum dimension by)
{
    return by == BY_STATUS         ? request->board->statuses
           : by == BY_PUNCTUALITY  ? &punctuality_codes
           : by == BY_DURATION     ? &duration_codes
           : by == BY_ARTICLE_TYPE ? &article_types
                                   : NULL;
}

size_t dimension_places(const struct board_request *request, enum dimension by)
{
    const struct code_list *codes = dimension_code_list(request, by);
    if (by == BY_STATUS) /* the last one is cancelled, which counts nowhere */
        return codes->count - 1;
    return codes ? codes->count : by == BY_TIME ? request->buckets.count : 0;
}

static struct group_name place_name(const struct board_request *request, enum dimension by, size_t place)
{
    struct visit *visit = request->visit;
    const struct code_list *codes = dimension_code_list(request, by);
    if (codes)
        return (struct group_name){.code = str_of(codes->codes[place - 1].name),
                                   .label = visit_tr(visit, codes->codes[place - 1].label)};
    return (struct group_name){.code = date_format(visit->arena, request->buckets.items[place - 1].from),
                               .label = bucket_label(visit->arena, visit->view.lang, &request->buckets, place - 1)};
}

/* --- dimensions whose keys are ids -------------------------------------------------------------------------------- */

#define IDS_AT_ONCE 500

/* Appends the ids of the groups from `*from` on, at most IDS_AT_ONCE, and moves `*from`. Returns false without any. */
static bool group_ids_add(struct sql *sql, const struct groups *groups, size_t *from)
{
    size_t ids = 0;
    for (; *from < groups->count && ids < IDS_AT_ONCE; ++*from) {
        if (groups->items[*from].key > 0)
            sql_put(sql, "{}?", SQL(ids++ ? ", " : "x.id IN ("), DB_INT(groups->items[*from].key));
    }
    sql_put(sql, ")");
    return ids > 0;
}

bool names_link_objects(struct visit *visit, const struct groups *groups, struct err *err)
{
    int64_t id;
    size_t from = 0;
    struct sql sql = sql_start(visit->arena, "SELECT x.id FROM object x WHERE ");
    visible_object_each(&sql, &visit->actor, "x");
    sql_put(&sql, " AND ");
    if (!group_ids_add(&sql, groups, &from))
        return true;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_read_next(rows, TO(&id))) {
        for (size_t i = 0; i < groups->count; i++) {
            if (groups->items[i].key == id)
                groups->names[i].url = object_path(visit->arena, groups->names[i].code);
        }
    }
    return db_done(rows, err);
}

/* Reads the names of the groups from `*from` on, as many as one statement asks for. */
static bool names_load_some(const struct board_request *request, enum dimension by, const struct groups *groups,
                            size_t *from, struct err *err)
{
    struct visit *visit = request->visit;
    struct sql sql = sql_start(visit->arena, "{}", SQL(dimensions[by].names_literal));
    size_t first = *from;
    if (!group_ids_add(&sql, groups, from))
        return true;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    int64_t id;
    struct group_name name = {.url = STR_NONE};
    for (struct str english; db_read_next(rows, TO(&id), TO(&name.code), TO(&name.label), TO(&english));) {
        if (visit->view.lang == LANG_EN && english.n)
            name.label = english;
        for (size_t i = first; i < *from; i++) {
            if (groups->items[i].key == id)
                groups->names[i] = name;
        }
    }
    return db_done(rows, err);
}

bool names_load(const struct board_request *request, enum dimension by, struct groups *groups, struct err *err)
{
    struct visit *visit = request->visit;
    groups->names = ARENA_ARRAY(visit->arena, struct group_name, groups->count);
    for (size_t i = 0; i < groups->count; i++) {
        int64_t key = groups->items[i].key;
        if (key == KEY_OTHERS)
            groups->names[i].label = visit_tr(visit, _("Others"));
        else if (key == 0)
            groups->names[i].label = visit_tr(visit, _("None"));
        else if (!dimensions[by].names_literal)
            groups->names[i] = place_name(request, by, (size_t)key);
    }
    for (size_t from = 0; dimensions[by].names_literal && from < groups->count;) {
        if (!names_load_some(request, by, groups, &from, err))
            return false;
    }
    return true;
}

bool names_find(const struct board_request *request, enum dimension by, struct str code, int64_t *key, struct err *err)
{
    struct visit *visit = request->visit;
    *key = code.n ? KEY_UNKNOWN : 0;
    for (size_t place = 1; code.n && place <= dimension_places(request, by); place++) {
        if (str_eq(place_name(request, by, place).code, code))
            *key = (int64_t)place;
    }
    if (!code.n || !dimensions[by].names_literal)
        return true;
    struct sql sql = sql_start(visit->arena, "{}", SQL(dimensions[by].names_literal));
    if (by == BY_TYPE || by == BY_ACTION_CODE)
        sql_put(&sql, "x.list = ? AND x.key = ?",
                DB_TEXT(str_of(by == BY_TYPE ? request->board->type_list : "action_code")), DB_TEXT(code));
    else
        sql_put(&sql, "x.number = ?", DB_TEXT(code));
    bool found;
    return db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(key)), &found, err);
}
