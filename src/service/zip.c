#include "service/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "i18n/fold.h"
#include "service/store.h"

#define CHUNK ((size_t)32 * 1024)

struct zip {
    struct arena *arena;
    struct str data;
    const struct zip_entry *entries;
    size_t count, next;
    int fd; /* the content that is being read, or -1 */
    int64_t left;
    struct archive *archive;
    locale_t locale;
    struct buf out; /* bytes that the archive has written and nobody has taken yet: little more than a chunk */
    size_t taken;
    char *chunk;
    bool finished, failed, thrown_away; /* thrown_away: nobody needs the output any more */
};

static la_ssize_t zip_gather(struct archive *archive, void *what, const void *bytes, size_t n)
{
    struct zip *zip = what;
    (void)archive;
    if (!zip->thrown_away)
        buf_add(&zip->out, bytes, n);
    return (la_ssize_t)n;
}

/* The library frees the memory of an entry and of the archive only when they are finished. */
static void zip_release(void *what)
{
    struct zip *zip = what;
    zip->thrown_away = true;
    if (zip->fd >= 0) {
        (void)close(zip->fd);
        (void)archive_write_finish_entry(zip->archive);
    }
    if (zip->archive)
        (void)archive_write_free(zip->archive);
    if (zip->locale)
        freelocale(zip->locale);
}

/* The library takes the encoding of names from the locale of the thread. */
static bool open_archive(struct zip *zip, struct err *err)
{
    zip->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!zip->locale)
        return err_errno(err, "the locale C.UTF-8");
    zip->archive = archive_write_new();
    bool ok = zip->archive && archive_write_set_format_zip(zip->archive) == ARCHIVE_OK &&
              archive_write_zip_set_compression_deflate(zip->archive) == ARCHIVE_OK &&
              archive_write_set_options(zip->archive, "zip:compression-level=1") == ARCHIVE_OK &&
              archive_write_set_bytes_per_block(zip->archive, 0) == ARCHIVE_OK &&
              archive_write_open(zip->archive, zip, NULL, zip_gather, NULL) == ARCHIVE_OK;
    return ok || err_set(err, ERR_INTERNAL, NULL, "zip: %s",
                         zip->archive ? archive_error_string(zip->archive) : "out of memory");
}

static bool open_content(const struct zip *zip, const struct zip_entry *entry, int *fd, struct err *err)
{
    int64_t size;
    struct err cause = {.kind = ERR_NONE};
    if (!store_open(zip->data, entry->digest, fd, &size, &cause)) {
        *fd = -1;
        return err_set(err, ERR_INTERNAL, NULL, "a content for a zip: %s", cause.detail);
    }
    if (size == entry->size)
        return true;
    (void)close(*fd);
    *fd = -1;
    return err_set(err, ERR_INTERNAL, NULL, "a content for a zip has another size");
}

static bool contents_are_there(const struct zip *zip, struct err *err)
{
    for (size_t i = 0; i < zip->count; i++) {
        int fd = -1;
        if (!open_content(zip, &zip->entries[i], &fd, err))
            return false;
        (void)close(fd);
    }
    return true;
}

struct zip *zip_begin(struct arena *arena, struct str data, const struct zip_entry *entries, size_t count,
                      struct err *err)
{
    struct zip *zip = ARENA_NEW(arena, struct zip);
    *zip = (struct zip){.arena = arena, .data = data, .entries = entries, .count = count, .fd = -1};
    arena_on_release(arena, zip_release, zip);
    if (!contents_are_there(zip, err) || !open_archive(zip, err))
        return NULL;
    buf_init(&zip->out, arena);
    zip->chunk = arena_alloc(arena, CHUNK);
    return zip;
}

/* --- reading step by step ----------------------------------------------------------------------------------------- */

static bool zip_fail(struct zip *zip, const char *what)
{
    log_event(LOG_ERROR, "zip_broken_off", LOG_Z("detail", what));
    zip->failed = true;
    return false;
}

static bool begin_entry(struct zip *zip)
{
    const struct zip_entry *one = &zip->entries[zip->next++];
    struct err err = {.kind = ERR_NONE};
    if (!open_content(zip, one, &zip->fd, &err))
        return zip_fail(zip, err.detail);
    zip->left = one->size;
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, arena_z(zip->arena, one->path));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, one->size);
    archive_entry_set_mtime(entry, (time_t)(one->modified_us / US_PER_SECOND), 0);
    bool ok = archive_write_header(zip->archive, entry) == ARCHIVE_OK;
    archive_entry_free(entry);
    return ok || zip_fail(zip, archive_error_string(zip->archive));
}

static bool add_chunk(struct zip *zip)
{
    ssize_t n;
    do
        n = read(zip->fd, zip->chunk, CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0 || n > zip->left || (n == 0 && zip->left))
        return zip_fail(zip, "a content could not be read");
    zip->left -= n;
    if (n)
        return archive_write_data(zip->archive, zip->chunk, (size_t)n) == n ||
               zip_fail(zip, archive_error_string(zip->archive));
    (void)close(zip->fd);
    zip->fd = -1;
    return archive_write_finish_entry(zip->archive) == ARCHIVE_OK || zip_fail(zip, archive_error_string(zip->archive));
}

static bool zip_step(struct zip *zip)
{
    if (zip->fd >= 0)
        return add_chunk(zip);
    if (zip->next < zip->count)
        return begin_entry(zip);
    zip->finished = true;
    return archive_write_close(zip->archive) == ARCHIVE_OK || zip_fail(zip, archive_error_string(zip->archive));
}

ssize_t zip_read(void *what, char *bytes, size_t room)
{
    struct zip *zip = what;
    if (zip->taken == zip->out.n) {
        buf_clear(&zip->out);
        zip->taken = 0;
        locale_t before = uselocale(zip->locale);
        while (!zip->failed && !zip->finished && !zip->out.n)
            (void)zip_step(zip);
        (void)uselocale(before);
    }
    if (zip->failed)
        return -1;
    struct str ready = str_slice(buf_text(&zip->out), zip->taken, zip->taken + room);
    (void)memcpy(bytes, ready.n ? ready.p : "", ready.n);
    zip->taken += ready.n;
    return (ssize_t)ready.n;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static struct zip_entry *find_path(struct zip_entry *entries, size_t count, struct str folded)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(folded, entries[i].folded))
            return &entries[i];
    }
    return NULL;
}

/* Returns where the extension of a path begins; the end of the path if it has none. */
static size_t ending_of(struct str path)
{
    for (size_t i = path.n; i > 1 && path.p[i - 1] != '/'; i--) {
        if (path.p[i - 1] == '.' && path.p[i - 2] != '/')
            return i - 1;
    }
    return path.n;
}

void zip_name(struct arena *arena, struct zip_entry *entries, size_t at, struct str path)
{
    size_t ending = ending_of(path);
    struct zip_entry *one = &entries[at], *same;
    one->path = path;
    one->folded = fold_case(arena, path);
    struct zip_entry *first = find_path(entries, at, one->folded);
    for (same = first; same; same = find_path(entries, at, one->folded)) {
        first->copies++; /* saves trying every number again for each of a hundred equal names */
        one->path = arena_printf(arena, "%.*s (%d)%.*s", STR_FMT(str_slice(path, 0, ending)), first->copies + 1,
                                 STR_FMT(str_slice(path, ending, path.n)));
        one->folded = fold_case(arena, one->path);
    }
}
