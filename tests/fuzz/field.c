/* Typed text of every kind of field: cleaned text is clean, and stays as it is. */
#include "model/case_fields.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void must_be_clean(struct str text, bool lines)
{
    for (int32_t i = 0, n = (int32_t)text.n; i < n;) {
        UChar32 c;
        U8_NEXT((const uint8_t *)text.p, i, n, c);
        must(c >= 0);
        must(c >= 0x20 || (lines && (c == '\n' || c == '\t')));
        must(c < 0x7F || c > 0x9F);
        must(!(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069) && c != 0x200B && c != 0xFEFF && c != 0xAD);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct code CODES[] = {{"yes", NULL}, {"No", NULL}};
    static const struct code_list LIST = {CODES, 2};
    struct arena *arena = arena_create();
    struct str typed = arena_str(arena, (struct str){(const char *)data, size});
    for (int kind = FIELD_TEXT; utf8_valid(typed) && kind < FIELD_LOGIN; kind++) {
        for (int many = 0; many <= field_is_reference((enum field_kind)kind); many++) {
            const struct entity_field field = {
                .kind = (enum field_kind)kind, .many = many, .codes = &LIST, .limit = LINE_LIMIT};
            struct str once = field_clean(arena, &field, typed);
            must(utf8_valid(once));
            must_be_clean(once, many || kind == FIELD_MULTILINE);
            must(str_eq(once, field_clean(arena, &field, once)));
            struct field_fault fault = field_check(arena, &field, true, once);
            must(once.n || fault.msgid);
            (void)field_fault_text(arena, LANG_SV, &fault);
        }
    }
    arena_destroy(arena);
    return 0;
}
