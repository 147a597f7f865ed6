#include "access/scope.h"

#include "access/search_words.h"
#include "db/dialect.h"
#include "model/case_fields.h"

/* How many cases are handled together: this bounds memory, and PostgreSQL need not handle them one by one. */
#define CHUNK 256
/* The limit for the words of one case: what the indexes of both engines take, with room for the scopes. */
#define WORDS_BYTES (256 * 1024)

int64_t scope_key(int64_t id, enum scope_kind kind)
{
    return id * 4 + (int64_t)kind;
}

enum scope_kind scope_key_kind(int64_t key)
{
    return (enum scope_kind)((key < 0 ? -key : key) % 4);
}

struct derived {
    int64_t case_id;
    struct buf words;
};

struct chunk {
    struct arena *arena;
    int64_t ids[CHUNK];
    size_t id_count;
    struct derived *cases; /* ascending by case_id */
    size_t count;
    struct search_seen *seen; /* the words of the chunks before; NULL for one case */
};

/*
 * Appends one placeholder for one case, else CHUNK placeholders with the last id repeated, so that only two statements
 * are prepared and not 256.
 */
static void add_ids(struct sql *sql, const struct chunk *chunk)
{
    if (chunk->id_count == 1) {
        sql_put(sql, "(?)", DB_INT(chunk->ids[0]));
        return;
    }
    sql_put(sql, "(");
    for (size_t i = 0; i < CHUNK; i++)
        sql_put(sql, "{}?", SQL(i ? ", " : ""), DB_INT(chunk->ids[i < chunk->id_count ? i : chunk->id_count - 1]));
    sql_put(sql, ")");
}

/* Returns whether the words of this field of a case are found (contract 3, parameter q). Long texts come last. */
static bool is_searched(const struct entity_field *field, bool last)
{
    return field->searched && last == (field->kind == FIELD_MULTILINE);
}

/* Appends the searched fields to a SELECT, or their words from the row that it returned. */
static void add_searched(struct sql *sql, const struct db_rows *rows, struct buf *words)
{
    int column = 1;
    for (int last = 0; last <= 1; last++) {
        for (size_t i = 0; i < case_entity.count; i++) {
            const struct entity_field *field = &case_entity.fields[i];
            if (!is_searched(field, last))
                continue;
            if (sql)
                sql_put(sql, ", c.{}", SQL(field->column_literal));
            else if (field->kind == FIELD_KEY)
                search_words_add_number(words, db_text(rows, column++));
            else
                search_words_add(words, db_text(rows, column++));
        }
    }
}

/* Cuts the words where the limit of the index is reached. */
static void cut_words(struct buf *words)
{
    if (words->n <= WORDS_BYTES)
        return;
    words->n = WORDS_BYTES;
    while (words->n && words->p[words->n - 1] != ' ')
        words->n--;
}

static bool scope_load_cases(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql = sql_start(chunk->arena, "SELECT c.id");
    add_searched(&sql, NULL, NULL);
    sql_put(&sql, " FROM cases c WHERE c.id IN ");
    add_ids(&sql, chunk);
    sql_put(&sql, " ORDER BY c.id");
    chunk->cases = ARENA_ARRAY(chunk->arena, struct derived, chunk->id_count);
    struct db_rows *rows = db_query_sql(conn, chunk->arena, &sql, err);
    while (db_next(rows) && chunk->count < chunk->id_count) {
        struct derived *one = &chunk->cases[chunk->count++];
        *one = (struct derived){.case_id = db_int(rows, 0)};
        buf_init(&one->words, chunk->arena);
        add_searched(NULL, rows, &one->words);
        cut_words(&one->words);
    }
    return db_done(rows, err);
}

/*
 * Writes who can reach a case: its contacts, its customer, its object, and the customer of its object if that is
 * another customer. This statement is the only place with this rule; case_scope and the scope tokens of the words both
 * come from it.
 */
static bool write_scopes(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql = sql_start(chunk->arena, "DELETE FROM case_scope WHERE case_id IN ");
    add_ids(&sql, chunk);
    if (!db_exec_sql(conn, &sql, err))
        return false;
    sql = sql_start(chunk->arena,
                    "INSERT INTO case_scope (scope, created, case_id) WITH chunk AS (SELECT c.id, c.created,"
                    " c.customer_id, c.object_id, o.customer_id AS owner_id,"
                    " CASE WHEN c.status = " CASE_CANCELLED_SQL " THEN -1 ELSE 1 END AS side"
                    " FROM cases c LEFT JOIN object o ON o.id = c.object_id"
                    " WHERE c.id IN ");
    add_ids(&sql, chunk);
    sql_put(&sql, ") SELECT side * k.contact_id * 4, chunk.created, chunk.id FROM chunk"
                  " JOIN case_contact k ON k.case_id = chunk.id"
                  " UNION ALL SELECT side * (customer_id * 4 + 1), created, id FROM chunk WHERE customer_id IS NOT NULL"
                  " UNION ALL SELECT side * (object_id * 4 + 2), created, id FROM chunk WHERE object_id IS NOT NULL"
                  " UNION ALL SELECT side * (owner_id * 4 + 3), created, id FROM chunk"
                  " WHERE owner_id IS NOT NULL AND owner_id IS DISTINCT FROM customer_id");
    return db_exec_sql(conn, &sql, err);
}

/* The rows of scope_event, for each scope that reaches a case. */
#define EVENTS                                                                                                         \
    "SELECT reach.scope, " EVENT_CASE_FINISHED_SQL ", c.finished, c.id, 0 FROM reach"                                  \
    " JOIN cases c ON c.id = reach.case_id WHERE c.status = " CASE_FINISHED_SQL " AND c.finished IS NOT NULL"          \
    " UNION ALL SELECT reach.scope, " EVENT_WORK_ORDER_CREATED_SQL ", w.created, w.case_id, w.id FROM reach"           \
    " JOIN work_order w ON w.case_id = reach.case_id AND w.status <> " WORK_ORDER_CANCELLED_SQL                        \
    " UNION ALL SELECT reach.scope, " EVENT_CASE_OPEN_SQL ", c.created, c.id, 0 FROM reach"                            \
    " JOIN cases c ON c.id = reach.case_id WHERE c.status < " CASE_FINISHED_SQL                                        \
    " UNION ALL SELECT reach.scope, " EVENT_BOOKED_SQL ", COALESCE(w.booked_from, w.booked_to), w.case_id, w.id"       \
    " FROM reach JOIN cases c ON c.id = reach.case_id JOIN work_order w ON w.case_id = reach.case_id"                  \
    " WHERE " WORK_ORDER_OPEN " AND COALESCE(w.booked_from, w.booked_to) IS NOT NULL"                                  \
    " UNION ALL SELECT reach.scope, " EVENT_STAFF_WROTE_SQL ", m.at, m.case_id, 0 FROM reach JOIN case_message m"      \
    " ON m.id = (SELECT MAX(x.id) FROM case_message x WHERE x.case_id = reach.case_id) WHERE m.from_staff = 1"         \
    " UNION ALL SELECT reach.scope, " EVENT_CASE_CANCELLED_SQL ", c.created, c.id, 0 FROM reach"                       \
    " JOIN cases c ON c.id = reach.case_id WHERE c.status = " CASE_CANCELLED_SQL

/*
 * Writes the events of cases. Call it after write_scopes. A materialized `reach` would have SQLite read all cases and
 * work orders for Bloom filters of them.
 */
static bool write_events(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql = sql_start(chunk->arena, "DELETE FROM scope_event WHERE case_id IN ");
    add_ids(&sql, chunk);
    if (!db_exec_sql(conn, &sql, err))
        return false;
    sql = sql_start(chunk->arena, "INSERT INTO scope_event (scope, kind, at, case_id, work_order_id)"
                                  " WITH reach AS NOT MATERIALIZED"
                                  " (SELECT scope, case_id FROM case_scope WHERE case_id IN ");
    add_ids(&sql, chunk);
    sql_put(&sql, ") " EVENTS);
    return db_exec_sql(conn, &sql, err);
}

static bool add_scope_tokens(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct sql sql = sql_start(chunk->arena, "SELECT case_id, scope FROM case_scope WHERE case_id IN ");
    add_ids(&sql, chunk);
    sql_put(&sql, " ORDER BY case_id, scope");
    size_t at = 0;
    struct db_rows *rows = db_query_sql(conn, chunk->arena, &sql, err);
    for (int64_t case_id, scope; db_read_next(rows, TO(&case_id), TO(&scope));) {
        while (at < chunk->count && chunk->cases[at].case_id < case_id)
            at++;
        if (at == chunk->count || chunk->cases[at].case_id != case_id)
            continue;
        buf_str(&chunk->cases[at].words, search_scope_token(chunk->arena, scope));
        buf_char(&chunk->cases[at].words, ' ');
    }
    return db_done(rows, err);
}

/* A case that no longer exists gets no words. */
static bool write_words(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    struct search_row *cases = ARENA_ARRAY(chunk->arena, struct search_row, chunk->id_count);
    for (size_t i = 0, at = 0; i < chunk->id_count; i++) {
        bool there = at < chunk->count && chunk->cases[at].case_id == chunk->ids[i];
        cases[i] = (struct search_row){chunk->ids[i], there ? buf_text(&chunk->cases[at].words) : STR_NONE};
        at += there;
    }
    return dialect_search_put(conn, chunk->arena, SEARCH_CASES, cases, chunk->id_count, chunk->seen, err);
}

static bool refresh_chunk(struct db_conn *conn, struct chunk *chunk, struct err *err)
{
    return write_scopes(conn, chunk, err) && write_events(conn, chunk, err) && scope_load_cases(conn, chunk, err) &&
           add_scope_tokens(conn, chunk, err) && write_words(conn, chunk, err);
}

bool scope_refresh_case(struct db_conn *conn, struct arena *arena, int64_t case_id, struct err *err)
{
    struct chunk chunk = {.arena = arena, .ids = {case_id}, .id_count = 1};
    return refresh_chunk(conn, &chunk, err);
}

/* Refreshes all cases that a query returns, chunk by chunk. */
static bool refresh_all(struct db_conn *conn, const char *literal,
                        bool (*refresh)(struct db_conn *conn, struct chunk *chunk, struct err *err), struct err *err)
{
    struct arena *own = arena_create(), *whole = arena_create();
    struct search_seen *seen = dialect_search_seen(whole);
    int64_t after = 0;
    bool ok;
    for (;;) {
        struct chunk chunk = {.arena = own, .seen = seen};
        ok = db_read_numbers(db_query(conn, own, literal, DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err), chunk.ids, CHUNK,
                             &chunk.id_count, err);
        if (!ok || !chunk.id_count)
            break;
        after = chunk.ids[chunk.id_count - 1];
        ok = refresh(conn, &chunk, err);
        if (!ok)
            break;
        arena_reset(own);
    }
    arena_destroy(own);
    arena_destroy(whole);
    return ok;
}

bool scope_refresh_cases(struct db_conn *conn, const char *literal, struct err *err)
{
    return refresh_all(conn, literal, refresh_chunk, err);
}

bool scope_refresh_events(struct db_conn *conn, const char *literal, struct err *err)
{
    return refresh_all(conn, literal, write_events, err);
}

bool scope_refresh_case_events(struct db_conn *conn, int64_t case_id, struct err *err)
{
    struct chunk chunk = {.arena = arena_create(), .ids = {case_id}, .id_count = 1};
    bool ok = write_events(conn, &chunk, err);
    arena_destroy(chunk.arena);
    return ok;
}

bool generation_bump(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "UPDATE generation SET value = value + 1 WHERE name = 'cases'", DB_NO_ARGS, err);
}

bool generation_bump_waiting(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "UPDATE generation SET value = value + 1 WHERE name = 'waiting'", DB_NO_ARGS, err);
}

bool generations_read(struct db_conn *conn, struct generations *generations, struct err *err)
{
    return db_find(conn, NULL, "SELECT " GENERATIONS_LITERAL, DB_NO_ARGS,
                   DB_TARGETS(TO(&generations->cases), TO(&generations->waiting)), NULL, err);
}
