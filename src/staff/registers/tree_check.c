/* Checks that an object is not inside itself, directly or indirectly, and not nested deeper than imports allow. */
#include "model/object_fields.h"
#include "staff/registers/internal.h"

/*
 * Goes up from the object until it comes back to itself. It goes one level further than allowed, to notice objects that
 * are nested too deep.
 */
#define UP                                                                                                             \
    "WITH RECURSIVE up (id, parent_id, number, level) AS ("                                                            \
    "SELECT o.id, o.parent_id, o.number, 0 FROM object o WHERE o.id = $1"                                              \
    " UNION ALL SELECT o.id, o.parent_id, o.number, up.level + 1 FROM up JOIN object o ON o.id = up.parent_id"         \
    " WHERE up.level <= 64 AND (up.level = 0 OR up.id <> $1))"                                                         \
    " SELECT id, number, level FROM up ORDER BY level"

#define DOWN                                                                                                           \
    "WITH RECURSIVE down (id, level) AS (SELECT CAST($1 AS BIGINT), CAST(0 AS BIGINT)"                                 \
    " UNION ALL SELECT o.id, down.level + 1 FROM down JOIN object o ON o.parent_id = down.id WHERE down.level <= 64)"  \
    " SELECT COALESCE(MAX(level), 0) FROM down"

_Static_assert(TREE_DEPTH_MAX == 64, "the depth in UP and DOWN");

struct climb {
    struct str way; /* the numbers on the way up, outermost first */
    int64_t levels; /* how many objects are above it */
    bool loop;
};

static bool climb(struct visit *visit, int64_t id, struct climb *climb, struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena, UP, DB_ARGS(DB_INT(id)), err);
    while (db_next(rows)) {
        climb->levels = db_int(rows, 2);
        climb->loop = climb->loop || (climb->levels > 0 && db_int(rows, 0) == id);
        climb->way = climb->levels
                         ? arena_printf(visit->arena, "%.*s › %.*s", STR_FMT(db_text(rows, 1)), STR_FMT(climb->way))
                         : db_text_copy(rows, 1, visit->arena);
    }
    return db_done(rows, err);
}

static bool tree_check_refuse(struct register_row *row, const struct msgid *fault, struct str loop, struct err *err)
{
    struct visit *visit = row->form.visit;
    row->form.errors[OBJECT_PARENT] = tr_fill(visit->arena, visit->view.lang, fault, &loop, 1);
    return err_set(err, ERR_CONFLICT, NULL, "an object in itself, or too deep");
}

/*
 * Runs after the change and after generation_bump, which lets only one writer in at a time. When two people move two
 * objects into each other at the same time, the second sees what the first did.
 */
bool object_tree_check(struct visit *visit, struct register_row *row, struct err *err)
{
    struct climb up = {.levels = 0};
    int64_t below = 0;
    if (!climb(visit, row->id, &up, err))
        return false;
    if (up.loop)
        return tree_check_refuse(row, _("The object would lie in itself: {1}."), up.way, err);
    if (!up.levels)
        return true;
    if (!db_query_int(visit->db, DOWN, DB_ARGS(DB_INT(row->id)), NULL, &below, err))
        return false;
    return up.levels + below <= TREE_DEPTH_MAX ||
           tree_check_refuse(row, _("More than 64 objects would lie in each other."), STR_NONE, err);
}
