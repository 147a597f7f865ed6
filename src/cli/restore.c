/* restore: brings a backup into an installation without data. All or nothing: everything is unpacked aside, then named. */
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/tar.h"
#include "service/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct target {
    const char *name;               /* of the database in the backup */
    char *database, *database_part; /* file names; database is NULL with PostgreSQL */
    char *files, *files_part;       /* folders */
};

/* Below `files/` only what the store itself makes: names of lower-case hexadecimal digits. */
static bool name_is_ours(const char *name)
{
    if (strncmp(name, "files/", 6) != 0)
        return false;
    return strlen(name) > 6 && strspn(name + 6, "0123456789abcdef/") == strlen(name + 6) && !strstr(name, "//") &&
           name[strlen(name) - 1] != '/';
}

static bool make_folders(char *path, struct err *err)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *at = '/';
        if (!ok)
            return err_errno(err, "a folder of the restored files");
    }
    return true;
}

static bool unpack_entry(struct cli *cli, int tar, const struct tar_entry *entry, const struct target *target,
                         struct err *err)
{
    bool is_database = strcmp(entry->name, target->name) == 0;
    if (!is_database && (strcmp(entry->name, BACKUP_SQLITE) == 0 || strcmp(entry->name, BACKUP_POSTGRES) == 0))
        return err_set(err, ERR_INVALID, NULL, "the backup is of the other kind of database");
    if (!is_database && !name_is_ours(entry->name))
        return err_set(err, ERR_INVALID, NULL, "the backup holds something that does not belong there");
    struct str inside = arena_printf(cli->arena, "%s/%s", target->files_part, entry->name + (is_database ? 0 : 6));
    char *path = is_database ? target->database_part : arena_z(cli->arena, inside);
    if (!make_folders(path, err))
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(err, "a restored file");
    bool ok = tar_copy(tar, entry, fd, err) && (fsync(fd) == 0 || err_errno(err, "fsync"));
    (void)close(fd);
    return ok;
}

/* Whether the digest in this entry is that of what stands before it. */
static bool check_digest(int tar, const struct tar_entry *entry, off_t before, struct err *err)
{
    char told[TAR_DIGEST_SIZE + 1] = {0}, found[TAR_DIGEST_SIZE + 1];
    int fd = memfd_create("digest", MFD_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "memory for the digest");
    bool ok = tar_copy(tar, entry, fd, err) && tar_digest(tar, before, found, err);
    bool whole = ok && pread(fd, told, TAR_DIGEST_SIZE, 0) == TAR_DIGEST_SIZE && strcmp(told, found) == 0;
    (void)close(fd);
    return whole || (ok && err_set(err, ERR_INVALID, NULL, "the backup is damaged"));
}

/* Ends with the digest: without it the backup is not whole. */
static bool unpack(struct cli *cli, int tar, const struct target *target, struct err *err)
{
    struct tar_entry entry;
    bool more = true, found = false, whole = false;
    while (!whole) {
        off_t before = lseek(tar, 0, SEEK_CUR);
        if (before < 0)
            return err_errno(err, "the backup");
        if (!tar_next(tar, &entry, &more, err))
            return false;
        if (!more)
            return err_set(err, ERR_INVALID, NULL, "the backup is not whole");
        whole = strcmp(entry.name, BACKUP_DIGEST) == 0;
        if (whole ? !check_digest(tar, &entry, before, err) : !unpack_entry(cli, tar, &entry, target, err))
            return false;
        found = found || strcmp(entry.name, target->name) == 0;
    }
    return found || err_set(err, ERR_INVALID, NULL, "there is no database in the backup");
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *at)
{
    (void)stat;
    (void)type;
    (void)at;
    return remove(path);
}

static void clear_parts(const struct target *target)
{
    (void)unlink(target->database_part);
    (void)nftw(target->files_part, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool load_database(struct cli *cli, const char *from, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1, .statement_timeout_ms = -1};
    if (!db_open(&db, cli->config.database, &options, err))
        return false;
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && db_restore(conn, from, err);
    db_release(conn);
    db_close(db);
    (void)unlink(from);
    return ok;
}

/* The database comes last: with it the installation has data. An empty `files` gives way to the unpacked one. */
static bool put_in_place(struct cli *cli, const struct target *target, struct err *err)
{
    bool has_files = access(target->files_part, F_OK) == 0;
    if (has_files && rename(target->files_part, target->files) != 0)
        return err_errno(err, "the restored files");
    if (target->database
            ? rename(target->database_part, target->database) == 0 || err_errno(err, "the restored database")
            : load_database(cli, target->database_part, err))
        return true;
    if (has_files && rename(target->files, target->files_part) == 0)
        (void)mkdir(target->files, 0700);
    return false;
}

static bool folder_is_empty(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool empty = true;
    while (folder && (entry = readdir(folder)))
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    if (folder)
        (void)closedir(folder);
    return empty;
}

/* There must be no database yet. With PostgreSQL the server tells later whether the one that is there is empty. */
static bool find_database(struct cli *cli, struct target *target, struct err *err)
{
    struct str path, data = cli->config.data;
    if (!backup_sqlite_path(cli, &path)) {
        struct str part = arena_printf(cli->arena, "%.*s/tmp/restore-%ld.part", STR_FMT(data), (long)getpid());
        target->name = BACKUP_POSTGRES;
        target->database_part = arena_z(cli->arena, part);
        return true;
    }
    target->name = BACKUP_SQLITE;
    target->database = arena_z(cli->arena, path);
    target->database_part = arena_z(cli->arena, arena_printf(cli->arena, "%s.part", target->database));
    return access(target->database, F_OK) != 0 ||
           err_set(err, ERR_CONFLICT, NULL, "%s exists already: restore only where there is no data yet",
                   target->database);
}

static bool find_target(struct cli *cli, struct target *target, struct err *err)
{
    struct str files = arena_printf(cli->arena, "%.*s/files", STR_FMT(cli->config.data));
    if (!find_database(cli, target, err))
        return false;
    target->files = arena_z(cli->arena, files);
    target->files_part = arena_z(cli->arena, arena_printf(cli->arena, "%s.part", target->files));
    return folder_is_empty(target->files) ||
           err_set(err, ERR_CONFLICT, NULL, "%s holds files already: restore only where there is no data yet",
                   target->files);
}

static bool restore(struct cli *cli, const char *source, struct err *err)
{
    struct target target = {0};
    if (!find_target(cli, &target, err))
        return false;
    int tar = open(source, O_RDONLY | O_CLOEXEC);
    if (tar < 0)
        return err_errno(err, source);
    clear_parts(&target);
    bool ok = store_prepare(cli->config.data, err) && unpack(cli, tar, &target, err) && put_in_place(cli, &target, err);
    if (!ok)
        clear_parts(&target);
    (void)close(tar);
    return ok;
}

int restore_command(int argc, char **argv)
{
    struct cli cli;
    struct err err = {.kind = ERR_NONE};
    int code = 0;
    if (!cli_start(&cli, argc, argv, NULL, 0, (const int[2]){1, 1}, &code))
        return code;
    if (restore(&cli, cli.operands[0], &err))
        (void)printf("Restored from %s\n", cli.operands[0]);
    else
        code = cli_fail(cli.command, &err);
    cli_end(&cli);
    return code;
}
