#include "http/multipart.h"

#include "http/escape.h"
#include "http/part.h"
#include "http/upload.h"

#include <string.h>

/* Holds the whole head of a part; otherwise the bytes that may begin a delimiter. */
#define WINDOW_BYTES 16384
#define HEAD_BYTES 8192
#define BOUNDARY_BYTES 70
/* The most blanks allowed between a delimiter and the end of its line. */
#define BLANK_BYTES 70
/* Empty file inputs and parts beyond the limits count as parts too, because reading them takes time. */
#define PART_SLACK 100

enum state { PREAMBLE, AFTER_DELIMITER, HEAD, CONTENT, EPILOGUE, FAILED };
enum sink { SINK_FIELD, SINK_FILE, SINK_NOTHING };

struct multipart {
    struct arena *arena;
    struct http_limits limits;
    const char *upload_dir;
    struct str delimiter; /* CRLF, two hyphens and the boundary */
    enum state state;
    enum sink sink;
    char *window;
    size_t held;
    size_t parts;
    size_t form_bytes; /* bytes of names and values so far */
    struct part_head part;
    struct buf value;
    struct http_upload *upload; /* of the current part; NULL until it has content */
    struct http_params form;
    struct http_upload *uploads;
    size_t upload_count;
    bool too_many_uploads;
    struct str *left_out;
    size_t left_out_count;
};

static bool boundary_valid(struct str boundary)
{
    for (size_t i = 0; i < boundary.n; i++) {
        char c = boundary.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!plain && (c == '\0' || !strchr("'()+_,-./:=? ", c)))
            return false;
    }
    return boundary.n && boundary.n <= BOUNDARY_BYTES && boundary.p[boundary.n - 1] != ' ';
}

static bool find_boundary(struct arena *arena, struct str content_type, struct str *boundary)
{
    struct str rest, name, value;
    bool broken = false;
    *boundary = STR_NONE;
    (void)parameter_main(content_type, &rest);
    while (parameter_next(arena, &rest, &name, &value, &broken)) {
        if (!str_eq_nocase(name, STR("boundary")))
            continue;
        if (boundary->n)
            return false;
        *boundary = value;
    }
    return !broken && boundary_valid(*boundary);
}

struct multipart *multipart_begin(struct arena *arena, struct str content_type, const struct http_limits *limits,
                                  const char *upload_dir, struct err *err)
{
    struct str boundary;
    if (!find_boundary(arena, content_type, &boundary)) {
        (void)err_set(err, ERR_INVALID, NULL, "multipart without a usable boundary");
        return NULL;
    }
    struct multipart *mp = ARENA_NEW(arena, struct multipart);
    *mp = (struct multipart){.arena = arena, .limits = *limits, .upload_dir = upload_dir, .state = PREAMBLE};
    mp->delimiter = arena_printf(arena, "\r\n--%.*s", STR_FMT(boundary));
    mp->window = arena_alloc(arena, WINDOW_BYTES);
    mp->form.items = ARENA_ARRAY(arena, struct http_param, limits->field_count);
    mp->uploads = ARENA_ARRAY(arena, struct http_upload, limits->upload_count);
    mp->left_out = ARENA_ARRAY(arena, struct str, limits->upload_count ? HTTP_LEFT_OUT : 0);
    /* The first delimiter may be at the very beginning, without the CRLF. */
    memcpy(mp->window, "\r\n", 2);
    mp->held = 2;
    return mp;
}

static void drop_window(struct multipart *mp, size_t n)
{
    mp->held -= n;
    memmove(mp->window, mp->window + n, mp->held);
}

/* --- content ------------------------------------------------------------------------------------------------------ */

static bool add_value(struct multipart *mp, const char *bytes, size_t n, struct err *err)
{
    mp->form_bytes += n;
    if (mp->form_bytes > mp->limits.form_bytes)
        return err_set(err, ERR_TOO_LARGE, NULL, "fields of more than %zu bytes", mp->limits.form_bytes);
    buf_add(&mp->value, bytes, n);
    return true;
}

/* An upload begins with its first byte, so an input without a file makes no upload. */
static bool begin_upload(struct multipart *mp, struct err *err)
{
    if (mp->limits.upload_bytes <= 0)
        return err_set(err, ERR_UNSUPPORTED, NULL, "a file where none is taken");
    if (mp->upload_count == mp->limits.upload_count) {
        mp->too_many_uploads = true;
        if (mp->left_out_count < HTTP_LEFT_OUT)
            mp->left_out[mp->left_out_count++] = mp->part.filename;
        mp->sink = SINK_NOTHING;
        return true;
    }
    struct str name = mp->part.filename;
    mp->upload = &mp->uploads[mp->upload_count++];
    *mp->upload = (struct http_upload){.field = mp->part.name, .filename = name.n ? name : STR("_"), .fd = -1};
    return upload_open(mp->arena, mp->upload_dir, mp->upload, err);
}

static bool multipart_add_file(struct multipart *mp, const char *bytes, size_t n, struct err *err)
{
    if (!mp->upload && !begin_upload(mp, err))
        return false;
    if (mp->sink == SINK_NOTHING)
        return true;
    if ((int64_t)n > mp->limits.upload_bytes - mp->upload->size) {
        upload_drop(mp->upload);
        mp->upload->too_large = true;
        mp->upload->size += (int64_t)n;
        mp->sink = SINK_NOTHING;
        return true;
    }
    return upload_write(mp->upload, bytes, n, err);
}

static bool multipart_add_content(struct multipart *mp, size_t n, struct err *err)
{
    if (!n)
        return true;
    switch (mp->sink) {
    case SINK_FIELD:
        return add_value(mp, mp->window, n, err);
    case SINK_FILE:
        return multipart_add_file(mp, mp->window, n, err);
    case SINK_NOTHING:
        if (mp->upload)
            mp->upload->size += (int64_t)n;
        break;
    }
    return true;
}

static bool end_field(struct multipart *mp, struct err *err)
{
    struct str value = buf_text(&mp->value);
    if (!utf8_valid(value) || str_find_char(value, '\0') >= 0)
        return err_set(err, ERR_INVALID, NULL, "field %zu is not UTF-8 without NUL", mp->form.count + 1);
    mp->form.items[mp->form.count++] = (struct http_param){mp->part.name, value};
    return true;
}

static bool end_part(struct multipart *mp, struct err *err)
{
    if (mp->sink == SINK_FIELD)
        return end_field(mp, err);
    /* An empty file is still an upload if it has a name. */
    if (mp->sink == SINK_FILE && !mp->upload && mp->part.filename.n && !begin_upload(mp, err))
        return false;
    return mp->sink != SINK_FILE || !mp->upload || upload_finish(mp->upload, err);
}

static bool begin_part(struct multipart *mp, struct str block, struct err *err)
{
    block = arena_str(mp->arena, block);
    if (!part_parse(mp->arena, block, &mp->part, err))
        return false;
    mp->upload = NULL;
    mp->sink = mp->part.file ? SINK_FILE : SINK_FIELD;
    buf_init(&mp->value, mp->arena);
    if (++mp->parts > mp->limits.field_count + mp->limits.upload_count + PART_SLACK ||
        (!mp->part.file && mp->form.count == mp->limits.field_count))
        return err_set(err, ERR_TOO_LARGE, NULL, "more than %zu fields", mp->limits.field_count);
    mp->form_bytes += mp->part.name.n;
    mp->state = CONTENT;
    return true;
}

/*
 * --- one step each; returns 1: go on, 0: more bytes needed, -1: failed ----------------------------------------------
 */

static int step_preamble(struct multipart *mp)
{
    struct str held = {mp->window, mp->held};
    ptrdiff_t at = str_find(held, mp->delimiter);
    if (at >= 0) {
        drop_window(mp, (size_t)at + mp->delimiter.n);
        mp->state = AFTER_DELIMITER;
        return 1;
    }
    if (mp->held >= mp->delimiter.n)
        drop_window(mp, mp->held - (mp->delimiter.n - 1));
    return 0;
}

static int step_after_delimiter(struct multipart *mp, struct err *err)
{
    size_t blanks = 0;
    if (mp->held >= 2 && memcmp(mp->window, "--", 2) == 0) {
        mp->state = EPILOGUE;
        return 1;
    }
    while (blanks < mp->held && (mp->window[blanks] == ' ' || mp->window[blanks] == '\t'))
        blanks++;
    if (mp->held - blanks < 2 && blanks <= BLANK_BYTES)
        return 0;
    if (blanks > BLANK_BYTES || memcmp(mp->window + blanks, "\r\n", 2) != 0) {
        (void)err_set(err, ERR_INVALID, NULL, "bytes after a boundary");
        return -1;
    }
    drop_window(mp, blanks + 2);
    mp->state = HEAD;
    return 1;
}

static int step_head(struct multipart *mp, struct err *err)
{
    struct str held = {mp->window, mp->held};
    ptrdiff_t end = str_find(held, STR("\r\n\r\n"));
    if (end < 0 && mp->held < HEAD_BYTES + strlen("\r\n\r\n"))
        return 0;
    if (end < 0 || end > HEAD_BYTES) {
        (void)err_set(err, ERR_INVALID, NULL, "the head of a part is longer than %d bytes", HEAD_BYTES);
        return -1;
    }
    if (!begin_part(mp, str_slice(held, 0, (size_t)end), err))
        return -1;
    drop_window(mp, (size_t)end + 4);
    return 1;
}

static int step_content(struct multipart *mp, struct err *err)
{
    struct str held = {mp->window, mp->held};
    ptrdiff_t at = str_find(held, mp->delimiter);
    size_t keep = mp->delimiter.n - 1;
    size_t n = at >= 0 ? (size_t)at : mp->held > keep ? mp->held - keep : 0;
    if (!multipart_add_content(mp, n, err))
        return -1;
    drop_window(mp, at >= 0 ? n + mp->delimiter.n : n);
    if (at < 0)
        return 0;
    mp->state = AFTER_DELIMITER;
    return end_part(mp, err) ? 1 : -1;
}

static int multipart_step(struct multipart *mp, struct err *err)
{
    switch (mp->state) {
    case PREAMBLE:
        return step_preamble(mp);
    case AFTER_DELIMITER:
        return step_after_delimiter(mp, err);
    case HEAD:
        return step_head(mp, err);
    case CONTENT:
        return step_content(mp, err);
    case EPILOGUE:
        mp->held = 0;
        return 0;
    case FAILED:
        break;
    }
    return -1;
}

bool multipart_feed(struct multipart *mp, const char *bytes, size_t n, struct err *err)
{
    while (n) {
        size_t room = WINDOW_BYTES - mp->held, taken = n < room ? n : room;
        memcpy(mp->window + mp->held, bytes, taken);
        mp->held += taken;
        bytes += taken;
        n -= taken;
        int moved;
        while ((moved = multipart_step(mp, err)) > 0)
            continue;
        if (moved < 0) {
            mp->state = FAILED;
            return false;
        }
    }
    return true;
}

bool multipart_end(struct multipart *mp, struct http_request *request, struct err *err)
{
    if (mp->state != EPILOGUE)
        return err_set(err, ERR_INVALID, NULL, "the body ended before its last boundary");
    request->form = mp->form;
    request->uploads = mp->uploads;
    request->upload_count = mp->upload_count;
    request->too_many_uploads = mp->too_many_uploads;
    request->left_out = mp->left_out;
    request->left_out_count = mp->left_out_count;
    return true;
}
