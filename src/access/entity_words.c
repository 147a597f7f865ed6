#include "access/entity_words.h"

#include "access/search_words.h"
#include "model/article_fields.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/file_fields.h"
#include "model/object_fields.h"
#include "model/specification_fields.h"

/* How many rows are handled together: this bounds memory. */
#define CHUNK 256

/* An entity, and SQL over its row `t` for words that are not in its own fields. */
static const struct worded {
    const struct entity *entity;
    const char *more_literal;
} WORDED[SEARCH_INDEXES] = {
    [SEARCH_CUSTOMERS] = {&customer_entity, "''"},
    [SEARCH_OBJECTS] = {&object_entity, "(SELECT x.name FROM customer x WHERE x.id = t.customer_id)"},
    [SEARCH_CONTACTS] = {&contact_entity, "''"},
    [SEARCH_ARTICLES] = {&article_entity, "''"},
    [SEARCH_FILES] = {&file_entity, "''"},
    [SEARCH_SPECIFICATIONS] = {&specification_entity,
                               "(SELECT x.number || ' ' || x.name FROM customer x WHERE x.id = t.customer_id)"},
};

enum search_index entity_words_index(const struct entity *entity)
{
    for (enum search_index i = SEARCH_CUSTOMERS; i < SEARCH_INDEXES; i++) {
        if (WORDED[i].entity == entity)
            return i;
    }
    return SEARCH_CASES;
}

/* --- the words of a row ------------------------------------------------------------------------------------------- */

/* Phones are found by any digits that they end with (model/search_input.h). */
static void phone_words_add(struct buf *out, struct str phone)
{
    char digits[SEARCH_WORD_MAX];
    size_t n = 0;
    for (size_t i = 0; i < phone.n && n < sizeof digits; i++) {
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            digits[n++] = phone.p[i];
    }
    for (size_t i = 0; i < n; i++)
        buf_printf(out, SEARCH_PHONE_MARK "%.*s ", (int)(n - i), digits + i);
}

static void field_words_add(struct buf *out, enum field_kind kind, struct str text)
{
    size_t before = out->n;
    if (kind == FIELD_PHONE)
        phone_words_add(out, text);
    else if (kind == FIELD_KEY)
        search_words_add_number(out, text);
    if (kind != FIELD_PHONE)
        search_words_add(out, text);
    if (out->n == before && str_trim(text).n)
        buf_printf(out, "%.*s ", STR_FMT(search_signs(out->arena, text)));
}

/* Selects the id and the searched texts of rows. */
static struct sql words_select(struct arena *arena, const struct worded *worded, const int64_t *ids, size_t count)
{
    struct sql sql = sql_start(arena, "SELECT t.id, COALESCE({}, '')", SQL(worded->more_literal));
    for (size_t i = 0; i < worded->entity->count; i++) {
        if (worded->entity->fields[i].searched)
            sql_put(&sql, ", t.{}", SQL(worded->entity->fields[i].column_literal));
    }
    sql_put(&sql, " FROM {} t WHERE t.id IN (", SQL(worded->entity->table_literal));
    /* One placeholder, or CHUNK of them: two statements are prepared and not 256. */
    for (size_t i = 0; i < (count > 1 ? CHUNK : 1); i++)
        sql_put(&sql, "{}?", SQL(i ? ", " : ""), DB_INT(ids[i < count ? i : count - 1]));
    sql_put(&sql, ") ORDER BY t.id");
    return sql;
}

/* Rows that are gone get no words. `ids` ascend. */
static bool words_write_chunk(struct db_conn *conn, struct arena *arena, enum search_index index, const int64_t *ids,
                              size_t count, struct err *err)
{
    const struct worded *worded = &WORDED[index];
    struct search_row *found = ARENA_ARRAY(arena, struct search_row, count);
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        found[i] = (struct search_row){ids[i], STR_NONE};
    struct sql sql = words_select(arena, worded, ids, count);
    struct db_rows *rows = db_query_sql(conn, arena, &sql, err);
    while (db_next(rows)) {
        struct buf words;
        int column = 2;
        buf_init(&words, arena);
        for (size_t i = 0; i < worded->entity->count; i++) {
            if (worded->entity->fields[i].searched)
                field_words_add(&words, worded->entity->fields[i].kind, db_text(rows, column++));
        }
        search_words_add(&words, db_text(rows, 1));
        while (found[at].id != db_int(rows, 0))
            at++;
        found[at].words = buf_text(&words);
    }
    return db_done(rows, err) && dialect_search_put(conn, arena, index, found, count, NULL, err);
}

/* --- many rows ---------------------------------------------------------------------------------------------------- */

static bool words_write(struct db_conn *conn, struct arena *whole, enum search_index index, struct row_set rows,
                        struct err *err)
{
    int64_t *ids;
    size_t count;
    struct arena *own = arena_create();
    bool ok = db_read_ids(conn, whole, rows, &ids, &count, err);
    for (size_t at = 0; ok && at < count; at += CHUNK) {
        ok = words_write_chunk(conn, own, index, ids + at, count - at < CHUNK ? count - at : CHUNK, err);
        arena_reset(own);
    }
    arena_destroy(own);
    return ok;
}

bool entity_words_refresh_rows(struct db_conn *conn, enum search_index index, struct row_set rows, struct err *err)
{
    struct arena *whole = arena_create();
    bool ok = words_write(conn, whole, index, rows, err);
    arena_destroy(whole);
    return ok;
}

bool entity_words_refresh(struct db_conn *conn, enum search_index index, int64_t id, struct err *err)
{
    struct arena *own = arena_create();
    bool ok = words_write_chunk(conn, own, index, &id, 1, err);
    arena_destroy(own);
    if (!ok || index != SEARCH_CUSTOMERS)
        return ok;
    return entity_words_refresh_rows(conn, SEARCH_OBJECTS,
                                     row_set_of("SELECT id FROM object WHERE customer_id = $1", id), err) &&
           entity_words_refresh_rows(conn, SEARCH_SPECIFICATIONS,
                                     row_set_of("SELECT id FROM invoice_specification WHERE customer_id = $1", id),
                                     err);
}

static bool words_wanted(struct db_conn *conn, bool *wanted, struct err *err)
{
    int64_t value = 0;
    bool ok =
        db_query_int(conn, "SELECT value FROM generation WHERE name = 'entity_words'", DB_NO_ARGS, NULL, &value, err);
    *wanted = !value;
    return ok;
}

static bool fill_body(struct db_conn *conn, void *context, struct err *err)
{
    static const char *const rows_literals[SEARCH_INDEXES] = {
        [SEARCH_CUSTOMERS] = "SELECT id FROM customer",
        [SEARCH_OBJECTS] = "SELECT id FROM object",
        [SEARCH_CONTACTS] = "SELECT id FROM contact",
        [SEARCH_ARTICLES] = "SELECT id FROM article",
        [SEARCH_FILES] = "SELECT id FROM file",
        [SEARCH_SPECIFICATIONS] = "SELECT id FROM invoice_specification",
    };
    bool wanted;
    (void)context;
    if (!db_exec(conn, "UPDATE generation SET value = value WHERE name = 'entity_words'", DB_NO_ARGS, err) ||
        !words_wanted(conn, &wanted, err))
        return false;
    for (enum search_index i = SEARCH_CUSTOMERS; wanted && i < SEARCH_INDEXES; i++) {
        if (!entity_words_refresh_rows(conn, i, row_set(rows_literals[i]), err))
            return false;
    }
    return db_exec(conn, "UPDATE generation SET value = 1 WHERE name = 'entity_words'", DB_NO_ARGS, err);
}

bool entity_words_fill(struct db_conn *conn, struct err *err)
{
    bool wanted;
    return words_wanted(conn, &wanted, err) && (!wanted || db_transaction(conn, fill_body, NULL, err));
}

bool entity_words_verify(struct db_conn *conn, struct buf *report, struct err *err)
{
    for (enum search_index i = SEARCH_CUSTOMERS; i < SEARCH_INDEXES; i++) {
        int64_t lacking = 0;
        struct sql sql = sql_start(report->arena, "SELECT COUNT(*) FROM {} t WHERE t.id NOT IN ",
                                   SQL(WORDED[i].entity->table_literal));
        dialect_search_entities_all(&sql, db_conn_engine(conn), i);
        if (!db_find_sql(conn, report->arena, &sql, DB_TARGETS(TO(&lacking)), NULL, err))
            return false;
        if (lacking)
            buf_printf(report, "search words: %lld rows of %s have no words\n", (long long)lacking,
                       WORDED[i].entity->name);
    }
    return true;
}
