#include "portal/send_file.h"

#include <inttypes.h>
#include <string.h>

#include "service/store.h"

/* The document loads nothing, runs nothing, and has an origin of its own. */
static const char PICTURE_SECURITY[] = "default-src 'none'; sandbox; frame-ancestors 'none'";
/*
 * There is no sandbox, because not every browser starts its PDF viewer in one. If the viewer runs scripts of the
 * document at all, it does so in a process or interpreter of its own, without access to the page, its cookies or its
 * origin. Some browsers' viewers need inline styles for their own page.
 */
static const char PDF_SECURITY[] = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
                                   "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static bool is_pdf(struct str media_type)
{
    return str_eqz(media_type, "application/pdf");
}

bool send_file_shows(struct str media_type)
{
    return store_inline(media_type) || is_pdf(media_type);
}

/* RFC 6266: a plain name for old clients, and the real name encoded. */
static struct str disposition(struct visit *visit, const struct sent_file *file, bool show)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_z(&out, show ? "inline" : "attachment");
    buf_z(&out, "; filename=\"");
    for (size_t i = 0; i < file->name.n; i++) {
        char c = file->name.p[i];
        buf_char(&out, c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%' ? c : '_');
    }
    buf_z(&out, "\"; filename*=UTF-8''");
    buf_url_part(&out, file->name);
    return buf_text(&out);
}

/* --- ranges ------------------------------------------------------------------------------------------------------- */

/* Reads a position: one or more digits. With more than 18 digits it is past the end of every file. */
static bool read_position(struct str text, int64_t *value)
{
    *value = INT64_MAX;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    }
    return text.n > 18 || str_to_int(text, value);
}

enum range_kind range_read(struct str header, int64_t size, int64_t *from, int64_t *length)
{
    struct str rest = str_trim(header), first;
    int64_t last = INT64_MAX;
    *from = 0;
    *length = size;
    if (!str_starts(rest, STR("bytes=")))
        return RANGE_WHOLE;
    rest = str_trim(str_slice(rest, sizeof "bytes=" - 1, rest.n));
    ptrdiff_t dash = str_find_char(rest, '-');
    if (dash < 0 || str_find_char(rest, ',') >= 0)
        return RANGE_WHOLE;
    first = str_slice(rest, 0, (size_t)dash);
    rest = str_slice(rest, (size_t)dash + 1, rest.n);
    if ((rest.n && !read_position(rest, &last)) || (!rest.n && !first.n))
        return RANGE_WHOLE;
    if (!first.n) { /* `-N`: the last N bytes */
        *length = last < size ? last : size;
        *from = size - *length;
        return *length ? RANGE_PART : RANGE_OUTSIDE;
    }
    int64_t begin;
    if (!read_position(first, &begin) || last < begin)
        return RANGE_WHOLE;
    if (begin >= size)
        return RANGE_OUTSIDE;
    *from = begin;
    *length = (last < size ? last + 1 : size) - begin;
    return RANGE_PART;
}

bool etag_listed(struct str header, struct str etag)
{
    struct str rest = header, one;
    if (str_eqz(str_trim(header), "*"))
        return true;
    while (str_cut(&rest, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, STR("W/")))
            one = str_slice(one, 2, one.n);
        if (str_eq(one, etag))
            return true;
    }
    return false;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static void send_file_set_headers(struct visit *visit, const struct sent_file *file, bool show, struct str etag)
{
    struct http_response *response = visit->response;
    bool pdf = is_pdf(file->media_type);
    response->content_type = store_safe_type(file->media_type);
    http_set(response, "Content-Disposition", disposition(visit, file, show));
    http_set(response, "Content-Security-Policy", str_of(show && pdf ? PDF_SECURITY : PICTURE_SECURITY));
    /* The browser may keep a partial download to resume it, but shared caches must not store it. */
    http_set(response, "Cache-Control", STR("private, no-store"));
    http_set(response, "Accept-Ranges", STR("bytes"));
    http_set(response, "ETag", etag);
}

/* Answers without the content; the engine closes the file. */
static void answer_without_body(struct http_response *response, int status)
{
    response->status = status;
    response->content_type = NULL;
    response->fd_size = 0;
}

static void set_range(struct visit *visit, struct str etag)
{
    struct http_response *response = visit->response;
    struct str condition = http_header(visit->request, "if-range");
    int64_t size = response->fd_size;
    response->status = 200;
    /* A date, or the tag of another content: send the file from its beginning. */
    if (condition.n && !str_eq(condition, etag))
        return;
    enum range_kind kind =
        range_read(http_header(visit->request, "range"), size, &response->fd_offset, &response->fd_size);
    if (kind == RANGE_PART) {
        response->status = 206;
        http_set(response, "Content-Range",
                 arena_printf(visit->arena, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, response->fd_offset,
                              response->fd_offset + response->fd_size - 1, size));
    } else if (kind == RANGE_OUTSIDE) {
        answer_without_body(response, 416);
        response->fd_offset = 0;
        http_set(response, "Content-Range", arena_printf(visit->arena, "bytes */%" PRId64, size));
    }
}

bool send_file(struct visit *visit, const struct sent_file *file, bool show, struct err *err)
{
    struct http_response *response = visit->response;
    struct err cause = {.kind = ERR_NONE};
    if (!store_open(visit->config->data, file->digest, &response->fd, &response->fd_size, &cause)) {
        response->fd = -1;
        return err_set(err, ERR_INTERNAL, NULL, "the content of a file: %s", cause.detail);
    }
    struct str etag = arena_printf(visit->arena, "\"%.*s\"", STR_FMT(file->digest));
    struct str known = http_header(visit->request, "if-none-match");
    send_file_set_headers(visit, file, show && send_file_shows(file->media_type), etag);
    if (known.n && etag_listed(known, etag))
        answer_without_body(response, 304);
    else
        set_range(visit, etag);
    return true;
}
