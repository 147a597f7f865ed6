#include "base/test.h"
#include "service/store.h"
#include "service/test_archives.h"

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
    assert_string_equal(SNIFF("II*\0\10\0\0\0"), "image/tiff");
    assert_string_equal(SNIFF("MM\0*\0\0\0\10"), "image/tiff");
    assert_string_equal(SNIFF("BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0"), "image/bmp");
    assert_string_equal(SNIFF("%PDF-1.7\n\1"), "application/pdf");
    assert_string_equal(SNIFF("RIFF\1\2\3\4AVI LIST"), "video/x-msvideo");
    assert_string_equal(SNIFF("\x1a\x45\xdf\xa3\1"), "video/webm");
    assert_string_equal(SNIFF("\0\0\0\10wide\0\1\2\3mdat"), "video/quicktime");
    assert_string_equal(SNIFF("#!AMR\n\1"), "audio/amr");
    assert_string_equal(SNIFF("{\\rtf1\\ansi"), "application/rtf");
    assert_string_equal(SNIFF("AC1032\0\0\0\0"), "image/vnd.dwg");
}

/* The first brand may be a general one; the ones that say more stand after it then. */
static void knows_films_and_pictures_of_phones_by_their_brands(void **state)
{
    static const struct {
        char head[17];
        const char *media_type;
    } HEADS[] = {
        {"heic\0\0\0\0mif1heic", "image/heic"},
        {"mif1\0\0\0\0mif1heix", "image/heic"},
        {"mif1\0\0\0\0avifmif1", "image/avif"},
        {"heif\0\0\0\0mif1miaf", "image/heic"},
        {"mp42\0\0\0\0isommp42", "video/mp4"},
        {"isom\0\0\2\0isomiso2", "video/mp4"},
        {"iso5\0\0\2\0iso5dash", "video/mp4"},
        {"M4V \0\0\0\1isomM4V ", "video/mp4"},
        {"qt  \0\0\0\0qt  qt  ", "video/quicktime"},
        {"3gp4\0\0\0\0isom3gp4", "video/3gpp"},
        {"3gp5\0\0\0\0"
         "3gp5isom",
         "video/3gpp"},
        {"3g2a\0\0\0\0isom3g2a", "video/3gpp"},
        {"M4A \0\0\0\0isomM4A ", "audio/mp4"},
        {"MSNV\0\0\0\0isomMSNV", "video/mp4"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
        char bytes[32] = "\0\0\0\x18"
                         "ftyp";
        memcpy(bytes + 8, HEADS[i].head, 16);
        const char *type = sniff(bytes, sizeof bytes);
        if (!type || strcmp(type, HEADS[i].media_type) != 0)
            fail_msg("%.4s is %s", HEADS[i].head, type ? type : "nothing");
    }
    assert_null(SNIFF("\0\0\0\x18"
                      "ftypevil\0\0\0\0evilevil"));
    assert_null(SNIFF("\xff\xff\xff\xff"
                      "ftypheic"));
}

/* Scanners, mail programs and bad web servers put lines before a PDF; all readers open it. */
static void knows_a_pdf_after_other_bytes(void **state)
{
    char bytes[2000];
    (void)state;
    for (size_t at = 0; at < 1100; at++) {
        memset(bytes, '\n', sizeof bytes);
        memcpy(bytes + at, "%PDF-1.4\n\1\2", 11);
        const char *type = sniff(bytes, sizeof bytes);
        assert_true(at <= 1024 - 5 ? type && strcmp(type, "application/pdf") == 0 : !type);
    }
    assert_string_equal(SNIFF("<br />\n<b>Warning</b>: x\n%PDF-1.4\n"), "application/pdf");
    assert_string_equal(SNIFF("Content-Type: application/pdf\r\n\r\n%PDF-1.4\n"), "application/pdf");
}

static void knows_text_in_every_encoding(void **state)
{
    (void)state;
    assert_string_equal(SNIFF("Hej p\xc3\xa5 dig\r\n"), "text/plain");
    assert_string_equal(SNIFF("\xef\xbb\xbfHej p\xc3\xa5 dig\r\n"), "text/plain");
    assert_string_equal(SNIFF("Hej p\xe5 dig \x93r\xe4tt\x94"), "text/plain");
    assert_string_equal(SNIFF("\xff\xfeH\0e\0j\0\r\0\n\0"), "text/plain");
    assert_string_equal(SNIFF("\xfe\xff\0H\0e\0j\0\r\0\n"), "text/plain");
    assert_string_equal(SNIFF("H\0e\0j\0\xe5\0\r\0\n\0"), "text/plain");
    assert_string_equal(SNIFF("\0H\0e\0j\0\xe5"), "text/plain");
    assert_string_equal(SNIFF("<anna@exempel.se> skrev:\n"), "text/plain");
    assert_null(SNIFF("a\0b"));
    assert_null(SNIFF("\xff\xfeH\0\1\0"));
    assert_null(SNIFF("\xff\xfe<\0s\0v\0g\0>\0"));
}

static const char *sniff_names(const char *first, const char *second, const char *third, const char *content)
{
    const char *const names[] = {first, second, third, NULL};
    const struct made *made = archive(names, content, 10);
    return sniff(made->bytes, made->n);
}

static void knows_office_files_with_their_parts_in_any_order(void **state)
{
    static const char TYPES[] = "[Content_Types].xml";
    (void)state;
    assert_string_equal(sniff_names(TYPES, "_rels/.rels", "word/document.xml", "x"),
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_string_equal(sniff_names("word/document.xml", "_rels/.rels", TYPES, "x"),
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_string_equal(sniff_names("docProps/app.xml", "xl/workbook.xml", TYPES, "x"),
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_string_equal(sniff_names("ppt/presentation.xml", TYPES, NULL, "x"),
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    assert_string_equal(sniff_names("mimetype", "content.xml", NULL, "application/vnd.oasis.opendocument.text"),
                        "application/vnd.oasis.opendocument.text");
    assert_string_equal(sniff_names("content.xml", "mimetype", NULL, "application/vnd.oasis.opendocument.spreadsheet"),
                        "application/vnd.oasis.opendocument.spreadsheet");
    assert_string_equal(sniff_names("mimetype", NULL, NULL, "application/vnd.oasis.opendocument.presentation"),
                        "application/vnd.oasis.opendocument.presentation");
    assert_string_equal(sniff_names("ritning.dwg", "word/x.txt", NULL, "x"), "application/zip");
    assert_null(SNIFF("PK\3\4"));
    assert_null(SNIFF("PK\3\4..........................word/document.xml[Content_Types].xml"));
}

static void knows_old_office_files_by_their_streams(void **state)
{
    static const char *const STREAMS[][2] = {
        {"WordDocument", "application/msword"},
        {"Workbook", "application/vnd.ms-excel"},
        {"PowerPoint Document", "application/vnd.ms-powerpoint"},
        {"__properties_version1.0", "application/vnd.ms-outlook"},
        {"EncryptedPackage", "application/x-ole-storage"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof STREAMS / sizeof *STREAMS; i++) {
        const struct made *made = old_office(STREAMS[i][0]);
        assert_string_equal(sniff(made->bytes, made->n), STREAMS[i][1]);
    }
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
    assert_null(SNIFF(""));
    assert_null(SNIFF("  \n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_kinds_by_their_first_bytes),
        cmocka_unit_test(knows_films_and_pictures_of_phones_by_their_brands),
        cmocka_unit_test(knows_a_pdf_after_other_bytes),
        cmocka_unit_test(knows_text_in_every_encoding),
        cmocka_unit_test(knows_office_files_with_their_parts_in_any_order),
        cmocka_unit_test(knows_old_office_files_by_their_streams),
        cmocka_unit_test(refuses_what_a_browser_could_run_and_what_nobody_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
