#include "access/scope.h"

#include "access/search_words.h"
#include "db/dialect.h"

/* Cases handled together: bounds memory, and keeps PostgreSQL from waiting on single rows. */
#define CHUNK 256
/* Words of one case: what both engines' indexes take, with room for the scopes. */
#define WORDS_BYTES (256 * 1024)

int64_t scope_key(int64_t id, enum scope_kind kind)
{
    return id * 4 + (int64_t)kind;
}

struct derived {
    int64_t case_id, created, customer_id, object_id, object_customer_id;
    struct buf words;
};

struct chunk {
    struct arena *arena;
    int64_t ids[CHUNK];
    size_t id_count;
    struct derived *cases; /* ascending by case_id */
    size_t count;
    struct db_value (*scopes)[3]; /* scope, created, case_id */
    size_t scope_count, scope_cap;
};

/* Always CHUNK placeholders, the last id repeated, so that the statement is prepared once. */
static void add_ids(struct sql *sql, const struct chunk *chunk)
{
    sql_add(sql, "(");
    for (size_t i = 0; i < CHUNK; i++) {
        sql_add(sql, i ? ", " : "");
        sql_int(sql, chunk->ids[i < chunk->id_count ? i : chunk->id_count - 1]);
    }
    sql_add(sql, ")");
}

static bool load_ids(struct db_conn *conn, struct chunk *chunk, const char *literal, int64_t after, struct err *err)
{
    struct db_rows *rows = db_query(conn, chunk->arena, literal, DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err);
    while (rows && db_next(rows) && chunk->id_count < CHUNK)
        chunk->ids[chunk->id_count++] = db_int(rows, 0);
    return db_done(rows, err);
}

/* Contract 3, parameter q: number, title, reference, address, description, the last and longest cut where the index ends. */
static void add_words(struct derived *one, const struct db_rows *rows)
{
    search_words_add_number(&one->words, db_text(rows, 5));
    for (int column = 6; column <= 11; column++)
        search_words_add(&one->words, db_text(rows, column));
    if (one->words.n <= WORDS_BYTES)
        return;
    one->words.n = WORDS_BYTES;
    while (one->words.n && one->words.p[one->words.n - 1] != ' ')
        one->words.n--;
}

static bool load_cases(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql;
    sql_init(&sql, chunk->arena);
    sql_add(&sql,
            "SELECT c.id, c.created, c.customer_id, c.object_id, o.customer_id, c.number, c.title, c.your_reference,"
            " c.site_street, c.site_postal_code, c.site_city, c.description"
            " FROM cases c LEFT JOIN object o ON o.id = c.object_id WHERE c.id IN ");
    add_ids(&sql, chunk);
    sql_add(&sql, " ORDER BY c.id");
    chunk->cases = ARENA_ARRAY(chunk->arena, struct derived, CHUNK);
    struct db_rows *rows = db_query_sql(conn, chunk->arena, &sql, err);
    while (rows && db_next(rows) && chunk->count < CHUNK) {
        struct derived *one = &chunk->cases[chunk->count++];
        *one =
            (struct derived){db_int(rows, 0), db_int(rows, 1), db_int(rows, 2), db_int(rows, 3), db_int(rows, 4), {0}};
        buf_init(&one->words, chunk->arena);
        add_words(one, rows);
    }
    return db_done(rows, err);
}

static void add_scope(struct chunk *chunk, struct derived *one, int64_t id, enum scope_kind kind)
{
    if (!id)
        return;
    if (chunk->scope_count == chunk->scope_cap) {
        size_t cap = chunk->scope_cap ? chunk->scope_cap * 2 : (size_t)CHUNK * 4;
        struct db_value(*grown)[3] = arena_array(chunk->arena, cap, sizeof *grown);
        for (size_t i = 0; i < chunk->scope_count; i++) {
            for (int column = 0; column < 3; column++)
                grown[i][column] = chunk->scopes[i][column];
        }
        chunk->scopes = grown;
        chunk->scope_cap = cap;
    }
    struct db_value *row = chunk->scopes[chunk->scope_count++];
    int64_t scope = scope_key(id, kind);
    row[0] = DB_INT(scope);
    row[1] = DB_INT(one->created);
    row[2] = DB_INT(one->case_id);
    buf_str(&one->words, search_scope_token(chunk->arena, scope));
    buf_char(&one->words, ' ');
}

static void add_register_scopes(struct chunk *chunk)
{
    for (size_t i = 0; i < chunk->count; i++) {
        struct derived *one = &chunk->cases[i];
        add_scope(chunk, one, one->customer_id, SCOPE_CUSTOMER);
        add_scope(chunk, one, one->object_id, SCOPE_OBJECT);
        if (one->object_customer_id != one->customer_id)
            add_scope(chunk, one, one->object_customer_id, SCOPE_VIA_OBJECT);
    }
}

static bool add_contact_scopes(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql;
    sql_init(&sql, chunk->arena);
    sql_add(&sql, "SELECT case_id, contact_id FROM case_contact WHERE case_id IN ");
    add_ids(&sql, chunk);
    sql_add(&sql, " ORDER BY case_id, contact_id");
    size_t at = 0;
    struct db_rows *rows = db_query_sql(conn, chunk->arena, &sql, err);
    while (rows && db_next(rows)) {
        int64_t case_id = db_int(rows, 0);
        while (at < chunk->count && chunk->cases[at].case_id < case_id)
            at++;
        if (at < chunk->count && chunk->cases[at].case_id == case_id)
            add_scope(chunk, &chunk->cases[at], db_int(rows, 1), SCOPE_CONTACT);
    }
    return db_done(rows, err);
}

static bool write_scopes(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql;
    sql_init(&sql, chunk->arena);
    sql_add(&sql, "DELETE FROM case_scope WHERE case_id IN ");
    add_ids(&sql, chunk);
    if (!db_exec_sql(conn, &sql, err))
        return false;
    struct db_batch *batch =
        db_batch_begin(conn, chunk->arena, "INSERT INTO case_scope (scope, created, case_id) VALUES ($1, $2, $3)", err);
    if (!batch)
        return false;
    for (size_t i = 0; i < chunk->scope_count; i++) {
        if (!db_batch_add(batch, chunk->scopes[i], 3, err))
            return false;
    }
    return db_batch_end(batch, err);
}

static bool write_words(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct case_words *cases = ARENA_ARRAY(chunk->arena, struct case_words, chunk->count);
    for (size_t i = 0; i < chunk->count; i++)
        cases[i] = (struct case_words){chunk->cases[i].case_id, buf_text(&chunk->cases[i].words)};
    return dialect_search_put_all(conn, chunk->arena, cases, chunk->count, err);
}

static bool refresh_chunk(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    if (!load_cases(conn, chunk, err))
        return false;
    add_register_scopes(chunk);
    return add_contact_scopes(conn, chunk, err) && write_scopes(conn, chunk, err) && write_words(conn, chunk, err);
}

bool scope_refresh_case(struct db_conn *conn, struct arena *arena, int64_t case_id, struct err *err)
{
    struct chunk chunk = {.arena = arena, .ids = {case_id}, .id_count = 1};
    return refresh_chunk(conn, &chunk, err);
}

bool scope_refresh_cases(struct db_conn *conn, const char *literal, struct err *err)
{
    struct arena *own = arena_create();
    int64_t after = 0;
    bool ok;
    for (;;) {
        struct chunk chunk = {.arena = own};
        ok = load_ids(conn, &chunk, literal, after, err);
        if (!ok || !chunk.id_count)
            break;
        after = chunk.ids[chunk.id_count - 1];
        ok = refresh_chunk(conn, &chunk, err);
        if (!ok)
            break;
        arena_reset(own);
    }
    arena_destroy(own);
    return ok;
}

bool generation_bump(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "UPDATE generation SET value = value + 1 WHERE name = 'cases'", DB_NO_ARGS, err);
}

bool generation_read(struct db_conn *conn, int64_t *value, struct err *err)
{
    return db_query_int(conn, "SELECT value FROM generation WHERE name = 'cases'", DB_NO_ARGS, NULL, value, err);
}
