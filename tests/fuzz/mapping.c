/* Mappings of imports, written by people: what is read and written again is read as the same. */
#include "bulk/exchange/mapping.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void check_again(struct arena *arena, const struct load_mapping *mapping)
{
    struct load_mapping *again;
    struct mapping_fault fault;
    size_t count;
    struct str text = mapping_text(arena, mapping);
    must(utf8_valid(text));
    must(mapping_read(arena, text, mapping->file, &again, &count, &fault) && count == 1);
    must(str_eq(mapping_text(arena, again), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct str text = arena_str(arena, (struct str){(const char *)data, size});
    struct load_mapping *mappings;
    struct mapping_fault fault = {0};
    size_t count;
    if (utf8_valid(text)) {
        if (mapping_read(arena, text, NULL, &mappings, &count, &fault)) {
            for (size_t i = 0; i < count; i++)
                check_again(arena, &mappings[i]);
        } else {
            must(fault.line >= 1 && fault.message);
        }
    }
    arena_destroy(arena);
    return 0;
}
