#include "base/log.h"
#include "cli/commands.h"
#include "portal/server.h"
#include "portal/setting.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The logins of the demonstration company, which say_ready prints after the address. */
static struct str demo_logins;

static void say_ready(struct str address)
{
    if (str_starts(address, STR("unix:")))
        (void)printf("Kundportal listens on %.*s\n", STR_FMT(address));
    else
        (void)printf("Kundportal listens on http://%.*s\n", STR_FMT(address));
    if (demo_logins.n)
        (void)printf("%.*s\n", STR_FMT(demo_logins));
    (void)fflush(stdout);
}

/* Brings the schema up to date before any process serves requests, and closes the connection before the fork. */
static bool serve_prepare(struct cli *cli, struct err *err)
{
    struct db *db;
    struct db_conn *conn;
    if (cli->config.log_file.n && !log_open(arena_z(cli->arena, cli->config.log_file)))
        return err_errno(err, "log file");
    if (!cli_open_database(cli, &db, &conn, err))
        return false;
    bool ok = setting_load(conn, cli->arena, "demo_logins", &demo_logins, err);
    db_release(conn);
    db_close(db);
    return ok;
}

static int serve_run(struct cli *cli)
{
    struct err err = {.kind = ERR_NONE};
    bool ok = serve_prepare(cli, &err) && portal_serve(&cli->config, *cli->features, say_ready, &err);
    return ok ? 0 : cli_fail(cli->command, &err);
}

static const struct cli_option SERVE_OPTIONS[] = {
    {.name = "listen",
     .argument = "ADDR:PORT",
     .help = "where to listen (default 127.0.0.1:8080; unix:/PATH is a socket)",
     .setting = "server.listen"},
    {.name = "base-url",
     .argument = "URL",
     .help = "address of the portal as its users see it",
     .setting = "server.base_url"},
};

const struct command serve_command = {
    .name = "serve",
    .summary = "Serves the portal",
    .run = serve_run,
    COMMAND_OPTIONS(SERVE_OPTIONS),
};
