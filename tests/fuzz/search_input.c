/*
 * What people paste into searches: the text stays valid and is never longer than what was typed, words are bounded and
 * hold no mark of an index, a phone number is digits, and the questions to the indexes of both engines have a value for
 * each placeholder.
 */
#include "model/search_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_input(struct arena *arena, struct str typed)
{
    struct str input = search_input(arena, typed);
    if (!utf8_valid(input) || input.n > typed.n * 4 || (input.n && (input.p[0] == ' ' || input.p[input.n - 1] == ' ')))
        __builtin_trap();
}

static void check_search(const struct search_text *search)
{
    for (size_t i = 0; i < search->count && i < SEARCH_WORDS; i++) {
        struct str word = search->words[i];
        if (!word.n || word.n > SEARCH_WORD_MAX || !utf8_valid(word) || str_find(word, STR("\xEE\x80")) >= 0 ||
            str_find_char(word, ' ') >= 0)
            __builtin_trap();
    }
    if (search->signs.n && search->count)
        __builtin_trap();
    for (size_t i = 0; i < search->phone.n; i++) {
        if (search->phone.p[i] < '0' || search->phone.p[i] > '9')
            __builtin_trap();
    }
}

static void check_question(struct arena *arena, const struct search_text *search, enum db_engine engine)
{
    struct sql sql = sql_start(arena, "SELECT id FROM object t WHERE 1 = 1");
    size_t placeholders = 0;
    search_add_indexed(&sql, engine, SEARCH_OBJECTS, "t.id", search);
    struct str text = buf_text(&sql.text);
    for (size_t i = 0; i < text.n; i++)
        placeholders += text.p[i] == '$';
    if (placeholders != sql.count)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str typed = {(const char *)data, size};
    struct search_text search;
    if (!utf8_valid(typed) || str_find_char(typed, '\0') >= 0)
        return 0;
    struct arena *arena = arena_create();
    check_input(arena, typed);
    search_read(arena, typed, &search);
    check_search(&search);
    check_question(arena, &search, DB_SQLITE);
    check_question(arena, &search, DB_POSTGRES);
    arena_destroy(arena);
    return 0;
}
