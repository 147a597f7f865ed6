#include "db/engine.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_CONNECTIONS 8
#define DEFAULT_ACQUIRE_MS 5000
#define DEFAULT_BUSY_MS 10000
#define DEFAULT_STATEMENT_MS 60000

static const struct engine *engine_of(struct str url, struct str *address)
{
    if (str_starts(url, STR("sqlite:"))) {
        *address = str_slice(url, sizeof "sqlite:" - 1, url.n);
        return &engine_sqlite;
    }
    *address = url;
    if (str_starts(url, STR("postgresql://")) || str_starts(url, STR("postgres://")))
        return &engine_postgres;
    return NULL;
}

static struct db_options options_complete(const struct db_options *given)
{
    struct db_options options = given ? *given : (struct db_options){0};
    if (!options.connections)
        options.connections = DEFAULT_CONNECTIONS;
    if (!options.acquire_timeout_ms)
        options.acquire_timeout_ms = DEFAULT_ACQUIRE_MS;
    if (!options.busy_timeout_ms)
        options.busy_timeout_ms = DEFAULT_BUSY_MS;
    if (!options.statement_timeout_ms)
        options.statement_timeout_ms = DEFAULT_STATEMENT_MS;
    return options;
}

static void db_free(struct db *db)
{
    gate_destroy(&db->places);
    gate_destroy(&db->write_places);
    gate_destroy(&db->writer);
    (void)pthread_mutex_destroy(&db->lock);
    free(db->address);
    free(db);
}

static struct db *db_new(const struct engine *engine, struct str address, const struct db_options *options)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        return NULL;
    db->engine = engine;
    db->options = options_complete(options);
    db->address = address.n && memchr(address.p, 0, address.n) ? NULL : strndup(address.n ? address.p : "", address.n);
    bool locks = gate_init(&db->places, db->options.connections) && gate_init(&db->write_places, db->options.writers) &&
                 gate_init(&db->writer, 1) && pthread_mutex_init(&db->lock, NULL) == 0;
    if (db->address && locks)
        return db;
    db_free(db);
    return NULL;
}

bool db_open(struct db **out, struct str url, const struct db_options *options, struct err *err)
{
    *out = NULL;
    struct str address;
    const struct engine *engine = engine_of(url, &address);
    if (!engine)
        return err_set(err, ERR_INVALID, NULL, "a database is sqlite:PATH or postgresql://...");
    struct db *db = db_new(engine, address, options);
    if (!db)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for the database pool, or NUL in its address");
    if (!engine->start(db, err)) {
        db_free(db);
        return false;
    }
    struct db_conn *conn = db_acquire(db, err); /* finds a wrong address at once */
    if (!conn) {
        db_close(db);
        return false;
    }
    db_release(conn);
    *out = db;
    return true;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    while (db->idle) {
        struct db_conn *conn = db->idle;
        db->idle = conn->next;
        db->engine->disconnect(conn);
    }
    db->engine->stop(db);
    db_free(db);
}

int db_writers(const struct db *db)
{
    return atomic_load_explicit(&db->writers, memory_order_relaxed);
}

enum db_engine db_conn_engine(const struct db_conn *conn)
{
    return conn->db->engine->kind;
}

static struct db_conn *idle_take(struct db *db)
{
    (void)pthread_mutex_lock(&db->lock);
    struct db_conn *conn = db->idle; /* the last one used, because its caches are warm */
    if (conn)
        db->idle = conn->next;
    (void)pthread_mutex_unlock(&db->lock);
    return conn;
}

static struct db_conn *acquire(struct db *db, struct gate *place, struct err *err)
{
    if (!gate_enter(place, db->options.acquire_timeout_ms)) {
        (void)err_set(err, ERR_BUSY, NULL, "no database connection became free");
        (void)db_retry_after(err, 2);
        return NULL;
    }
    struct db_conn *conn = idle_take(db);
    while (conn && !db->engine->wake(conn)) {
        db->engine->disconnect(conn);
        conn = idle_take(db);
    }
    if (!conn && !db->engine->connect(db, &conn, err)) {
        gate_leave(place);
        return NULL;
    }
    conn->place = place;
    conn->waits = place == &db->write_places || !db->options.writers;
    conn->next = NULL;
    conn->steady = false;
    return conn;
}

struct db_conn *db_acquire(struct db *db, struct err *err)
{
    return acquire(db, &db->places, err);
}

struct db_conn *db_acquire_to_write(struct db *db, struct err *err)
{
    return acquire(db, db->options.writers ? &db->write_places : &db->places, err);
}

void db_release(struct db_conn *conn)
{
    if (!conn)
        return;
    struct db *db = conn->db;
    struct gate *place = conn->place;
    db_leave_transaction(conn);
    if (db->engine->usable(conn)) {
        (void)pthread_mutex_lock(&db->lock);
        conn->next = db->idle;
        db->idle = conn;
        (void)pthread_mutex_unlock(&db->lock);
    } else {
        db->engine->disconnect(conn);
    }
    gate_leave(place);
}
