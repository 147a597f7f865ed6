/*
 * restore: loads a backup into an installation without data. All or nothing: everything is unpacked into a separate
 * place and checked, then renamed into place. backup --verify does the first half.
 */
#include "access/entity_words.h"
#include "base/io.h"
#include "cli/backup.h"
#include "cli/bundle.h"
#include "cli/commands.h"
#include "db/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct target {
    const char *name; /* name of the database in the backup */
    char *database;   /* SQLite: the path where it belongs */
    char *part;       /* the path where it is unpacked */
    char *folder;     /* a separate data folder with `files` in it */
};

/*
 * These files belong to the database beside them. If one is left there, SQLite would apply it to a new database that
 * takes the old one's place.
 */
static const char *const SIDE_FILES[] = {"-wal", "-shm", "-journal"};

static bool restore_is_there(const char *path)
{
    return faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* --- unpacking ---------------------------------------------------------------------------------------------------- */

/* Allows only names that the store itself makes: below `files/`, with lower-case hexadecimal digits. */
static bool name_is_ours(const char *name)
{
    if (strncmp(name, "files/", 6) != 0)
        return false;
    return strlen(name) > 6 && strspn(name + 6, "0123456789abcdef/") == strlen(name + 6) && !strstr(name, "//") &&
           name[strlen(name) - 1] != '/';
}

static bool restore_make_folders(char *path, struct err *err)
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

static bool unpack_entry(struct cli *cli, struct bundle *bundle, const struct target *target, struct err *err)
{
    const char *name = bundle->name;
    bool is_database = strcmp(name, target->name) == 0;
    if (!is_database && (strcmp(name, BUNDLE_SQLITE) == 0 || strcmp(name, BUNDLE_POSTGRES) == 0))
        return err_set(err, ERR_INVALID, NULL, "the backup is of the other kind of database");
    if (!is_database && !name_is_ours(name))
        return err_set(err, ERR_INVALID, NULL, "the backup holds something that does not belong there");
    char *path =
        is_database ? target->part : arena_z(cli->arena, arena_printf(cli->arena, "%s/%s", target->folder, name));
    if (!restore_make_folders(path, err))
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(err, "a restored file");
    bool ok = bundle_copy(bundle, fd, err);
    return (close(fd) == 0 || err_errno(err, "a restored file")) && ok;
}

static bool unpack(struct cli *cli, int from, const struct target *target, struct err *err)
{
    struct bundle bundle;
    bool found = false, more = true;
    bool ok = bundle_read_begin(&bundle, from, err);
    while (ok && (ok = bundle_next(&bundle, &more, err)) && more) {
        ok = unpack_entry(cli, &bundle, target, err);
        found = found || strcmp(bundle.name, target->name) == 0;
    }
    bundle_free(&bundle);
    return ok && (found || err_set(err, ERR_INVALID, NULL, "there is no database in the backup"));
}

/* --- checking ----------------------------------------------------------------------------------------------------- */

static bool look_at(struct cli *cli, struct db_conn *conn, struct str data, struct err *err)
{
    struct buf findings;
    int64_t version = 0;
    int applied;
    buf_init(&findings, cli->arena);
    if (!migrate_version(conn, &version, err))
        return false;
    if (!version)
        return err_set(err, ERR_INVALID, NULL, "the database in the backup is not one of Kundportal");
    if (!migrate_run(conn, false, &applied, NULL, err) || !entity_words_fill(conn, err) ||
        !db_verify(conn, &findings, err) || !contents_check(cli->arena, data, conn, &findings, err))
        return false;
    struct str first = str_slice(buf_text(&findings), 0, strcspn(arena_z(cli->arena, buf_text(&findings)), "\n"));
    return !first.n || err_set(err, ERR_INVALID, NULL, "the backup is not sound: %.*s", STR_FMT(first));
}

/*
 * Checks the database and the contents it refers to. Brings its schema up to date first, because the checks of this
 * program need that.
 */
static bool check_database(struct cli *cli, struct str url, struct str data, const char *load_from, struct err *err)
{
    struct db *db = NULL;
    struct db_options options = {.connections = 1, .statement_timeout_ms = -1};
    struct err why = {.kind = ERR_NONE};
    if (!db_open(&db, url, &options, &why))
        return err_set(err, ERR_INVALID, NULL, "the database: %s", why.detail);
    struct db_conn *conn = db_acquire(db, err);
    bool ok = conn && (!load_from || db_restore(conn, load_from, err)) && look_at(cli, conn, data, err);
    db_release(conn);
    db_close(db);
    return ok;
}

static bool look_at_part(struct cli *cli, const struct target *target, struct err *err)
{
    if (strcmp(target->name, BUNDLE_POSTGRES) == 0)
        return db_dump_check(target->part, err);
    return check_database(cli, arena_printf(cli->arena, "sqlite:%s", target->part), str_of(target->folder), NULL, err);
}

/* --- putting it in place ------------------------------------------------------------------------------------------ */

static void clear_parts(struct cli *cli, const struct target *target)
{
    (void)unlink(target->part);
    for (size_t i = 0; i < sizeof SIDE_FILES / sizeof *SIDE_FILES; i++)
        (void)unlink(arena_printf(cli->arena, "%s%s", target->part, SIDE_FILES[i]).p);
    backup_remove(target->folder);
}

/*
 * The database is put in place last, because with it the installation has data. An empty `files` folder is replaced by
 * the unpacked one.
 */
static bool put_in_place(struct cli *cli, const struct target *target, struct err *err)
{
    struct str part = arena_printf(cli->arena, "%s/files", target->folder);
    struct str files = arena_printf(cli->arena, "%.*s/files", STR_FMT(cli->config.data));
    bool has_files = restore_is_there(part.p);
    if (has_files && rename(part.p, files.p) != 0)
        return err_errno(err, "the restored files");
    if (target->database ? backup_name(target->part, target->database, err)
                         : check_database(cli, cli->config.database, cli->config.data, target->part, err))
        return true;
    if (has_files && rename(files.p, part.p) == 0)
        (void)mkdir(files.p, 0700);
    return false;
}

/* Flushes both file systems, because the database may be on another one than the data folder. */
static bool restore_flush(struct cli *cli, const struct target *target, struct err *err)
{
    const char *paths[] = {arena_z(cli->arena, cli->config.data), target->database};
    for (size_t i = 0; i < 2 && paths[i]; i++) {
        if (!io_flush(paths[i], syncfs))
            return err_errno(err, "flush what was restored");
    }
    return true;
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

/* Refuses if there is data already. With PostgreSQL the server says later whether the database is empty. */
static bool restore_find_room(struct cli *cli, const struct target *target, struct err *err)
{
    struct str files = arena_printf(cli->arena, "%.*s/files", STR_FMT(cli->config.data));
    if (target->database && restore_is_there(target->database))
        return err_set(err, ERR_CONFLICT, NULL, "%s exists already: restore only where there is no data yet",
                       target->database);
    for (size_t i = 0; target->database && i < sizeof SIDE_FILES / sizeof *SIDE_FILES; i++) {
        struct str side = arena_printf(cli->arena, "%s%s", target->database, SIDE_FILES[i]);
        if (restore_is_there(side.p))
            return err_set(err, ERR_CONFLICT, NULL, "%s is left from another database: move it away first", side.p);
    }
    return folder_is_empty(files.p) ||
           err_set(err, ERR_CONFLICT, NULL, "%s holds files already: restore only where there is no data yet", files.p);
}

/*
 * Unpacks `source` into a separate place and checks it. With `place` it then moves everything to where the portal finds
 * it.
 */
static bool take_in(struct cli *cli, const char *source, struct target *target, bool place, struct err *err)
{
    int lock, from = open(source, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return err_errno(err, source);
    if ((lock = backup_lock(cli, err)) < 0) {
        (void)close(from);
        return false;
    }
    target->folder = arena_z(cli->arena, arena_printf(cli->arena, "%.*s/tmp/restore", STR_FMT(cli->config.data)));
    if (!target->part)
        target->part = arena_z(cli->arena, arena_printf(cli->arena, "%s/database", target->folder));
    clear_parts(cli, target);
    bool ok = unpack(cli, from, target, err) && look_at_part(cli, target, err) &&
              (!place || (put_in_place(cli, target, err) && restore_flush(cli, target, err)));
    clear_parts(cli, target);
    (void)close(lock);
    (void)close(from);
    return ok;
}

bool backup_verify(struct cli *cli, const char *source, struct err *err)
{
    struct str unused;
    struct target target = {.name = backup_sqlite_path(cli, &unused) ? BUNDLE_SQLITE : BUNDLE_POSTGRES};
    return take_in(cli, source, &target, false, err);
}

static bool restore(struct cli *cli, const char *source, struct err *err)
{
    struct str path;
    struct target target = {.name = BUNDLE_POSTGRES};
    if (backup_sqlite_path(cli, &path)) {
        target.name = BUNDLE_SQLITE;
        target.database = arena_z(cli->arena, path);
        target.part = arena_z(cli->arena, arena_printf(cli->arena, "%s.part", target.database));
    }
    return restore_find_room(cli, &target, err) && take_in(cli, source, &target, true, err);
}

static int restore_run(struct cli *cli)
{
    struct err err = {.kind = ERR_NONE};
    if (!restore(cli, cli->operands[0], &err))
        return cli_fail(cli->command, &err);
    (void)printf("Restored from %s\n", cli->operands[0]);
    return 0;
}

const struct command restore_command = {
    .name = "restore",
    .summary = "Brings back what backup wrote, where there is no data yet",
    .usage = "FILE",
    .run = restore_run,
    COMMAND_OPERANDS(1, 1),
};
