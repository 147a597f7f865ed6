/* All that is read of files here. Staff see every file: no rule of visibility is asked. */
#include "db/sql.h"
#include "model/choice_criterion.h"
#include "portal/send_file.h"
#include "staff/files/internal.h"

#include <inttypes.h>

#define EXPORT_MAX 1000000

#define COLUMNS                                                                                                        \
    "SELECT f.id, f.name, f.media_type, f.size, f.digest, f.created, f.visible, f.category_id, cat.key, cu.id,"        \
    " cu.number, cu.name, o.id, o.number, o.name, c.id, c.number, c.title, "
#define JOINS                                                                                                          \
    " FROM file f LEFT JOIN picklist_item cat ON cat.id = f.category_id"                                               \
    " LEFT JOIN customer cu ON cu.id = f.customer_id LEFT JOIN object o ON o.id = f.object_id"                         \
    " LEFT JOIN cases c ON c.id = f.case_id WHERE "

static const char HEAD_SV[] = COLUMNS "COALESCE(cat.label_sv, '')" JOINS;
static const char HEAD_EN[] = COLUMNS "COALESCE(NULLIF(cat.label_en, ''), cat.label_sv, '')" JOINS;

static struct holder read_holder(struct arena *arena, const struct db_rows *rows)
{
    enum holder_kind kind = HOLDER_CUSTOMER;
    while (kind < HOLDER_CASE && db_null(rows, 9 + 3 * (int)kind))
        kind++;
    int at = 9 + 3 * (int)kind;
    return (struct holder){kind, db_int(rows, at), db_text_copy(rows, at + 1, arena),
                           db_text_copy(rows, at + 2, arena)};
}

static struct kept_file read_row(struct arena *arena, const struct db_rows *rows)
{
    return (struct kept_file){.id = db_int(rows, 0),
                              .name = db_text_copy(rows, 1, arena),
                              .media_type = db_text_copy(rows, 2, arena),
                              .size = db_int(rows, 3),
                              .digest = db_text_copy(rows, 4, arena),
                              .created = db_int(rows, 5),
                              .visible = db_int(rows, 6) != 0,
                              .category_id = db_int(rows, 7),
                              .category = db_text_copy(rows, 8, arena),
                              .holder = read_holder(arena, rows),
                              .category_label = db_text_copy(rows, 18, arena)};
}

/* --- lists ------------------------------------------------------------------------------------------------------------------------------- */

static void add_word(struct sql *sql, struct str word)
{
    sql_put(sql, " AND lower(f.name COLLATE \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'",
            SQL_CONTAINING(word));
}

static void add_number(struct sql *sql, struct str number)
{
    sql_put(sql,
            " AND (f.customer_id = (SELECT id FROM customer WHERE number = ?) OR f.object_id = (SELECT id"
            " FROM object WHERE number = ?) OR f.case_id = (SELECT id FROM cases WHERE number = ?))",
            DB_TEXT(number), DB_TEXT(number), DB_TEXT(number));
}

static void add_kind(struct sql *sql, struct str kind)
{
    if (str_eqz(kind, holder_codes[HOLDER_CUSTOMER]))
        sql_put(sql, " AND f.customer_id IS NOT NULL");
    else if (str_eqz(kind, holder_codes[HOLDER_OBJECT]))
        sql_put(sql, " AND f.object_id IS NOT NULL");
    else if (str_eqz(kind, holder_codes[HOLDER_CASE]))
        sql_put(sql, " AND f.case_id IS NOT NULL");
}

static void add_holder(struct sql *sql, const struct holder *holder)
{
    if (!holder)
        return;
    if (holder->kind == HOLDER_CUSTOMER)
        sql_put(sql, " AND f.customer_id = ?", DB_INT(holder->id));
    else if (holder->kind == HOLDER_OBJECT)
        sql_put(sql, " AND f.object_id = ?", DB_INT(holder->id));
    else
        sql_put(sql, " AND f.case_id = ?", DB_INT(holder->id));
}

static void add_question(struct sql *sql, const struct file_question *question)
{
    struct str rest = question->q, word;
    size_t words = 0;
    sql_put(sql, "1 = 1");
    add_holder(sql, question->holder);
    add_kind(sql, question->kind);
    if (question->number.n)
        add_number(sql, question->number);
    if (question->category.n)
        sql_put(sql, " AND f.category_id = (SELECT id FROM picklist_item WHERE list = 'file_category' AND key = ?)",
                DB_TEXT(question->category));
    if (str_eqz(question->visible, "yes"))
        sql_put(sql, " AND f.visible = 1");
    else if (str_eqz(question->visible, "no"))
        sql_put(sql, " AND f.visible = 0");
    if (question->after_id)
        sql_put(sql, " AND (f.created, f.id) < (?, ?)", DB_INT(question->after_created), DB_INT(question->after_id));
    while (sql_word(&rest, &words, &word))
        add_word(sql, word);
}

static struct db_rows *ask(struct visit *visit, const struct file_question *question, int64_t limit, struct err *err)
{
    struct sql sql = sql_start(visit->arena, visit->view.lang == LANG_EN ? HEAD_EN : HEAD_SV);
    add_question(&sql, question);
    sql_put(&sql, " ORDER BY f.created DESC, f.id DESC LIMIT ?", DB_INT(limit));
    return db_query_sql(visit->db, visit->arena, &sql, err);
}

bool kept_files_load(struct visit *visit, const struct file_question *question, size_t limit, struct kept_file **files,
                     size_t *count, struct err *err)
{
    *files = ARENA_ARRAY(visit->arena, struct kept_file, limit + 1);
    *count = 0;
    struct db_rows *rows = ask(visit, question, (int64_t)limit + 1, err);
    while (rows && db_next(rows) && *count <= limit)
        (*files)[(*count)++] = read_row(visit->arena, rows);
    return db_done(rows, err);
}

bool kept_files_each(struct visit *visit, const struct file_question *question, kept_file_fn *each, void *context,
                     struct err *err)
{
    struct arena *scratch = arena_create();
    struct err ended = {.kind = ERR_NONE};
    bool ok = true;
    struct db_rows *rows = ask(visit, question, EXPORT_MAX, err);
    while (ok && rows && db_next(rows)) {
        struct kept_file file = read_row(scratch, rows);
        ok = each(context, scratch, &file, err);
        arena_reset(scratch);
    }
    bool done = db_done(rows, ok ? err : &ended);
    arena_destroy(scratch);
    return ok && done;
}

/* --- one --------------------------------------------------------------------------------------------------------------------------------- */

bool kept_file_load(struct visit *visit, struct str id, struct kept_file *file, struct err *err)
{
    int64_t wanted = 0;
    bool found = false;
    if (!str_to_int(id, &wanted))
        return err_set(err, ERR_NOT_FOUND, NULL, "no id of a file");
    struct sql sql =
        sql_start(visit->arena, "{}f.id = ?", SQL(visit->view.lang == LANG_EN ? HEAD_EN : HEAD_SV), DB_INT(wanted));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    found = rows && db_next(rows);
    if (found)
        *file = read_row(visit->arena, rows);
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such file");
}

struct str kept_file_version(struct visit *visit, const struct kept_file *file)
{
    struct str state = arena_printf(visit->arena, "%" PRId64 " %" PRId64 " %d %.*s", file->id, file->category_id,
                                    file->visible, STR_FMT(file->name));
    return app_mac(visit->app, visit->arena, "file version", state);
}

struct str kept_file_path(struct arena *arena, const struct kept_file *file, const char *behind)
{
    return arena_printf(arena, "/staff/files/%" PRId64 "%s", file->id, behind);
}

struct str kept_file_content_path(struct arena *arena, const struct kept_file *file)
{
    struct buf url;
    buf_init(&url, arena);
    buf_printf(&url, "/staff/files/%" PRId64 "/content/", file->id);
    buf_url_part(&url, file->name);
    return buf_text(&url);
}

struct kept_file_view kept_file_view(struct visit *visit, const struct kept_file *file)
{
    struct str url = kept_file_content_path(visit->arena, file);
    const struct holder *holder = &file->holder;
    return (struct kept_file_view){
        .name = file->name,
        .url = url,
        .show_url = send_file_shows(arena_z(visit->arena, file->media_type))
                        ? arena_printf(visit->arena, "%.*s?show=1", STR_FMT(url))
                        : STR_NONE,
        .edit_url = kept_file_path(visit->arena, file, ""),
        .category = file->category_label,
        .size = fmt_size(visit->arena, visit->view.lang, file->size),
        .created = fmt_instant(visit->arena, visit->view.lang, file->created),
        .kind = visit_tr(visit, holder_labels[holder->kind]),
        .holder = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(holder->number), STR_FMT(holder->name)),
        .holder_url = holder_path(visit->arena, holder, "/files"),
        .visible = file->visible,
    };
}

/* --- categories -------------------------------------------------------------------------------------------------------------------------- */

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
