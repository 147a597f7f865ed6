#include "model/case_number.h"

#include <inttypes.h>

static const struct {
    const char *between, *count_literal, *taken_literal;
} PARTS[] = {
    [CASE_PART_WORK_ORDER] = {"", "SELECT COUNT(*) FROM work_order WHERE case_id = $1",
                              "SELECT COUNT(*) FROM work_order WHERE number = $1"},
    [CASE_PART_ROW] = {"R", "SELECT COUNT(*) FROM article_row WHERE case_id = $1",
                       "SELECT COUNT(*) FROM article_row WHERE number = $1"},
};

/* The count is only where the search starts: an import may have taken any number. */
bool case_part_number(struct case_edit *edit, enum case_part part, struct str *number, struct err *err)
{
    struct visit *visit = edit->visit;
    int64_t n = 0, taken = 1;
    if (!db_query_int(visit->db, PARTS[part].count_literal, DB_ARGS(DB_INT(edit->case_id)), NULL, &n, err))
        return false;
    while (taken) {
        *number = arena_printf(visit->arena, "%.*s-%s%" PRId64, STR_FMT(edit->case_number), PARTS[part].between, ++n);
        if (!db_query_int(visit->db, PARTS[part].taken_literal, DB_ARGS(DB_TEXT(*number)), NULL, &taken, err))
            return false;
    }
    return true;
}
