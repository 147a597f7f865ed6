#include "features/cases/choices.h"

bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options, size_t *count,
                      struct err *err)
{
    size_t cap = 0;
    *options = NULL;
    *count = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, label_sv, label_en FROM picklist_item"
                                    " WHERE list = $1 AND (active = 1 OR key = $2)"
                                    " ORDER BY label_sv COLLATE \"sv-x-icu\", key",
                                    DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(chosen)), err);
    while (rows && db_next(rows)) {
        if (*count == cap) {
            cap = cap ? cap * 2 : 32;
            struct option *grown = ARENA_ARRAY(visit->arena, struct option, cap);
            for (size_t i = 0; i < *count; i++)
                grown[i] = (*options)[i];
            *options = grown;
        }
        struct option *option = &(*options)[(*count)++];
        bool english = visit->view.lang == LANG_EN && db_text(rows, 2).n;
        option->value = db_text_copy(rows, 0, visit->arena);
        option->label = db_text_copy(rows, english ? 2 : 1, visit->arena);
        option->selected = str_eq(option->value, chosen);
    }
    return db_done(rows, err);
}

static bool load(struct visit *visit, const struct sql *sql, struct str chosen, size_t cap, struct option **options,
                 size_t *count, bool *more, struct err *err)
{
    *options = ARENA_ARRAY(visit->arena, struct option, cap);
    *count = 0;
    *more = false;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    while (rows && db_next(rows)) {
        if (*count == cap) {
            *more = true;
            continue;
        }
        struct option *option = &(*options)[(*count)++];
        option->value = db_text_copy(rows, 0, visit->arena);
        option->label = arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(db_text(rows, 1)), STR_FMT(option->value));
        option->selected = str_eq(option->value, chosen);
    }
    return db_done(rows, err);
}

bool choices_customers(struct visit *visit, struct str chosen, size_t cap, struct option **options, size_t *count,
                       bool *more, struct err *err)
{
    struct sql sql;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT cu.number, cu.name FROM customer cu WHERE ");
    visible_customer(&sql, &visit->actor);
    sql_add(&sql, " ORDER BY cu.name COLLATE \"sv-x-icu\", cu.number LIMIT ");
    sql_int(&sql, (int64_t)cap + 1);
    return load(visit, &sql, chosen, cap, options, count, more, err);
}

/* Counting first is cheaper than sorting thousands of names only to find that they are too many for a list. */
static bool has_more_objects(struct visit *visit, size_t cap, bool *more, struct err *err)
{
    struct sql sql;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT count(*) FROM (SELECT o.id FROM object o WHERE ");
    visible_object(&sql, &visit->actor);
    sql_add(&sql, " LIMIT ");
    sql_int(&sql, (int64_t)cap + 1);
    sql_add(&sql, ") AS few");
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    *more = rows && db_next(rows) && db_int(rows, 0) > (int64_t)cap;
    return db_done(rows, err);
}

bool choices_objects(struct visit *visit, struct str chosen, size_t cap, struct option **options, size_t *count,
                     bool *more, struct err *err)
{
    struct sql sql;
    *count = 0;
    *options = NULL;
    if (!has_more_objects(visit, cap, more, err))
        return false;
    if (*more)
        return true;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT o.number, o.name FROM object o WHERE ");
    visible_object(&sql, &visit->actor);
    sql_add(&sql, " ORDER BY o.name COLLATE \"sv-x-icu\", o.number LIMIT ");
    sql_int(&sql, (int64_t)cap + 1);
    return load(visit, &sql, chosen, cap, options, count, more, err);
}
