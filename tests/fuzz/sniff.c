/* The kinds and names that uploads get: pictures are recognised without reading beyond the end of garbage. */
#include "base/buf.h"
#include "service/store.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    unsigned char *head = arena_alloc(arena, size);
    if (size)
        memcpy(head, data, size);
    const char *media_type = store_sniff(head, size);
    must(!media_type || size > 0);
    if (media_type && store_inline(str_of(media_type)))
        must(strncmp(media_type, "image/", 6) == 0 && strcmp(media_type, "image/svg+xml") != 0);
    struct str name = arena_str(arena, (struct str){(const char *)data, size});
    if (utf8_valid(name)) {
        struct str clean = store_clean_name(arena, name);
        must(utf8_valid(clean) && utf8_count(clean) <= 120 && str_find_char(clean, '/') < 0);
        must(str_eq(store_clean_name(arena, clean), clean));
    }
    arena_destroy(arena);
    return 0;
}
