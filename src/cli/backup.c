/* backup: the database and its files in one tar file. */
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/tar.h"
#include "service/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool backup_sqlite_path(const struct cli *cli, struct str *path)
{
    bool sqlite = str_starts(cli->config.database, STR("sqlite:"));
    *path = sqlite ? str_slice(cli->config.database, sizeof "sqlite:" - 1, cli->config.database.n) : STR_NONE;
    return sqlite;
}

/* --- backup ----------------------------------------------------------------------------------------------------------------- */

static bool add_path(int tar, const char *name, const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "a file of the backup");
    bool ok = tar_add(tar, name, fd, err);
    (void)close(fd);
    return ok;
}

/* Everything below DATA/files; `inside` is the path within DATA. */
static bool add_folder(struct cli *cli, int tar, struct str inside, struct err *err)
{
    struct str path = arena_printf(cli->arena, "%.*s/%.*s", STR_FMT(cli->config.data), STR_FMT(inside));
    DIR *folder = opendir(path.p);
    const struct dirent *entry;
    bool ok = true;
    if (!folder)
        return err_errno(err, "the data folder");
    while (ok && (entry = readdir(folder))) {
        struct stat stat;
        if (entry->d_name[0] == '.')
            continue;
        struct str name = arena_printf(cli->arena, "%.*s/%s", STR_FMT(inside), entry->d_name);
        struct str file = arena_printf(cli->arena, "%.*s/%s", STR_FMT(path), entry->d_name);
        if (lstat(file.p, &stat) != 0)
            continue; /* removed by upkeep meanwhile: nothing refers to it */
        ok = S_ISDIR(stat.st_mode) ? add_folder(cli, tar, name, err)
                                   : !S_ISREG(stat.st_mode) || add_path(tar, name.p, file.p, err);
    }
    (void)closedir(folder);
    return ok;
}

static bool copy_database(struct cli *cli, const char *to, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1};
    if (!db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && db_backup(conn, to, err);
    db_release(conn);
    db_close(db);
    return ok;
}

static bool add_digest(int tar, struct err *err)
{
    char digits[TAR_DIGEST_SIZE + 1];
    off_t size = lseek(tar, 0, SEEK_CUR);
    if (size < 0)
        return err_errno(err, "the size of the backup");
    if (!tar_digest(tar, size, digits, err))
        return false;
    int fd = memfd_create("digest", MFD_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "memory for the digest");
    bool ok = (pwrite(fd, digits, TAR_DIGEST_SIZE, 0) == TAR_DIGEST_SIZE || err_errno(err, "write")) &&
              tar_add(tar, BACKUP_DIGEST, fd, err);
    (void)close(fd);
    return ok;
}

/* The database first: a file that comes later is not missed by it. */
static bool write_archive(struct cli *cli, int tar, struct err *err)
{
    struct str copy = arena_printf(cli->arena, "%.*s/tmp/backup-%ld.db", STR_FMT(cli->config.data), (long)getpid());
    struct str path;
    const char *name = backup_sqlite_path(cli, &path) ? BACKUP_SQLITE : BACKUP_POSTGRES;
    bool ok = copy_database(cli, copy.p, err) && add_path(tar, name, copy.p, err) &&
              add_folder(cli, tar, STR("files"), err) && add_digest(tar, err) && tar_end(tar, err);
    (void)unlink(copy.p);
    return ok;
}

static bool backup(struct cli *cli, const char *target, struct err *err)
{
    struct str path, part = arena_printf(cli->arena, "%s.part", target);
    if (backup_sqlite_path(cli, &path) && access(arena_z(cli->arena, path), F_OK) != 0)
        return err_errno(err, "the database");
    if (access(target, F_OK) == 0)
        return err_set(err, ERR_CONFLICT, NULL, "%s exists already", target);
    if (!store_prepare(cli->config.data, err))
        return false;
    int tar = open(part.p, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (tar < 0)
        return err_errno(err, target);
    bool ok = write_archive(cli, tar, err);
    ok = (close(tar) == 0 || err_errno(err, "close")) && ok;
    ok = ok && (rename(part.p, target) == 0 || err_errno(err, "rename"));
    if (!ok)
        (void)unlink(part.p);
    return ok;
}

int backup_command(int argc, char **argv)
{
    struct cli cli;
    struct err err = {.kind = ERR_NONE};
    int code = 0;
    if (!cli_start(&cli, argc, argv, NULL, 0, (const int[2]){1, 1}, &code))
        return code;
    if (backup(&cli, cli.operands[0], &err))
        (void)printf("Backup written to %s\n", cli.operands[0]);
    else
        code = cli_fail(cli.command, &err);
    cli_end(&cli);
    return code;
}
