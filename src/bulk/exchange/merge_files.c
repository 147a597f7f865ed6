#include "bulk/exchange/stage.h"

static bool merge_files_note(struct load *load, const char *literal, const char *column, const char *problem,
                             struct err *err)
{
    struct db_rows *rows = db_query(load->conn, load->arena, literal, DB_NO_ARGS, err);
    while (db_next(rows))
        LOAD_PROBLEM(load, load_input(load, FORMAT_FILES), db_int(rows, 0), column,
                     db_null(rows, 1) ? STR_NONE : db_text(rows, 1), "%s", problem);
    return db_done(rows, err);
}

static const char owners_literal[] =
    "SELECT s.line, NULL FROM stage_files s JOIN file t ON t.id = s.id WHERE s.state <> 0"
    " AND CASE WHEN t.customer_id IS NULL THEN 0 ELSE 1 END + CASE WHEN t.object_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN t.case_id IS NULL THEN 0 ELSE 1 END <> 1 ORDER BY s.line";

static const char twice_literal[] =
    "SELECT s.line, s.v_path FROM stage_files s WHERE EXISTS (SELECT 1 FROM stage_files o"
    " WHERE o.id = s.id AND o.line < s.line) ORDER BY s.line";

/* The path up to the last slash. */
#define FOLDER "RTRIM(u.path, REPLACE(u.path, '/', ''))"

/* Finds new paths with a folder that is a file already. */
static const char below_literal[] =
    "WITH RECURSIVE up (line, path) AS (SELECT s.line, s.v_path FROM stage_files s WHERE s.state = 2 UNION ALL"
    " SELECT u.line, SUBSTR(" FOLDER ", 1, LENGTH(" FOLDER ") - 1) FROM up u"
    " WHERE u.path LIKE '%/%') SELECT s.line, t.path FROM up JOIN stage_files s ON s.line = up.line"
    " JOIN file t ON t.path = up.path WHERE up.path <> s.v_path ORDER BY s.line";

/* Finds new paths that are folders of known files. `0` is the character after `/`. */
static const char above_literal[] =
    "SELECT s.line, s.v_path FROM stage_files s WHERE s.state = 2 AND EXISTS (SELECT 1 FROM file t"
    " WHERE t.path > s.v_path || '/' AND t.path < s.v_path || '0' AND NOT EXISTS"
    " (SELECT 1 FROM stage_files o WHERE o.id = t.id AND o.state = 2)) ORDER BY s.line";

bool files_check(struct load *load, struct err *err)
{
    if (!load_input(load, FORMAT_FILES))
        return true;
    return merge_files_note(load, owners_literal, "row", "exactly one of customer, object and case is needed", err) &&
           merge_files_note(load, twice_literal, "path", "is the same file as on an earlier line", err) &&
           merge_files_note(load, below_literal, "path", "a file has the path that is a folder here", err) &&
           merge_files_note(load, above_literal, "path", "is a folder of other files", err);
}
