/* The table of commands. */
#include "bulk/demo/demo.h"
#include "bulk/exchange/exchange.h"
#include "cli/commands.h"
#include "program.h"
#include "staff/login/login.h"

#include <stdio.h>
#include <string.h>

static int run_serve(int argc, char **argv)
{
    return serve_command(feature_list(), argc, argv);
}

static int run_check(int argc, char **argv)
{
    return check_command(feature_list(), argc, argv);
}

static int run_routes(int argc, char **argv)
{
    return routes_command(feature_list(), argc, argv);
}

static const struct command COMMANDS[] = {
    {"serve", "Serves the portal", run_serve, ""},
    {"demo", "Fills an empty database with a demonstration company", demo_command, ""},
    {"import", "Loads CSV files, or a folder of them", import_command, "PATH…"},
    {"export", "Writes everything as the CSV files that import takes", export_command, "DIR"},
    {"staff", "Makes staff users and their one-time links", staff_command, "add EMAIL --role ROLE | link EMAIL"},
    {"migrate", "Brings the schema of the database up to date", migrate_command, ""},
    {"check", "Verifies database, files and settings", run_check, ""},
    {"routes", "Lists every address: method, who may ask it, and the folder that answers it", run_routes, ""},
    {"backup", "Writes database and files into one file, or looks at one", backup_command, "[--verify] FILE|-"},
    {"restore", "Brings back what backup wrote, where there is no data yet", restore_command, "FILE"},
    {"version", "Tells the version of the program", version_command, ""},
};
#define COMMAND_COUNT (sizeof COMMANDS / sizeof *COMMANDS)

static void print_commands(FILE *out)
{
    (void)fputs("Usage: kundportal COMMAND [OPTIONS]\n\nCommands:\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        (void)fprintf(out, "  %-10s %s\n", COMMANDS[i].name, COMMANDS[i].summary);
    (void)fputs("\nkundportal COMMAND --help tells more about one.\n", out);
}

int main(int argc, char **argv)
{
    static char version[] = "version";
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        argv[1] = version;
    const char *name = argc > 1 ? argv[1] : "";
    cli_set_commands(COMMANDS, COMMAND_COUNT);
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
        print_commands(stdout);
        return 0;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(name, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(argc - 1, argv + 1);
    }
    if (name[0])
        (void)fprintf(stderr, "kundportal: unknown command %s (see kundportal --help)\n", name);
    else
        print_commands(stderr);
    return 2;
}
