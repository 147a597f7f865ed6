#include "bulk/demo/demo.h"

#include "access/entity_words.h"
#include "base/clock.h"
#include "bulk/demo/rows.h"
#include "cli/cli.h"
#include "portal/setting.h"
#include "service/password.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define CASES_MAX 1000000

/* The last day of the data without --until. It is fixed, so that the same seed gives the same data on every day. */
#define LAST_DAY "2026-11-20"

struct wishes {
    struct str cases, seed, until;
    int64_t case_count, seed_number;
    int32_t last_day;
};

static bool refuse_filled(struct db_conn *conn, struct err *err)
{
    int64_t rows = 0;
    if (!db_query_int(conn,
                      "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS x FROM cases LIMIT 1) a)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM customer LIMIT 1) b)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM object LIMIT 1) c)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM contact LIMIT 1) d)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM account LIMIT 1) e)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM article LIMIT 1) f)"
                      " + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM picklist_item LIMIT 1) g)",
                      DB_NO_ARGS, NULL, &rows, err))
        return false;
    return rows == 0 || err_set(err, ERR_CONFLICT, NULL, "the database has data already; demo needs an empty one");
}

struct finish {
    struct arena *arena;
    const struct world *world;
    struct str data, logins;
};

static bool finish_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct finish *finish = context;
    return demo_specifications_add(conn, finish->arena, finish->world, err) &&
           entity_words_refresh_rows(conn, SEARCH_SPECIFICATIONS, row_set("SELECT id FROM invoice_specification"),
                                     err) &&
           demo_files_add(conn, finish->world, finish->data, err) && demo_staff_add(conn, finish->arena, err) &&
           letters_add(conn, finish->arena, err) && setting_save(conn, "demo_logins", finish->logins, err);
}

static bool print_more(struct db_conn *conn, struct err *err)
{
    int64_t specifications = 0, files = 0;
    if (!db_query_int(conn, "SELECT COUNT(*) FROM invoice_specification", DB_NO_ARGS, NULL, &specifications, err) ||
        !db_query_int(conn, "SELECT COUNT(*) FROM file", DB_NO_ARGS, NULL, &files, err))
        return false;
    (void)printf("invoice_specifications.csv: %" PRId64 " rows\nfiles.csv: %" PRId64 " rows\n", specifications, files);
    return true;
}

static bool demo_fill(struct cli *cli, const struct wishes *wishes, struct db_conn *conn, struct str *logins,
                      struct err *err)
{
    struct world *world = world_create(cli->arena, (uint64_t)wishes->seed_number, wishes->case_count, wishes->last_day);
    struct load_source sources[DEMO_SOURCES];
    struct load_options options = {.config = &cli->config, .progress = isatty(STDERR_FILENO) == 1};
    struct load_result *result = ARENA_NEW(cli->arena, struct load_result);
    rows_sources(world, cli->arena, sources);
    *logins = logins_text(cli->arena, world);
    if (!refuse_filled(conn, err))
        return false;
    if (!load_run(conn, cli->arena, sources, DEMO_SOURCES, &options, result, err)) {
        if (result->problem_count)
            return err_set(err, ERR_INTERNAL, NULL, "the demonstration company contradicts itself: %.*s",
                           STR_FMT(result->problems[0]));
        return false;
    }
    for (size_t i = 0; i < DEMO_SOURCES; i++)
        (void)printf("%s: %" PRId64 " rows\n", sources[i].file, result->counts[i].added);
    struct finish finish = {cli->arena, world, cli->config.data, *logins};
    return db_transaction(conn, finish_body, &finish, err) && print_more(conn, err);
}

static int demo(struct cli *cli, const struct wishes *wishes)
{
    struct password_cost cost = {cli->config.hash_memory_kib, cli->config.hash_passes, 2};
    struct db *db = NULL;
    struct db_conn *conn = NULL;
    struct err err = {0};
    struct str logins = STR_NONE;
    bool started = password_start(cost, &err);
    bool ok = started && cli_open_database(cli, &db, &conn, &err) && demo_fill(cli, wishes, conn, &logins, &err);
    db_release(conn);
    db_close(db);
    if (started)
        password_stop();
    if (!ok)
        return cli_fail(cli->command, &err);
    (void)printf("\n%.*s", STR_FMT(logins));
    return 0;
}

static bool wishes_read(struct wishes *wishes)
{
    return str_to_int(wishes->cases, &wishes->case_count) && wishes->case_count >= 1 &&
           wishes->case_count <= CASES_MAX && str_to_int(wishes->seed, &wishes->seed_number) &&
           date_parse(wishes->until, &wishes->last_day);
}

static struct wishes wishes = {.cases = STR_INIT("2000"), .seed = STR_INIT("1"), .until = STR_INIT(LAST_DAY)};
static const struct cli_option DEMO_OPTIONS[] = {
    {.name = "cases", .argument = "N", .help = "how many cases, 1 to 1000000 (2000)", .value = &wishes.cases},
    {.name = "seed",
     .argument = "S",
     .help = "a whole number; the same seed makes the same data (1)",
     .value = &wishes.seed},
    {.name = "until",
     .argument = "YYYY-MM-DD",
     .help = "the last day of the data (" LAST_DAY ")",
     .value = &wishes.until},
};

static int demo_run(struct cli *cli)
{
    if (wishes_read(&wishes))
        return demo(cli, &wishes);
    return cli_usage_error(cli->command, "--cases is 1 to 1000000, --seed a whole number, --until a date YYYY-MM-DD");
}

const struct command demo_command = {
    .name = "demo",
    .summary = "Fills an empty database with a demonstration company",
    .run = demo_run,
    COMMAND_OPTIONS(DEMO_OPTIONS),
};
