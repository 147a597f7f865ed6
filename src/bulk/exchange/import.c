#include "bulk/exchange/csv_source.h"
#include "bulk/exchange/mapping.h"
#include "cli/cli.h"
#include "service/password.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static void print_counts(const struct load_files *files, const struct load_result *result, bool dry_run)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct load_count *count = &result->counts[i];
        (void)printf("%s: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged\n", files->sources[i].file,
                     count->added, count->changed, count->unchanged);
    }
    if (result->logins_removed)
        (void)printf("logins removed: %" PRId64 "\n", result->logins_removed);
    if (result->mails)
        (void)printf("mails with a link to set a password: %" PRId64 "\n", result->mails);
    if (dry_run)
        (void)printf("dry run: nothing was written\n");
}

/* So many mistakes are easier to see by kind. */
#define GROUPS_FROM 20

static void print_groups(const struct load_files *files, const struct load_result *result)
{
    (void)fprintf(stderr, "in all:\n");
    for (size_t i = 0; i < result->group_count; i++) {
        const struct load_group *group = &result->groups[i];
        (void)fprintf(stderr, "%s: %.*s: %.*s: %" PRId64 " times, on line", files->sources[group->source].file,
                      STR_FMT(group->column), STR_FMT(group->what), group->count);
        for (size_t k = 0; k < group->line_count; k++)
            (void)fprintf(stderr, "%s%" PRId64, k ? ", " : " ", group->lines[k]);
        (void)fprintf(stderr, (int64_t)group->line_count < group->count ? " …" : "");
        if (group->found.n)
            (void)fprintf(stderr, ", first \"%.*s\"", STR_FMT(group->found));
        (void)fprintf(stderr, "\n");
    }
}

static void print_dates(const struct load_files *files, const struct load_result *result)
{
    static const char *const words[LOAD_DATE_ORDERS] = {"year-month-day", "day-month-year", "month-day-year"};
    for (size_t i = 0; i < result->date_count; i++) {
        const struct load_dates *dates = &result->dates[i];
        if (dates->read.n)
            (void)printf("%s: %.*s: read as %s: %.*s is %.*s\n", files->sources[dates->source].file,
                         STR_FMT(dates->column), words[dates->order], STR_FMT(dates->found), STR_FMT(dates->read));
    }
}

/* Tells the files that were left out. */
static void print_left_out(const struct load_result *result)
{
    for (size_t i = 0; i < result->left_out_count; i++)
        (void)fprintf(stderr, "left out: %.*s\n", STR_FMT(result->left_out[i]));
    if (result->left_out_total)
        (void)printf("files left out: %" PRId64 "\n", result->left_out_total);
}

static int print_problems(const struct load_files *files, const struct load_result *result)
{
    (void)fprintf(stderr, "%.*s", STR_FMT(buf_text(&files->faults)));
    for (size_t i = 0; i < result->problem_count; i++)
        (void)fprintf(stderr, "%.*s\n", STR_FMT(result->problems[i]));
    if (result->problem_total > (int64_t)result->problem_count)
        (void)fprintf(stderr, "and %" PRId64 " more\n", result->problem_total - (int64_t)result->problem_count);
    if (result->problem_total > GROUPS_FROM)
        print_groups(files, result);
    if (result->refused_kinds && result->refused_kinds == result->problem_total)
        (void)fprintf(stderr, "--leave-out imports the rest without files of kinds that are not stored\n");
    (void)fprintf(stderr, "kundportal import: nothing was imported\n");
    return 1;
}

/* A mapping is a text of people: read whole, at most this much of it. */
#define MAPPING_BYTES (1024 * 1024)

static bool import_open_mapping(struct cli *cli, const char *path, struct load_files *files, struct err *err)
{
    struct mapping_fault fault = {1, "it is no text in UTF-8 of at most 1 MiB"};
    struct load_mapping *mappings;
    char *bytes = arena_alloc(cli->arena, MAPPING_BYTES + 1);
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return err_errno(err, path);
    struct str text = {bytes, fread(bytes, 1, MAPPING_BYTES + 1, stream)};
    bool whole = !ferror(stream) && text.n <= MAPPING_BYTES && utf8_valid(text);
    (void)fclose(stream); /* read only, so closing cannot lose data */
    if (!whole || !mapping_read(cli->arena, text, NULL, &mappings, &files->mapping_count, &fault))
        return err_set(err, ERR_INVALID, NULL, "%s:%" PRId64 ": %s", path, fault.line, fault.message);
    files->mappings = mappings;
    return true;
}

static bool import_open_files(struct cli *cli, struct str mapping, struct load_files *files, struct err *err)
{
    load_files_init(files, cli->arena, cli->config.data);
    if (mapping.n && !import_open_mapping(cli, arena_z(cli->arena, mapping), files, err))
        return false;
    for (int i = 0; i < cli->operand_count; i++) {
        if (!csv_sources_add(files, cli->operands[i], err))
            return false;
    }
    load_files_add_made(files);
    return true;
}

static bool import_files(struct cli *cli, const struct load_files *files, bool dry_run, bool leave_out_kinds,
                         struct load_result *result, struct err *err)
{
    const struct config *config = &cli->config;
    struct load_options options = {
        .config = config, .dry_run = dry_run, .leave_out = leave_out_kinds, .progress = isatty(STDERR_FILENO) == 1};
    struct password_cost cost = {config->hash_memory_kib, config->hash_passes, 2};
    struct db *db = NULL;
    struct db_conn *conn = NULL;
    if (!password_start(cost, err))
        return false;
    bool ok = cli_open_database(cli, &db, &conn, err) &&
              load_run(conn, cli->arena, files->sources, files->count, &options, result, err);
    db_release(conn);
    db_close(db);
    password_stop();
    return ok;
}

static bool dry_run, leave_out;
static struct str mapping_path;
static const struct cli_option IMPORT_OPTIONS[] = {
    {.name = "dry-run", .help = "check everything and count, but write nothing", .flag = &dry_run},
    {.name = "leave-out", .help = "go on without files of kinds that are not stored", .flag = &leave_out},
    {.name = "mapping", .argument = "FILE", .help = "how columns of other systems become ours", .value = &mapping_path},
};

static int import_run(struct cli *cli)
{
    struct load_files *files = ARENA_NEW(cli->arena, struct load_files);
    struct load_result *result = ARENA_NEW(cli->arena, struct load_result);
    struct err err = {0};
    if (!import_open_files(cli, mapping_path, files, &err))
        return cli_fail(cli->command, &err);
    if (files->faults.n)
        return print_problems(files, result);
    if (!import_files(cli, files, dry_run, leave_out, result, &err))
        return result->problem_total ? print_problems(files, result) : cli_fail(cli->command, &err);
    print_dates(files, result);
    print_left_out(result);
    print_counts(files, result, dry_run);
    return 0;
}

const struct command import_command = {
    .name = "import",
    .summary = "Loads CSV files, or a folder of them",
    .usage = "PATH…",
    .run = import_run,
    COMMAND_OPERANDS(1, -1),
    COMMAND_OPTIONS(IMPORT_OPTIONS),
};
