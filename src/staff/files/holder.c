/* What files belong to: customers, objects, cases. */
#include "model/case.h"
#include "portal/address.h"
#include "staff/files/internal.h"

const char *const holder_codes[HOLDER_KINDS] = {"customer", "object", "case"};
const char *const holder_labels[HOLDER_KINDS] = {_("Customer"), _("Object"), _("Case")};

static const char *const FOLDERS[HOLDER_KINDS] = {"/staff/customers", "/staff/objects", "/staff/cases"};
static const char *const find_literals[HOLDER_KINDS] = {"SELECT id, number, name FROM customer WHERE number = $1",
                                                        "SELECT id, number, name FROM object WHERE number = $1",
                                                        "SELECT id, number, title FROM cases WHERE number = $1"};

static enum holder_kind kind_of_path(struct str path)
{
    enum holder_kind kind = HOLDER_CUSTOMER;
    while (kind < HOLDER_CASE && !str_starts(path, str_of(FOLDERS[kind])))
        kind++;
    return kind;
}

bool holder_load(struct visit *visit, struct holder *holder, struct err *err)
{
    *holder = (struct holder){.kind = kind_of_path(visit->request->path)};
    struct str number = address_number(visit->arena, visit->path_value[0]);
    struct db_rows *rows =
        db_query(visit->db, visit->arena, find_literals[holder->kind], DB_ARGS(DB_TEXT(number)), err);
    if (rows && db_next(rows)) {
        holder->id = db_int(rows, 0);
        holder->number = db_text_copy(rows, 1, visit->arena);
        holder->name = db_text_copy(rows, 2, visit->arena);
    }
    if (!db_done(rows, err))
        return false;
    return holder->id || err_set(err, ERR_NOT_FOUND, NULL, "no such %s", holder_codes[holder->kind]);
}

struct str holder_path(struct arena *arena, const struct holder *holder, const char *behind)
{
    struct str part = case_path(arena, holder->number);
    return arena_printf(arena, "%s%.*s%s", FOLDERS[holder->kind], STR_FMT(str_slice(part, sizeof "/cases" - 1, part.n)),
                        behind);
}

struct str holder_subject(struct arena *arena, const struct holder *holder)
{
    return arena_printf(arena, "%s %.*s", holder_codes[holder->kind], STR_FMT(holder->number));
}
