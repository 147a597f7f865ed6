#include "bulk/exchange/undo_run.h"

#include "model/specification.h"

static bool undo_undo_body(struct db_conn *conn, void *context, struct err *err)
{
    struct undo *undo = context;
    struct load_undo_result *result = undo->result;
    result->blocker_count = 0;
    result->blocker_total = 0;
    if (!specification_lock(conn, err) || !undo_check(undo, err))
        return false;
    if (result->blocker_total)
        return err_set(err, ERR_CONFLICT, NULL, "rows of the import were changed since");
    return undo_apply(undo, err) && undo->wish->finish(conn, undo->wish->context, err);
}

bool load_undo_run(struct db_conn *conn, struct arena *arena, int64_t run, const struct load_undo *wish,
                   struct load_undo_result *result, struct err *err)
{
    struct undo undo = {.conn = conn, .arena = arena, .run = run, .wish = wish, .result = result};
    result->blockers = ARENA_ARRAY(arena, struct str, LOAD_BLOCKERS);
    return db_bulk_prepare(conn, err) && db_transaction(conn, undo_undo_body, &undo, err);
}
