#include "model/case.h"

#include "access/visibility.h"
#include "portal/address.h"

struct str case_path(struct arena *arena, struct str number)
{
    return address_of(arena, "/cases", number, "");
}

bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT c.id FROM cases c WHERE c.number = ? AND ",
                               DB_TEXT(address_number(visit->arena, part)));
    visible_case(&sql, &visit->actor, "c.id");
    bool found;
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(id)), &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such case for this actor");
}
