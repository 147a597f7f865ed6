/*
 * The base of all commands of the program: the entry in the table of commands, the common options (--config,
 * --database, --data, --help), the settings, and how failures are reported. Exit codes (contract 2): 0 done, 1 refused
 * or failed with one line on stderr, 2 wrong usage.
 */
#pragma once

#include "db/db.h"
#include "service/config.h"

/* A long option of one command. It takes a value if `argument` is set, else it is a flag. */
struct cli_option {
    const char *name;     /* "dry-run" */
    const char *argument; /* "N", for the help text; NULL: a flag */
    const char *help;
    const char *setting; /* "server.listen": the value overrides this setting; NULL: see `value` and `flag` */
    struct str *value;
    bool *flag;
};

struct cli;
struct feature_list;
/* main.c has the table of all commands. */
struct command {
    const char *name;
    const char *summary;         /* one line, for the list of commands */
    const char *usage;           /* after `kundportal NAME`: "FILE|-"; NULL: nothing */
    int (*run)(struct cli *cli); /* returns the exit code */
    int least, most;             /* how many operands it takes; most -1: any number */
    const struct cli_option *options;
    size_t option_count;
};
#define COMMAND_OPERANDS(least_, most_) .least = (least_), .most = (most_)
#define COMMAND_OPTIONS(array) .options = (array), .option_count = sizeof(array) / sizeof *(array)

struct cli {
    const struct command *command;
    const struct feature_list *features;
    struct arena *arena;
    struct config config;
    char **operands; /* the arguments after the options */
    int operand_count;
};

/*
 * Reads the options and the settings, and runs the command. argv[0] is its name. Returns the exit code. Prints the
 * reason itself when the command does not run: 0 after --help, 1 for wrong settings, 2 for wrong usage or a wrong
 * number of operands.
 */
int cli_run(const struct command *command, const struct feature_list *features, int argc, char **argv);

/* Adds to cli->config the settings that administrators configured in the browser. `report` may be NULL. */
MUST_CHECK bool cli_apply_configuration(struct cli *cli, struct db_conn *conn, struct buf *report, struct err *err);
/*
 * Opens the database of the settings, brings its schema up to date, and adds the settings that are stored there. Close
 * it with db_release and db_close.
 */
MUST_CHECK bool cli_open_database(struct cli *cli, struct db **db, struct db_conn **conn, struct err *err);

/* For commands that only read: returns false if opening would create a new SQLite database. */
MUST_CHECK bool cli_database_exists(struct cli *cli, struct err *err);

/*
 * cli_fail prints `kundportal NAME: reason` on stderr and returns 1. cli_usage_error prints the same with a hint at
 * --help and returns 2.
 */
int cli_fail(const struct command *command, const struct err *err);
int cli_usage_error(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns the reason of a failure in English, as one line without a line break. */
struct str cli_reason(struct arena *arena, const struct err *err);
