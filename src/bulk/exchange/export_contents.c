#include "base/io.h"
#include "bulk/exchange/export.h"
#include "service/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* the most bytes of a name in a path; file systems allow 255 */
#define NAME_BYTES 200

struct str export_portal_path(struct arena *arena, struct str key, struct str name)
{
    size_t point = name.n;
    while (point > 0 && name.p[point - 1] != '.')
        point--;
    if (name.n <= NAME_BYTES)
        return arena_printf(arena, PORTAL_FOLDER "%.*s/%.*s", STR_FMT(key), STR_FMT(name));
    struct str tail = point > 1 && name.n - point < 10 ? str_slice(name, point - 1, name.n) : STR_NONE;
    size_t n = NAME_BYTES - tail.n;
    while (n > 0 && ((unsigned char)name.p[n] & 0xC0) == 0x80) /* do not cut within a character */
        n--;
    return arena_printf(arena, PORTAL_FOLDER "%.*s/%.*s%.*s", STR_FMT(key), STR_FMT(str_slice(name, 0, n)),
                        STR_FMT(tail));
}

/* Opens the folder of the path and creates the missing folders; *last is the name of the file in it. */
static int export_contents_make_folders(int folder, struct str path, struct arena *arena, struct str *last)
{
    int at = openat(folder, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct str rest = path;
    while (at >= 0 && str_cut(&rest, '/', last) && rest.n) {
        const char *name = arena_z(arena, *last);
        int next = mkdirat(at, name, 0777) == 0 || errno == EEXIST
                       ? openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                       : -1;
        int why = errno;
        (void)close(at);
        errno = why;
        at = next;
    }
    return at;
}

/* Copies a content and compares the copy with its digest. */
static bool export_contents_copy(int from, int to, struct str digest, struct str path, struct arena *arena,
                                 struct err *err)
{
    unsigned char bytes[32768], made[crypto_generichash_BYTES];
    crypto_generichash_state state;
    struct buf hex;
    ssize_t n;
    int64_t at = 0;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof made);
    for (; (n = io_read(from, bytes, sizeof bytes, at)) > 0; at += n) {
        (void)crypto_generichash_update(&state, bytes, (size_t)n);
        if (!io_write(to, bytes, (size_t)n))
            return err_errno(err, "write a file");
    }
    (void)crypto_generichash_final(&state, made, sizeof made);
    buf_init(&hex, arena);
    buf_hex(&hex, made, sizeof made);
    if (n < 0)
        return err_errno(err, "read a file");
    return str_eq(buf_text(&hex), digest) ||
           err_set(err, ERR_INTERNAL, NULL, "the content of %.*s is damaged", STR_FMT(path));
}

static bool create(int folder, struct str path, struct arena *arena, int *fd, struct err *err)
{
    struct str name = STR_NONE;
    int at = export_contents_make_folders(folder, path, arena, &name);
    *fd = at < 0 ? -1 : openat(at, arena_z(arena, name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (*fd < 0)
        (void)err_errno(err, arena_z(arena, path));
    if (at >= 0)
        (void)close(at);
    return *fd >= 0;
}

bool export_content(struct arena *arena, struct str data, int folder, struct str path, struct str digest,
                    struct err *err)
{
    int from = -1, to = -1;
    int64_t size = 0;
    if (!store_open(data, digest, &from, &size, err))
        return err->kind == ERR_NOT_FOUND ? err_set(err, ERR_NOT_FOUND, NULL,
                                                    "the content of %.*s is missing in the data folder", STR_FMT(path))
                                          : false;
    bool ok = create(folder, path, arena, &to, err) && export_contents_copy(from, to, digest, path, arena, err);
    (void)close(from);
    if (to >= 0 && close(to) != 0 && ok)
        ok = err_errno(err, "close a file");
    return ok;
}
