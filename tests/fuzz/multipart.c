/* Multipart bodies: the same whether they come whole or in pieces, and never more than the limits allow. */
#include "http/multipart.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_limits limits = {
    .form_bytes = 2000, .field_count = 10, .upload_bytes = 500, .upload_count = 3};

/* The first byte says how large the pieces are; what stands before the first line feed is the content type. */
static bool read_body(struct arena *arena, struct str type, struct str body, size_t piece, struct http_request *request,
                      struct err *err)
{
    struct multipart *multipart = multipart_begin(arena, type, &limits, "/tmp", err);
    *request = (struct http_request){.arena = arena};
    for (size_t at = 0; multipart && at < body.n; at += piece) {
        struct str part = str_slice(body, at, at + piece);
        char *copy = malloc(part.n);
        memcpy(copy, part.p, part.n);
        bool ok = multipart_feed(multipart, copy, part.n, err);
        free(copy);
        if (!ok)
            return false;
    }
    return multipart && multipart_end(multipart, request, err);
}

static void check_bounds(const struct http_request *request)
{
    size_t bytes = 0;
    for (size_t i = 0; i < request->form.count; i++) {
        struct http_param field = request->form.items[i];
        bytes += field.name.n + field.value.n;
        if (!field.name.n || !utf8_valid(field.value) || !utf8_valid(field.name))
            __builtin_trap();
    }
    for (size_t i = 0; i < request->upload_count; i++) {
        struct http_upload upload = request->uploads[i];
        bool held = upload.fd >= 0 && upload.size <= limits.upload_bytes;
        if (held == upload.too_large || !utf8_valid(upload.filename) || upload.filename.n > 255 || !upload.filename.n ||
            str_find_char(upload.filename, '/') >= 0)
            __builtin_trap();
    }
    if (request->form.count > limits.field_count || request->upload_count > limits.upload_count || bytes > 2510)
        __builtin_trap();
}

static void check_same(const struct http_request *a, const struct http_request *b)
{
    bool same = a->form.count == b->form.count && a->upload_count == b->upload_count &&
                a->too_many_uploads == b->too_many_uploads;
    for (size_t i = 0; same && i < a->form.count; i++)
        same = str_eq(a->form.items[i].value, b->form.items[i].value);
    for (size_t i = 0; same && i < a->upload_count; i++)
        same = a->uploads[i].size == b->uploads[i].size && a->uploads[i].too_large == b->uploads[i].too_large;
    if (!same)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data + (size > 0), size - (size > 0)};
    ptrdiff_t line = str_find_char(text, '\n');
    if (line < 0)
        return 0;
    struct arena *arena = arena_create();
    struct http_request whole, pieces;
    struct err err = {.kind = ERR_NONE};
    struct str type = str_slice(text, 0, (size_t)line), body = str_slice(text, (size_t)line + 1, text.n);
    bool one = read_body(arena, type, body, body.n + 1, &whole, &err);
    bool many = read_body(arena, type, body, data[0] % 32 + 1U, &pieces, &err);
    if (one != many)
        __builtin_trap();
    if (one) {
        check_bounds(&whole);
        check_same(&whole, &pieces);
    } else if (err.kind == ERR_NONE || err.kind == ERR_INTERNAL) {
        __builtin_trap();
    }
    arena_destroy(arena);
    return 0;
}
