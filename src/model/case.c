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

bool case_place_load(struct visit *visit, int64_t id, struct str *place, struct err *err)
{
    struct str parts[4];
    struct buf out;
    if (!db_find(visit->db, visit->arena,
                 "SELECT COALESCE(o.name, ''), CASE WHEN a.own = 1 THEN c.site_street ELSE o.street END,"
                 " CASE WHEN a.own = 1 THEN c.site_postal_code ELSE o.postal_code END,"
                 " CASE WHEN a.own = 1 THEN c.site_city ELSE o.city END FROM (SELECT x.id, x.object_id, CASE WHEN"
                 " x.site_street || x.site_postal_code || x.site_city <> '' THEN 1 ELSE 0 END AS own FROM cases x"
                 " WHERE x.id = $1) a JOIN cases c ON c.id = a.id LEFT JOIN object o ON o.id = a.object_id",
                 DB_ARGS(DB_INT(id)), DB_TARGETS(TO(&parts[0]), TO(&parts[1]), TO(&parts[2]), TO(&parts[3])), NULL,
                 err))
        return false;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < 4; i++)
        buf_printf(&out, "%s%.*s", !parts[i].n || !out.n ? "" : i == 3 && parts[2].n ? " " : ", ", STR_FMT(parts[i]));
    *place = buf_text(&out);
    return true;
}
