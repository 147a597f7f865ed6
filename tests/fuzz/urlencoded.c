/* Forms and queries: what is read is text, and comes back the same when it is written again. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELDS 50

static struct str write_again(struct arena *arena, const struct http_params *params)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < params->count; i++) {
        buf_url_part(&out, params->items[i].name);
        buf_char(&out, '=');
        buf_url_part(&out, params->items[i].value);
        buf_char(&out, '&');
    }
    return buf_text(&out);
}

static void same(const struct http_params *a, const struct http_params *b)
{
    if (a->count != b->count)
        __builtin_trap();
    for (size_t i = 0; i < a->count; i++) {
        if (!str_eq(a->items[i].name, b->items[i].name) || !str_eq(a->items[i].value, b->items[i].value) ||
            !utf8_valid(a->items[i].value) || str_find_char(a->items[i].value, '\0') >= 0)
            __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct http_params params, again;
    struct err err = {.kind = ERR_NONE};
    if (http_parse_urlencoded(arena, (struct str){(const char *)data, size}, FIELDS, &params, &err)) {
        if (params.count > FIELDS || !http_parse_urlencoded(arena, write_again(arena, &params), FIELDS, &again, &err))
            __builtin_trap();
        same(&params, &again);
    } else if (err.kind != ERR_INVALID && err.kind != ERR_TOO_LARGE) {
        __builtin_trap();
    }
    arena_destroy(arena);
    return 0;
}
