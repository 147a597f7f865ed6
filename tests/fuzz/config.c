#include "service/config_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_create();
    struct config config;
    struct buf report;
    struct err err = {.kind = ERR_NONE};
    buf_init(&report, arena);
    bool ok = config_make(arena, STR("kundportal.ini"), (struct str){(const char *)bytes, n}, NULL, 0, &config, &report,
                          &err);
    /* Settings are refused with a reason, or every field, criterion and column has a name. */
    if (ok == (buf_text(&report).n > 0) ||
        (ok && (!config.field_count || !config.criteria.count || !config.columns.count)))
        __builtin_trap();
    if (ok) {
        /* What is written reads back as the same. */
        struct config again;
        struct str text = config_text(arena, &config);
        if (!config_with(arena, &config, text, false, &again, NULL, &err) || !str_eq(config_text(arena, &again), text))
            __builtin_trap();
    }
    arena_destroy(arena);
    return 0;
}
