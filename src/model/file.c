#include "model/file.h"

#include "access/entity_words.h"
#include "base/random.h"
#include "db/sql.h"

enum { KEY_BYTES = 16 };

static const struct code FILE_OWNER_NAMES[OWNER_KINDS] = {
    [OWNER_ANY] = {"", NULL},
    [OWNER_CUSTOMER] = {"customer", _("Customer")},
    [OWNER_OBJECT] = {"object", _("Object")},
    [OWNER_CASE] = {"case", _("Case")},
};
const struct code_list file_owner_kinds = {FILE_OWNER_NAMES, OWNER_KINDS};

bool file_owner_find(struct db_conn *conn, struct arena *arena, enum file_owner_kind kind, struct str number,
                     struct file_owner *owner, struct err *err)
{
    static const char *const find_literals[OWNER_KINDS] = {NULL,
                                                           "SELECT id, number, name FROM customer WHERE number = $1",
                                                           "SELECT id, number, name FROM object WHERE number = $1",
                                                           "SELECT id, number, title FROM cases WHERE number = $1"};
    *owner = (struct file_owner){.kind = kind};
    bool found;
    if (!db_find(conn, arena, find_literals[kind], DB_ARGS(DB_TEXT(number)),
                 DB_TARGETS(TO(&owner->id), TO(&owner->number), TO(&owner->name)), &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such %s", code_name(&file_owner_kinds, kind));
}

#define COLUMNS                                                                                                        \
    "SELECT f.id, f.name, f.media_type, f.size, f.digest, f.created, f.visible, f.category_id, cat.key, cu.id,"        \
    " cu.number, cu.name, o.id, o.number, o.name, c.id, c.number, c.title, "
#define JOINS                                                                                                          \
    " FROM file f LEFT JOIN picklist_item cat ON cat.id = f.category_id"                                               \
    " LEFT JOIN customer cu ON cu.id = f.customer_id LEFT JOIN object o ON o.id = f.object_id"                         \
    " LEFT JOIN cases c ON c.id = f.case_id WHERE "

const char *const file_select_literals[LANG_COUNT] = {
    COLUMNS "COALESCE(cat.label_sv, '')" JOINS,
    COLUMNS "COALESCE(NULLIF(cat.label_en, ''), cat.label_sv, '')" JOINS,
};

struct file file_read(struct db_rows *rows)
{
    struct file file;
    struct file_owner cu = {.kind = OWNER_CUSTOMER}, o = {.kind = OWNER_OBJECT}, c = {.kind = OWNER_CASE};
    db_read(rows, TO(&file.id), TO(&file.name), TO(&file.media_type), TO(&file.size), TO(&file.digest),
            TO(&file.created), TO(&file.visible), TO(&file.category_id), TO(&file.category), TO(&cu.id), TO(&cu.number),
            TO(&cu.name), TO(&o.id), TO(&o.number), TO(&o.name), TO(&c.id), TO(&c.number), TO(&c.name),
            TO(&file.category_label));
    file.owner = cu.id ? cu : o.id ? o : c;
    return file;
}

bool file_find(struct visit *visit, struct str id, struct file *file, struct err *err)
{
    int64_t wanted = 0;
    if (!str_to_int(id, &wanted))
        return err_set(err, ERR_NOT_FOUND, NULL, "no id of a file");
    struct sql sql = sql_start(visit->arena, "{}f.id = ?", SQL(file_select_literals[visit->view.lang]), DB_INT(wanted));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool found = db_next(rows);
    if (found)
        *file = file_read(rows);
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such file");
}

/* --- writing --------------------------------------------------------------------------------------------------- */

bool file_insert(struct db_conn *conn, struct arena *arena, const struct new_file_row *file, struct err *err)
{
    struct db_value owner_ids[OWNER_KINDS] = {DB_NULL, DB_NULL, DB_NULL, DB_NULL};
    int64_t id = 0;
    owner_ids[file->owner_kind] = DB_INT(file->owner_id);
    return db_query_int(
               conn,
               "INSERT INTO file (key, customer_id, object_id, case_id, name, media_type, size, digest,"
               " category_id, visible, created, path) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
               " RETURNING id",
               DB_ARGS(DB_TEXT(random_token(arena, KEY_BYTES)), owner_ids[OWNER_CUSTOMER], owner_ids[OWNER_OBJECT],
                       owner_ids[OWNER_CASE], DB_TEXT(file->name), DB_TEXT(file->media_type), DB_INT(file->size),
                       DB_TEXT(file->digest), DB_ID_OR_NULL(file->category_id), DB_INT(file->visible),
                       DB_INT(file->created), file->path.n ? DB_TEXT(file->path) : DB_NULL),
               NULL, &id, err) &&
           entity_words_refresh(conn, SEARCH_FILES, id, err);
}

bool file_update(struct db_conn *conn, const struct file *before, const struct file *after, bool *older,
                 struct err *err)
{
    if (!db_exec(conn,
                 "UPDATE file SET name = $2, category_id = $3, visible = $4"
                 " WHERE id = $1 AND name = $5 AND COALESCE(category_id, 0) = $6 AND visible = $7",
                 DB_ARGS(DB_INT(before->id), DB_TEXT(after->name), DB_ID_OR_NULL(after->category_id),
                         DB_INT(after->visible), DB_TEXT(before->name), DB_INT(before->category_id),
                         DB_INT(before->visible)),
                 err))
        return false;
    *older = !db_changes(conn);
    return *older || entity_words_refresh(conn, SEARCH_FILES, before->id, err);
}

bool file_delete(struct db_conn *conn, const struct file *file, bool *older, struct err *err)
{
    if (!db_exec(conn,
                 "DELETE FROM file WHERE id = $1 AND name = $2 AND COALESCE(category_id, 0) = $3 AND visible = $4",
                 DB_ARGS(DB_INT(file->id), DB_TEXT(file->name), DB_INT(file->category_id), DB_INT(file->visible)), err))
        return false;
    *older = !db_changes(conn);
    return *older || entity_words_refresh(conn, SEARCH_FILES, file->id, err);
}

bool attachment_show(struct visit *visit, int64_t case_id, struct str case_number, struct str key, bool visible,
                     struct err *err)
{
    struct str subject = arena_printf(visit->arena, "case %.*s", STR_FMT(case_number));
    if (!db_exec(visit->db, "UPDATE file SET visible = $3 WHERE key = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(key), DB_INT(case_id), DB_INT(visible)), err))
        return false;
    if (!db_changes(visit->db))
        return err_set(err, ERR_NOT_FOUND, NULL, "no such attachment");
    return visit_audit(visit, visible ? "attachment_shown" : "attachment_hidden", subject, key, err);
}

bool files_move(struct db_conn *conn, int64_t from, int64_t to, struct err *err)
{
    return db_exec(conn, "UPDATE file SET case_id = $2 WHERE case_id = $1", DB_ARGS(DB_INT(from), DB_INT(to)), err);
}
