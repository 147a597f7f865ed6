#include "customer/files/place.h"

#include "access/visibility.h"

/* The deepest tree of objects. The limit makes every walk upwards end, whatever the data says. */
#define DEPTH_LIMIT 20

static void place_add_end(struct sql *sql, const struct visit *visit)
{
    sql_put(sql,
            ") UNION ALL SELECT up.start, below.parent_id, up.level + 1 FROM up"
            " JOIN object below ON below.id = up.id"
            " WHERE below.parent_id IS NOT NULL AND up.level < ?) SELECT up.start, o.name FROM up"
            " JOIN object o ON o.id = up.id WHERE up.level = 0 OR ",
            DB_INT(DEPTH_LIMIT));
    visible_object(sql, &visit->actor);
    sql_put(sql, " ORDER BY up.start, up.level DESC");
}

static void place_grow(struct arena *arena, struct places *places, size_t *cap)
{
    if (places->count < *cap)
        return;
    *cap = *cap ? *cap * 2 : 64;
    struct place *grown = ARENA_ARRAY(arena, struct place, *cap);
    for (size_t i = 0; i < places->count; i++)
        grown[i] = places->items[i];
    places->items = grown;
}

bool places_load(struct visit *visit, void (*add_objects)(struct sql *sql, const void *context), const void *context,
                 struct places *places, struct err *err)
{
    size_t cap = 0;
    *places = (struct places){0};
    struct sql sql =
        sql_start(visit->arena, "WITH RECURSIVE up (start, id, level) AS (SELECT own.id, own.id, 0 FROM object own"
                                " WHERE own.id IN (");
    add_objects(&sql, context);
    place_add_end(&sql, visit);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        int64_t id = db_int(rows, 0);
        struct place *last = places->count ? &places->items[places->count - 1] : NULL;
        if (last && last->object_id == id) {
            last->text = arena_printf(visit->arena, "%.*s › %.*s", STR_FMT(last->text), STR_FMT(db_text(rows, 1)));
            continue;
        }
        place_grow(visit->arena, places, &cap);
        places->items[places->count++] = (struct place){id, db_text_copy(rows, 1, visit->arena)};
    }
    return db_done(rows, err);
}

struct str place_of(const struct places *places, int64_t object_id)
{
    size_t from = 0, to = places->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (places->items[middle].object_id == object_id)
            return places->items[middle].text;
        if (places->items[middle].object_id < object_id)
            from = middle + 1;
        else
            to = middle;
    }
    return STR_NONE;
}

struct few {
    const struct file_row *rows;
    size_t count;
};

static void add_few(struct sql *sql, const void *context)
{
    const struct few *few = context;
    for (size_t i = 0; i < few->count; i++) {
        sql_put(sql, "{}?", SQL(i ? ", " : ""),
                DB_INT(few->rows[i].object_id)); /* 0, which is no object, for files of customers and cases */
    }
}

bool places_fill(struct visit *visit, struct file_row *rows, size_t count, struct err *err)
{
    struct places places;
    struct few few = {rows, count};
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = any || rows[i].object_id;
    if (!any)
        return true;
    if (!places_load(visit, add_few, &few, &places, err))
        return false;
    for (size_t i = 0; i < count; i++)
        rows[i].place = place_of(&places, rows[i].object_id);
    return true;
}
