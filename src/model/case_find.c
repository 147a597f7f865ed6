#include "model/case_find.h"

#include "access/visibility.h"

bool case_record_load(struct visit *visit, int64_t id, struct case_record *record, struct err *err)
{
    bool english = visit->view.lang == LANG_EN;
    struct arena *arena = visit->arena;
    struct db_rows *rows = db_query(
        visit->db, arena,
        "SELECT c.number, c.title, c.description, c.status, c.created, c.started, c.finished, ty.label_sv, ty.label_en,"
        " pr.label_sv, pr.label_en, cu.name, o.name, o.number, c.your_reference, c.reporter, c.reporter_phone,"
        " c.site_street, c.site_postal_code, c.site_city FROM cases c"
        " LEFT JOIN picklist_item ty ON ty.id = c.type_id LEFT JOIN picklist_item pr ON pr.id = c.priority_id"
        " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id WHERE c.id = $1",
        DB_ARGS(DB_INT(id)), err);
    bool found = db_next(rows);
    if (found)
        *record = (struct case_record){
            .id = id,
            .number = db_text_copy(rows, 0, arena),
            .title = db_text_copy(rows, 1, arena),
            .description = db_text_copy(rows, 2, arena),
            .status = (int)db_int(rows, 3),
            .created = db_int(rows, 4),
            .started = db_int(rows, 5),
            .finished = db_int(rows, 6),
            .type = db_text_copy(rows, english && db_text(rows, 8).n ? 8 : 7, arena),
            .priority = db_text_copy(rows, english && db_text(rows, 10).n ? 10 : 9, arena),
            .customer = db_text_copy(rows, 11, arena),
            .object = db_text_copy(rows, 12, arena),
            .object_number = db_text_copy(rows, 13, arena),
            .your_reference = db_text_copy(rows, 14, arena),
            .reporter = db_text_copy(rows, 15, arena),
            .reporter_phone = db_text_copy(rows, 16, arena),
            .site_street = db_text_copy(rows, 17, arena),
            .site_postal_code = db_text_copy(rows, 18, arena),
            .site_city = db_text_copy(rows, 19, arena),
        };
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "case went away");
}

/* Makes room for one more element at the end of an array in the arena. */
static void *case_find_grow(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 8;
    char *grown = arena_array(arena, *cap, size);
    const char *old = items;
    for (size_t i = 0; i < count * size; i++)
        grown[i] = old[i];
    return grown;
}

bool case_extras_load(struct visit *visit, int64_t id, struct case_extra **extras, size_t *count, struct err *err)
{
    size_t cap = 0;
    *extras = NULL;
    *count = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, value FROM case_extra WHERE case_id = $1 AND value <> '' ORDER BY key",
                                    DB_ARGS(DB_INT(id)), err);
    while (db_next(rows)) {
        *extras = case_find_grow(visit->arena, *extras, *count, &cap, sizeof **extras);
        (*extras)[(*count)++] =
            (struct case_extra){db_text_copy(rows, 0, visit->arena), db_text_copy(rows, 1, visit->arena)};
    }
    return db_done(rows, err);
}

bool work_orders_load(struct visit *visit, int64_t case_id, struct work_order_record **orders, size_t *count,
                      struct err *err)
{
    size_t cap = 0;
    struct arena *arena = visit->arena;
    *orders = NULL;
    *count = 0;
    struct db_rows *rows = db_query(visit->db, arena,
                                    "SELECT w.number, w.title, t.label_sv, t.label_en, w.resource, w.status,"
                                    " w.booked_from, w.booked_to, w.started, w.finished FROM work_order w"
                                    " LEFT JOIN picklist_item t ON t.id = w.type_id WHERE w.case_id = $1 ORDER BY w.id",
                                    DB_ARGS(DB_INT(case_id)), err);
    while (db_next(rows)) {
        bool english = visit->view.lang == LANG_EN && db_text(rows, 3).n;
        *orders = case_find_grow(arena, *orders, *count, &cap, sizeof **orders);
        (*orders)[(*count)++] = (struct work_order_record){
            .number = db_text_copy(rows, 0, arena),
            .title = db_text_copy(rows, 1, arena),
            .type = db_text_copy(rows, english ? 3 : 2, arena),
            .resource = db_text_copy(rows, 4, arena),
            .status = (int)db_int(rows, 5),
            .booked_from = db_int(rows, 6),
            .booked_to = db_int(rows, 7),
            .started = db_int(rows, 8),
            .finished = db_int(rows, 9),
        };
    }
    return db_done(rows, err);
}

bool case_contacts_load(struct visit *visit, int64_t case_id, struct contact_record **contacts, size_t *count,
                        struct err *err)
{
    size_t cap = 0;
    *contacts = NULL;
    *count = 0;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT k.first_name, k.last_name, CASE WHEN c.primary_contact_id = k.id THEN 1 ELSE 0 END"
                 " FROM case_contact cc JOIN cases c ON c.id = cc.case_id JOIN contact k ON k.id = cc.contact_id"
                 " WHERE cc.case_id = $1 ORDER BY 3 DESC, k.last_name COLLATE \"sv-natural\", k.first_name COLLATE "
                 "\"sv-natural\", k.id",
                 DB_ARGS(DB_INT(case_id)), err);
    while (db_next(rows)) {
        *contacts = case_find_grow(visit->arena, *contacts, *count, &cap, sizeof **contacts);
        struct str full = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(db_text(rows, 0)), STR_FMT(db_text(rows, 1)));
        (*contacts)[(*count)++] = (struct contact_record){str_trim(full), db_int(rows, 2) != 0};
    }
    return db_done(rows, err);
}

bool case_files_load(struct visit *visit, int64_t case_id, struct file_record **files, size_t *count, struct err *err)
{
    size_t cap = 0;
    *files = NULL;
    *count = 0;
    struct sql sql = sql_start(
        visit->arena, "SELECT f.key, f.name, f.media_type, f.size, f.created FROM file f WHERE f.case_id = ? AND ",
        DB_INT(case_id));
    visible_attachment(&sql, &visit->actor);
    sql_put(&sql, " ORDER BY f.created, f.id");
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows)) {
        *files = case_find_grow(visit->arena, *files, *count, &cap, sizeof **files);
        (*files)[(*count)++] = (struct file_record){
            .key = db_text_copy(rows, 0, visit->arena),
            .name = db_text_copy(rows, 1, visit->arena),
            .media_type = db_text_copy(rows, 2, visit->arena),
            .size = db_int(rows, 3),
            .created = db_int(rows, 4),
        };
    }
    return db_done(rows, err);
}

bool case_actions_count(struct visit *visit, int64_t case_id, int64_t *count, struct err *err)
{
    return db_query_int(visit->db, "SELECT count(*) FROM article_row WHERE case_id = $1 AND status <> 'cancelled'",
                        DB_ARGS(DB_INT(case_id)), NULL, count, err);
}
