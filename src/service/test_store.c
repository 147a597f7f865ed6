#include "base/clock.h"
#include "base/test.h"
#include "service/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *sniff(const char *bytes, size_t n)
{
    return store_sniff((const unsigned char *)bytes, n);
}
#define SNIFF(literal) sniff(literal, sizeof(literal) - 1)

static void knows_kinds_by_their_first_bytes(void **state)
{
    (void)state;
    assert_string_equal(SNIFF("\xff\xd8\xff\xe1"), "image/jpeg");
    assert_string_equal(SNIFF("\x89PNG\r\n\x1a\n...."), "image/png");
    assert_string_equal(SNIFF("GIF89a"), "image/gif");
    assert_string_equal(SNIFF("RIFF\1\2\3\4WEBPVP8 "), "image/webp");
    assert_string_equal(SNIFF("%PDF-1.7\n\1"), "application/pdf");
    assert_string_equal(SNIFF("\0\0\0\x18"
                              "ftypheic\0\0\0\0mif1heic"),
                        "image/heic");
    assert_string_equal(SNIFF("\0\0\0\x18"
                              "ftypmif1\0\0\0\0avifmif1"),
                        "image/avif");
    assert_string_equal(SNIFF("\0\0\0\x18"
                              "ftypmp42\0\0\0\0isommp42"),
                        "video/mp4");
    assert_string_equal(SNIFF("\0\0\0\x14"
                              "ftypqt  \0\0\0\0qt  "),
                        "video/quicktime");
    assert_string_equal(SNIFF("Hej p\xc3\xa5 dig\r\n"), "text/plain");
    assert_string_equal(SNIFF("Hej p\xe5 dig"), "text/plain");
}

static void knows_office_files_by_their_entries(void **state)
{
    (void)state;
    assert_string_equal(SNIFF("PK\3\4..........................[Content_Types].xml...PK\3\4.........................."
                              "word/document.xml"),
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_string_equal(SNIFF("PK\3\4..........................xl/workbook.xml"),
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_string_equal(SNIFF("PK\3\4..........................mimetypeapplication/vnd.oasis.opendocument.textPK"),
                        "application/vnd.oasis.opendocument.text");
    assert_null(SNIFF("PK\3\4..........................evil.exe"));
    assert_null(SNIFF("PK\3\4"));
}

static void refuses_what_a_browser_could_run_and_what_nobody_knows(void **state)
{
    (void)state;
    assert_null(SNIFF("<svg xmlns='http://www.w3.org/2000/svg'>"));
    assert_null(SNIFF("\xef\xbb\xbf \n<!DOCTYPE html>"));
    assert_null(SNIFF("<?xml version='1.0'?>"));
    assert_null(SNIFF("MZ\x90\0"));
    assert_null(SNIFF("\x7f"
                      "ELF"));
    assert_null(SNIFF("a\0b"));
    assert_null(SNIFF(""));
    assert_null(SNIFF("  \n"));
    assert_null(SNIFF("\0\0\0\x18"
                      "ftypevil\0\0\0\0evilevil"));
    assert_null(SNIFF("\xff\xff\xff\xff"
                      "ftypheic"));
}

static void cleans_names(void **state)
{
    assert_str(store_clean_name(*state, STR(" ../a\\b:c\"\r.jpg ")), "_a_b_c__.jpg");
    assert_str(store_clean_name(*state, STR("bild\u202egpj.exe")), "bildgpj.exe");
    assert_str(store_clean_name(*state, STR(" ..... ...../x.png")), "_x.png");
    assert_str(store_clean_name(*state, STR("Skärm bild 1.png")), "Skärm bild 1.png");
    assert_str(store_clean_name(*state, STR("a\u030angma\u0308tare.jpg")), "ångmätare.jpg");
    char name[300];
    memset(name, 'a', sizeof name);
    memcpy(name + 290, ".jpeg", 5);
    struct str clean = store_clean_name(*state, (struct str){name, 295});
    assert_int_equal(clean.n, 120);
    assert_true(str_ends(clean, STR("a.jpeg")));
}

/* --- on disk ------------------------------------------------------------------------------------------------------ */

struct place {
    struct arena *arena;
    char folder[64];
    struct str data;
};

static int make_place(void **state)
{
    struct arena *arena = arena_create();
    struct place *place = ARENA_NEW(arena, struct place);
    struct err err = {0};
    place->arena = arena;
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/kundportal-store.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->data = str_of(place->folder);
    assert_true(store_prepare(place->data, &err));
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    struct arena *arena = place->arena;
    int status = system(arena_z(arena, arena_printf(arena, "rm -r '%s'", place->folder)));
    arena_destroy(arena);
    return status;
}

static bool put(struct place *place, const char *content, size_t n, const char *name, struct stored *stored,
                struct err *err)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, n, file), n);
    assert_int_equal(fflush(file), 0);
    bool ok = store_put(place->arena, place->data, fileno(file), str_of(name), stored, err);
    (void)fclose(file);
    return ok;
}

static void gives_back_what_was_put(void **state)
{
    struct place *place = *state;
    struct stored one, two;
    struct err err = {0};
    char read_back[64];
    int fd = -1;
    int64_t size = 0;
    assert_true(put(place, "Hej!\n", 5, "Läs mig", &one, &err));
    assert_str(one.name, "Läs mig.txt");
    assert_int_equal(one.size, 5);
    assert_true(put(place, "Hej!\n", 5, "annat.log", &two, &err));
    assert_true(str_eq(one.digest, two.digest));
    assert_true(store_open(place->data, one.digest, &fd, &size, &err));
    assert_int_equal(size, 5);
    assert_int_equal(read(fd, read_back, sizeof read_back), 5);
    assert_memory_equal(read_back, "Hej!\n", 5);
    (void)close(fd);
}

static void looks_at_a_content_without_keeping_it(void **state)
{
    struct place *place = *state;
    struct stored probed, kept;
    struct err err = {0};
    int fd = -1;
    int64_t size = 0;
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_true(fputs("Hej!\n", file) >= 0 && fflush(file) == 0);
    assert_true(store_probe(place->arena, fileno(file), STR("Läs mig"), &probed, &err));
    assert_false(store_open(place->data, probed.digest, &fd, &size, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_true(put(place, "Hej!\n", 5, "Läs mig", &kept, &err));
    assert_true(str_eq(probed.digest, kept.digest) && str_eq(probed.name, kept.name) && probed.size == kept.size);
    assert_false(store_probe(place->arena, fileno(file), STR("bild.png"), &probed, &err));
    assert_int_equal(err.kind, ERR_UNSUPPORTED);
    (void)fclose(file);
}

static void opens_nothing_but_contents(void **state)
{
    struct place *place = *state;
    struct err err = {0};
    int fd = -1;
    int64_t size = 0;
    assert_false(store_open(place->data, STR("../../etc/passwd"), &fd, &size, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_false(store_open(place->data, STR("00000000000000000000000000000000000000000000000000000000000000aa"), &fd,
                            &size, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
}

static void refuses_a_name_of_another_kind_but_mends_pictures(void **state)
{
    struct place *place = *state;
    struct stored stored;
    struct err err = {0};
    assert_false(put(place, "\x89PNG\r\n\x1a\n", 8, "faktura.pdf", &stored, &err));
    assert_int_equal(err.kind, ERR_UNSUPPORTED);
    assert_false(put(place, "hej", 3, "sida.html", &stored, &err));
    assert_false(put(place, "", 0, "tom.txt", &stored, &err));
    assert_true(put(place, "\x89PNG\r\n\x1a\n", 8, "IMG_1.JPG", &stored, &err));
    assert_str(stored.name, "IMG_1.png");
}

/* Text is checked to its end, also beyond the first chunk that is read. */
static void refuses_text_that_turns_binary(void **state)
{
    struct place *place = *state;
    struct stored stored;
    struct err err = {0};
    static char content[200000];
    memset(content, 'a', sizeof content);
    assert_true(put(place, content, sizeof content, "lång.txt", &stored, &err));
    assert_int_equal(stored.size, sizeof content);
    content[sizeof content - 1] = '\0';
    assert_false(put(place, content, sizeof content, "lång.txt", &stored, &err));
}

static bool nothing_is_used(void *context, struct str digest, bool *used, struct err *err)
{
    (void)digest;
    (void)err;
    (*(int *)context)++;
    *used = false;
    return true;
}

static void sweeps_only_what_is_old_and_unused(void **state)
{
    struct place *place = *state;
    struct stored stored;
    struct err err = {0};
    int fd = -1, asked = 0;
    int64_t size = 0;
    assert_true(put(place, "Hej!\n", 5, "a.txt", &stored, &err));
    for (unsigned part = 0; part < STORE_PARTS; part++)
        assert_true(store_sweep(place->data, part, clock_now_us() - 60 * US_PER_SECOND, nothing_is_used, &asked, &err));
    assert_int_equal(asked, 0);
    assert_true(store_open(place->data, stored.digest, &fd, &size, &err));
    (void)close(fd);
    for (unsigned part = 0; part < STORE_PARTS; part++)
        assert_true(store_sweep(place->data, part, clock_now_us() + 60 * US_PER_SECOND, nothing_is_used, &asked, &err));
    assert_int_equal(asked, 1);
    assert_false(store_open(place->data, stored.digest, &fd, &size, &err));
}

#define in_place(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_kinds_by_their_first_bytes),
        cmocka_unit_test(knows_office_files_by_their_entries),
        cmocka_unit_test(refuses_what_a_browser_could_run_and_what_nobody_knows),
        test_with_arena(cleans_names),
        in_place(gives_back_what_was_put),
        in_place(looks_at_a_content_without_keeping_it),
        in_place(opens_nothing_but_contents),
        in_place(refuses_a_name_of_another_kind_but_mends_pictures),
        in_place(refuses_text_that_turns_binary),
        in_place(sweeps_only_what_is_old_and_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
