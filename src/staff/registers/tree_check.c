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

static bool tree_refuse(struct form *form, const struct msgid *fault, struct str way, struct err *err)
{
    form->errors[OBJECT_PARENT] = tr_fill(form->visit->arena, form->visit->view.lang, fault, &way, 1);
    return err_set(err, ERR_CONFLICT, NULL, "an object in itself, or too deep");
}

/*
 * Runs after the change and after generation_bump, which lets only one writer in at a time. When two people move two
 * objects into each other at the same time, the second sees what the first did.
 */
bool object_tree_check(struct form *form, struct err *err)
{
    struct visit *visit = form->visit;
    struct str way = STR_NONE, number; /* way: the numbers on the way up, outermost first */
    int64_t id = 0, levels = 0, below = 0;
    bool loop = false;
    struct db_rows *rows = db_query(visit->db, visit->arena, UP, DB_ARGS(DB_INT(form->id)), err);
    while (db_read_next(rows, TO(&id), TO(&number), TO(&levels))) {
        loop = loop || (levels > 0 && id == form->id);
        way = levels ? arena_printf(visit->arena, "%.*s › %.*s", STR_FMT(number), STR_FMT(way)) : number;
    }
    if (!db_done(rows, err))
        return false;
    if (loop)
        return tree_refuse(form, _("The object would lie in itself: {1}."), way, err);
    if (!levels)
        return true;
    if (!db_query_int(visit->db, DOWN, DB_ARGS(DB_INT(form->id)), NULL, &below, err))
        return false;
    return levels + below <= TREE_DEPTH_MAX ||
           tree_refuse(form, _("More than 64 objects would lie in each other."), STR_NONE, err);
}
