#include "access/search_words.h"

#include <inttypes.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "db/dialect.h"
#include "i18n/fold.h"

/* Says whether a character is a letter, a digit, or a mark that belongs to the letter before it. */
static bool is_word_char(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

/* Moves *at past the next word of folded text; returns false at the end. */
static bool next_word(struct str folded, size_t *at, struct str *word)
{
    const uint8_t *bytes = (const uint8_t *)folded.p;
    int32_t i = (int32_t)*at, n = (int32_t)folded.n, start = -1, end = -1;
    while (i < n) {
        int32_t before = i;
        UChar32 c;
        U8_NEXT(bytes, i, n, c);
        bool inside = c >= 0 && is_word_char(c);
        if (inside && start < 0)
            start = before;
        if (inside && i - start <= SEARCH_WORD_MAX)
            end = i;
        if (!inside && start >= 0)
            break;
    }
    *at = (size_t)i;
    if (start < 0)
        return false;
    *word = str_slice(folded, (size_t)start, (size_t)end);
    return true;
}

void search_words_add(struct buf *out, struct str text)
{
    struct str folded = fold_compatible(out->arena, text), word;
    size_t at = 0;
    while (next_word(folded, &at, &word)) {
        buf_str(out, word);
        buf_char(out, ' ');
    }
}

void search_words_add_number(struct buf *out, struct str number)
{
    struct str folded = fold_compatible(out->arena, number), word;
    struct buf joined;
    buf_init(&joined, out->arena);
    size_t at = 0;
    while (next_word(folded, &at, &word))
        buf_str(&joined, word);
    for (size_t from = 0; from < joined.n; from++) {
        if (U8_IS_TRAIL(joined.p[from]))
            continue;
        struct str ending = {joined.p + from, joined.n - from};
        size_t start = 0;
        if (!next_word(ending, &start, &word))
            break;
        buf_str(out, word);
        buf_char(out, ' ');
    }
}

struct str search_signs(struct arena *arena, struct str text)
{
    struct str rest = fold_compatible(arena, text), part;
    struct buf out;
    buf_init(&out, arena);
    while (str_cut(&rest, ' ', &part))
        buf_str(&out, part);
    return utf8_prefix(buf_text(&out), SEARCH_WORD_MAX / U8_MAX_LENGTH);
}

size_t search_words_of_question(struct arena *arena, struct str question, struct str *words, size_t cap)
{
    struct str folded = fold_compatible(arena, question), word;
    size_t at = 0, count = 0;
    while (next_word(folded, &at, &word)) {
        bool seen = false;
        for (size_t i = 0; i < count && i < cap; i++)
            seen = seen || str_eq(words[i], word);
        if (seen)
            continue;
        if (count < cap)
            words[count] = word;
        count++;
    }
    return count;
}

struct str search_scope_token(struct arena *arena, int64_t scope)
{
    return arena_printf(arena, SEARCH_SCOPE_MARK "%" PRIx64, (uint64_t)scope);
}
