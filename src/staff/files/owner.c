/* The paths of files: under the customer, object or case that owns them. */
#include "portal/address.h"
#include "staff/files/internal.h"

static const char *const FOLDERS[OWNER_KINDS] = {NULL, "/staff/customers", "/staff/objects", "/staff/cases"};

bool file_owner_load(struct visit *visit, struct file_owner *owner, struct err *err)
{
    enum file_owner_kind kind = OWNER_CUSTOMER;
    while (kind < OWNER_CASE && !str_starts(visit->request->path, str_of(FOLDERS[kind])))
        kind++;
    return file_owner_find(visit->db, visit->arena, kind, address_number(visit->arena, visit->path_value[0]), owner,
                           err);
}

struct str file_owner_path(struct arena *arena, const struct file_owner *owner, const char *ending)
{
    return address_of(arena, FOLDERS[owner->kind], owner->number, ending);
}
