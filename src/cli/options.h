/* Reads the options of a command, the common ones and its own, with getopt_long. */
#pragma once

#include "cli/cli.h"

struct options {
    const struct command *command;
    struct str config; /* value of --config; empty: not given */
    struct config_override overrides[32];
    size_t override_count;
    int first_operand; /* index in argv */
};

enum options_result { OPTIONS_GO, OPTIONS_HELP, OPTIONS_WRONG };

enum options_result options_read(struct options *options, int argc, char **argv);
void options_help(const struct command *command);
