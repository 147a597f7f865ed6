/* Request paths: what is taken is text without dots and empty segments, and stays itself when it is written again. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str write_again(struct arena *arena, struct str path)
{
    struct buf out;
    struct str rest = str_slice(path, 1, path.n), segment;
    buf_init(&out, arena);
    if (path.n == 1)
        return path;
    while (str_cut(&rest, '/', &segment)) {
        if (!segment.n || str_eqz(segment, ".") || str_eqz(segment, ".."))
            __builtin_trap();
        buf_char(&out, '/');
        buf_url_part(&out, segment);
    }
    return buf_text(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct str path, again;
    if (http_parse_path(arena, (struct str){(const char *)data, size}, &path)) {
        if (path.n == 0 || path.p[0] != '/' || !utf8_valid(path) || str_find_char(path, '\0') >= 0)
            __builtin_trap();
        if (!http_parse_path(arena, write_again(arena, path), &again) || !str_eq(path, again))
            __builtin_trap();
    }
    arena_destroy(arena);
    return 0;
}
