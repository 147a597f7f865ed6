#include "base/test.h"
#include "cli/tar.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int file_with(const char *bytes, size_t n)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void add(int tar, const char *name, const char *bytes, size_t n)
{
    struct err err = {0};
    int fd = file_with(bytes, n);
    assert_true(tar_add(tar, name, fd, &err));
    assert_int_equal(close(fd), 0);
}

static void assert_next(int tar, const char *name, const char *bytes, size_t n)
{
    struct tar_entry entry;
    struct err err = {0};
    char content[2048];
    bool more = false;
    assert_true(tar_next(tar, &entry, &more, &err));
    assert_true(more);
    assert_string_equal(entry.name, name);
    assert_int_equal(entry.size, n);
    int fd = file_with("", 0);
    assert_true(tar_copy(tar, &entry, fd, &err));
    assert_int_equal(pread(fd, content, sizeof content, 0), n);
    assert_memory_equal(content, bytes, n);
    assert_int_equal(close(fd), 0);
}

static void gives_back_what_it_took(void **state)
{
    static const char block[1024] = "exactly two blocks";
    struct tar_entry entry;
    struct err err = {0};
    bool more = true;
    int tar = file_with("", 0);
    (void)state;
    add(tar, "kundportal.db", "abc", 3);
    add(tar, "files/ab/abcdef", "", 0);
    add(tar, "files/cd/cdef01", block, sizeof block);
    assert_true(tar_end(tar, &err));
    assert_int_equal(lseek(tar, 0, SEEK_SET), 0);
    assert_next(tar, "kundportal.db", "abc", 3);
    assert_next(tar, "files/ab/abcdef", "", 0);
    assert_next(tar, "files/cd/cdef01", block, sizeof block);
    assert_true(tar_next(tar, &entry, &more, &err));
    assert_false(more);
    assert_int_equal(close(tar), 0);
}

static void assert_refused(const char *bytes, size_t n)
{
    struct tar_entry entry;
    struct err err = {0};
    bool more = true;
    int tar = file_with(bytes, n);
    assert_false(tar_next(tar, &entry, &more, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_int_equal(close(tar), 0);
}

static void refuses_what_is_no_archive(void **state)
{
    char head[512] = "kundportal.db";
    (void)state;
    assert_refused("", 0);
    assert_refused("short", 5);
    assert_refused(head, sizeof head);
    memset(head, 0xff, sizeof head);
    assert_refused(head, sizeof head);
}

static void refuses_an_archive_cut_short(void **state)
{
    struct tar_entry entry;
    struct err err = {0};
    bool more = false;
    int tar = file_with("", 0), out = file_with("", 0);
    (void)state;
    add(tar, "kundportal.db", "abcdef", 6);
    assert_int_equal(ftruncate(tar, 515), 0);
    assert_int_equal(lseek(tar, 0, SEEK_SET), 0);
    assert_true(tar_next(tar, &entry, &more, &err));
    assert_false(tar_copy(tar, &entry, out, &err));
    assert_int_equal(close(tar), 0);
    assert_int_equal(close(out), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_it_took),
        cmocka_unit_test(refuses_what_is_no_archive),
        cmocka_unit_test(refuses_an_archive_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
