/* Reads a case and runs changes of it. */
#include "model/case.h"
#include "portal/address.h"
#include "staff/work/internal.h"

bool work_case_load(struct visit *visit, struct str number, struct work_case *work, struct err *err)
{
    bool found;
    if (!db_find(visit->db, visit->arena,
                 "SELECT c.id, c.version, c.number, c.title, c.status, COALESCE((SELECT MAX(h.id) FROM case_change h"
                 " WHERE h.case_id = c.id), 0) FROM cases c WHERE c.number = $1",
                 DB_ARGS(DB_TEXT(number)),
                 DB_TARGETS(TO(&work->id), TO(&work->version), TO(&work->number), TO(&work->title), TO(&work->status),
                            TO(&work->last_change)),
                 &found, err))
        return false;
    if (found)
        work->url = arena_printf(visit->arena, "/staff%.*s", STR_FMT(case_path(visit->arena, work->number)));
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such case");
}

bool work_case_find(struct visit *visit, struct work_case *work, struct err *err)
{
    return work_case_load(visit, address_number(visit->arena, visit->path_value[0]), work, err);
}

struct str work_page_url(struct arena *arena, const struct work_case *work)
{
    return arena_printf(arena, "%.*s/work", STR_FMT(work->url));
}

struct str work_part_url(struct arena *arena, const struct work_case *work, const char *part, struct str number)
{
    return address_of(arena, arena_printf(arena, "%.*s/%s", STR_FMT(work->url), part).p, number, "");
}

bool work_edit_run(struct visit *visit, const struct work_case *work, struct case_edit *edit, bool *older,
                   struct err *err)
{
    edit->visit = visit;
    edit->case_id = work->id;
    edit->case_number = work->number;
    if (!str_to_int(http_param(&visit->request->form, "version"), &edit->version))
        edit->version = 0;
    return case_edit_run(edit, older, err);
}
