/* backup: writes the database and its files into one file or to standard output. backup --verify checks such a file. */
#include "cli/backup.h"
#include "cli/bundle.h"
#include "cli/commands.h"
#include "service/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool backup_sqlite_path(const struct cli *cli, struct str *path)
{
    bool sqlite = str_starts(cli->config.database, STR("sqlite:"));
    *path = sqlite ? str_slice(cli->config.database, sizeof "sqlite:" - 1, cli->config.database.n) : STR_NONE;
    return sqlite;
}

int backup_lock(struct cli *cli, struct err *err)
{
    struct str path = arena_printf(cli->arena, "%.*s/tmp", STR_FMT(cli->config.data));
    if (!store_prepare(cli->config.data, err))
        return -1;
    int fd = open(path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    (void)(fd >= 0 && errno == EWOULDBLOCK
               ? err_set(err, ERR_CONFLICT, NULL, "another backup or restore is running in %s", path.p)
               : err_errno(err, path.p));
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

static int backup_remove_one(const char *path, const struct stat *stat, int type, struct FTW *at)
{
    (void)stat;
    (void)type;
    (void)at;
    return remove(path);
}

void backup_remove(const char *folder)
{
    (void)nftw(folder, backup_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

bool backup_name(const char *from, const char *to, struct err *err)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    /* Network file systems do not support the flag. */
    if (errno == EINVAL && faccessat(AT_FDCWD, to, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && rename(from, to) == 0)
        return true;
    return err_errno(err, to);
}

/* --- the content of a backup -------------------------------------------------------------------------------------- */

static bool add_path(struct bundle *bundle, const char *name, const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "a file of the backup");
    bool ok = bundle_add(bundle, name, fd, err);
    (void)close(fd);
    return ok;
}

/* Adds everything below DATA/files; `inside` is the path within DATA. */
static bool backup_add_folder(struct cli *cli, struct bundle *bundle, struct str inside, struct err *err)
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
            continue; /* upkeep removed it meanwhile, so nothing refers to it */
        ok = S_ISDIR(stat.st_mode) ? backup_add_folder(cli, bundle, name, err)
                                   : !S_ISREG(stat.st_mode) || add_path(bundle, name.p, file.p, err);
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

/* The database is copied first: then every file it refers to is still there when the files are added. */
static bool write_bundle(struct cli *cli, int to, struct err *err)
{
    struct bundle bundle;
    struct str folder = arena_printf(cli->arena, "%.*s/tmp/backup", STR_FMT(cli->config.data));
    struct str copy = arena_printf(cli->arena, "%.*s/database", STR_FMT(folder)), path;
    const char *name = backup_sqlite_path(cli, &path) ? BUNDLE_SQLITE : BUNDLE_POSTGRES;
    int lock = backup_lock(cli, err);
    if (lock < 0)
        return false;
    backup_remove(folder.p);
    bool ok = (mkdir(folder.p, 0700) == 0 || err_errno(err, folder.p)) && copy_database(cli, copy.p, err);
    if (ok) {
        ok = bundle_write_begin(&bundle, to, err) && add_path(&bundle, name, copy.p, err) &&
             backup_add_folder(cli, &bundle, STR("files"), err) && bundle_write_end(&bundle, err);
        bundle_free(&bundle);
    }
    backup_remove(folder.p);
    (void)close(lock);
    return ok;
}

/* --- the target of a backup --------------------------------------------------------------------------------------- */

/*
 * Removes the file that a killed backup left. A running backup holds a lock on its file, and files of other users are
 * never touched.
 */
static bool remove_left(const char *part, struct err *err)
{
    struct stat stat;
    int fd = open(part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool left = fd >= 0 && fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_uid == geteuid() &&
                (stat.st_mode & 0777) == 0600 && flock(fd, LOCK_EX | LOCK_NB) == 0 && unlink(part) == 0;
    if (fd >= 0)
        (void)close(fd);
    return left || err_set(err, ERR_CONFLICT, NULL, "%s is there and was not left by a backup that ended", part);
}

static int open_part(const char *part, struct err *err)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = open(part, flags, 0600);
    if (fd < 0 && errno == EEXIST) {
        if (!remove_left(part, err))
            return -1;
        fd = open(part, flags, 0600);
    }
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    (void)err_errno(err, part);
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

static bool write_file(struct cli *cli, const char *target, struct err *err)
{
    struct str part = arena_printf(cli->arena, "%s.part", target);
    if (faccessat(AT_FDCWD, target, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return err_set(err, ERR_CONFLICT, NULL, "%s exists already", target);
    int fd = open_part(part.p, err);
    if (fd < 0)
        return false;
    bool ok = write_bundle(cli, fd, err) && (fsync(fd) == 0 || err_errno(err, part.p)) &&
              backup_name(part.p, target, err) && (syncfs(fd) == 0 || err_errno(err, target));
    if (!ok)
        (void)unlink(part.p);
    (void)close(fd);
    return ok;
}

static bool backup(struct cli *cli, const char *target, struct err *err)
{
    struct str path;
    if (backup_sqlite_path(cli, &path) && access(arena_z(cli->arena, path), F_OK) != 0)
        return err_errno(err, "the database");
    if (strcmp(target, "-") != 0)
        return write_file(cli, target, err) && printf("Backup written to %s\n", target) > 0;
    (void)signal(SIGPIPE, SIG_IGN);
    return write_bundle(cli, STDOUT_FILENO, err);
}

static bool verify;
static const struct cli_option BACKUP_OPTIONS[] = {
    {.name = "verify", .help = "look at all of a backup instead of writing one", .flag = &verify}};

static int backup_run(struct cli *cli)
{
    struct err err = {.kind = ERR_NONE};
    const char *name = cli->operands[0];
    if (!verify && strcmp(name, "-") == 0 && isatty(STDOUT_FILENO))
        return cli_usage_error(cli->command, "a terminal cannot show a backup: send it to a file or a program");
    if (!(verify ? backup_verify(cli, name, &err) : backup(cli, name, &err)))
        return cli_fail(cli->command, &err);
    if (verify)
        (void)printf("%s is whole.\n", name);
    return 0;
}

const struct command backup_command = {
    .name = "backup",
    .summary = "Writes database and files into one file, or looks at one",
    .usage = "[--verify] FILE|-",
    .run = backup_run,
    COMMAND_OPERANDS(1, 1),
    COMMAND_OPTIONS(BACKUP_OPTIONS),
};
