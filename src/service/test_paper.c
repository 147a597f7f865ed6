#include "service/paper.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/test.h"

#define THREADS 8

static const struct paper_column COLUMNS[] = {
    {STR_INIT("Vad"), 3, false}, {STR_INIT("Antal"), 1, true}, {STR_INIT("Summa"), 1, true}};

struct sample {
    size_t rows;
    struct str text, note, number;
};

static void draw(struct paper *paper, const void *context)
{
    const struct sample *sample = context;
    const struct paper_fact facts[] = {
        {STR("Kund"), STR("Älvbygdens Fastigheter")}, {STR("Er referens"), sample->text}, {STR("Tom"), STR("")}};
    paper_text(paper, PAPER_TITLE, STR("Räkenskap"));
    paper_facts(paper, facts, 3);
    paper_text(paper, PAPER_HEADING, STR("Rader"));
    paper_table_begin(paper, COLUMNS, 3);
    for (size_t i = 0; i < sample->rows; i++) {
        struct paper_cell cells[] = {
            {sample->text, sample->note}, {sample->number, STR_NONE}, {STR("1\u00a0234,50"), STR_NONE}};
        paper_table_row(paper, cells, i + 1 == sample->rows);
    }
    paper_table_sum(paper, STR("Summa"), STR("\u2212999 999 999 999,99 kr"));
    paper_table_end(paper);
    paper_total(paper, STR("Totalt"), STR("1,00\u00a0kr"));
}

static struct str make(struct arena *arena, const struct sample *sample)
{
    const struct paper_info info = {.title = STR("Räkenskap 1"),
                                    .author = STR("Ortens Fältservice AB"),
                                    .lang = LANG_SV,
                                    .created_us = INT64_C(1767225600000000),
                                    .foot_text = STR("Frågor? 0660-123 45")};
    struct buf out;
    struct err err = {0};
    buf_init(&out, arena);
    if (!paper_make(arena, &info, draw, sample, &out, &err))
        fail_msg("%s", err.detail);
    return buf_text(&out);
}

/* Returns the text that a PDF reader extracts. */
static struct str read_back(struct arena *arena, struct str document, const char *command)
{
    char path[] = "/tmp/kundportal-paper-XXXXXX", bytes[4096];
    struct buf out;
    size_t n;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, document.p, document.n) == (ssize_t)document.n && close(fd) == 0);
    FILE *pipe = popen(arena_printf(arena, "f=%s; %s", path, command).p, "r");
    assert_non_null(pipe);
    buf_init(&out, arena);
    while ((n = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        buf_add(&out, bytes, n);
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(unlink(path), 0);
    return buf_text(&out);
}

static int64_t pages_of(struct arena *arena, struct str document)
{
    int64_t pages = 0;
    struct str text = read_back(arena, document, "pdfinfo $f | sed -n 's/^Pages: *//p'");
    assert_true(str_to_int(str_trim(str_slice(text, 0, text.n - 1)), &pages));
    return pages;
}

static bool contains(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

static size_t count_of(struct str text, const char *part)
{
    size_t count = 0;
    for (ptrdiff_t at; (at = str_find(text, str_of(part))) >= 0; count++)
        text = str_slice(text, (size_t)at + 1, text.n);
    return count;
}

static const struct sample PLAIN = {2, STR_INIT("Bytt packning"), STR_INIT("Läckte vid kranen"), STR_INIT("2,5")};

static void says_what_it_is(void **state)
{
    struct str document = make(*state, &PLAIN);
    struct str told = read_back(*state, document, "TZ=UTC pdfinfo $f 2>&1");
    assert_true(contains(told, "Räkenskap 1"));
    assert_true(contains(told, "Ortens Fältservice AB"));
    assert_true(contains(told, "Tagged:          yes"));
    assert_true(contains(told, "595.276 x 841.89 pts (A4)"));
    assert_true(contains(document, "/Lang (sv)"));
    assert_true(contains(document, "/DisplayDocTitle true"));
    struct str xmp = read_back(*state, document, "pdfinfo -meta $f 2>&1");
    assert_true(contains(xmp, "<rdf:li xml:lang=\"x-default\">Räkenskap 1"));
    assert_true(contains(xmp, "<rdf:li>Ortens Fältservice AB</rdf:li>"));
    assert_true(contains(xmp, "<rdf:li>sv</rdf:li>"));
    assert_true(contains(document, "/CreationDate (D:20260101000000Z)"));
    assert_true(contains(told, "CreationDate:    Thu Jan  1 00:00:00 2026 UTC"));
    assert_false(contains(told, "Error"));
}

static void has_an_outline_of_its_headings(void **state)
{
    struct str told =
        read_back(*state, make(*state, &PLAIN), "pdftohtml -xml -i -stdout $f 2>&1 | sed -n '/<outline>/,$p'");
    assert_true(contains(told, "<item page=\"1\">Räkenskap</item>\n<item page=\"1\">Rader</item>"));
    assert_int_equal(count_of(told, "<item page="), 2);
}

static void writes_what_was_given(void **state)
{
    struct str text = read_back(*state, make(*state, &PLAIN), "pdftotext -layout $f - 2>&1");
    assert_true(contains(text, "Älvbygdens Fastigheter"));
    assert_true(contains(text, "Läckte vid kranen"));
    assert_true(contains(text, "Sida 1 av 1"));
    assert_true(contains(text, "Frågor? 0660-123 45"));
    assert_true(contains(text, "\u2212999 999 999 999,99 kr"));
}

static void has_a_structure_without_heads_and_feet(void **state)
{
    struct sample sample = PLAIN;
    sample.rows = 100;
    struct str document = make(*state, &sample);
    struct str text = read_back(*state, document, "pdfinfo -struct-text $f 2>&1");
    assert_true(contains(text, "Document\n"));
    assert_int_equal(count_of(text, "  H1"), 1);
    assert_int_equal(count_of(text, "  H2"), 1);
    assert_int_equal(count_of(text, "  Table"), 2);
    assert_int_equal(count_of(text, "  TH\n"), 3 + 3);
    assert_int_equal(count_of(text, "  TR\n"), 2 + 1 + 100 + 1);
    assert_int_equal(count_of(text, "Sida"), 0);
    assert_int_equal(count_of(read_back(*state, document, "pdftotext -layout $f - 2>&1"), "Antal"),
                     (size_t)pages_of(*state, document));
}

static void numbers_many_pages(void **state)
{
    struct sample sample = PLAIN;
    sample.rows = 2000;
    struct str document = make(*state, &sample);
    int64_t pages = pages_of(*state, document);
    assert_in_range(pages, 50, 120);
    struct str text = read_back(*state, document, "pdftotext -layout $f - 2>&1");
    assert_true(contains(text, arena_printf(*state, "Sida %d av %d\n", (int)pages, (int)pages).p));
    assert_int_equal(count_of(text, "Bytt packning"), 2000 + 1);
}

static void is_the_same_twice(void **state)
{
    struct sample sample = PLAIN;
    sample.rows = 90;
    assert_true(str_eq(make(*state, &sample), make(*state, &sample)));
}

static void takes_no_rows_and_empty_texts(void **state)
{
    struct sample sample = {0};
    assert_int_equal(pages_of(*state, make(*state, &sample)), 1);
    sample.rows = 3;
    assert_int_equal(pages_of(*state, make(*state, &sample)), 1);
}

/* Reads the words of a page with their positions: none may be outside the margins. */
static void assert_within_margins(struct arena *arena, struct str document)
{
    struct str boxes = read_back(arena, document, "pdftotext -bbox $f -"), line;
    size_t words = 0;
    while (str_cut(&boxes, '\n', &line)) {
        double left, top, right, bottom;
        if (sscanf(arena_z(arena, line), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top,
                   &right, &bottom) != 4)
            continue;
        words++;
        if (left < 45.9 || top < 25 || right > 549.4 || bottom > 820)
            fail_msg("outside of the margins: %.*s", STR_FMT(line));
    }
    assert_true(words > 10);
}

static struct str repeated(struct arena *arena, const char *part, size_t times)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < times; i++)
        buf_z(&out, part);
    return buf_text(&out);
}

static void keeps_everything_within_the_margins(void **state)
{
    struct sample sample = {3, repeated(*state, "W", 400), repeated(*state, "ord ", 300),
                            repeated(*state, "9\u00a0", 60)};
    assert_within_margins(*state, make(*state, &PLAIN));
    assert_within_margins(*state, make(*state, &sample));
}

static void breaks_a_row_that_is_taller_than_a_page(void **state)
{
    struct sample sample = {2, STR("Lång"), repeated(*state, "rad\n", 300), STR("1")};
    struct str document = make(*state, &sample);
    assert_in_range(pages_of(*state, document), 7, 10);
    assert_int_equal(count_of(read_back(*state, document, "pdftotext $f - 2>&1"), "rad\n"), 600);
    assert_within_margins(*state, document);
}

static void takes_a_text_of_any_length(void **state)
{
    struct sample word = {1, STR("Ett ord"), repeated(*state, "åäö", 20000), STR("1")};
    struct sample lines = {1, repeated(*state, "rad\n", 5000), repeated(*state, "en mening till. ", 3000), STR("1")};
    struct str text = read_back(*state, make(*state, &word), "pdftotext $f - 2>&1");
    assert_int_equal(count_of(text, "ö"), 20000);
    text = read_back(*state, make(*state, &lines), "pdftotext $f - 2>&1");
    assert_int_equal(count_of(text, "rad\n"), 5000 * 2); /* the text is in the facts too */
    assert_int_equal(count_of(text, "mening"), 3000);
}

static void takes_any_unicode(void **state)
{
    struct sample sample = {
        2, STR("日本語 العربية עברית ไทย 🧰 \U0010FFFD \u200d\u202e\u0301 \x01\x7f"),
        STR("Ελλάδα Қазақ\r\n\tĲsselmeer \u2028 ﷽"), STR("\u2212½")};
    struct str text = read_back(*state, make(*state, &sample), "pdftotext $f - 2>&1");
    assert_true(contains(text, "Ελλάδα"));
    assert_true(contains(text, "Ĳsselmeer"));
}

static void *make_in_thread(void *expected)
{
    const struct str *document = expected;
    struct sample sample = PLAIN;
    sample.rows = 60;
    bool same = true;
    for (int i = 0; i < 5; i++) {
        struct arena *arena = arena_create();
        same = same && str_eq(make(arena, &sample), *document);
        arena_destroy(arena);
    }
    return same ? expected : NULL;
}

static void is_made_in_many_threads(void **state)
{
    pthread_t threads[THREADS];
    struct sample sample = PLAIN;
    sample.rows = 60;
    struct str document = make(*state, &sample);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_in_thread, &document), 0);
    for (int i = 0; i < THREADS; i++) {
        void *same = NULL;
        assert_int_equal(pthread_join(threads[i], &same), 0);
        assert_non_null(same);
    }
}

int main(void)
{
    const struct CMUnitTest list[] = {
        test_with_arena(says_what_it_is),
        test_with_arena(has_an_outline_of_its_headings),
        test_with_arena(writes_what_was_given),
        test_with_arena(has_a_structure_without_heads_and_feet),
        test_with_arena(numbers_many_pages),
        test_with_arena(is_the_same_twice),
        test_with_arena(takes_no_rows_and_empty_texts),
        test_with_arena(keeps_everything_within_the_margins),
        test_with_arena(breaks_a_row_that_is_taller_than_a_page),
        test_with_arena(takes_a_text_of_any_length),
        test_with_arena(takes_any_unicode),
        test_with_arena(is_made_in_many_threads),
    };
    return cmocka_run_group_tests_name("paper", list, NULL, NULL);
}
