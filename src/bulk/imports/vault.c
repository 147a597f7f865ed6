#include "bulk/imports/vault.h"
#include "base/io.h"

#include "base/clock.h"
#include "base/random.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_BYTES 16
#define PROGRESS "progress"
#define PATH_LIMIT 4096

static bool vault_path_of(char path[PATH_LIMIT], struct str data, struct str name)
{
    int n = snprintf(path, PATH_LIMIT, "%.*s/imports/%.*s", STR_FMT(data), STR_FMT(name));
    return n > 0 && n < PATH_LIMIT;
}

static bool vault_flush(int fd, const char *what, struct err *err)
{
    return fsync(fd) == 0 || err_errno(err, what);
}

static int open_folder(struct str data, struct err *err)
{
    char path[PATH_LIMIT];
    if (!vault_path_of(path, data, STR_NONE)) {
        (void)err_set(err, ERR_INTERNAL, NULL, "the path of the data folder is too long");
        return -1;
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        (void)err_errno(err, "make the folder of imports");
        return -1;
    }
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        (void)err_errno(err, "open the folder of imports");
    return fd;
}

static bool copy_all(int from, int to, struct err *err)
{
    char bytes[65536];
    int64_t at = 0;
    ssize_t n;
    for (; (n = io_read(from, bytes, sizeof bytes, at)) > 0; at += n) {
        if (!io_write(to, bytes, (size_t)n))
            return err_errno(err, "keep a file of an import");
    }
    return n == 0 || err_errno(err, "read a file of an import");
}

/* Used where an unnamed file cannot be given a name: copies it, and names the copy when it is complete. */
static bool keep_copy(int folder, int fd, const char *name, struct err *err)
{
    char half[64];
    (void)snprintf(half, sizeof half, "%s.half", name);
    int to = openat(folder, half, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return err_errno(err, "keep a file of an import");
    bool ok = copy_all(fd, to, err) && vault_flush(to, "flush a file of an import", err);
    (void)close(to);
    ok = ok && (renameat(folder, half, folder, name) == 0 || err_errno(err, "keep a file of an import"));
    if (!ok)
        (void)unlinkat(folder, half, 0);
    return ok;
}

static bool keep_in(int folder, int fd, const char *name, struct err *err)
{
    char unnamed[64];
    (void)snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", fd);
    if (!vault_flush(fd, "flush a file of an import", err))
        return false;
    if (linkat(AT_FDCWD, unnamed, folder, name, AT_SYMLINK_FOLLOW) == 0)
        return true;
    return errno == ENOENT || errno == EXDEV ? keep_copy(folder, fd, name, err)
                                             : err_errno(err, "keep a file of an import");
}

bool vault_keep(struct arena *arena, struct str data, int fd, struct str *stored, struct err *err)
{
    *stored = random_token(arena, NAME_BYTES);
    int folder = open_folder(data, err);
    if (folder < 0)
        return false;
    bool ok = keep_in(folder, fd, stored->p, err) && vault_flush(folder, "flush the folder of imports", err);
    (void)close(folder);
    return ok;
}

static void vault_close_stream(void *stream)
{
    (void)fclose(stream); /* read only, so closing cannot lose data */
}

FILE *vault_open(struct arena *arena, struct str data, struct str stored, struct err *err)
{
    char path[PATH_LIMIT];
    FILE *stream = stored.n && vault_path_of(path, data, stored) ? fopen(path, "rbe") : NULL;
    if (!stream)
        (void)err_set(err, ERR_NOT_FOUND, NULL, "a file of an import is not there");
    else
        arena_on_release(arena, vault_close_stream, stream);
    return stream;
}

void vault_remove(struct str data, struct str stored)
{
    char path[PATH_LIMIT];
    if (stored.n && vault_path_of(path, data, stored))
        (void)unlink(path); /* vault_sweep removes later what stays */
}

/* --- sweeping ----------------------------------------------------------------------------------------------------- */

static bool vault_is_old(int folder, const char *name, int64_t before_us)
{
    struct stat facts;
    return fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(facts.st_mode) &&
           (int64_t)facts.st_mtim.tv_sec * US_PER_SECOND < before_us;
}

bool vault_sweep(struct arena *arena, struct str data, int64_t before_us,
                 bool (*used)(void *context, struct str stored, bool *is_used, struct err *err), void *context,
                 struct err *err)
{
    char path[PATH_LIMIT];
    DIR *folder = vault_path_of(path, data, STR_NONE) ? opendir(path) : NULL;
    const struct dirent *entry;
    bool ok = true;
    if (!folder)
        return errno == ENOENT || err_errno(err, "open the folder of imports");
    while (ok && (entry = readdir(folder))) {
        bool is_used = false;
        struct str name = arena_str(arena, str_of(entry->d_name));
        if (str_eqz(name, PROGRESS) || !vault_is_old(dirfd(folder), name.p, before_us))
            continue;
        ok = used(context, name, &is_used, err);
        if (ok && !is_used)
            (void)unlinkat(dirfd(folder), name.p, 0);
    }
    (void)closedir(folder);
    return ok;
}

/* --- progress ----------------------------------------------------------------------------------------------------- */

#define RECORD 80

void vault_progress_write(struct str data, int64_t run, const char *what, double done)
{
    char path[PATH_LIMIT], record[RECORD + 1];
    int percent = done < 0 ? 0 : done > 1 ? 100 : (int)(done * 100);
    int fd = vault_path_of(path, data, STR(PROGRESS)) ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    /* The record always has the same length and is written at once, so a reader sees the old one or the new one. */
    (void)snprintf(record, sizeof record, "%-20" PRId64 " %3d %-54.54s\n", run, percent, what);
    if (pwrite(fd, record, RECORD, 0) != RECORD)
        (void)unlink(path);
    (void)close(fd);
}

struct vault_progress vault_progress_read(struct arena *arena, struct str data)
{
    char path[PATH_LIMIT], record[RECORD];
    struct vault_progress progress = {.run = 0};
    int64_t percent = 0;
    int fd = vault_path_of(path, data, STR(PROGRESS)) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return progress;
    if (pread(fd, record, RECORD, 0) == RECORD && utf8_valid((struct str){record, RECORD}) &&
        str_to_int(str_trim((struct str){record, 20}), &progress.run) &&
        str_to_int(str_trim((struct str){record + 21, 3}), &percent))
        progress.what = arena_str(arena, str_trim((struct str){record + 25, RECORD - 25}));
    progress.percent = (int)percent;
    (void)close(fd);
    return progress;
}
