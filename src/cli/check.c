/* check: settings, schema, database, derived tables, files, and what the features know to look at. */
#include "cli/commands.h"
#include "db/migrate.h"
#include "service/store.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

/* What case_scope must hold (schema; scope = id * 4 + kind), compared with what it holds. */
#define SCOPES_AS_THEY_SHOULD_BE                                                                                       \
    "(SELECT x.contact_id * 4 AS scope, c.created AS created, c.id AS case_id"                                         \
    " FROM case_contact x JOIN cases c ON c.id = x.case_id"                                                            \
    " UNION ALL SELECT c.customer_id * 4 + 1, c.created, c.id FROM cases c WHERE c.customer_id IS NOT NULL"            \
    " UNION ALL SELECT c.object_id * 4 + 2, c.created, c.id FROM cases c WHERE c.object_id IS NOT NULL"                \
    " UNION ALL SELECT o.customer_id * 4 + 3, c.created, c.id FROM cases c JOIN object o ON o.id = c.object_id"        \
    " WHERE o.customer_id IS NOT NULL AND o.customer_id <> COALESCE(c.customer_id, 0))"

static const char SCOPES_MISSING[] =
    "SELECT count(*) FROM (SELECT scope, created, case_id FROM " SCOPES_AS_THEY_SHOULD_BE
    " w EXCEPT SELECT scope, created, case_id FROM case_scope) d";
static const char SCOPES_TOO_MANY[] = "SELECT count(*) FROM (SELECT scope, created, case_id FROM case_scope EXCEPT "
                                      "SELECT scope, created, case_id FROM " SCOPES_AS_THEY_SHOULD_BE " w) d";

/* The same of scope_event; case_scope itself is compared above. */
#define EVENTS_AS_THEY_SHOULD_BE                                                                                       \
    "(SELECT s.scope, 1 AS kind, c.finished AS at, c.id AS case_id, 0 AS work_order_id"                                \
    " FROM case_scope s JOIN cases c ON c.id = s.case_id WHERE c.status = 2 AND c.finished IS NOT NULL"                \
    " UNION ALL SELECT s.scope, 2, w.created, w.case_id, w.id FROM work_order w"                                       \
    " JOIN case_scope s ON s.case_id = w.case_id)"

static const char EVENTS_MISSING[] =
    "SELECT count(*) FROM (SELECT scope, kind, at, case_id, work_order_id FROM " EVENTS_AS_THEY_SHOULD_BE
    " w EXCEPT SELECT scope, kind, at, case_id, work_order_id FROM scope_event) d";
static const char EVENTS_TOO_MANY[] =
    "SELECT count(*) FROM (SELECT scope, kind, at, case_id, work_order_id FROM scope_event EXCEPT "
    "SELECT scope, kind, at, case_id, work_order_id FROM " EVENTS_AS_THEY_SHOULD_BE " w) d";

static bool compare(struct db_conn *conn, const char *what, const char *missing_literal, const char *extra_literal,
                    struct buf *report, struct err *err)
{
    int64_t missing = 0, extra = 0;
    if (!db_query_int(conn, missing_literal, DB_NO_ARGS, NULL, &missing, err) ||
        !db_query_int(conn, extra_literal, DB_NO_ARGS, NULL, &extra, err))
        return false;
    if (missing || extra)
        buf_printf(report, "%s: %" PRId64 " entries are missing, %" PRId64 " too many\n", what, missing, extra);
    return true;
}

static bool check_scopes(struct db_conn *conn, struct buf *report, struct err *err)
{
    return compare(conn, "who may see which case", SCOPES_MISSING, SCOPES_TOO_MANY, report, err) &&
           compare(conn, "when what happened to a case", EVENTS_MISSING, EVENTS_TOO_MANY, report, err);
}

/* The store names a content by its BLAKE2b digest. */
static bool content_is_sound(struct arena *arena, int fd, struct str digest)
{
    crypto_generichash_state state;
    unsigned char bytes[32768], made[crypto_generichash_BYTES];
    struct buf hex;
    ssize_t n;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof made);
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        (void)crypto_generichash_update(&state, bytes, (size_t)n);
    (void)crypto_generichash_final(&state, made, sizeof made);
    buf_init(&hex, arena);
    buf_hex(&hex, made, sizeof made);
    return n == 0 && str_eq(buf_text(&hex), digest);
}

static void check_content(struct arena *arena, struct str data, const struct db_rows *rows, struct buf *report)
{
    struct err err = {.kind = ERR_NONE};
    struct str digest = db_text_copy(rows, 0, arena);
    int fd = -1;
    int64_t size = 0;
    if (!store_open(data, digest, &fd, &size, &err)) {
        buf_printf(report, "file %.*s: %s\n", STR_FMT(digest), err.kind == ERR_NOT_FOUND ? "is missing" : err.detail);
        return;
    }
    if (size != db_int(rows, 1) || !content_is_sound(arena, fd, digest))
        buf_printf(report, "file %.*s: its content is damaged\n", STR_FMT(digest));
    (void)close(fd);
}

static bool check_files(struct cli *cli, struct db_conn *conn, struct buf *report, struct err *err)
{
    struct arena *row = arena_create();
    struct db_rows *rows =
        db_query(conn, cli->arena, "SELECT digest, size FROM file UNION SELECT digest, size FROM upload ORDER BY 1",
                 DB_NO_ARGS, err);
    while (rows && db_next(rows)) {
        check_content(row, cli->config.data, rows, report);
        arena_reset(row);
    }
    arena_destroy(row);
    return db_done(rows, err);
}

static bool check_features(struct cli *cli, struct db_conn *conn, struct feature_list features, struct buf *report,
                           struct err *err)
{
    for (size_t f = 0; f < features.count; f++) {
        if (features.items[f]->check && !features.items[f]->check(conn, &cli->config, cli->arena, report, err))
            return false;
    }
    return true;
}

static bool check(struct cli *cli, struct feature_list features, struct buf *report, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1, .statement_timeout_ms = -1};
    if (!cli_database_exists(cli, err) || !db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && migrate_check(conn, err) && cli_apply_configuration(cli, conn, report, err) &&
              db_verify(conn, cli->arena, report, err) && check_scopes(conn, report, err) &&
              check_files(cli, conn, report, err) && check_features(cli, conn, features, report, err);
    db_release(conn);
    db_close(db);
    return ok;
}

int check_command(struct feature_list features, int argc, char **argv)
{
    struct cli cli;
    struct buf report;
    struct err err = {.kind = ERR_NONE};
    int code = 0;
    if (!cli_start(&cli, argc, argv, NULL, 0, (const int[2]){0, 0}, &code))
        return code;
    buf_init(&report, cli.arena);
    bool ok = check(&cli, features, &report, &err);
    struct str findings = buf_text(&report);
    (void)fprintf(stderr, "%.*s", STR_FMT(findings));
    if (!ok)
        code = cli_fail(cli.command, &err);
    else if (findings.n)
        code = 1;
    else
        (void)printf("All is well: settings%s%.*s, database, files.\n", cli.config.file.n ? " of " : "",
                     STR_FMT(cli.config.file));
    cli_end(&cli);
    return code;
}
