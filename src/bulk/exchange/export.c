#include "bulk/exchange/export.h"
#include "base/io.h"
#include "bulk/exchange/exchange.h"
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool export_all(struct cli *cli, const char *folder, struct err *err)
{
    struct db *db = NULL;
    struct db_conn *conn = NULL;
    bool ok = cli_open_database(cli, &db, &conn, err) && db_read_begin(conn, err);
    for (size_t i = 0; ok && i < FORMAT_COUNT; i++) {
        if (&formats[i] != &formats[FORMAT_ACCOUNTS]) /* contract 4: accounts are never exported */
            ok = export_file(conn, &formats[i], folder, cli->config.data, err);
    }
    if (conn)
        db_read_end(conn);
    db_release(conn);
    db_close(db);
    return ok;
}

static int exchange_export_remove_one(const char *path, const struct stat *facts, int type, struct FTW *where)
{
    (void)facts, (void)type, (void)where;
    return remove(path);
}

/* Removes the folder that mkdtemp made. No other process writes into it. */
static void remove_folder(const char *folder)
{
    (void)nftw(folder, exchange_export_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool is_free(const char *path, struct err *err)
{
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT || err_errno(err, path);
    int entries = 0;
    while (readdir(folder))
        entries++;
    (void)closedir(folder);
    return entries <= 2 || err_set(err, ERR_INVALID, NULL, "%s exists and is not an empty folder", path); /* . and .. */
}

/*
 * The folder appears complete or not at all. It replaces an empty folder that exists already. There are many contents,
 * so they are flushed together.
 */
static bool export_folder(struct cli *cli, struct str target, struct err *err)
{
    while (target.n > 1 && target.p[target.n - 1] == '/')
        target.n--;
    const char *final = arena_z(cli->arena, target);
    char *folder = arena_z(cli->arena, arena_printf(cli->arena, "%s.XXXXXX", final));
    if (!is_free(final, err))
        return false;
    if (!mkdtemp(folder))
        return err_errno(err, folder);
    if (export_all(cli, folder, err) && (io_flush(folder, syncfs) || err_errno(err, folder)) &&
        (rename(folder, final) == 0 || err_errno(err, final)))
        return true;
    remove_folder(folder);
    return false;
}

static int export_run(struct cli *cli)
{
    struct err err = {0};
    return export_folder(cli, str_of(cli->operands[0]), &err) ? 0 : cli_fail(cli->command, &err);
}

const struct command export_command = {
    .name = "export",
    .summary = "Writes everything as the CSV files that import takes",
    .usage = "DIR",
    .run = export_run,
    COMMAND_OPERANDS(1, 1),
};
