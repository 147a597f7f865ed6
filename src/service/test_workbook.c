#include "base/test.h"
#include "service/workbook_parts.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <unistd.h>

static struct str shown(struct arena *arena, const char *text, enum show show)
{
    return number_show(arena, str_of(text), show, false);
}

static void shows_numbers_as_spreadsheets_do(void **state)
{
    static const struct {
        const char *stored, *shown;
    } cases[] = {{"0.1", "0.1"},
                 {"0.10000000000000001", "0.1"},
                 {"0.30000000000000004", "0.3"},
                 {"1234567.891", "1234567.891"},
                 {"-1.2E-4", "-0.00012"},
                 {"1E+3", "1000"},
                 {"650.5", "650.5"},
                 {"0", "0"},
                 {"-0", "0"},
                 {"9007199254740991", "9007199254740991"},
                 {"100", "100"},
                 {"1e21", "1000000000000000000000"},
                 {"1e300", "1e300"},
                 {"0x1F", "0x1F"},
                 {"nan", "nan"},
                 {"inf", "inf"},
                 {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(shown(*state, cases[i].stored, SHOW_NUMBER), cases[i].shown);
}

static void shows_dates_of_both_calendars(void **state)
{
    assert_str(shown(*state, "1", SHOW_DATE), "1900-01-01");
    assert_str(shown(*state, "59", SHOW_DATE), "1900-02-28");
    assert_str(shown(*state, "61", SHOW_DATE), "1900-03-01");
    assert_str(shown(*state, "46082", SHOW_DATE), "2026-03-01");
    assert_str(shown(*state, "46082.5", SHOW_DATE), "2026-03-01");
    assert_str(shown(*state, "46082", SHOW_INSTANT), "2026-03-01");
    assert_str(shown(*state, "46082.354166666664", SHOW_INSTANT), "2026-03-01T08:30:00");
    assert_str(shown(*state, "46082.9999999999", SHOW_INSTANT), "2026-03-02");
    assert_str(shown(*state, "0.75", SHOW_TIME), "18:00:00");
    assert_str(shown(*state, "46082.75", SHOW_TIME), "2026-03-01T18:00:00");
    assert_str(shown(*state, "-1", SHOW_DATE), "-1");
    assert_str(shown(*state, "99999999", SHOW_DATE), "99999999");
    assert_str(number_show(*state, STR("44620"), SHOW_DATE, true), "2026-03-01");
}

static void finds_dates_by_their_formats(void **state)
{
    (void)state;
    assert_int_equal(format_show(STR("General")), SHOW_NUMBER);
    assert_int_equal(format_show(STR("0.00")), SHOW_DECIMALS + 2);
    assert_int_equal(format_show(STR("#,##0\\ \"kr/day\"")), SHOW_DECIMALS);
    assert_int_equal(format_show(STR("[Red]0")), SHOW_DECIMALS);
    assert_int_equal(format_show(STR("0;yyyy")), SHOW_DECIMALS);
    assert_int_equal(format_show(STR("yyyy\\-mm\\-dd;@")), SHOW_DATE);
    assert_int_equal(format_show(STR("[$-41D]d mmmm yyyy")), SHOW_DATE);
    assert_int_equal(format_show(STR("mmm")), SHOW_DATE);
    assert_int_equal(format_show(STR("yyyy-mm-dd hh:mm")), SHOW_INSTANT);
    assert_int_equal(format_show(STR("hh:mm")), SHOW_TIME);
    assert_int_equal(format_show(STR("[h]:mm")), SHOW_HOURS);
    assert_int_equal(format_show(STR("\"open")), SHOW_NUMBER);
    assert_int_equal(format_show(STR("[open")), SHOW_NUMBER);
    assert_int_equal(format_show(STR("0\\")), SHOW_DECIMALS);
}

static void reads_escaped_signs(void **state)
{
    assert_str(string_unescape(*state, STR("a_x000A_b_x005F_x000A_ å")), "a\nb_x000A_ å");
    assert_str(string_unescape(*state, STR("_xD800_ _x0000_ _x00")), "_xD800_ _x0000_ _x00");
}

/* --- whole workbooks ---------------------------------------------------------------------------------------------- */

struct part {
    const char *path, *text;
};

#define RELATION(id_, type_, target_) "<Relationship Id='" id_ "' Type='http://x/" type_ "' Target='" target_ "'/>"
#define RELATIONS(what_) "<Relationships>" what_ "</Relationships>"
#define SHEET(rows_) "<worksheet><sheetData>" rows_ "</sheetData></worksheet>"

/* Makes an unnamed file with a workbook of one sheet. */
static int make(const char *sheet)
{
    const struct part parts[] = {
        {"_rels/.rels", RELATIONS(RELATION("a", "officeDocument", "xl/workbook.xml"))},
        {"xl/workbook.xml", "<x:workbook xmlns:x='u' xmlns:r='v'><x:sheets><x:sheet name='Kunder' r:id='s'/>"
                            "<x:sheet name='Diagram' r:id='c'/></x:sheets></x:workbook>"},
        {"xl/_rels/workbook.xml.rels",
         RELATIONS(RELATION("s", "worksheet", "worksheets/a.xml") RELATION("c", "chartsheet", "c.xml")
                       RELATION("t", "sharedStrings", "/xl/strings.xml") RELATION("y", "styles", "styles.xml"))},
        {"xl/strings.xml", "<sst><si><t>ett</t></si><si><r><t>t</t></r><r><t>vå</t></r><rPh><t>!</t></rPh></si></sst>"},
        {"xl/styles.xml", "<styleSheet><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
                          "<xf numFmtId='14'/></cellXfs></styleSheet>"},
        {"xl/worksheets/a.xml", sheet}};
    FILE *file = tmpfile();
    struct archive *archive = archive_write_new();
    assert_non_null(file);
    assert_int_equal(archive_write_set_format_zip(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_open_FILE(archive, file), ARCHIVE_OK);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct archive_entry *entry = archive_entry_new();
        struct str text = str_of(parts[i].text);
        archive_entry_set_pathname(entry, parts[i].path);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (la_int64_t)text.n);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(archive, text.p, text.n), (la_ssize_t)text.n);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_free(archive), ARCHIVE_OK);
    int fd = dup(fileno(file));
    assert_int_equal(fflush(file), 0);
    assert_int_equal(fclose(file), 0);
    return fd;
}

static bool gather(void *context, int64_t row, const struct str *cells, size_t count)
{
    struct buf *out = context;
    buf_int(out, row);
    for (size_t i = 0; i < count; i++) {
        buf_char(out, '|');
        buf_str(out, cells[i]);
    }
    buf_char(out, '\n');
    return true;
}

/* Returns the text that is read from a sheet, or the fault. */
static struct str read_sheet(struct arena *arena, const char *sheet)
{
    struct workbook_fault fault = {0};
    struct buf out;
    int fd = make(sheet);
    buf_init(&out, arena);
    struct workbook *book = workbook_open(arena, fd, STR("/nowhere"), &fault);
    if (book) {
        assert_int_equal(workbook_count(book), 1);
        assert_str(workbook_sheet(book, 0), "Kunder");
    }
    if (!book || !workbook_rows(book, 0, gather, &out, &fault))
        buf_printf(&out, "%d: %s", (int)fault.row, fault.message);
    assert_int_equal(close(fd), 0);
    return buf_text(&out);
}

static void reads_what_cells_show(void **state)
{
    assert_str(read_sheet(*state, SHEET("<row><c t='s'><v>0</v></c><c r='D1' t='s'><v>1</v></c></row>"
                                        "<row r='3'><c s='1'><v>46082</v></c><c t='b'><v>1</v></c>"
                                        "<c t='str'><f>A1</f><v>svar</v></c><c t='inlineStr'><is><t>x</t></is></c>"
                                        "<c><f>1+1</f></c></row><row/><row r='9'><c r='A9'/></row>")),
               "1|ett|||två\n3|2026-03-01|yes|svar|x\n");
}

static void tells_what_is_wrong(void **state)
{
    assert_str(read_sheet(*state, "<!DOCTYPE a [<!ENTITY b 'c'>]>" SHEET("")),
               "1: it has a document type, which no workbook has");
    assert_str(read_sheet(*state, SHEET("<row r='2'/><row r='7'><c t='e'><v>#N/A</v></c></row>")),
               "7: a cell shows an error, such as #N/A or #VALUE!");
    assert_str(read_sheet(*state, SHEET("<row r='7'/><row r='7'/>")), "7: its rows are not in order");
    assert_str(read_sheet(*state, SHEET("<row r='1048577'/>")), "1: it has too many rows");
    assert_str(read_sheet(*state, SHEET("<row><c r='B1'/><c r='A1'/></row>")), "1: its cells are not in order");
    assert_str(read_sheet(*state, SHEET("<row><c t='s'><v>2</v></c></row>")),
               "1: a cell speaks of a text that is not there");
    assert_str(read_sheet(*state, SHEET("<row><c r='ZZ1'><v>1</v></c></row>")), "1: a row has more than 500 values");
    assert_str(read_sheet(*state, "<worksheet><sheetData><row>"), "1: it is damaged, or no workbook (XLSX)");
}

/* An earlier version wrote the value of the outer cell over the cells of the inner row, and then past their memory. */
static void refuses_a_row_within_a_cell_of_another(void **state)
{
    assert_str(read_sheet(*state, SHEET("<row r='1'><c r='A1'><v>AAAAAAAAAAAAAAAA</v><row r='2'><v>BBBBBBBBBBBBBBBB</v>"
                                        "<c r='B2'><v>1</v></c></row></c></row>")),
               "1: its rows lie in each other");
    assert_str(read_sheet(*state, SHEET("<row r='1'><row r='2'/><c r='A1'><v>1</v></c></row>")),
               "1: its rows lie in each other");
    assert_str(read_sheet(*state, SHEET("<row r='1'><c r='A1'><v>1</v><c r='B1'><v>2</v></c></c></row>")), "1||2\n");
}

static void refuses_what_is_no_archive(void **state)
{
    struct workbook_fault fault = {0};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fputs("number,name\n", file) >= 0 && fflush(file) == 0, 1);
    assert_null(workbook_open(*state, fileno(file), STR("/nowhere"), &fault));
    assert_string_equal(fault.message, "it is damaged, or no workbook (XLSX)");
    assert_int_equal(fclose(file), 0);
}

/* Spaces compress a thousand to one. */
static void refuses_what_unpacks_to_far_more_than_it_is(void **state)
{
    size_t n = 64 * 1024 * 1024;
    char *sheet = arena_alloc(*state, n + 1);
    memset(sheet, ' ', n);
    memcpy(sheet, "<a>", 3);
    assert_str(read_sheet(*state, sheet), "1: it holds far more than a workbook of its size does");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(shows_numbers_as_spreadsheets_do),
        test_with_arena(shows_dates_of_both_calendars),
        test_with_arena(finds_dates_by_their_formats),
        test_with_arena(reads_escaped_signs),
        test_with_arena(reads_what_cells_show),
        test_with_arena(tells_what_is_wrong),
        test_with_arena(refuses_a_row_within_a_cell_of_another),
        test_with_arena(refuses_what_is_no_archive),
        test_with_arena(refuses_what_unpacks_to_far_more_than_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
