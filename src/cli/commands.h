/* The commands that belong to no feature. */
#pragma once

#include "cli/cli.h"

extern const struct command serve_command, check_command, routes_command, migrate_command, backup_command,
    restore_command, version_command;
