#include "base/clock.h"
#include "base/test.h"
#include "service/store.h"
#include "service/test_archives.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void cleans_names(void **state)
{
    assert_str(store_clean_name(*state, STR(" ../a\\b:c\"\r.jpg ")), "_a_b_c_ .jpg");
    assert_str(store_clean_name(*state, STR("bild\u202egp\u061cj.exe")), "bildgpj.exe");
    assert_str(store_clean_name(*state, STR(" ..... ...../x.png")), "_x.png");
    assert_str(store_clean_name(*state, STR("Lgh 2. . ")), "Lgh 2");
    assert_str(store_clean_name(*state, STR("aux.pdf")), "_aux.pdf");
    assert_str(store_clean_name(*state, STR("NUL")), "_NUL");
    assert_str(store_clean_name(*state, STR("com1 .2026.txt")), "_com1 .2026.txt");
    assert_str(store_clean_name(*state, STR("LPT².doc")), "_LPT².doc");
    assert_str(store_clean_name(*state, STR("console.txt")), "console.txt");
    assert_str(store_clean_name(*state, STR("a\xc2\x85"
                                            "b\u2028c.txt")),
               "a b c.txt");
    assert_str(store_clean_name(*state, STR("Skärm bild 1.png")), "Skärm bild 1.png");
    assert_str(store_clean_name(*state, STR("a\u030angma\u0308tare.jpg")), "ångmätare.jpg");
    char name[300];
    memset(name, 'a', sizeof name);
    memcpy(name + 290, ".jpeg", 5);
    struct str clean = store_clean_name(*state, (struct str){name, 295});
    assert_int_equal(clean.n, 120);
    assert_true(str_ends(clean, STR("a.jpeg")));
    for (size_t i = 0; i < 90; i++)
        memcpy(name + i * 3, "\u6728", 3);
    memcpy(name + 270, ".jpeg", 5);
    clean = store_clean_name(*state, (struct str){name, 275});
    assert_true(clean.n <= 240 && utf8_valid(clean) && str_ends(clean, STR("\u6728.jpeg")));
    memset(name, 'a', sizeof name);
    memcpy(name + 113, "\U0001F469\u200D\U0001F469.jpeg", 16); /* the cut leaves the joiner at the end */
    clean = store_clean_name(*state, (struct str){name, 129});
    assert_str(store_clean_name(*state, clean), clean.p);
    assert_true(str_ends(clean, STR("\U0001F469.jpeg")));
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

static enum store_refusal put_with(struct place *place, const struct store_rules *rules, const char *content, size_t n,
                                   const char *name, struct stored *stored)
{
    struct err err = {0};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, n, file), n);
    assert_int_equal(fflush(file), 0);
    assert_true(store_put(place->arena, place->data, rules, fileno(file), str_of(name), stored, &err));
    (void)fclose(file);
    return stored->refusal;
}

static bool put(struct place *place, const char *content, size_t n, const char *name, struct stored *stored)
{
    return put_with(place, &store_unlimited, content, n, name, stored) == STORE_TAKEN;
}

static void gives_back_what_was_put(void **state)
{
    struct place *place = *state;
    struct stored one, two;
    struct err err = {0};
    char read_back[64];
    int fd = -1;
    int64_t size = 0;
    assert_true(put(place, "Hej!\n", 5, "Läs mig", &one));
    assert_str(one.name, "Läs mig.txt");
    assert_int_equal(one.size, 5);
    assert_true(put(place, "Hej!\n", 5, "annat.log", &two));
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
    assert_true(store_probe(place->arena, &store_unlimited, fileno(file), STR("Läs mig"), &probed, &err));
    assert_false(store_open(place->data, probed.digest, &fd, &size, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_true(put(place, "Hej!\n", 5, "Läs mig", &kept));
    assert_true(str_eq(probed.digest, kept.digest) && str_eq(probed.name, kept.name) && probed.size == kept.size);
    assert_true(store_probe(place->arena, &store_unlimited, fileno(file), STR("bild.png"), &probed, &err));
    assert_int_equal(probed.refusal, STORE_OTHER_KIND);
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

/* A name becomes one that opens: what is stored is found by content, and the extension follows. */
static void gives_every_name_the_extension_of_its_kind(void **state)
{
    static const struct {
        const char *content, *name, *stored;
    } FILES[] = {
        {"%PDF-1.4\n\1", "Protokoll 2026.11.30", "Protokoll 2026.11.30.pdf"},
        {"%PDF-1.4\n\1", "skannad", "skannad.pdf"},
        {"%PDF-1.4\n\1", "SKANNAD.PDF", "SKANNAD.PDF"},
        {"%PDF-1.4\n\1", "foto.jpg", "foto.pdf"},
        {"%PDF-1.4\n\1", "avtal.exe", "avtal.exe.pdf"},
        {"\x89PNG\r\n\x1a\n", "IMG_1.JPG", "IMG_1.png"},
        {"\x89PNG\r\n\x1a\n", "faktura.pdf", "faktura.png"},
        {"hej", "sida.html", "sida.html.txt"},
        {"hej", "Läs mig v1.2", "Läs mig v1.2.txt"},
        {"a;b", "lista.csv", "lista.csv"},
        {"From: a@x.se\n\nhej", "svar.eml", "svar.eml"},
        {"0\nSECTION\n", "plan.DXF", "plan.DXF"},
        {"{\\rtf1}", "brev", "brev.rtf"},
        {"AC1032\1", "plan.dwg", "plan.dwg"},
        {"\1\2\3", "modell.skp", "modell.skp"},
    };
    struct place *place = *state;
    struct store_rules rules = {INT64_MAX, INT64_MAX, STR("dwg, dxf, eml, rtf, csv, skp")};
    struct stored stored;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        assert_int_equal(put_with(place, &rules, FILES[i].content, strlen(FILES[i].content), FILES[i].name, &stored),
                         STORE_TAKEN);
        assert_str(stored.name, FILES[i].stored);
    }
}

static void says_why_a_content_is_refused(void **state)
{
    struct place *place = *state;
    struct store_rules rules = {8, 20, STR("rtf")};
    struct stored stored;
    const struct made *locked = old_office("EncryptedPackage");
    assert_int_equal(put_with(place, &rules, "", 0, "tom.txt", &stored), STORE_EMPTY);
    assert_int_equal(put_with(place, &rules, "a\0b\1", 4, "lista.txt", &stored), STORE_NOT_TEXT);
    assert_int_equal(put_with(place, &rules, "a\0b\1", 4, "lista.csv", &stored), STORE_NOT_TEXT);
    assert_int_equal(put_with(place, &rules, "hej", 3, "bild.jpg", &stored), STORE_OTHER_KIND);
    assert_int_equal(put_with(place, &rules, "MZ\1\2", 4, "program.exe", &stored), STORE_UNKNOWN);
    assert_int_equal(put_with(place, &rules, "<svg>", 5, "bild.svg", &stored), STORE_UNKNOWN);
    assert_int_equal(put_with(place, &rules, "<svg>", 5, "sida.txt", &stored), STORE_UNKNOWN);
    assert_int_equal(put_with(place, &rules, "<svg>", 5, "sida.docx", &stored), STORE_UNKNOWN);
    assert_int_equal(put_with(place, &rules, "a;b", 3, "lista.csv", &stored), STORE_UNKNOWN); /* not listed here */
    assert_int_equal(put_with(place, &rules, locked->bytes, locked->n, "budget.xlsx", &stored), STORE_LOCKED);
    assert_int_equal(put_with(place, &rules, locked->bytes, locked->n, "budget.skp", &stored), STORE_UNKNOWN);
    assert_int_equal(put_with(place, &rules, "123456789", 9, "lång.txt", &stored), STORE_TOO_LARGE);
    assert_int_equal(put_with(place, &rules, "\0\0\0\10wide.......", 15, "film.mov", &stored), STORE_TAKEN);
    assert_int_equal(put_with(place, &rules, "\0\0\0\10wide.............", 21, "film.mov", &stored), STORE_TOO_LARGE);
    assert_true(store_limit_of_name(&rules, STR("a.mp4")) == 20 && store_limit_of_name(&rules, STR("a.jpg")) == 8);
}

/* Kinds are found in a file on disk as in memory, also where that is after its first piece. */
static void looks_into_large_contents(void **state)
{
    static const char *const NAMES[] = {"word/media/film.mp4", "word/document.xml", "[Content_Types].xml", NULL};
    struct place *place = *state;
    struct stored stored;
    const struct made *made = archive(NAMES, "x", 90000);
    assert_int_equal(put_with(place, &store_unlimited, made->bytes, made->n, "bok", &stored), STORE_TAKEN);
    assert_str(stored.name, "bok.docx");
}

static void a_new_name_keeps_an_extension_of_its_kind(void **state)
{
    assert_str(store_rename(*state, STR("application/pdf"), STR("avtal.exe"), STR("a.pdf")), "avtal.exe.pdf");
    assert_str(store_rename(*state, STR("application/pdf"), STR("avtal.jpg"), STR("a.pdf")), "avtal.pdf");
    assert_str(store_rename(*state, STR("image/jpeg"), STR("foto.JPEG"), STR("a.jpg")), "foto.JPEG");
    assert_str(store_rename(*state, STR("application/octet-stream"), STR("hus"), STR("a.skp")), "hus.skp");
    assert_str(store_rename(*state, STR("text/plain"), STR("lista.csv"), STR("a.csv")), "lista.csv");
}

/* Text is checked to its end, also beyond the first chunk that is read. */
static void refuses_text_that_turns_binary(void **state)
{
    struct place *place = *state;
    struct stored stored;
    static char content[200000];
    memset(content, 'a', sizeof content);
    assert_true(put(place, content, sizeof content, "lång.txt", &stored));
    assert_int_equal(stored.size, sizeof content);
    content[sizeof content - 1] = '\0';
    assert_false(put(place, content, sizeof content, "lång.txt", &stored));
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
    assert_true(put(place, "Hej!\n", 5, "a.txt", &stored));
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
        test_with_arena(cleans_names),
        in_place(gives_back_what_was_put),
        in_place(looks_at_a_content_without_keeping_it),
        in_place(opens_nothing_but_contents),
        in_place(gives_every_name_the_extension_of_its_kind),
        in_place(says_why_a_content_is_refused),
        in_place(looks_into_large_contents),
        test_with_arena(a_new_name_keeps_an_extension_of_its_kind),
        in_place(refuses_text_that_turns_binary),
        in_place(sweeps_only_what_is_old_and_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
