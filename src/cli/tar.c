#include "cli/tar.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 512
#define CHUNK 65536

struct head {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100], magic[8], rest[247];
};
_Static_assert(sizeof(struct head) == BLOCK, "a head is one block");

static bool write_all(int fd, const void *bytes, size_t n, struct err *err)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_errno(err, "write");
        at += done;
        n -= (size_t)done;
    }
    return true;
}

/* *got is less than n only at the end of the file. */
static bool read_all(int fd, void *bytes, size_t n, size_t *got, struct err *err)
{
    *got = 0;
    while (*got < n) {
        ssize_t done = read(fd, (char *)bytes + *got, n - *got);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_errno(err, "read");
        if (done == 0)
            break;
        *got += (size_t)done;
    }
    return true;
}

static unsigned checksum(const struct head *head)
{
    struct head copy = *head;
    const unsigned char *bytes = (const unsigned char *)&copy;
    unsigned sum = 0;
    memset(copy.sum, ' ', sizeof copy.sum);
    for (size_t i = 0; i < BLOCK; i++)
        sum += bytes[i];
    return sum;
}

static void put_size(struct head *head, int64_t size)
{
    if (size < (INT64_C(1) << 33)) {
        (void)snprintf(head->size, sizeof head->size, "%011llo", (unsigned long long)size);
        return;
    }
    head->size[0] = (char)0x80;
    for (int i = 0; i < 8; i++)
        head->size[11 - i] = (char)((size >> (8 * i)) & 0xff);
}

static bool get_size(const struct head *head, int64_t *size)
{
    *size = 0;
    if ((unsigned char)head->size[0] == 0x80) {
        for (int i = 4; i < 12; i++)
            *size = (int64_t)((uint64_t)*size << 8 | (unsigned char)head->size[i]);
        return *size >= 0;
    }
    for (int i = 0; i < 11; i++) {
        if (head->size[i] < '0' || head->size[i] > '7')
            return false;
        *size = *size * 8 + (head->size[i] - '0');
    }
    return true;
}

static bool write_head(int tar, const char *name, const struct stat *stat, struct err *err)
{
    struct head head = {.type = '0'};
    if (strlen(name) > TAR_NAME_MAX)
        return err_set(err, ERR_INVALID, NULL, "a file name is too long for the backup");
    memcpy(head.name, name, strlen(name));
    memcpy(head.mode, "0000600", 8);
    memcpy(head.uid, "0000000", 8);
    memcpy(head.gid, "0000000", 8);
    (void)snprintf(head.mtime, sizeof head.mtime, "%011llo", (unsigned long long)stat->st_mtime & 077777777777ULL);
    memcpy(head.magic, "ustar\00000", 8);
    put_size(&head, stat->st_size);
    (void)snprintf(head.sum, sizeof head.sum, "%06o", checksum(&head));
    head.sum[7] = ' ';
    return write_all(tar, &head, sizeof head, err);
}

static size_t padding(int64_t size)
{
    return (size_t)((BLOCK - size % BLOCK) % BLOCK);
}

/* Exactly `size` bytes; a file that shrank meanwhile is an error. */
static bool copy_bytes(int from, int to, int64_t size, struct err *err)
{
    static char chunk[CHUNK];
    while (size > 0) {
        size_t want = size < CHUNK ? (size_t)size : CHUNK, got = 0;
        if (!read_all(from, chunk, want, &got, err))
            return false;
        if (got < want)
            return err_set(err, ERR_INVALID, NULL, "a file ends too early");
        if (!write_all(to, chunk, got, err))
            return false;
        size -= (int64_t)got;
    }
    return true;
}

bool tar_add(int tar, const char *name, int from, struct err *err)
{
    static const char zeros[BLOCK];
    struct stat stat;
    if (fstat(from, &stat) != 0)
        return err_errno(err, "stat");
    return write_head(tar, name, &stat, err) && copy_bytes(from, tar, stat.st_size, err) &&
           write_all(tar, zeros, padding(stat.st_size), err);
}

bool tar_digest(int tar, int64_t size, char digits[TAR_DIGEST_SIZE + 1], struct err *err)
{
    static unsigned char chunk[CHUNK];
    unsigned char digest[TAR_DIGEST_SIZE / 2];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (int64_t at = 0; at < size;) {
        size_t want = size - at < CHUNK ? (size_t)(size - at) : CHUNK;
        ssize_t got = pread(tar, chunk, want, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? err_errno(err, "read") : err_set(err, ERR_INVALID, NULL, "the backup ends too early");
        (void)crypto_generichash_update(&state, chunk, (size_t)got);
        at += got;
    }
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    (void)sodium_bin2hex(digits, TAR_DIGEST_SIZE + 1, digest, sizeof digest);
    return true;
}

bool tar_end(int tar, struct err *err)
{
    static const char zeros[2 * BLOCK];
    if (!write_all(tar, zeros, sizeof zeros, err))
        return false;
    return fsync(tar) == 0 || err_errno(err, "fsync");
}

bool tar_next(int tar, struct tar_entry *entry, bool *more, struct err *err)
{
    struct head head;
    size_t got = 0;
    unsigned sum = 0;
    *more = false;
    if (!read_all(tar, &head, sizeof head, &got, err))
        return false;
    if (got < sizeof head)
        return err_set(err, ERR_INVALID, NULL, "the backup ends too early");
    if (!head.name[0] && checksum(&head) == 8 * ' ')
        return true;
    char digits[8] = {0};
    memcpy(digits, head.sum, 7);
    if (sscanf(digits, "%o", &sum) != 1 || sum != checksum(&head) || head.type != '0' || head.name[99] ||
        !get_size(&head, &entry->size))
        return err_set(err, ERR_INVALID, NULL, "this is no backup of Kundportal, or it is damaged");
    memcpy(entry->name, head.name, sizeof head.name);
    *more = true;
    return true;
}

bool tar_copy(int tar, const struct tar_entry *entry, int to, struct err *err)
{
    char rest[BLOCK];
    size_t got = 0, pad = padding(entry->size);
    if (!copy_bytes(tar, to, entry->size, err) || !read_all(tar, rest, pad, &got, err))
        return false;
    return got == pad || err_set(err, ERR_INVALID, NULL, "the backup ends too early");
}
