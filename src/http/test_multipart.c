#include "base/test.h"
#include "http/multipart.h"
#include "http/upload.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TYPE "multipart/form-data; boundary=XyZ"
#define FIELD(name) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_(name, file) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n\r\n"
#define END "--XyZ--\r\n"

static const struct http_limits limits = {.form_bytes = 1000, .field_count = 5, .upload_bytes = 100, .upload_count = 2};

/* Feeds pieces of that size, each in memory of its own, so that reading over its end is noticed. */
static bool read_all(struct arena *arena, struct str body, size_t piece, struct http_request *request, struct err *err)
{
    *request = (struct http_request){.arena = arena};
    *err = (struct err){.kind = ERR_NONE};
    struct multipart *mp = multipart_begin(arena, STR(TYPE), &limits, "/tmp", err);
    for (size_t at = 0; mp && at < body.n; at += piece) {
        struct str part = str_slice(body, at, at + piece);
        char *copy = malloc(part.n);
        memcpy(copy, part.p, part.n);
        bool ok = multipart_feed(mp, copy, part.n, err);
        free(copy);
        if (!ok)
            return false;
    }
    return mp && multipart_end(mp, request, err);
}

static void expect_read(struct arena *arena, struct str body, struct http_request *request)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};
    struct err err;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        if (!read_all(arena, body, pieces[i], request, &err))
            fail_msg("in pieces of %zu: %s", pieces[i], err.detail);
    }
}

static void expect_refused(struct arena *arena, struct str body, enum err_kind kind)
{
    static const size_t pieces[] = {1, 5, 100000};
    struct http_request request;
    struct err err;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        assert_false(read_all(arena, body, pieces[i], &request, &err));
        assert_int_equal(err.kind, kind);
    }
}

static struct str content_of(struct arena *arena, const struct http_upload *upload)
{
    char *bytes = arena_alloc(arena, 1000);
    ssize_t n = read(upload->fd, bytes, 1000);
    assert_int_equal(n, upload->size);
    return (struct str){bytes, (size_t)n};
}

static void reads_fields_and_files(void **state)
{
    struct http_request request;
    expect_read(
        *state,
        STR("preamble\r\n" FIELD("title") "L\xc3\xa4"
                                          "cka\r\n" FIELD("title") "\r\n" FIELD("text") "a\r\n--XyY\r\n-\r\n\r\n" FILE_(
                                              "photo", "C:\\a.jpg") "\xff\0\r\n--Xy\r\n" END "epilogue"),
        &request);
    assert_int_equal(request.form.count, 3);
    assert_str(http_param(&request.form, "title"), "Läcka");
    assert_int_equal(request.form.items[1].value.n, 0);
    assert_str(http_param(&request.form, "text"), "a\r\n--XyY\r\n-\r\n");
    assert_int_equal(request.upload_count, 1);
    assert_str(request.uploads[0].field, "photo");
    assert_str(request.uploads[0].filename, "a.jpg");
    struct str content = content_of(*state, &request.uploads[0]);
    assert_int_equal(content.n, 8);
    assert_memory_equal(content.p, "\xff\0\r\n--Xy", 8);
}

static void an_input_without_a_file_is_none(void **state)
{
    struct http_request request;
    expect_read(*state, STR(FILE_("photo", "") "\r\n" FILE_("photo", "empty.txt") "\r\n" END), &request);
    assert_int_equal(request.upload_count, 1);
    assert_str(request.uploads[0].filename, "empty.txt");
    assert_int_equal(request.uploads[0].size, 0);
    expect_read(*state, STR(FILE_("photo", "") "x\r\n" END), &request);
    assert_str(request.uploads[0].filename, "_");
}

static void no_parts_are_an_empty_form(void **state)
{
    struct http_request request;
    expect_read(*state, STR("--XyZ--"), &request);
    assert_int_equal(request.form.count, 0);
    expect_read(*state, STR(FIELD("a") "1\r\n--XyZ  \t\r\nContent-Disposition: form-data; name=b\r\n\r\n2\r\n--XyZ--"),
                &request);
    assert_str(http_param(&request.form, "b"), "2");
}

static void refuses_bodies(void **state)
{
    expect_refused(*state, STR(""), ERR_INVALID);
    expect_refused(*state, STR("nothing"), ERR_INVALID);
    expect_refused(*state, STR(FIELD("a") "1"), ERR_INVALID);
    expect_refused(*state, STR(FIELD("a") "1\r\n--XyZ"), ERR_INVALID);
    expect_refused(*state, STR(FIELD("a") "1\r\n--XyZ\r\n"), ERR_INVALID);
    expect_refused(*state, STR("--XyZx\r\n" END), ERR_INVALID);
    expect_refused(*state, STR("--XyZ\r\n\r\nno head\r\n" END), ERR_INVALID);
    expect_refused(*state, STR(FIELD("a") "1\0\r\n" END), ERR_INVALID);
    expect_refused(*state, STR(FIELD("a") "\xe5\r\n" END), ERR_INVALID);
    expect_refused(*state, STR("--XyZ\nContent-Disposition: form-data; name=a\n\n1\n--XyZ--\n"), ERR_INVALID);
    expect_refused(*state,
                   STR("--XyZ\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; "
                       "boundary=i\r\n\r\n--i\r\n\r\nx\r\n--i--\r\n" END),
                   ERR_UNSUPPORTED);
}

static void refuses_too_much(void **state)
{
    struct buf body;
    buf_init(&body, *state);
    for (int i = 0; i < 100000; i++)
        buf_z(&body, FIELD("a") "\r\n");
    expect_refused(*state, buf_text(&body), ERR_TOO_LARGE);

    buf_clear(&body);
    buf_z(&body, FIELD("a"));
    for (int i = 0; i < 1001; i++)
        buf_char(&body, 'x');
    buf_z(&body, "\r\n" END);
    expect_refused(*state, buf_text(&body), ERR_TOO_LARGE);

    buf_clear(&body);
    for (int i = 0; i < 1000; i++)
        buf_z(&body, FILE_("f", "") "\r\n");
    expect_refused(*state, buf_text(&body), ERR_TOO_LARGE);

    buf_clear(&body);
    buf_z(&body, "--XyZ\r\nX: ");
    for (int i = 0; i < 2000000; i++)
        buf_char(&body, 'x');
    expect_refused(*state, buf_text(&body), ERR_INVALID);
}

/*
 * Limits of the blanks after a boundary and of the heads of parts: at the limit and one above, in pieces of any size.
 */
static void limits_hold_in_pieces_of_any_size(void **state)
{
    struct arena *arena = *state;
    struct http_request request;
    char filling[9000];
    memset(filling, ' ', sizeof filling);
    for (int blanks = 70; blanks <= 71; blanks++) {
        struct str body = arena_printf(
            arena, "--XyZ%.*s\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n" END, blanks, filling);
        blanks == 70 ? expect_read(arena, body, &request) : expect_refused(arena, body, ERR_INVALID);
    }
    static const char head[] = "Content-Disposition: form-data; name=\"a\"\r\nX:";
    for (int bytes = 8192; bytes <= 8193; bytes++) {
        struct str body =
            arena_printf(arena, "--XyZ\r\n%s%.*s\r\n\r\nb\r\n" END, head, bytes - (int)strlen(head), filling);
        bytes == 8192 ? expect_read(arena, body, &request) : expect_refused(arena, body, ERR_INVALID);
    }
}

static void a_file_that_is_too_large_is_told(void **state)
{
    struct http_request request;
    struct buf body;
    buf_init(&body, *state);
    buf_z(&body, FILE_("f", "large"));
    for (int i = 0; i < 40000; i++)
        buf_char(&body, 'x');
    buf_z(&body, "\r\n" FILE_("f", "fits") "123\r\n" FIELD("a") "1\r\n" END);
    expect_read(*state, buf_text(&body), &request);
    assert_int_equal(request.upload_count, 2);
    assert_true(request.uploads[0].too_large);
    assert_int_equal(request.uploads[0].fd, -1);
    assert_int_equal(request.uploads[0].size, 40000);
    assert_false(request.uploads[1].too_large);
    assert_str(content_of(*state, &request.uploads[1]), "123");
    assert_str(http_param(&request.form, "a"), "1");
}

static void more_files_than_allowed_are_thrown_away(void **state)
{
    struct http_request request;
    expect_read(*state, STR(FILE_("f", "1") "1\r\n" FILE_("f", "2") "2\r\n" FILE_("f", "3") "3\r\n" END), &request);
    assert_int_equal(request.upload_count, 2);
    assert_true(request.too_many_uploads);
    assert_int_equal(request.left_out_count, 1);
    assert_str(request.left_out[0], "3");
}

static void files_where_none_are_taken(void **state)
{
    struct http_limits none = {.form_bytes = 100, .field_count = 5};
    struct http_request request = {.arena = *state};
    struct err err = {.kind = ERR_NONE};
    struct multipart *mp = multipart_begin(*state, STR(TYPE), &none, "/tmp", &err);
    struct str body = STR(FILE_("f", "") "\r\n" FIELD("a") "1\r\n" END);
    assert_true(multipart_feed(mp, body.p, body.n, &err) && multipart_end(mp, &request, &err));
    mp = multipart_begin(*state, STR(TYPE), &none, "/tmp", &err);
    body = STR(FILE_("f", "x") "1\r\n" END);
    assert_false(multipart_feed(mp, body.p, body.n, &err));
    assert_int_equal(err.kind, ERR_UNSUPPORTED);
}

static void reads_boundaries(void **state)
{
    static const char *const right[] = {
        "multipart/form-data; boundary=a",
        "multipart/form-data; charset=utf-8; boundary=\"a b\"",
        "multipart/form-data;boundary=----WebKitFormBoundaryA0b1C2d3E4f5G6h7",
        "multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890",
    };
    static const char *const wrong[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a\r\nb\"",
        "multipart/form-data; boundary=a{}",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901",
    };
    struct err err;
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_non_null(multipart_begin(*state, str_of(right[i]), &limits, "/tmp", &err));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_null(multipart_begin(*state, str_of(wrong[i]), &limits, "/tmp", &err));
        assert_int_equal(err.kind, ERR_INVALID);
    }
}

static void an_upload_can_be_given_a_name(void **state)
{
    struct http_request request;
    char dir[] = "/tmp/kundportal-upload-XXXXXX";
    struct str path, from;
    expect_read(*state, STR(FILE_("f", "x") "123\r\n" END), &request);
    assert_non_null(mkdtemp(dir));
    path = arena_printf(*state, "%s/name", dir);
    from = arena_printf(*state, "/proc/self/fd/%d", request.uploads[0].fd);
    assert_int_equal(linkat(AT_FDCWD, from.p, AT_FDCWD, path.p, AT_SYMLINK_FOLLOW), 0);
    assert_int_equal(unlink(path.p), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void uploads_close_with_the_arena(void **state)
{
    struct arena *arena = arena_create();
    struct http_request request;
    struct stat st;
    (void)state;
    expect_read(arena, STR(FILE_("f", "x") "123\r\n" END), &request);
    int fd = request.uploads[0].fd;
    assert_int_equal(fstat(fd, &st), 0);
    arena_destroy(arena);
    assert_int_equal(fstat(fd, &st), -1);
}

static void a_missing_folder_is_an_error(void **state)
{
    struct err err = {.kind = ERR_NONE};
    struct str body = STR(FILE_("f", "x") "1\r\n" END);
    struct multipart *mp = multipart_begin(*state, STR(TYPE), &limits, "/nonexistent/folder", &err);
    assert_false(multipart_feed(mp, body.p, body.n, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);
}

static void a_full_disk_is_told(void **state)
{
    struct err err = {.kind = ERR_NONE};
    struct http_upload upload = {.fd = open("/dev/full", O_WRONLY | O_CLOEXEC)};
    (void)state;
    assert_false(upload_write(&upload, "12345", 5, &err));
    assert_int_equal(err.kind, ERR_FULL);
    assert_int_equal(upload.size, 0);
    upload_drop(&upload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(reads_fields_and_files),
        test_with_arena(an_input_without_a_file_is_none),
        test_with_arena(no_parts_are_an_empty_form),
        test_with_arena(refuses_bodies),
        test_with_arena(refuses_too_much),
        test_with_arena(limits_hold_in_pieces_of_any_size),
        test_with_arena(a_file_that_is_too_large_is_told),
        test_with_arena(more_files_than_allowed_are_thrown_away),
        test_with_arena(files_where_none_are_taken),
        test_with_arena(reads_boundaries),
        test_with_arena(an_upload_can_be_given_a_name),
        test_with_arena(uploads_close_with_the_arena),
        test_with_arena(a_missing_folder_is_an_error),
        test_with_arena(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
