/* The table of commands. */
#include "bulk/demo/demo.h"
#include "bulk/exchange/exchange.h"
#include "cli/commands.h"
#include "program.h"
#include "staff/login/login.h"

#include <stdio.h>
#include <string.h>

static const struct command *const COMMANDS[] = {
    &serve_command, &demo_command,   &import_command, &export_command,  &staff_command,   &migrate_command,
    &check_command, &routes_command, &backup_command, &restore_command, &version_command,
};
#define COMMAND_COUNT (sizeof COMMANDS / sizeof *COMMANDS)

static void print_commands(FILE *out)
{
    (void)fputs("Usage: kundportal COMMAND [OPTIONS]\n\nCommands:\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        (void)fprintf(out, "  %-10s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    (void)fputs("\nkundportal COMMAND --help tells more about one.\n", out);
}

int main(int argc, char **argv)
{
    const struct feature_list features = feature_list();
    static char version[] = "version";
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        argv[1] = version;
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
        print_commands(stdout);
        return 0;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(name, COMMANDS[i]->name) == 0)
            return cli_run(COMMANDS[i], &features, argc - 1, argv + 1);
    }
    if (name[0])
        (void)fprintf(stderr, "kundportal: unknown command %s (see kundportal --help)\n", name);
    else
        print_commands(stderr);
    return 2;
}
