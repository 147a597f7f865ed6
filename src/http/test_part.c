#include "base/test.h"
#include "http/part.h"

#include <string.h>

static struct part_head parse(struct arena *arena, const char *block)
{
    struct part_head head;
    struct err err = {.kind = ERR_NONE};
    if (!part_parse(arena, str_of(block), &head, &err))
        fail_msg("%s: %s", block, err.detail);
    return head;
}

static void reads_fields(void **state)
{
    struct part_head head = parse(*state, "Content-Disposition: form-data; name=\"title\"");
    assert_str(head.name, "title");
    assert_false(head.file);
    head = parse(*state, "content-type: text/plain; charset=UTF-8\r\nCONTENT-DISPOSITION:form-data;name=title ; x=y");
    assert_str(head.name, "title");
    head = parse(*state, "Content-Disposition: form-data; name=\"a%22b\\\"c\"\r\nContent-Transfer-Encoding: binary");
    assert_str(head.name, "a%22b\"c");
}

static void reads_names_of_files(void **state)
{
    static const struct {
        const char *given, *name;
    } cases[] = {
        {"filename=\"photo.jpg\"", "photo.jpg"},
        {"filename=photo.jpg", "photo.jpg"},
        {"filename=\"\"", ""},
        {"filename=\"C:\\Users\\Åsa\\photo.jpg\"", "photo.jpg"},
        {"filename=\"../../etc/passwd\"", "passwd"},
        {"filename=\"/\"", ""},
        {"filename=\"..\"", "_"},
        {"filename=\"a%22b%0D%0Ac.txt\"", "a\"bc.txt"},
        {"filename=\"a\\\"b.txt\"", "a\"b.txt"},
        {"filename=\"a\xe5.txt\"", "a_.txt"},
        {"filename=\"  lägg till.pdf \"", "lägg till.pdf"},
        {"filename=\"100%.txt\"", "100%.txt"},
        {"filename=\"old.txt\"; filename*=UTF-8''%E2%82%AC%20rates.txt", "€ rates.txt"},
        {"filename*=utf-8'sv'r%C3%A4kning.pdf; filename=\"old.txt\"", "räkning.pdf"},
        {"filename*=iso-8859-1''%A3.txt; filename=\"pound.txt\"", "pound.txt"},
        {"filename*=UTF-8''%zz", "_"},
        {"filename*=UTF-8''a%2F..%2Fb", "b"},
        {"filename*0=\"long\"; filename*1=\"name.txt\"", "_"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str block = arena_printf(*state, "Content-Disposition: form-data; name=\"f\"; %s", cases[i].given);
        struct part_head head = parse(*state, block.p);
        assert_true(head.file);
        assert_str(head.filename, cases[i].name);
    }
}

static void cuts_long_names_between_characters(void **state)
{
    char name[600] = "";
    for (int i = 0; i < 128; i++)
        strcat(name, "å");
    struct str block = arena_printf(*state, "Content-Disposition: form-data; name=f; filename=\"x%s\"", name);
    struct part_head head = parse(*state, block.p);
    assert_int_equal(head.filename.n, 255);
    assert_true(utf8_valid(head.filename));
    block = arena_printf(*state, "Content-Disposition: form-data; name=f; filename=\"%s\"", name);
    assert_int_equal(parse(*state, block.p).filename.n, 254);
}

static void expect_refused(struct arena *arena, struct str block, enum err_kind kind)
{
    struct part_head head;
    struct err err = {.kind = ERR_NONE};
    assert_false(part_parse(arena, block, &head, &err));
    assert_int_equal(err.kind, kind);
}

static void refuses_heads(void **state)
{
    static const char *const wrong[] = {
        "",
        "Content-Type: text/plain",
        "Content-Disposition: attachment; name=\"a\"",
        "Content-Disposition: form-data",
        "Content-Disposition: form-data; name=\"\"",
        "Content-Disposition: form-data; name=\"a",
        "Content-Disposition: form-data; name",
        "Content-Disposition: form-data; name=a\"b",
        "Content-Disposition: form-data; name=a b",
        "Content-Disposition: form-data; name=\"a\"x",
        "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
        "Content-Disposition: form-data; name=\"a\"; filename=\"b\"; filename=\"c\"",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"a\"",
        "Content-Disposition: form-data; name=\"\xe5\"",
        "Content-Disposition: form-data; name=\"a\"\r\n folded: x",
        "Content-Disposition: form-data; name=\"a\"\r\nno colon",
        "Content-Disposition : form-data; name=\"a\"",
        "Content-Disposition: form-data; name=\"a\rb\"",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_refused(*state, str_of(wrong[i]), ERR_INVALID);
    expect_refused(*state, (struct str){"Content-Disposition: form-data; name=\"a\0b\"", 43}, ERR_INVALID);
}

static void refuses_encodings(void **state)
{
    static const char *const lines[] = {
        "Content-Type: multipart/mixed; boundary=x",
        "Content-Type: text/plain; charset=iso-8859-1",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect_refused(*state, arena_printf(*state, "Content-Disposition: form-data; name=a\r\n%s", lines[i]),
                       ERR_UNSUPPORTED);
    /* The encoding inside a file does not matter. */
    (void)parse(*state, "Content-Disposition: form-data; name=a; filename=b\r\nContent-Type: text/csv; charset=latin1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(reads_fields),
        test_with_arena(reads_names_of_files),
        test_with_arena(cuts_long_names_between_characters),
        test_with_arena(refuses_heads),
        test_with_arena(refuses_encodings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
