/*
 * The address of a search: words are folded text of bounded length that no scope token can be among, a place in the
 * list is only taken as it was written, and what is read is written back the same.
 */
#include "model/case_criteria.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(const struct criteria *criteria)
{
    for (size_t i = 0; i < criteria->word_count; i++) {
        struct str word = criteria->words[i];
        if (!word.n || word.n > 64 || !utf8_valid(word) || str_find(word, STR("\xEE\x80\x80")) >= 0 ||
            str_find_char(word, ' ') >= 0)
            __builtin_trap();
    }
    if (criteria->unanswerable && criteria->word_count)
        __builtin_trap();
}

static void check_round_trip(struct arena *arena, const struct criteria *criteria)
{
    struct str cursor = criteria->after.set ? cursor_write(arena, &criteria->after) : STR_NONE;
    struct str url = criteria_url(arena, "/cases", criteria, NULL, cursor, false);
    struct str query = str_slice(url, sizeof "/cases?" - 1, url.n);
    struct http_params params;
    struct criteria again;
    if (!http_parse_urlencoded(arena, query, 50, &params, NULL) || !criteria_read(arena, &params, &again) ||
        !str_eq(url, criteria_url(arena, "/cases", &again, NULL, cursor, false)))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct http_params params;
    struct criteria criteria;
    if (http_parse_urlencoded(arena, (struct str){(const char *)data, size}, 50, &params, NULL)) {
        bool sound = criteria_read(arena, &params, &criteria);
        check_words(&criteria);
        if (sound)
            check_round_trip(arena, &criteria);
    }
    arena_destroy(arena);
    return 0;
}
