#include "service/store.h"
#include "base/io.h"

#include "base/buf.h"
#include "service/store_kinds.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGEST_BYTES = 32, PATH_LIMIT = 4096, CHUNK = 65536 };
_Static_assert(CHUNK >= STORE_HEAD, "the kind is found in the first chunk");

static bool join(char path[PATH_LIMIT], struct str data, const char *rest, struct err *err)
{
    int n = snprintf(path, PATH_LIMIT, "%.*s%s", STR_FMT(data), rest);
    return (n > 0 && n < PATH_LIMIT) || err_set(err, ERR_INTERNAL, NULL, "the path of the data folder is too long");
}

static bool make_folder(const char *path, struct err *err)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST || err_errno(err, "make a data folder");
}

bool store_prepare(struct str data, struct err *err)
{
    static const char *const FOLDERS[] = {"", "/files", "/tmp", "/mail"};
    char path[PATH_LIMIT];
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        if (!join(path, data, FOLDERS[i], err) || !make_folder(path, err))
            return false;
    }
    return true;
}

/* Builds the path DATA/files/ab/cdef…: 256 folders keep each folder small. */
static bool content_path(char path[PATH_LIMIT], struct str data, struct str digest, struct err *err)
{
    char rest[DIGEST_BYTES * 2 + 16];
    size_t n = 0;
    while (n < digest.n && ((digest.p[n] >= '0' && digest.p[n] <= '9') || (digest.p[n] >= 'a' && digest.p[n] <= 'f')))
        n++;
    if (n != digest.n || n != DIGEST_BYTES * 2)
        return err_set(err, ERR_NOT_FOUND, NULL, "no digest");
    (void)snprintf(rest, sizeof rest, "/files/%.2s/%.*s", digest.p, DIGEST_BYTES * 2 - 2, digest.p + 2);
    return join(path, data, rest, err);
}

/* --- storing a content -------------------------------------------------------------------------------------------- */

struct intake {
    struct arena *arena;
    int from, to;
    char path[PATH_LIMIT]; /* path of `to` if the file system has no unnamed files; else empty */
    const struct store_rules *rules;
    int64_t whole;           /* size of the content */
    const char *seen;        /* media type by content; NULL: nothing that is known */
    enum text_coding coding; /* if it is text */
    int64_t size;            /* read so far */
    unsigned char digest[DIGEST_BYTES];
};

/* The kind is found in the first piece; text must be text to its end. */
static void look(struct intake *intake, const unsigned char *bytes, size_t n)
{
    if (!intake->size) {
        intake->seen = store_look(&(struct store_content){bytes, n, intake->from, intake->whole});
        intake->coding = store_coding(bytes, n);
    } else if (intake->seen && str_eqz(str_of(intake->seen), STORE_TEXT) && !store_is_text(intake->coding, bytes, n)) {
        intake->seen = NULL;
    }
}

static bool store_copy(struct intake *intake, struct err *err)
{
    crypto_generichash_state state;
    unsigned char *bytes = arena_alloc(intake->arena, CHUNK);
    ssize_t n;
    (void)crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    do {
        n = io_read(intake->from, bytes, CHUNK, intake->size);
        if (n < 0)
            return err_errno(err, "read an upload");
        if (n)
            look(intake, bytes, (size_t)n);
        if (intake->to >= 0 && !io_write(intake->to, bytes, (size_t)n))
            return err_errno(err, "write an attachment");
        (void)crypto_generichash_update(&state, bytes, (size_t)n);
        intake->size += n;
    } while (n == CHUNK);
    (void)crypto_generichash_final(&state, intake->digest, sizeof intake->digest);
    return intake->to < 0 || fsync(intake->to) == 0 || err_errno(err, "flush an attachment");
}

/* Locks the folder of all contents, so that publishing and sweeping take turns. */
static int lock_contents(struct str data, int how, struct err *err)
{
    char path[PATH_LIMIT];
    if (!join(path, data, "/files", err))
        return -1;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, how) != 0) {
        (void)close(fd);
        fd = -1;
    }
    if (fd < 0)
        (void)err_errno(err, "lock the attachments");
    return fd;
}

/* If the content exists already, its age starts again, so that the caller has a day to refer to it. */
static bool link_into_place(const struct intake *intake, const char *path, struct err *err)
{
    char unnamed[64];
    (void)snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", intake->to);
    if (linkat(AT_FDCWD, intake->path[0] ? intake->path : unnamed, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (errno == EEXIST && utimensat(AT_FDCWD, path, NULL, 0) == 0)
        return true;
    return err_errno(err, "publish an attachment");
}

static bool publish(const struct intake *intake, struct str data, struct str digest, struct err *err)
{
    char path[PATH_LIMIT], folder[PATH_LIMIT], all[PATH_LIMIT], part[16];
    (void)snprintf(part, sizeof part, "/files/%.2s", digest.p);
    if (!content_path(path, data, digest, err) || !join(folder, data, part, err) || !join(all, data, "/files", err))
        return false;
    int lock = lock_contents(data, LOCK_SH, err);
    if (lock < 0)
        return false;
    bool ok = make_folder(folder, err) && link_into_place(intake, path, err) &&
              ((io_flush(folder, fsync) && io_flush(all, fsync)) || err_errno(err, "flush a folder of attachments"));
    (void)close(lock);
    return ok;
}

static bool open_temporary(struct intake *intake, struct str data, struct err *err)
{
    char folder[PATH_LIMIT];
    if (!join(folder, data, "/tmp", err))
        return false;
    intake->to = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (intake->to < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        if (!join(intake->path, data, "/tmp/content-XXXXXX", err))
            return false;
        intake->to = mkostemp(intake->path, O_CLOEXEC);
    }
    return intake->to >= 0 || err_errno(err, "open a temporary file for an attachment");
}

/* Finds the digest, kind and name of a content, and copies it if there is a file to write to. */
static bool store_take(struct intake *intake, struct str name, struct stored *stored, struct err *err)
{
    struct buf digest;
    struct stat facts;
    *stored = (struct stored){.media_type = NULL};
    buf_init(&digest, intake->arena);
    if (fstat(intake->from, &facts) != 0)
        return err_errno(err, "look at an upload");
    intake->whole = facts.st_size;
    if (!store_copy(intake, err))
        return false;
    stored->refusal = intake->size ? store_fit(intake->arena, intake->rules, intake->seen, name, stored) : STORE_EMPTY;
    if (stored->refusal == STORE_TAKEN && intake->size > store_limit(intake->rules, stored->media_type))
        stored->refusal = STORE_TOO_LARGE;
    buf_hex(&digest, intake->digest, sizeof intake->digest);
    stored->digest = buf_text(&digest);
    stored->size = intake->size;
    return true;
}

bool store_probe(struct arena *arena, const struct store_rules *rules, int fd, struct str name, struct stored *stored,
                 struct err *err)
{
    struct intake intake = {.arena = arena, .rules = rules, .from = fd, .to = -1};
    return store_take(&intake, name, stored, err);
}

bool store_put(struct arena *arena, struct str data, const struct store_rules *rules, int fd, struct str name,
               struct stored *stored, struct err *err)
{
    struct intake intake = {.arena = arena, .rules = rules, .from = fd};
    if (!open_temporary(&intake, data, err))
        return false;
    bool ok = store_take(&intake, name, stored, err) &&
              (stored->refusal != STORE_TAKEN || publish(&intake, data, stored->digest, err));
    (void)close(intake.to);
    if (intake.path[0] && unlink(intake.path) != 0)
        ok = err_errno(err, "remove a temporary file");
    return ok;
}

bool store_open(struct str data, struct str digest, int *fd, int64_t *size, struct err *err)
{
    char path[PATH_LIMIT];
    struct stat facts;
    if (!content_path(path, data, digest, err))
        return false;
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0)
        return errno == ENOENT ? err_set(err, ERR_NOT_FOUND, NULL, "no such content")
                               : err_errno(err, "open a content");
    if (fstat(*fd, &facts) != 0) {
        bool failed = err_errno(err, "look at a content");
        (void)close(*fd);
        return failed;
    }
    *size = facts.st_size;
    return true;
}

/* --- sweeping ----------------------------------------------------------------------------------------------------- */

struct sweep {
    struct str data;
    int folder; /* the folder of the part */
    unsigned part;
    int64_t before_us;
    bool (*used)(void *context, struct str digest, bool *is_used, struct err *err);
    void *context;
};

static bool store_is_old(const struct sweep *sweep, const char *name)
{
    struct stat facts;
    return fstatat(sweep->folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(facts.st_mode) &&
           (int64_t)facts.st_mtim.tv_sec * 1000000 < sweep->before_us;
}

static bool remove_old(const struct sweep *sweep, const char *name, struct err *err)
{
    int lock = lock_contents(sweep->data, LOCK_EX, err);
    if (lock < 0)
        return false;
    bool ok = !store_is_old(sweep, name) || unlinkat(sweep->folder, name, 0) == 0 || err_errno(err, "remove a content");
    (void)close(lock);
    return ok;
}

static bool sweep_one(const struct sweep *sweep, const char *name, struct err *err)
{
    char digest[DIGEST_BYTES * 2 + 8];
    bool is_used = true;
    int n = snprintf(digest, sizeof digest, "%02x%s", sweep->part, name);
    if (n != DIGEST_BYTES * 2 || !store_is_old(sweep, name))
        return true;
    if (!sweep->used(sweep->context, str_of(digest), &is_used, err))
        return false;
    return is_used || remove_old(sweep, name, err);
}

bool store_sweep(struct str data, unsigned part, int64_t before_us,
                 bool (*used)(void *context, struct str digest, bool *is_used, struct err *err), void *context,
                 struct err *err)
{
    struct sweep sweep = {data, -1, part, before_us, used, context};
    char path[PATH_LIMIT], rest[16];
    (void)snprintf(rest, sizeof rest, "/files/%02x", part);
    if (!join(path, data, rest, err))
        return false;
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT || err_errno(err, "open a folder of attachments");
    sweep.folder = dirfd(folder);
    bool ok = true;
    const struct dirent *entry;
    while (ok && (entry = readdir(folder)) != NULL)
        ok = entry->d_name[0] == '.' || sweep_one(&sweep, entry->d_name, err);
    (void)closedir(folder);
    return ok;
}
