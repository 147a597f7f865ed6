#include "cli/cli.h"

#include "access/entity_words.h"
#include "cli/options.h"
#include "db/migrate.h"
#include "service/config_versions.h"
#include "service/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct str cli_reason(struct arena *arena, const struct err *err)
{
    const char *text = err->detail[0] ? err->detail : err->message ? msgid_text(err->message) : "failed";
    char *line = arena_z(arena, str_of(text));
    for (char *at = line; *at; at++) {
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    }
    return str_of(line);
}

int cli_fail(const struct command *command, const struct err *err)
{
    struct arena *arena = arena_create();
    struct str reason = cli_reason(arena, err);
    (void)fprintf(stderr, "kundportal %s: %.*s\n", command->name, STR_FMT(reason));
    arena_destroy(arena);
    return 1;
}

int cli_usage_error(const struct command *command, const char *format, ...)
{
    va_list args;
    (void)fprintf(stderr, "kundportal %s: ", command->name);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fprintf(stderr, " (see kundportal %s --help)\n", command->name);
    return 2;
}

static bool load_settings(struct cli *cli, const struct options *options, int *exit_code)
{
    struct err err = {.kind = ERR_NONE};
    struct buf report;
    struct str path = options->config.n ? options->config : str_of(getenv("KUNDPORTAL_CONFIG"));
    buf_init(&report, cli->arena);
    if (config_load(cli->arena, path, options->overrides, options->override_count, &cli->config, &report, &err))
        return true;
    struct str faults = buf_text(&report);
    if (faults.n)
        (void)fprintf(stderr, "%.*s", STR_FMT(faults));
    else
        (void)cli_fail(cli->command, &err);
    *exit_code = str_starts(str_of(err.detail), STR(CONFIG_COMMAND_LINE)) ? 2 : 1;
    return false;
}

static bool operands_fit(struct cli *cli, int *exit_code)
{
    const struct command *command = cli->command;
    if (cli->operand_count >= command->least && (command->most < 0 || cli->operand_count <= command->most))
        return true;
    *exit_code = cli->operand_count < command->least
                     ? cli_usage_error(command, "an argument is missing: %s", command->usage)
                     : cli_usage_error(command, "too many arguments: %s", cli->operands[command->most]);
    return false;
}

int cli_run(const struct command *command, const struct feature_list *features, int argc, char **argv)
{
    struct options options = {.command = command};
    enum options_result result = options_read(&options, argc, argv);
    int code = result == OPTIONS_WRONG ? 2 : 0;
    if (result == OPTIONS_HELP)
        options_help(command);
    if (result != OPTIONS_GO)
        return code;
    struct cli cli = {.command = command,
                      .features = features,
                      .arena = arena_create(),
                      .operands = argv + options.first_operand,
                      .operand_count = argc - options.first_operand};
    if (operands_fit(&cli, &code) && load_settings(&cli, &options, &code))
        code = command->run(&cli);
    arena_destroy(cli.arena);
    return code;
}

bool cli_database_exists(struct cli *cli, struct err *err)
{
    struct str url = cli->config.database;
    if (!str_starts(url, STR("sqlite:")))
        return true;
    char *path = arena_z(cli->arena, str_slice(url, sizeof "sqlite:" - 1, url.n));
    return access(path, F_OK) == 0 || err_set(err, ERR_NOT_FOUND, NULL, "there is no database at %s", path);
}

bool cli_apply_configuration(struct cli *cli, struct db_conn *conn, struct buf *report, struct err *err)
{
    struct config *base = ARENA_NEW(cli->arena, struct config);
    int64_t number = 0;
    *base = cli->config;
    return config_version_apply(conn, cli->arena, base, true, &cli->config, &number, report, err);
}

bool cli_open_database(struct cli *cli, struct db **db, struct db_conn **conn, struct err *err)
{
    /* No time limit: nobody is waiting for a page. */
    struct db_options options = {.connections = 2, .statement_timeout_ms = -1};
    int applied = 0;
    *db = NULL;
    *conn = NULL;
    if (!store_prepare(cli->config.data, err) || !db_open(db, cli->config.database, &options, err))
        return false;
    *conn = db_acquire(*db, err);
    if (*conn && migrate_run(*conn, false, &applied, NULL, err) && entity_words_fill(*conn, err) &&
        cli_apply_configuration(cli, *conn, NULL, err))
        return true;
    db_release(*conn);
    db_close(*db);
    *conn = NULL;
    *db = NULL;
    return false;
}
