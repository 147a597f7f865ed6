/* Undoing a load. Shared by undo.c, undo_check.c and undo_apply.c. */
#pragma once

#include "bulk/exchange/undo.h"

struct undo {
    struct db_conn *conn;
    struct arena *arena;
    int64_t run;
    const struct load_undo *wish;
    struct load_undo_result *result;
};

/* Appends the condition that selects images `b` of a file. */
void undo_images(struct undo *undo, struct sql *sql, const struct format *format, int64_t moment);

/* Finds what prevents undoing and fills the blockers of the result. */
MUST_CHECK bool undo_check(struct undo *undo, struct err *err);
/* Undoes everything. The caller has checked that nothing prevents it. */
MUST_CHECK bool undo_apply(struct undo *undo, struct err *err);
