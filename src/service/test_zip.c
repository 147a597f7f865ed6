#include "base/buf.h"
#include "base/test.h"
#include "service/store.h"
#include "service/zip.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONTENT_BYTES (3 * 1000 * 1000)

static char folder[] = "/tmp/kundportal-zip-XXXXXX";
static char path[200];

static int make_folder(void **state)
{
    struct err err = {0};
    (void)state;
    return mkdtemp(folder) && store_prepare(str_of(folder), &err) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[200];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* Stores a text of `size` bytes that is different for every `seed`. */
static struct zip_entry put(struct arena *arena, size_t size, unsigned seed)
{
    struct stored stored = {0};
    struct err err = {0};
    char *bytes = arena_alloc(arena, size);
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1103515245 + 12345;
        bytes[i] = (char)('a' + (seed >> 16) % 26);
    }
    (void)snprintf(path, sizeof path, "%s/content", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    assert_true(store_put(arena, str_of(folder), &store_unlimited, fd, STR("a.txt"), &stored, &err));
    (void)close(fd);
    return (struct zip_entry){.digest = stored.digest, .size = stored.size, .modified_us = 1767225600000000};
}

/* Reads the whole archive into a file, with reads of many sizes; returns the number of bytes. */
static int64_t write_zip(struct zip *zip)
{
    char bytes[40000];
    int64_t total = 0;
    size_t room = 1;
    ssize_t n;
    (void)snprintf(path, sizeof path, "%s/made.zip", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    while ((n = zip_read(zip, bytes, room)) > 0) {
        assert_true(n <= (ssize_t)room);
        assert_int_equal(write(fd, bytes, (size_t)n), n);
        total += n;
        room = room * 3 % sizeof bytes + 1;
    }
    assert_int_equal(n, 0);
    (void)close(fd);
    return total;
}

/* Returns what another program finds in the archive. */
static struct str listed(struct arena *arena)
{
    char command[500], bytes[65536];
    (void)snprintf(command, sizeof command,
                   "python3 -c 'import zipfile; z = zipfile.ZipFile(\"%s\"); assert z.testzip() is None;"
                   " print([(i.filename, i.file_size) for i in z.infolist()])'",
                   path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    struct buf out;
    buf_init(&out, arena);
    size_t n;
    while ((n = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        buf_add(&out, bytes, n);
    assert_int_equal(pclose(pipe), 0);
    return buf_text(&out);
}

static void makes_archives_that_others_read(void **state)
{
    struct err err = {0};
    struct zip_entry entries[3] = {put(*state, CONTENT_BYTES, 1), put(*state, 5, 2), put(*state, 1, 3)};
    zip_name(*state, entries, 0, STR("Objekt/Räksmörgås – ritning.txt"));
    zip_name(*state, entries, 1, STR("a.txt"));
    zip_name(*state, entries, 2, STR("a.txt"));
    size_t before = arena_used(*state);
    struct zip *zip = zip_begin(*state, str_of(folder), entries, 3, &err);
    assert_non_null(zip);
    assert_true(write_zip(zip) > CONTENT_BYTES / 2);
    assert_true(arena_used(*state) - before < 600 * 1000);
    assert_str(listed(*state), "[('Objekt/Räksmörgås – ritning.txt', 3000000), ('a.txt', 5), ('a (2).txt', 1)]\n");
}

static void an_archive_of_nothing_is_one(void **state)
{
    struct err err = {0};
    struct zip *zip = zip_begin(*state, str_of(folder), NULL, 0, &err);
    assert_non_null(zip);
    assert_int_equal(write_zip(zip), 22);
}

static void a_missing_content_fails_before_the_first_byte(void **state)
{
    struct err err = {0};
    struct zip_entry entries[2] = {put(*state, 10, 4), put(*state, 10, 5)};
    entries[1].digest = STR("0000000000000000000000000000000000000000000000000000000000000000");
    assert_null(zip_begin(*state, str_of(folder), entries, 2, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
}

static void a_content_that_changed_its_size_fails_before_the_first_byte(void **state)
{
    struct err err = {0};
    struct zip_entry entries[1] = {put(*state, 10, 6)};
    entries[0].size = 11;
    assert_null(zip_begin(*state, str_of(folder), entries, 1, &err));
}

static void whoever_goes_in_the_middle_leaves_nothing_open(void **state)
{
    struct err err = {0};
    char bytes[1000];
    struct arena *arena = arena_create();
    struct zip_entry entries[1] = {put(*state, CONTENT_BYTES, 7)};
    zip_name(*state, entries, 0, STR("a.txt"));
    int next = dup(0);
    (void)close(next);
    struct zip *zip = zip_begin(arena, str_of(folder), entries, 1, &err);
    assert_non_null(zip);
    assert_true(zip_read(zip, bytes, sizeof bytes) > 0);
    arena_destroy(arena);
    int again = dup(0);
    (void)close(again);
    assert_int_equal(again, next);
}

static void a_content_that_shrinks_meanwhile_breaks_the_archive_off(void **state)
{
    struct err err = {0};
    char bytes[1000], content[300];
    struct arena *arena = arena_create();
    struct zip_entry entries[2] = {put(*state, CONTENT_BYTES, 8), put(*state, CONTENT_BYTES, 9)};
    zip_name(*state, entries, 0, STR("a.txt"));
    zip_name(*state, entries, 1, STR("b.txt"));
    (void)snprintf(content, sizeof content, "%s/files/%.2s/%.*s", folder, entries[1].digest.p, 62,
                   entries[1].digest.p + 2);
    struct zip *zip = zip_begin(arena, str_of(folder), entries, 2, &err);
    assert_non_null(zip);
    assert_int_equal(truncate(content, CONTENT_BYTES / 2), 0);
    ssize_t n;
    while ((n = zip_read(zip, bytes, sizeof bytes)) > 0)
        continue;
    assert_int_equal(n, -1);
    assert_int_equal(zip_read(zip, bytes, sizeof bytes), -1);
    arena_destroy(arena);
    assert_int_equal(unlink(content), 0);
}

static void names_are_made_unique(void **state)
{
    static struct zip_entry entries[600];
    struct arena *arena = *state;
    for (size_t i = 0; i < 500; i++)
        zip_name(arena, entries, i, i % 2 ? STR("K/Foto.JPG") : STR("K/foto.jpg"));
    assert_str(entries[1].path, "K/Foto (2).JPG");
    assert_str(entries[499].path, "K/Foto (500).JPG");
    zip_name(arena, entries, 500, STR("K/foto (3).jpg"));
    assert_str(entries[500].path, "K/foto (3) (2).jpg");
    zip_name(arena, entries, 501, STR("K.x/utan"));
    zip_name(arena, entries, 502, STR("K.x/utan"));
    assert_str(entries[502].path, "K.x/utan (2)");
    zip_name(arena, entries, 503, STR("K/.dold"));
    zip_name(arena, entries, 504, STR("K/.dold"));
    assert_str(entries[504].path, "K/.dold (2)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(makes_archives_that_others_read),
        test_with_arena(an_archive_of_nothing_is_one),
        test_with_arena(a_missing_content_fails_before_the_first_byte),
        test_with_arena(a_content_that_changed_its_size_fails_before_the_first_byte),
        test_with_arena(whoever_goes_in_the_middle_leaves_nothing_open),
        test_with_arena(a_content_that_shrinks_meanwhile_breaks_the_archive_off),
        test_with_arena(names_are_made_unique),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
