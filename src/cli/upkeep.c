/* migrate and version. */
#include "access/entity_words.h"
#include "cli/commands.h"
#include "db/migrate.h"
#include "service/store.h"

#include <stdio.h>

static int version_run(struct cli *cli)
{
    (void)cli;
    (void)puts("kundportal " KP_VERSION);
    return 0;
}

const struct command version_command = {
    .name = "version", .summary = "Tells the version of the program", .run = version_run};

static bool dry_run;

static bool migrate_open(struct cli *cli, int *applied, struct buf *names, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1};
    if (!db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && migrate_run(conn, dry_run, applied, names, err) && (dry_run || entity_words_fill(conn, err));
    db_release(conn);
    db_close(db);
    return ok;
}

static int migrate_run_command(struct cli *cli)
{
    struct buf names;
    struct err err = {.kind = ERR_NONE};
    int applied = 0;
    buf_init(&names, cli->arena);
    if (dry_run && !cli_database_exists(cli, &err))
        applied = migrate_tell_all(&names);
    else if ((!dry_run && !store_prepare(cli->config.data, &err)) || !migrate_open(cli, &applied, &names, &err))
        return cli_fail(cli->command, &err);
    (void)printf("%.*s%s: %d\n", STR_FMT(buf_text(&names)), dry_run ? "To be applied" : "Applied", applied);
    return 0;
}

static const struct cli_option MIGRATE_OPTIONS[] = {
    {.name = "dry-run", .help = "only tell what would be applied", .flag = &dry_run}};

const struct command migrate_command = {
    .name = "migrate",
    .summary = "Brings the schema of the database up to date",
    .run = migrate_run_command,
    COMMAND_OPTIONS(MIGRATE_OPTIONS),
};
