/*
 * check: verifies the settings, the schema, the database, the derived tables, the files, and what each feature wants to
 * check.
 */
#include "access/entity_words.h"
#include "access/scope.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "db/migrate.h"
#include "portal/visit.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * The rows that case_scope must have (schema; scope = id * 4 + kind, negative for cancelled cases), to compare with its
 * actual rows.
 */
#define SIDE "CASE WHEN c.status = " CASE_CANCELLED_SQL " THEN -1 ELSE 1 END * "
#define SCOPES_AS_THEY_SHOULD_BE                                                                                       \
    "(SELECT " SIDE "x.contact_id * 4 AS scope, c.created AS created, c.id AS case_id"                                 \
    " FROM case_contact x JOIN cases c ON c.id = x.case_id"                                                            \
    " UNION ALL SELECT " SIDE "(c.customer_id * 4 + 1), c.created, c.id FROM cases c WHERE c.customer_id IS NOT NULL"  \
    " UNION ALL SELECT " SIDE "(c.object_id * 4 + 2), c.created, c.id FROM cases c WHERE c.object_id IS NOT NULL"      \
    " UNION ALL SELECT " SIDE                                                                                          \
    "(o.customer_id * 4 + 3), c.created, c.id FROM cases c JOIN object o ON o.id = c.object_id"                        \
    " WHERE o.customer_id IS NOT NULL AND o.customer_id <> COALESCE(c.customer_id, 0))"

static const char SCOPES_MISSING[] =
    "SELECT count(*) FROM (SELECT scope, created, case_id FROM " SCOPES_AS_THEY_SHOULD_BE
    " w EXCEPT SELECT scope, created, case_id FROM case_scope) d";
static const char SCOPES_TOO_MANY[] = "SELECT count(*) FROM (SELECT scope, created, case_id FROM case_scope EXCEPT "
                                      "SELECT scope, created, case_id FROM " SCOPES_AS_THEY_SHOULD_BE " w) d";

/* The same for scope_event, based on case_scope, which is compared above. */
#define EVENTS_AS_THEY_SHOULD_BE                                                                                       \
    "(SELECT s.scope, " EVENT_CASE_FINISHED_SQL " AS kind, c.finished AS at, c.id AS case_id, 0 AS work_order_id"      \
    " FROM case_scope s JOIN cases c ON c.id = s.case_id WHERE c.status = " CASE_FINISHED_SQL                          \
    " AND c.finished IS NOT NULL"                                                                                      \
    " UNION ALL SELECT s.scope, " EVENT_WORK_ORDER_CREATED_SQL ", w.created, w.case_id, w.id FROM work_order w"        \
    " JOIN case_scope s ON s.case_id = w.case_id AND w.status <> " WORK_ORDER_CANCELLED_SQL                            \
    " UNION ALL SELECT s.scope, " EVENT_CASE_OPEN_SQL ", c.created, c.id, 0 FROM case_scope s"                         \
    " JOIN cases c ON c.id = s.case_id WHERE c.status < " CASE_FINISHED_SQL                                            \
    " UNION ALL SELECT s.scope, " EVENT_BOOKED_SQL ", COALESCE(w.booked_from, w.booked_to), w.case_id, w.id"           \
    " FROM work_order w JOIN case_scope s ON s.case_id = w.case_id JOIN cases c ON c.id = w.case_id"                   \
    " WHERE " WORK_ORDER_OPEN " AND COALESCE(w.booked_from, w.booked_to) IS NOT NULL"                                  \
    " UNION ALL SELECT s.scope, " EVENT_STAFF_WROTE_SQL ", m.at, m.case_id, 0 FROM case_message m"                     \
    " JOIN case_scope s ON s.case_id = m.case_id WHERE m.from_staff = 1 AND NOT EXISTS"                                \
    " (SELECT 1 FROM case_message x WHERE x.case_id = m.case_id AND x.id > m.id)"                                      \
    " UNION ALL SELECT s.scope, " EVENT_CASE_CANCELLED_SQL ", c.created, c.id, 0 FROM case_scope s"                    \
    " JOIN cases c ON c.id = s.case_id WHERE c.status = " CASE_CANCELLED_SQL ")"

static const char EVENTS_MISSING[] =
    "SELECT count(*) FROM (SELECT scope, kind, at, case_id, work_order_id FROM " EVENTS_AS_THEY_SHOULD_BE
    " w EXCEPT SELECT scope, kind, at, case_id, work_order_id FROM scope_event) d";
static const char EVENTS_TOO_MANY[] =
    "SELECT count(*) FROM (SELECT scope, kind, at, case_id, work_order_id FROM scope_event EXCEPT "
    "SELECT scope, kind, at, case_id, work_order_id FROM " EVENTS_AS_THEY_SHOULD_BE " w) d";

/* What lists of cases show of the work and the messages of a case. */
static const char TEXTS_WRONG[] =
    "SELECT count(*) FROM cases c WHERE c.done_row <> COALESCE((SELECT substr(COALESCE(NULLIF(r.description, ''),"
    " r.title), 1, 250) FROM article_row r WHERE r.case_id = c.id AND r.status <> 'cancelled'"
    " AND (r.description <> '' OR r.title <> '') ORDER BY CASE WHEN r.article_type = 'time' THEN 0 ELSE 1 END,"
    " r.row_date DESC, r.id DESC LIMIT 1), '')"
    " OR c.done_order <> COALESCE((SELECT substr(w.title, 1, 250) FROM work_order w WHERE w.case_id = c.id"
    " AND w.title <> '' AND w.status <> " WORK_ORDER_CANCELLED_SQL
    " ORDER BY COALESCE(w.finished, 0) DESC, w.id DESC LIMIT 1), '')"
    " OR c.staff_message IS DISTINCT FROM (SELECT m.id FROM case_message m WHERE m.case_id = c.id"
    " AND m.from_staff = 1 AND m.id = (SELECT MAX(x.id) FROM case_message x WHERE x.case_id = c.id))";

static bool cli_check_compare(struct db_conn *conn, const char *what, const char *missing_literal,
                              const char *extra_literal, struct buf *report, struct err *err)
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
    return cli_check_compare(conn, "who may see which case", SCOPES_MISSING, SCOPES_TOO_MANY, report, err) &&
           cli_check_compare(conn, "when what happened to a case", EVENTS_MISSING, EVENTS_TOO_MANY, report, err);
}

static bool check_case_texts(struct db_conn *conn, struct buf *report, struct err *err)
{
    int64_t wrong = 0;
    if (!db_query_int(conn, TEXTS_WRONG, DB_NO_ARGS, NULL, &wrong, err))
        return false;
    if (wrong)
        buf_printf(report, "what lists show of work and messages: %" PRId64 " cases are wrong\n", wrong);
    return true;
}

static bool check_features(struct cli *cli, struct db_conn *conn, struct buf *report, struct err *err)
{
    const struct feature_list features = *cli->features;
    for (size_t f = 0; f < features.count; f++) {
        if (features.items[f]->check && !features.items[f]->check(conn, &cli->config, cli->arena, report, err))
            return false;
    }
    return true;
}

static bool cli_check(struct cli *cli, struct buf *report, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1, .statement_timeout_ms = -1};
    if (!cli_database_exists(cli, err) || !db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && migrate_check(conn, err) && cli_apply_configuration(cli, conn, report, err) &&
              db_verify(conn, report, err) && check_scopes(conn, report, err) && check_case_texts(conn, report, err) &&
              entity_words_verify(conn, report, err) &&
              contents_check(cli->arena, cli->config.data, conn, report, err) && check_features(cli, conn, report, err);
    db_release(conn);
    db_close(db);
    return ok;
}

static int check_run(struct cli *cli)
{
    struct buf report;
    struct err err = {.kind = ERR_NONE};
    buf_init(&report, cli->arena);
    bool ok = cli_check(cli, &report, &err);
    struct str findings = buf_text(&report);
    (void)fprintf(stderr, "%.*s", STR_FMT(findings));
    if (!ok)
        return cli_fail(cli->command, &err);
    if (findings.n)
        return 1;
    (void)printf("All is well: settings%s%.*s, database, files.\n", cli->config.file.n ? " of " : "",
                 STR_FMT(cli->config.file));
    return 0;
}

const struct command check_command = {
    .name = "check", .summary = "Verifies database, files and settings", .run = check_run};
