/* migrate and version. */
#include "cli/commands.h"
#include "db/migrate.h"
#include "service/store.h"

#include <stdio.h>

int version_command(int argc, char **argv)
{
    struct cli cli;
    int code = 0;
    if (!cli_start(&cli, argc, argv, NULL, 0, (const int[2]){0, 0}, &code))
        return code;
    (void)puts("kundportal " KP_VERSION);
    cli_end(&cli);
    return 0;
}

static bool migrate_open(struct cli *cli, bool dry_run, int *applied, struct buf *names, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1};
    if (!db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && migrate_run(conn, cli->arena, dry_run, applied, names, err);
    db_release(conn);
    db_close(db);
    return ok;
}

static bool migrate(struct cli *cli, bool dry_run, struct err *err)
{
    struct buf names;
    int applied = 0;
    buf_init(&names, cli->arena);
    if (dry_run && !cli_database_exists(cli, err))
        applied = migrate_tell_all(&names);
    else if ((!dry_run && !store_prepare(cli->config.data, err)) || !migrate_open(cli, dry_run, &applied, &names, err))
        return false;
    (void)printf("%.*s%s: %d\n", STR_FMT(buf_text(&names)), dry_run ? "To be applied" : "Applied", applied);
    return true;
}

int migrate_command(int argc, char **argv)
{
    bool dry_run = false;
    const struct cli_option options[] = {{"dry-run", NULL, "only tell what would be applied", NULL, NULL, &dry_run}};
    struct cli cli;
    struct err err = {.kind = ERR_NONE};
    int code = 0;
    if (!cli_start(&cli, argc, argv, options, 1, (const int[2]){0, 0}, &code))
        return code;
    if (!migrate(&cli, dry_run, &err))
        code = cli_fail(cli.command, &err);
    cli_end(&cli);
    return code;
}
