/* All queries for files. Staff may see every file, so visibility is not checked. */
#include "db/sql.h"
#include "model/choice_criterion.h"
#include "portal/send_file.h"
#include "staff/files/internal.h"

#include <inttypes.h>

#define EXPORT_MAX 1000000

/* --- lists -------------------------------------------------------------------------------------------------------- */

static void add_word(struct sql *sql, struct str word)
{
    sql_put(sql, " AND lower(f.name COLLATE \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'",
            SQL_CONTAINING(word));
}

static void files_query_add_number(struct sql *sql, struct str number)
{
    sql_put(sql,
            " AND (f.customer_id = (SELECT id FROM customer WHERE number = ?) OR f.object_id = (SELECT id"
            " FROM object WHERE number = ?) OR f.case_id = (SELECT id FROM cases WHERE number = ?))",
            DB_TEXT(number), DB_TEXT(number), DB_TEXT(number));
}

static void add_kind(struct sql *sql, struct str kind)
{
    if (str_eqz(kind, file_owner_codes[OWNER_CUSTOMER]))
        sql_put(sql, " AND f.customer_id IS NOT NULL");
    else if (str_eqz(kind, file_owner_codes[OWNER_OBJECT]))
        sql_put(sql, " AND f.object_id IS NOT NULL");
    else if (str_eqz(kind, file_owner_codes[OWNER_CASE]))
        sql_put(sql, " AND f.case_id IS NOT NULL");
}

static void file_owner_add(struct sql *sql, const struct file_owner *owner)
{
    if (!owner)
        return;
    if (owner->kind == OWNER_CUSTOMER)
        sql_put(sql, " AND f.customer_id = ?", DB_INT(owner->id));
    else if (owner->kind == OWNER_OBJECT)
        sql_put(sql, " AND f.object_id = ?", DB_INT(owner->id));
    else
        sql_put(sql, " AND f.case_id = ?", DB_INT(owner->id));
}

static void staff_file_criteria_add(struct sql *sql, const struct staff_file_criteria *criteria)
{
    struct str rest = criteria->q, word;
    size_t words = 0;
    sql_put(sql, "1 = 1");
    file_owner_add(sql, criteria->owner);
    add_kind(sql, criteria->kind);
    if (criteria->number.n)
        files_query_add_number(sql, criteria->number);
    if (criteria->category.n)
        sql_put(sql, " AND f.category_id = (SELECT id FROM picklist_item WHERE list = 'file_category' AND key = ?)",
                DB_TEXT(criteria->category));
    if (str_eqz(criteria->visible, "yes"))
        sql_put(sql, " AND f.visible = 1");
    else if (str_eqz(criteria->visible, "no"))
        sql_put(sql, " AND f.visible = 0");
    if (criteria->after_id)
        sql_put(sql, " AND (f.created, f.id) < (?, ?)", DB_INT(criteria->after_created), DB_INT(criteria->after_id));
    while (sql_word(&rest, &words, &word))
        add_word(sql, word);
}

static struct db_rows *files_query_ask(struct visit *visit, const struct staff_file_criteria *criteria, int64_t limit,
                                       struct err *err)
{
    struct sql sql = sql_start(visit->arena, file_select_literals[visit->view.lang]);
    staff_file_criteria_add(&sql, criteria);
    sql_put(&sql, " ORDER BY f.created DESC, f.id DESC LIMIT ?", DB_INT(limit));
    return db_query_sql(visit->db, visit->arena, &sql, err);
}

bool staff_files_load(struct visit *visit, const struct staff_file_criteria *criteria, size_t limit,
                      struct file **files, size_t *count, struct err *err)
{
    *files = ARENA_ARRAY(visit->arena, struct file, limit + 1);
    *count = 0;
    struct db_rows *rows = files_query_ask(visit, criteria, (int64_t)limit + 1, err);
    while (db_next(rows) && *count <= limit)
        (*files)[(*count)++] = file_read(visit->arena, rows);
    return db_done(rows, err);
}

bool staff_files_each(struct visit *visit, const struct staff_file_criteria *criteria, file_row_fn *each, void *context,
                      struct err *err)
{
    struct arena *scratch = arena_create();
    struct err ended = {.kind = ERR_NONE};
    bool ok = true;
    struct db_rows *rows = files_query_ask(visit, criteria, EXPORT_MAX, err);
    while (ok && db_next(rows)) {
        struct file file = file_read(scratch, rows);
        ok = each(context, scratch, &file, err);
        arena_reset(scratch);
    }
    bool done = db_done(rows, ok ? err : &ended);
    arena_destroy(scratch);
    return ok && done;
}

/* --- one file ----------------------------------------------------------------------------------------------------- */

struct str file_version(struct visit *visit, const struct file *file)
{
    struct str state = arena_printf(visit->arena, "%" PRId64 " %" PRId64 " %d %.*s", file->id, file->category_id,
                                    file->visible, STR_FMT(file->name));
    return app_mac(visit->app, visit->arena, "file version", state);
}

struct str file_path(struct arena *arena, const struct file *file, const char *behind)
{
    return arena_printf(arena, "/staff/files/%" PRId64 "%s", file->id, behind);
}

struct str file_content_path(struct arena *arena, const struct file *file)
{
    struct buf url;
    buf_init(&url, arena);
    buf_printf(&url, "/staff/files/%" PRId64 "/content/", file->id);
    buf_url_part(&url, file->name);
    return buf_text(&url);
}

struct file_view file_view(struct visit *visit, const struct file *file)
{
    struct str url = file_content_path(visit->arena, file);
    const struct file_owner *owner = &file->owner;
    return (struct file_view){
        .name = file->name,
        .url = url,
        .show_url = send_file_shows(arena_z(visit->arena, file->media_type))
                        ? arena_printf(visit->arena, "%.*s?show=1", STR_FMT(url))
                        : STR_NONE,
        .edit_url = file_path(visit->arena, file, ""),
        .category = file->category_label,
        .size = fmt_size(visit->arena, visit->view.lang, file->size),
        .created = fmt_instant(visit->arena, visit->view.lang, file->created),
        .kind = visit_tr(visit, file_owner_labels[owner->kind]),
        .owner = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(owner->number), STR_FMT(owner->name)),
        .owner_url = file_owner_path(visit->arena, owner, "/files"),
        .visible = file->visible,
    };
}

/* --- categories --------------------------------------------------------------------------------------------------- */

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
