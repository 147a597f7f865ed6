/* Paths of files, under the customer, object or case that owns them, and what forms of files share. */
#include "model/choice_criterion.h"
#include "portal/address.h"
#include "staff/files/internal.h"

#include <inttypes.h>

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

struct str file_version(struct visit *visit, const struct file *file)
{
    struct str state = arena_printf(visit->arena, "%" PRId64 " %" PRId64 " %d %.*s", file->id, file->category_id,
                                    file->visible, STR_FMT(file->name));
    return app_mac(visit->app, visit->arena, "file version", state);
}

struct str file_path(struct arena *arena, const struct file *file, const char *ending)
{
    return arena_printf(arena, "/staff/files/%" PRId64 "%s", file->id, ending);
}

struct str file_content_path(struct arena *arena, const struct file *file)
{
    struct buf url;
    buf_init(&url, arena);
    buf_printf(&url, "/staff/files/%" PRId64 "/content/", file->id);
    buf_url_part(&url, file->name);
    return buf_text(&url);
}

bool category_field(struct visit *visit, struct str chosen, struct field *field, struct err *err)
{
    struct criterion one = {.kind = CRITERION_SELECT};
    if (!cases_criterion_picklist(visit, "file_category", chosen, &one, err))
        return false;
    field->name = STR("category");
    field->label = visit_tr(visit, _("Category"));
    field->value = chosen;
    field->options = one.field.options;
    field->option_count = one.field.option_count;
    return true;
}

bool category_find(struct visit *visit, struct str key, int64_t *id, struct err *err)
{
    bool found = false;
    *id = 0;
    return !key.n || db_query_int(visit->db,
                                  "SELECT id FROM picklist_item WHERE list = 'file_category' AND key = $1"
                                  " AND active = 1",
                                  DB_ARGS(DB_TEXT(key)), &found, id, err);
}
