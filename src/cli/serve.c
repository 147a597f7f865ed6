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

int serve_command(struct feature_list features, int argc, char **argv)
{
    static const struct cli_option options[] = {
        {"listen", "ADDR:PORT", "where to listen (default 127.0.0.1:8080; unix:/PATH is a socket)", "server.listen",
         NULL, NULL},
        {"base-url", "URL", "address of the portal as its users see it", "server.base_url", NULL, NULL},
    };
    struct cli cli;
    struct err err = {.kind = ERR_NONE};
    int code = 0;
    if (!cli_start(&cli, argc, argv, options, 2, (const int[2]){0, 0}, &code))
        return code;
    if (!serve_prepare(&cli, &err) || !portal_serve(&cli.config, features, say_ready, &err))
        code = cli_fail(cli.command, &err);
    cli_end(&cli);
    return code;
}
