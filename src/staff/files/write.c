/* Changes of files: each in one transaction with its audit and, for a case, a line of its history. */
#include "base/random.h"
#include "staff/files/internal.h"

#include <inttypes.h>

enum { KEY_BYTES = 16 };

/* A case tells what happened to its attachments; customers and objects have no history of their own. */
static bool note(struct visit *visit, const struct holder *holder, struct str field, struct str before,
                 struct str after, struct err *err)
{
    if (holder->kind != HOLDER_CASE)
        return true;
    return db_exec(visit->db,
                   "INSERT INTO case_change (case_id, at, staff_id, who, field, before, after)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   DB_ARGS(DB_INT(holder->id), DB_INT(visit->now_us), DB_INT(visit->staff.id),
                           DB_TEXT(visit->staff.email), DB_TEXT(field), DB_TEXT(before), DB_TEXT(after)),
                   err);
}

static bool audit(struct visit *visit, const char *action, const struct holder *holder, struct str name,
                  struct str detail, struct err *err)
{
    struct str subject =
        arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(holder_subject(visit->arena, holder)), STR_FMT(name));
    return visit_audit(visit, action, subject, detail, err);
}

static struct str sv(const char *msgid)
{
    return tr(LANG_SV, msgid);
}

/* --- adding ------------------------------------------------------------------------------------------------------------------------------ */

struct adding {
    struct visit *visit;
    const struct holder *holder;
    struct added_file *files;
    size_t count;
    int64_t category_id;
    bool visible;
};

static struct db_value id_if(const struct holder *holder, enum holder_kind kind)
{
    return holder->kind == kind ? DB_INT(holder->id) : DB_NULL;
}

static bool is_there(struct visit *visit, const struct holder *holder, struct added_file *file, struct err *err)
{
    static const char *const there_literals[HOLDER_KINDS] = {
        "SELECT id FROM file WHERE customer_id = $1 AND digest = $2 AND name = $3 LIMIT 1",
        "SELECT id FROM file WHERE object_id = $1 AND digest = $2 AND name = $3 LIMIT 1",
        "SELECT id FROM file WHERE case_id = $1 AND digest = $2 AND name = $3 LIMIT 1"};
    int64_t ignored = 0;
    return db_query_int(visit->db, there_literals[holder->kind],
                        DB_ARGS(DB_INT(holder->id), DB_TEXT(file->digest), DB_TEXT(file->name)), &file->twice, &ignored,
                        err);
}

static bool add_one(const struct adding *adding, struct added_file *file, struct err *err)
{
    struct visit *visit = adding->visit;
    const struct holder *holder = adding->holder;
    file->twice = false;
    if (!is_there(visit, holder, file, err))
        return false;
    if (file->twice)
        return true;
    return db_exec(visit->db,
                   "INSERT INTO file (key, customer_id, object_id, case_id, name, media_type, size, digest,"
                   " category_id, visible, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   DB_ARGS(DB_TEXT(random_token(visit->arena, KEY_BYTES)), id_if(holder, HOLDER_CUSTOMER),
                           id_if(holder, HOLDER_OBJECT), id_if(holder, HOLDER_CASE), DB_TEXT(file->name),
                           DB_TEXT(str_of(file->media_type)), DB_INT(file->size), DB_TEXT(file->digest),
                           DB_ID_OR_NULL(adding->category_id), DB_INT(adding->visible), DB_INT(visit->now_us)),
                   err) &&
           audit(visit, "file_added", holder, file->name,
                 arena_printf(visit->arena, "%s, %" PRId64 " bytes, %s", file->media_type, file->size,
                              adding->visible ? "visible in the portal" : "not visible in the portal"),
                 err) &&
           note(visit, holder, sv(_("Attachment")), STR_NONE, file->name, err);
}

static bool add_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct adding *adding = context;
    (void)conn;
    for (size_t i = 0; i < adding->count; i++) {
        if (!add_one(adding, &adding->files[i], err))
            return false;
    }
    return true;
}

bool kept_files_add(struct visit *visit, const struct holder *holder, struct added_file *files, size_t count,
                    int64_t category_id, bool visible, struct err *err)
{
    struct adding adding = {visit, holder, files, count, category_id, visible};
    return db_transaction(visit->db, add_body, &adding, err);
}

/* --- changing and removing: only what is still as it was shown ----------------------------------------------------------------------------- */

struct changing {
    struct visit *visit;
    const struct kept_file *before, *after;
    bool older;
};

/* What differs, for the audit: values of before and after. */
static struct str differences(struct visit *visit, const struct kept_file *before, const struct kept_file *after)
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

static bool note_differences(struct visit *visit, const struct kept_file *before, const struct kept_file *after,
                             struct err *err)
{
    const struct holder *holder = &before->holder;
    struct str shown = tr_fill(visit->arena, LANG_SV, _("{1} visible in the portal"), &after->name, 1);
    struct str category = tr_fill(visit->arena, LANG_SV, _("Category of {1}"), &after->name, 1);
    if (!str_eq(before->name, after->name) && !note(visit, holder, sv(_("Attachment")), before->name, after->name, err))
        return false;
    if (before->category_id != after->category_id &&
        !note(visit, holder, category, before->category, after->category, err))
        return false;
    return before->visible == after->visible || note(visit, holder, shown, sv(before->visible ? _("Yes") : _("No")),
                                                     sv(after->visible ? _("Yes") : _("No")), err);
}

static bool change_body(struct db_conn *conn, void *context, struct err *err)
{
    struct changing *changing = context;
    const struct kept_file *before = changing->before, *after = changing->after;
    if (!db_exec(conn,
                 "UPDATE file SET name = $2, category_id = $3, visible = $4"
                 " WHERE id = $1 AND name = $5 AND COALESCE(category_id, 0) = $6 AND visible = $7",
                 DB_ARGS(DB_INT(before->id), DB_TEXT(after->name), DB_ID_OR_NULL(after->category_id),
                         DB_INT(after->visible), DB_TEXT(before->name), DB_INT(before->category_id),
                         DB_INT(before->visible)),
                 err))
        return false;
    changing->older = !db_changes(conn);
    return changing->older || (audit(changing->visit, "file_changed", &before->holder, before->name,
                                     differences(changing->visit, before, after), err) &&
                               note_differences(changing->visit, before, after, err));
}

bool kept_file_change(struct visit *visit, const struct kept_file *before, const struct kept_file *after, bool *older,
                      struct err *err)
{
    struct changing changing = {visit, before, after, false};
    *older = false;
    if (str_eq(before->name, after->name) && before->category_id == after->category_id &&
        before->visible == after->visible)
        return true;
    bool ok = db_transaction(visit->db, change_body, &changing, err);
    *older = changing.older;
    return ok;
}

/* The content goes with the upkeep of the store when nothing refers to it any more. */
static bool remove_body(struct db_conn *conn, void *context, struct err *err)
{
    struct changing *changing = context;
    const struct kept_file *file = changing->before;
    if (!db_exec(conn,
                 "DELETE FROM file WHERE id = $1 AND name = $2 AND COALESCE(category_id, 0) = $3 AND visible = $4",
                 DB_ARGS(DB_INT(file->id), DB_TEXT(file->name), DB_INT(file->category_id), DB_INT(file->visible)), err))
        return false;
    changing->older = !db_changes(conn);
    return changing->older ||
           (audit(changing->visit, "file_removed", &file->holder, file->name,
                  arena_printf(changing->visit->arena, "content %.*s", STR_FMT(file->digest)), err) &&
            note(changing->visit, &file->holder, sv(_("Attachment")), file->name, STR_NONE, err));
}

bool kept_file_remove(struct visit *visit, const struct kept_file *file, bool *older, struct err *err)
{
    struct changing changing = {visit, file, NULL, false};
    bool ok = db_transaction(visit->db, remove_body, &changing, err);
    *older = changing.older;
    return ok;
}
