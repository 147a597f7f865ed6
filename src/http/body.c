#include "http/body.h"

#include "http/escape.h"
#include "http/multipart.h"
#include "http/part.h"

/* Room for the boundaries and the heads of the parts of a multipart body. */
#define MULTIPART_OVERHEAD (INT64_C(1024) * 1024)

enum kind { KIND_IGNORED, KIND_URLENCODED, KIND_MULTIPART, KIND_UNSUPPORTED };

struct body {
    struct http_request *request;
    struct http_limits limits;
    enum kind kind;
    int64_t received;
    int64_t limit; /* total of the limits */
    struct buf text;
    struct multipart *multipart;
    bool failed; /* err says why */
    struct err err;
};

static enum kind body_kind_of(const struct http_request *request)
{
    struct str rest, type = http_header(request, "content-type"), media = parameter_main(type, &rest);
    if (request->method != HTTP_POST)
        return KIND_IGNORED;
    if (str_eq_nocase(media, STR("multipart/form-data")))
        return KIND_MULTIPART;
    bool form = str_eq_nocase(media, STR("application/x-www-form-urlencoded"));
    return form && charset_allowed(request->arena, type) ? KIND_URLENCODED : KIND_UNSUPPORTED;
}

static int64_t limit_of(enum kind kind, const struct http_limits *limits)
{
    int64_t uploads, form = (int64_t)limits->form_bytes;
    if (kind != KIND_MULTIPART)
        return kind == KIND_URLENCODED ? form : 0;
    if (__builtin_mul_overflow(limits->upload_bytes, (int64_t)limits->upload_count, &uploads) ||
        __builtin_add_overflow(uploads, form + MULTIPART_OVERHEAD, &uploads))
        return INT64_MAX / 2;
    return uploads;
}

struct body *body_begin(struct http_request *request, const struct http_limits *limits, const char *upload_dir)
{
    struct body *body = ARENA_NEW(request->arena, struct body);
    body->request = request;
    body->limits = *limits;
    body->kind = body_kind_of(request);
    body->limit = limit_of(body->kind, limits);
    buf_init(&body->text, request->arena);
    if (body->kind == KIND_MULTIPART)
        body->multipart = multipart_begin(request->arena, http_header(request, "content-type"), &body->limits,
                                          upload_dir, &body->err);
    body->failed = body->kind == KIND_MULTIPART && !body->multipart;
    return body;
}

bool body_fits(const struct body *body, int64_t length)
{
    return length < body->limit + BODY_DISCARD_BYTES;
}

static bool feed_text(struct body *body, const char *bytes, size_t n)
{
    if (body->text.n + n > body->limits.form_bytes)
        return err_set(&body->err, ERR_TOO_LARGE, NULL, "a form of more than %zu bytes", body->limits.form_bytes);
    buf_add(&body->text, bytes, n);
    return true;
}

static bool body_take(struct body *body, const char *bytes, size_t n)
{
    switch (body->kind) {
    case KIND_IGNORED:
        break;
    case KIND_URLENCODED:
        return feed_text(body, bytes, n);
    case KIND_MULTIPART:
        return multipart_feed(body->multipart, bytes, n, &body->err);
    case KIND_UNSUPPORTED:
        return err_set(&body->err, ERR_UNSUPPORTED, NULL, "neither a form nor UTF-8");
    }
    return true;
}

void body_feed(struct body *body, const char *bytes, size_t n)
{
    body->received += (int64_t)n;
    body->failed = body->failed || !body_take(body, bytes, n);
}

int64_t body_received(const struct body *body)
{
    return body->received;
}

static bool body_finish(struct body *body)
{
    struct http_request *request = body->request;
    if (body->kind == KIND_URLENCODED)
        return http_parse_urlencoded(request->arena, buf_text(&body->text), body->limits.field_count, &request->form,
                                     &body->err);
    /* An empty body is an empty form, whatever its Content-Type. */
    return body->kind != KIND_MULTIPART || !body->received || multipart_end(body->multipart, request, &body->err);
}

const struct err *body_end(struct body *body)
{
    body->failed = body->failed || !body_finish(body);
    return body->failed ? &body->err : NULL;
}
