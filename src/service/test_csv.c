#include "base/test.h"
#include "service/csv.h"

#include <string.h>

#define SAY_WHICH "; save the file as UTF-8, or say its encoding"

/* Returns the records of a file as `LINE[cell|cell]`, then `!LINE message` if the file cannot be read further. */
static struct str read_as(struct arena *arena, enum csv_encoding encoding, const char *bytes, size_t n)
{
    const struct csv_options options = {.encoding = encoding};
    struct buf out;
    struct csv_fault fault = {0};
    struct csv_record record;
    buf_init(&out, arena);
    buf_z(&out, "");
    FILE *file = fmemopen((void *)(uintptr_t)bytes, n, "rb");
    assert_non_null(file);
    struct csv_reader *reader = csv_open(arena, file, &options, &fault);
    enum csv_step step = CSV_BROKEN;
    while (reader && (step = csv_next(reader, &record, &fault)) == CSV_RECORD) {
        buf_printf(&out, "%d[", (int)record.line);
        for (size_t i = 0; i < record.count; i++)
            buf_printf(&out, "%s%.*s", i ? "|" : "", STR_FMT(record.cells[i]));
        buf_char(&out, ']');
    }
    if (step == CSV_BROKEN)
        buf_printf(&out, "!%d %s", (int)fault.line, fault.message);
    assert_int_equal(fclose(file), 0);
    return buf_text(&out);
}

static struct str read_all(struct arena *arena, const char *bytes, size_t n)
{
    return read_as(arena, CSV_ANY, bytes, n);
}

#define READ(state, literal) read_all(*(state), literal, sizeof(literal) - 1)
#define READ_AS(state, encoding, literal) read_as(*(state), encoding, literal, sizeof(literal) - 1)

static void reads_every_line_end_and_passes_over_empty_lines(void **state)
{
    assert_str(READ(state, "\na,b\r\n1,2\n\n3,4\r5,6"), "2[a|b]3[1|2]5[3|4]6[5|6]");
    assert_str(READ(state, "a\n\"\"\n"), "1[a]2[]");
}

static void reads_quoted_values(void **state)
{
    assert_str(READ(state, "a,b\n\"x,\"\"y\"\"\",\"1\n2\r\n3\"\nz,\n"), "1[a|b]2[x,\"y\"|1\n2\r\n3]5[z|]");
    assert_str(READ(state, "a,b\n5\" pipe,6\n"), "1[a|b]2[5\" pipe|6]");
}

static void finds_the_delimiter_in_the_header(void **state)
{
    assert_str(READ(state, "a;b\n1,5;2\n"), "1[a|b]2[1,5|2]");
    assert_str(READ(state, "a\tb\n1;x\t2\n"), "1[a|b]2[1;x|2]");
    assert_str(READ(state, "\"a,b,c\";d\n1;2\n"), "1[a,b,c|d]2[1|2]");
}

static void tells_utf8_from_windows_1252(void **state)
{
    assert_str(READ(state, "\xEF\xBB\xBFn\nG\xC3\xA5rd\n"), "1[n]2[Gård]");
    assert_str(READ(state, "n\nG\xE5rd \x80 \x96\n"), "1[n]2[Gård € –]");
    assert_str(READ(state, "n\nG\xE5rd\n\x81\n"), "!3 this line is neither UTF-8 nor Windows-1252" SAY_WHICH);
    assert_str(READ(state, "\xEF\xBB\xBFn\nG\xE5rd\n"), "!2 the file says that it is UTF-8, but this line is not");
    assert_str(READ(state, "\xFF\xFEn\0"), "!1 the file is UTF-16; save it as UTF-8");
}

static void reads_all_of_windows_1252(void **state)
{
    char bytes[96 + 2] = "n\n";
    struct buf expected;
    buf_init(&expected, *state);
    buf_z(&expected, "1[n]2[");
    for (int c = 0xA0; c <= 0xFF; c++) {
        bytes[c - 0xA0 + 2] = (char)c;
        buf_char(&expected, (char)(0xC0 | c >> 6));
        buf_char(&expected, (char)(0x80 | (c & 0x3F)));
    }
    buf_char(&expected, ']');
    assert_str(read_as(*state, CSV_WINDOWS, bytes, sizeof bytes), buf_text(&expected).p);
}

/* `Björk, Gävle, på` as Macs and DOS wrote it: most of it would be text in Windows-1252 too, but other text. */
static void never_guesses_mac_and_dos_text(void **state)
{
    static const char *const mac[] = {"n\nBj\x9Ark\n", "n\nG\x8Avle\n", "n\np\x8C\n", "n\n\x80lgen\n"};
    static const char *const dos[] = {"n\nBj\x94rk\n", "n\nG\x84vle\n", "n\np\x86\n", "n\n\x99rebro\n"};
    for (size_t i = 0; i < sizeof mac / sizeof *mac; i++) {
        assert_str(read_all(*state, mac[i], strlen(mac[i])), "!2 this line may be Mac or DOS text" SAY_WHICH);
        assert_str(read_all(*state, dos[i], strlen(dos[i])), "!2 this line may be Mac or DOS text" SAY_WHICH);
    }
    assert_str(READ(state, "n\n\xCF\xF0\xE8\xE2\xE5\xF2\n"), "!2 this line may be Mac or DOS text" SAY_WHICH);
    assert_str(READ(state, "n\n\xC3\xA5\nBj\xF6rk\n"), "!3 this line is not UTF-8, but other lines are" SAY_WHICH);
    assert_str(READ_AS(state, CSV_MAC, "n\nBj\x9Ark G\x8Avle p\x8C \x81r\n"), "1[n]2[Björk Gävle på År]");
    assert_str(READ_AS(state, CSV_DOS, "n\nBj\x94rk G\x84vle p\x86 \x8Fr\n"), "1[n]2[Björk Gävle på År]");
    assert_str(READ_AS(state, CSV_UTF8, "n\nBj\xF6rk\n"), "!2 this line is not text in the encoding that was said");
    assert_str(READ_AS(state, CSV_WINDOWS, "n\nBj\xC3\xB6rk\n"), "1[n]2[BjÃ¶rk]");
}

static void takes_signs_of_windows_for_what_they_are(void **state)
{
    assert_str(READ(state, "n\nDu\x9A"
                           "an \x96 \x93"
                           "citat\x94 \xE5 don\x92t 5 \x80 slut\x85\n"),
               "1[n]2[Dušan – “citat” å don’t 5 € slut…]");
    assert_str(READ(state, "n\n\x93"
                           "Quoted\x94 don\x92t\n"),
               "1[n]2[“Quoted” don’t]");
    assert_str(READ(state, "n\nL\xE4gg \x94Ord\x94 p\xE5 Lund\x96Malm\xF6\n"), "1[n]2[Lägg ”Ord” på Lund–Malmö]");
}

static void takes_marks_of_other_programs_as_meant(void **state)
{
    assert_str(READ(state, "sep=;\na,b;c\n1;2\n"), "2[a,b|c]3[1|2]");
    assert_str(READ(state, "\xEF\xBB\xBF\"SEP=|\"\r\na|b\r\n"), "2[a|b]");
    assert_str(READ(state, "sep=;;;\na;b\n"), "2[a|b]");
    assert_str(READ(state, "sep=a\n"), ""); /* a file with nothing but a separator is empty */
    assert_str(READ(state, "\xEF\xBB\xBF\xEF\xBB\xBFn\n\xC3\xA5\n"), "1[n]2[å]");
    assert_str(READ(state, "a;b\n1;2\r\n\x1A"), "1[a|b]2[1|2]");
    assert_str(READ(state, "a;b\n1;2\x1A\r\n"), "1[a|b]2[1|2]");
    assert_str(READ(state, "a;b\n1\x1A;2\n"), "1[a|b]2[1\x1A|2]");
}

static void finds_the_delimiter_below_a_title(void **state)
{
    assert_str(READ(state, "Kunder, 2026\n\na;b\n1;2\n"), "1[Kunder, 2026]3[a|b]4[1|2]");
    assert_str(READ(state, "Kunder\na\tb\n1\t2,5\n"), "1[Kunder]2[a|b]3[1|2,5]");
    assert_str(READ(state, "15\" skärm\na;b\n"), "1[15\" skärm]2[a|b]");
}

static void takes_back_what_defused_formulas(void **state)
{
    static const char *const values[] = {"=1+1",   "+46 8 123", "\t=1",          "'=1",  "''+1", "x;=1\n-a-b;\"=c",
                                         "-12.50", "'s",        "rock 'n' roll", "a;'b", ";'=1", "=1;'=2",
                                         "'\t"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (int style = CSV_EXACT; style <= CSV_DEFUSED; style++) {
            struct buf out;
            buf_init(&out, *state);
            buf_z(&out, "a,b\n1,");
            csv_cell(&out, true, str_of(values[i]), (enum csv_style)style);
            buf_char(&out, '\n');
            assert_str(read_all(*state, out.p, out.n), arena_printf(*state, "1[a|b]2[1|%s]", values[i]).p);
        }
    }
}

static void refuses_what_is_not_text(void **state)
{
    assert_str(READ(state, "a,b\n1,\0\n"), "!2 a NUL byte: this is not a text file in UTF-8 or Windows-1252");
    assert_str(READ(state, "a\n1\n\"2\n3\n"), "1[a]2[1]!3 a quotation mark is opened and never closed");
    assert_str(READ(state, "a\n\"1\"2\n"),
               "1[a]!2 text after a closing quotation mark; quotation marks inside a value are written twice");
}

static void refuses_endless_values_and_rows(void **state)
{
    size_t n = CSV_FIELD_BYTES + 3;
    char *bytes = malloc(n + 1);
    assert_non_null(bytes);
    memset(bytes, 'x', n);
    memcpy(bytes, "a\n", 2);
    assert_str(read_all(*state, bytes, n - 1), arena_printf(*state, "1[a]2[%.*s]", CSV_FIELD_BYTES, bytes + 2).p);
    bytes[n] = 'x';
    assert_str(read_all(*state, bytes, n), "1[a]!2 a value is longer than 1 MiB; is a quotation mark missing?");
    memset(bytes + 2, ',', n - 2);
    assert_str(read_all(*state, bytes, 2 + CSV_COLUMNS), "1[a]!2 a row has more than 500 values");
    free(bytes);
}

static void reads_again_from_the_beginning(void **state)
{
    static char bytes[] = "a\n1\n2\n";
    struct csv_fault fault;
    struct csv_record record;
    FILE *file = fmemopen(bytes, sizeof bytes - 1, "rb");
    assert_non_null(file);
    struct csv_reader *reader = csv_open(*state, file, &(struct csv_options){0}, &fault);
    assert_non_null(reader);
    for (int time = 0; time < 2; time++) {
        while (csv_next(reader, &record, &fault) == CSV_RECORD)
            ;
        assert_int_equal(csv_position(reader), csv_size(reader));
        assert_true(csv_rewind(reader, &fault));
    }
    assert_int_equal(csv_next(reader, &record, &fault), CSV_RECORD);
    assert_str(record.cells[0], "a");
    assert_int_equal(fclose(file), 0);
}

static struct str written(struct arena *arena, const char *value, enum csv_style style)
{
    struct buf out;
    buf_init(&out, arena);
    csv_cell(&out, true, str_of(value), style);
    return buf_text(&out);
}

static void writes_what_needs_quotes_in_quotes(void **state)
{
    assert_str(written(*state, "plain", CSV_EXACT), "plain");
    assert_str(written(*state, "a,b", CSV_EXACT), "\"a,b\"");
    assert_str(written(*state, "say \"hi\"", CSV_EXACT), "\"say \"\"hi\"\"\"");
    assert_str(written(*state, "two\nlines", CSV_EXACT), "\"two\nlines\"");
    assert_str(written(*state, " blank", CSV_EXACT), "\" blank\"");
    assert_str(written(*state, "=1+1", CSV_EXACT), "=1+1");
}

static void defuses_formulas(void **state)
{
    assert_str(written(*state, "=1+1", CSV_DEFUSED), "'=1+1");
    assert_str(written(*state, "+46 8 123", CSV_DEFUSED), "'+46 8 123");
    assert_str(written(*state, "@SUM(A1)", CSV_DEFUSED), "'@SUM(A1)");
    assert_str(written(*state, "-cmd|' /C calc'!A0", CSV_DEFUSED), "'-cmd|' /C calc'!A0");
    assert_str(written(*state, "\t=1", CSV_DEFUSED), "\"'\t'=1\"");
    assert_str(written(*state, "＝1", CSV_DEFUSED), "'＝1");
    assert_str(written(*state, "-12.50", CSV_DEFUSED), "-12.50");
    assert_str(written(*state, "-1-2", CSV_DEFUSED), "'-1-2");
    assert_str(written(*state, "Bra = bra", CSV_DEFUSED), "Bra = bra");
    assert_str(written(*state, "", CSV_DEFUSED), "");
}

static void defuses_formulas_for_spreadsheets_that_cut_at_semicolons(void **state)
{
    assert_str(written(*state, "x;=cmd|' /C calc'!A0;y", CSV_DEFUSED), "\"x;'=cmd|' /C calc'!A0;y\"");
    assert_str(written(*state, ";\"=1+1;+1", CSV_DEFUSED), "\";'\"\"=1+1;'+1\"");
    assert_str(written(*state, "a\r\n@SUM(A1)\n\n-1-2", CSV_DEFUSED), "\"a\r\n'@SUM(A1)\n\n'-1-2\"");
    assert_str(written(*state, "a\t＝1", CSV_DEFUSED), "\"a\t'＝1\"");
    assert_str(written(*state, "=1;=2", CSV_DEFUSED), "\"'=1;'=2\"");
    assert_str(written(*state, "a;-5;b; c = d\n", CSV_DEFUSED), "\"a;-5;b; c = d\n\"");
    assert_str(written(*state, "x;=1", CSV_EXACT), "\"x;=1\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(reads_every_line_end_and_passes_over_empty_lines),
        test_with_arena(reads_quoted_values),
        test_with_arena(finds_the_delimiter_in_the_header),
        test_with_arena(tells_utf8_from_windows_1252),
        test_with_arena(reads_all_of_windows_1252),
        test_with_arena(refuses_what_is_not_text),
        test_with_arena(refuses_endless_values_and_rows),
        test_with_arena(reads_again_from_the_beginning),
        test_with_arena(writes_what_needs_quotes_in_quotes),
        test_with_arena(never_guesses_mac_and_dos_text),
        test_with_arena(takes_signs_of_windows_for_what_they_are),
        test_with_arena(takes_marks_of_other_programs_as_meant),
        test_with_arena(finds_the_delimiter_below_a_title),
        test_with_arena(takes_back_what_defused_formulas),
        test_with_arena(defuses_formulas),
        test_with_arena(defuses_formulas_for_spreadsheets_that_cut_at_semicolons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
