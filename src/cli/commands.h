/* The commands that belong to no feature. Commands that need the features get the list of features. */
#pragma once

#include "cli/cli.h"
#include "portal/visit.h"

int serve_command(struct feature_list features, int argc, char **argv);
int check_command(struct feature_list features, int argc, char **argv);
int routes_command(struct feature_list features, int argc, char **argv);
int migrate_command(int argc, char **argv);
int backup_command(int argc, char **argv);
int restore_command(int argc, char **argv);
int version_command(int argc, char **argv);
