#include "model/staff_file.h"

#include "model/case_edit.h"

#include <inttypes.h>

/* Adds a line to the history of a case; customers and objects have no history. */
static bool file_note(struct visit *visit, const struct file_owner *owner, struct str field, struct str before,
                      struct str after, struct err *err)
{
    if (owner->kind != OWNER_CASE)
        return true;
    return case_change_add(visit, owner->id, field, before, after, err);
}

static bool file_audit(struct visit *visit, const char *action, const struct file_owner *owner, struct str name,
                       struct str detail, struct err *err)
{
    struct str subject = arena_printf(visit->arena, "%s %.*s: %.*s", code_name(&file_owner_kinds, owner->kind),
                                      STR_FMT(owner->number), STR_FMT(name));
    return visit_audit(visit, action, subject, detail, err);
}

static struct str file_text_sv(const struct msgid *msgid)
{
    return tr(LANG_SV, msgid);
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

struct adding {
    struct visit *visit;
    const struct file_owner *owner;
    struct added_file *files;
    size_t count;
    int64_t category_id;
    bool visible;
};

static bool file_is_there(struct visit *visit, const struct file_owner *owner, struct added_file *file, struct err *err)
{
    static const char *const there_literals[OWNER_KINDS] = {
        NULL, "SELECT id FROM file WHERE customer_id = $1 AND digest = $2 AND name = $3 LIMIT 1",
        "SELECT id FROM file WHERE object_id = $1 AND digest = $2 AND name = $3 LIMIT 1",
        "SELECT id FROM file WHERE case_id = $1 AND digest = $2 AND name = $3 LIMIT 1"};
    int64_t ignored = 0;
    return db_query_int(visit->db, there_literals[owner->kind],
                        DB_ARGS(DB_INT(owner->id), DB_TEXT(file->digest), DB_TEXT(file->name)), &file->twice, &ignored,
                        err);
}

static bool files_add_one(const struct adding *adding, struct added_file *file, struct err *err)
{
    struct visit *visit = adding->visit;
    const struct file_owner *owner = adding->owner;
    file->twice = false;
    if (!file_is_there(visit, owner, file, err))
        return false;
    if (file->twice)
        return true;
    const struct new_file_row row = {.owner_kind = owner->kind,
                                     .owner_id = owner->id,
                                     .category_id = adding->category_id,
                                     .name = file->name,
                                     .media_type = str_of(file->media_type),
                                     .digest = file->digest,
                                     .size = file->size,
                                     .created = visit->now_us,
                                     .visible = adding->visible};
    return file_insert(visit->db, visit->arena, &row, err) &&
           file_audit(visit, "file_added", owner, file->name,
                      arena_printf(visit->arena, "%s, %" PRId64 " bytes, %s", file->media_type, file->size,
                                   adding->visible ? "visible in the portal" : "not visible in the portal"),
                      err) &&
           file_note(visit, owner, file_text_sv(_("Attachment")), STR_NONE, file->name, err);
}

static bool files_add_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct adding *adding = context;
    (void)conn;
    for (size_t i = 0; i < adding->count; i++) {
        if (!files_add_one(adding, &adding->files[i], err))
            return false;
    }
    return true;
}

bool files_add_within(struct visit *visit, const struct file_owner *owner, struct added_file *files, size_t count,
                      struct err *err)
{
    const struct adding adding = {visit, owner, files, count, 0, true};
    return files_add_body(visit->db, (void *)&adding, err);
}

bool files_add(struct visit *visit, const struct file_owner *owner, struct added_file *files, size_t count,
               int64_t category_id, bool visible, struct err *err)
{
    struct adding adding = {visit, owner, files, count, category_id, visible};
    return db_transaction(visit->db, files_add_body, &adding, err);
}

/* --- changing and removing files that are still as they were shown ------------------------------------------------ */

struct changing {
    struct visit *visit;
    const struct file *before, *after;
    bool older;
};

/* Returns the differences for the audit, with the values before and after. */
static struct str file_differences(struct visit *visit, const struct file *before, const struct file *after)
{
    struct buf out;
    buf_init(&out, visit->arena);
    if (!str_eq(before->name, after->name))
        buf_printf(&out, "name: %.*s; ", STR_FMT(after->name));
    if (before->category_id != after->category_id)
        buf_printf(&out, "category: %.*s -> %.*s; ", STR_FMT(before->category), STR_FMT(after->category));
    if (before->visible != after->visible)
        buf_z(&out, after->visible ? "visible in the portal; " : "not visible in the portal; ");
    return str_slice(buf_text(&out), 0, out.n - 2);
}

static bool file_note_differences(struct visit *visit, const struct file *before, const struct file *after,
                                  struct err *err)
{
    const struct file_owner *owner = &before->owner;
    struct str shown = tr_fill(visit->arena, LANG_SV, _("{1} visible in the portal"), &after->name, 1);
    struct str category = tr_fill(visit->arena, LANG_SV, _("Category of {1}"), &after->name, 1);
    if (!str_eq(before->name, after->name) &&
        !file_note(visit, owner, file_text_sv(_("Attachment")), before->name, after->name, err))
        return false;
    if (before->category_id != after->category_id &&
        !file_note(visit, owner, category, before->category, after->category, err))
        return false;
    return before->visible == after->visible ||
           file_note(visit, owner, shown, file_text_sv(before->visible ? _("Yes") : _("No")),
                     file_text_sv(after->visible ? _("Yes") : _("No")), err);
}

static bool file_change_body(struct db_conn *conn, void *context, struct err *err)
{
    struct changing *changing = context;
    const struct file *before = changing->before, *after = changing->after;
    if (!file_update(conn, before, after, &changing->older, err))
        return false;
    return changing->older || (file_audit(changing->visit, "file_changed", &before->owner, before->name,
                                          file_differences(changing->visit, before, after), err) &&
                               file_note_differences(changing->visit, before, after, err));
}

bool file_change(struct visit *visit, const struct file *before, const struct file *after, bool *older, struct err *err)
{
    struct changing changing = {visit, before, after, false};
    *older = false;
    if (str_eq(before->name, after->name) && before->category_id == after->category_id &&
        before->visible == after->visible)
        return true;
    bool ok = db_transaction(visit->db, file_change_body, &changing, err);
    *older = changing.older;
    return ok;
}

/* The upkeep of the store deletes the content when nothing refers to it any more. */
static bool file_remove_body(struct db_conn *conn, void *context, struct err *err)
{
    struct changing *changing = context;
    const struct file *file = changing->before;
    if (!file_delete(conn, file, &changing->older, err))
        return false;
    return changing->older ||
           (file_audit(changing->visit, "file_removed", &file->owner, file->name,
                       arena_printf(changing->visit->arena, "content %.*s", STR_FMT(file->digest)), err) &&
            file_note(changing->visit, &file->owner, file_text_sv(_("Attachment")), file->name, STR_NONE, err));
}

bool file_remove(struct visit *visit, const struct file *file, bool *older, struct err *err)
{
    struct changing changing = {visit, file, NULL, false};
    bool ok = db_transaction(visit->db, file_remove_body, &changing, err);
    *older = changing.older;
    return ok;
}
