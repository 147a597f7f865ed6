#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>

#define OWN_LIMIT 16

static const struct cli_option COMMON[] = {
    {"config", "FILE", "settings file (default ./kundportal.ini when it exists)", NULL, NULL, NULL},
    {"database", "URL", "sqlite:PATH or postgresql://… (default sqlite:./data/kundportal.db)", "database.url", NULL,
     NULL},
    {"data", "DIR", "folder of uploaded files (default ./data)", "data.folder", NULL, NULL},
    {"help", NULL, "show this and stop", NULL, NULL, NULL},
};
enum { COMMON_CONFIG, COMMON_DATABASE, COMMON_DATA, COMMON_HELP, COMMON_COUNT };

static void print_option(const struct cli_option *option)
{
    char head[64];
    (void)snprintf(head, sizeof head, "--%s%s%s", option->name, option->argument ? "=" : "",
                   option->argument ? option->argument : "");
    (void)printf("  %-24s %s\n", head, option->help);
}

void options_help(const struct command *command)
{
    (void)printf("Usage: kundportal %s [OPTIONS]%s%s\n%s.\n\nOptions:\n", command->name, command->usage ? " " : "",
                 command->usage ? command->usage : "", command->summary);
    for (size_t i = 0; i < command->option_count; i++)
        print_option(&command->options[i]);
    for (size_t i = 0; i < COMMON_COUNT; i++)
        print_option(&COMMON[i]);
    (void)printf(
        "\nThe environment (KUNDPORTAL_DATABASE, KUNDPORTAL_DATA, KUNDPORTAL_CONFIG, …) and the settings file give\n"
        "the same settings; the command line wins. See docs/configuration.md.\n");
}

static void options_take(struct options *options, const struct cli_option *option, const char *argument)
{
    struct str value = str_of(argument);
    if (option->flag)
        *option->flag = true;
    if (option->value)
        *option->value = value;
    if (option->setting && options->override_count < sizeof options->overrides / sizeof *options->overrides)
        options->overrides[options->override_count++] = (struct config_override){option->setting, value};
    if (option == &COMMON[COMMON_CONFIG])
        options->config = value;
}

/* Returns the option at an index: the command's own options first, then the common ones. */
static const struct cli_option *option_at(const struct command *command, int index)
{
    size_t at = (size_t)index;
    return at < command->option_count ? &command->options[at] : &COMMON[at - command->option_count];
}

enum options_result options_read(struct options *options, int argc, char **argv)
{
    struct option table[OWN_LIMIT + COMMON_COUNT + 1] = {0};
    int count = (int)options->command->option_count + COMMON_COUNT, found = 0;
    for (int i = 0; i < count; i++) {
        const struct cli_option *option = option_at(options->command, i);
        table[i] = (struct option){option->name, option->argument ? required_argument : no_argument, NULL, i + 1000};
    }
    optind = 0;
    opterr = 0;
    while ((found = getopt_long(argc, argv, ":", table, NULL)) != -1) {
        if (found == ':' || found == '?') {
            (void)cli_usage_error(options->command, found == ':' ? "%s needs a value" : "unknown option %s",
                                  argv[optind - 1]);
            return OPTIONS_WRONG;
        }
        const struct cli_option *option = option_at(options->command, found - 1000);
        if (option == &COMMON[COMMON_HELP])
            return OPTIONS_HELP;
        options_take(options, option, optarg ? optarg : "");
    }
    options->first_operand = optind;
    return OPTIONS_GO;
}
