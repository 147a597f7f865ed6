#include "cli/bundle.h"
#include "base/io.h"

#include "base/buf.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT_NAME "format"
#define FORMAT "kundportal backup 2\n"
#define DIGEST_NAME "digest"
#define CHUNK 65536

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 64 };

/* --- the digest, when writing and when reading -------------------------------------------------------------------- */

static void digest_begin(struct bundle *bundle, const char *name, int64_t size)
{
    (void)crypto_generichash_update(bundle->digest, (const unsigned char *)name, strlen(name) + 1);
    (void)crypto_generichash_update(bundle->digest, (const unsigned char *)&size, sizeof size);
}

static void digest_end(struct bundle *bundle, char text[DIGEST_TEXT + 1])
{
    unsigned char bytes[DIGEST_BYTES];
    (void)crypto_generichash_final(bundle->digest, bytes, sizeof bytes);
    (void)sodium_bin2hex(text, DIGEST_TEXT + 1, bytes, sizeof bytes);
}

static bool bundle_begin(struct bundle *bundle, struct archive *archive, struct err *err)
{
    *bundle = (struct bundle){.archive = archive};
    void *aligned = bundle->digest_space + (64 - (uintptr_t)bundle->digest_space % 64) % 64;
    bundle->digest = aligned;
    (void)crypto_generichash_init(bundle->digest, NULL, 0, DIGEST_BYTES);
    return archive || err_set(err, ERR_INTERNAL, NULL, "no memory for the backup");
}

static bool archive_fails(const struct bundle *bundle, struct err *err)
{
    const char *why = archive_error_string(bundle->archive);
    bool full = archive_errno(bundle->archive) == ENOSPC || archive_errno(bundle->archive) == EDQUOT;
    return err_set(err, full ? ERR_FULL : ERR_INTERNAL, NULL, "the backup: %s", why ? why : "unknown fault");
}

void bundle_free(struct bundle *bundle)
{
    if (bundle->archive)
        (void)archive_free(bundle->archive);
    bundle->archive = NULL;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool bundle_write_head(struct bundle *bundle, const char *name, int64_t size, struct err *err)
{
    struct archive_entry *entry = archive_entry_new();
    if (!entry)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for the backup");
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    bool ok = archive_write_header(bundle->archive, entry) == ARCHIVE_OK || archive_fails(bundle, err);
    archive_entry_free(entry);
    digest_begin(bundle, name, size);
    return ok;
}

static bool write_data(struct bundle *bundle, const void *bytes, size_t n, struct err *err)
{
    (void)crypto_generichash_update(bundle->digest, bytes, n);
    return archive_write_data(bundle->archive, bytes, n) == (la_ssize_t)n || archive_fails(bundle, err);
}

static bool write_text(struct bundle *bundle, const char *name, const char *text, struct err *err)
{
    return bundle_write_head(bundle, name, (int64_t)strlen(text), err) && write_data(bundle, text, strlen(text), err);
}

bool bundle_write_begin(struct bundle *bundle, int to, struct err *err)
{
    if (!bundle_begin(bundle, archive_write_new(), err))
        return false;
    if (archive_write_set_format_pax_restricted(bundle->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(bundle->archive, 1) != ARCHIVE_OK ||
        archive_write_open_fd(bundle->archive, to) != ARCHIVE_OK)
        return archive_fails(bundle, err);
    return write_text(bundle, FORMAT_NAME, FORMAT, err);
}

bool bundle_add(struct bundle *bundle, const char *name, int from, struct err *err)
{
    char bytes[CHUNK];
    struct stat stat;
    if (fstat(from, &stat) != 0)
        return err_errno(err, "a file of the backup");
    if (!bundle_write_head(bundle, name, stat.st_size, err))
        return false;
    for (int64_t left = stat.st_size; left > 0;) {
        ssize_t n = read(from, bytes, left < CHUNK ? (size_t)left : CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? err_errno(err, "a file of the backup")
                         : err_set(err, ERR_INTERNAL, NULL, "%s became shorter while it was read", name);
        if (!write_data(bundle, bytes, (size_t)n, err))
            return false;
        left -= n;
    }
    return true;
}

bool bundle_write_end(struct bundle *bundle, struct err *err)
{
    char text[DIGEST_TEXT + 1];
    digest_end(bundle, text);
    if (!write_text(bundle, DIGEST_NAME, text, err))
        return false;
    return archive_write_close(bundle->archive) == ARCHIVE_OK || archive_fails(bundle, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool is_damaged(struct err *err)
{
    return err_set(err, ERR_INVALID, NULL, "the backup is damaged or not whole");
}

static bool bundle_read_head(struct bundle *bundle, bool *more, struct err *err)
{
    struct archive_entry *entry = NULL;
    int rc = archive_read_next_header(bundle->archive, &entry);
    *more = rc == ARCHIVE_OK;
    if (rc == ARCHIVE_EOF)
        return true;
    const char *name = *more ? archive_entry_pathname(entry) : NULL;
    if (!name || strlen(name) >= sizeof bundle->name || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) || !archive_entry_size_is_set(entry))
        return err_set(err, ERR_INVALID, NULL, "this is no backup of Kundportal, or it is damaged");
    memcpy(bundle->name, name, strlen(name) + 1);
    bundle->left = archive_entry_size(entry);
    return true;
}

/* Reads a small entry as text; returns an empty text if the entry is larger than `room`. */
static bool bundle_read_text(struct bundle *bundle, char *text, size_t room, struct err *err)
{
    memset(text, 0, room);
    if (bundle->left >= (int64_t)room)
        return true;
    return archive_read_data(bundle->archive, text, (size_t)bundle->left) == bundle->left || is_damaged(err);
}

bool bundle_read_begin(struct bundle *bundle, int from, struct err *err)
{
    char format[64] = {0};
    bool more = false;
    if (!bundle_begin(bundle, archive_read_new(), err))
        return false;
    if (archive_read_support_format_tar(bundle->archive) != ARCHIVE_OK)
        return archive_fails(bundle, err);
    if (archive_read_open_fd(bundle->archive, from, CHUNK) != ARCHIVE_OK || !bundle_read_head(bundle, &more, err) ||
        !more)
        return err_set(err, ERR_INVALID, NULL, "this is no backup of Kundportal");
    if (strcmp(bundle->name, BUNDLE_SQLITE) == 0 || strcmp(bundle->name, BUNDLE_POSTGRES) == 0)
        return err_set(err, ERR_INVALID, NULL, "the backup has format 1 and this program reads format 2");
    if (strcmp(bundle->name, FORMAT_NAME) != 0)
        return err_set(err, ERR_INVALID, NULL, "this is no backup of Kundportal");
    digest_begin(bundle, bundle->name, bundle->left);
    if (!bundle_read_text(bundle, format, sizeof format, err))
        return false;
    (void)crypto_generichash_update(bundle->digest, (const unsigned char *)format, strlen(format));
    if (strcmp(format, FORMAT) == 0)
        return true;
    size_t known = strlen("kundportal backup ");
    bool ours = strncmp(format, FORMAT, known) == 0;
    return ours ? err_set(err, ERR_INVALID, NULL, "the backup has format %.*s and this program reads format 2",
                          (int)strcspn(format + known, "\n"), format + known)
                : err_set(err, ERR_INVALID, NULL, "this is no backup of Kundportal");
}

bool bundle_next(struct bundle *bundle, bool *more, struct err *err)
{
    char told[DIGEST_TEXT + 1], found[DIGEST_TEXT + 1];
    if (!bundle_read_head(bundle, more, err))
        return false;
    if (!*more)
        return is_damaged(err);
    if (strcmp(bundle->name, DIGEST_NAME) != 0) {
        digest_begin(bundle, bundle->name, bundle->left);
        return true;
    }
    *more = false;
    digest_end(bundle, found);
    return bundle_read_text(bundle, told, sizeof told, err) && (strcmp(told, found) == 0 || is_damaged(err));
}

bool bundle_copy(struct bundle *bundle, int to, struct err *err)
{
    char bytes[CHUNK];
    while (bundle->left > 0) {
        la_ssize_t n =
            archive_read_data(bundle->archive, bytes, bundle->left < CHUNK ? (size_t)bundle->left : sizeof bytes);
        if (n <= 0)
            return is_damaged(err);
        (void)crypto_generichash_update(bundle->digest, (const unsigned char *)bytes, (size_t)n);
        if (!io_write(to, bytes, (size_t)n))
            return false;
        bundle->left -= n;
    }
    return true;
}
