/* Cookie headers: every cookie lies within the header, and is text. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct str header = {(const char *)data, size};
    struct http_request request = {.arena = arena, .secure = size % 2 == 0};
    if (http_parse_cookies(arena, header, &request.cookies)) {
        for (size_t i = 0; i < request.cookies.count; i++) {
            struct http_param cookie = request.cookies.items[i];
            if (!cookie.name.n || cookie.name.n + cookie.value.n > size || !utf8_valid(cookie.value))
                __builtin_trap();
        }
        struct str session = http_cookie_get(&request, "session");
        if (request.secure && session.n && str_find(header, STR("__Host-session")) < 0)
            __builtin_trap();
    }
    arena_destroy(arena);
    return 0;
}
