#include "access/case_state.h"

bool case_state_derive(struct db_conn *conn, int64_t case_id, bool stamps_taken_back, struct err *err)
{
    if (stamps_taken_back &&
        !db_exec(conn, "UPDATE cases SET started = NULL, finished = NULL WHERE id = $1", DB_ARGS(DB_INT(case_id)), err))
        return false;
    return db_exec(conn, CASE_STATE_BEFORE "$1" CASE_STATE_BEHIND, DB_ARGS(DB_INT(case_id)), err);
}
