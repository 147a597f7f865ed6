#include "model/choice_match.h"

#include "i18n/fold.h"
#include "model/search_input.h"

enum { RANK_NUMBER, RANK_NUMBER_START, RANK_NAME_START, RANK_WORD_STARTS, RANK_INSIDE, QUESTION_LIMIT = 200 };

/*
 * Folds ASCII and Latin-1 letters by bytes, which is enough for Swedish names. False: the text has other characters,
 * which ICU must fold.
 */
static bool fold_plain(struct arena *arena, struct str s, struct str *folded)
{
    char *out = arena_alloc(arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
            continue;
        }
        unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c != 0xc3 || next == 0x9f) /* beyond À–ÿ, and ß, which folds to two letters */
            return false;
        out[i] = (char)c;
        out[i + 1] = (char)(next >= 0x80 && next <= 0x9e && next != 0x97 ? next + 0x20 : next);
        i++;
    }
    *folded = (struct str){out, s.n};
    return true;
}

static struct str choice_match_fold(struct arena *arena, struct str s)
{
    struct str folded;
    return fold_plain(arena, s, &folded) ? folded : fold_compatible(arena, s);
}

void match_prepare(struct arena *arena, struct str question, struct match_question *prepared)
{
    struct str rest = choice_match_fold(arena, search_input(arena, utf8_prefix(question, QUESTION_LIMIT))), word;
    *prepared = (struct match_question){.whole = rest};
    while (prepared->count < MATCH_WORDS && str_cut(&rest, ' ', &word)) {
        word = str_trim(word);
        if (word.n && word.p[word.n - 1] == ',')
            word.n--;
        if (word.n)
            prepared->words[prepared->count++] = word;
    }
}

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Returns 0 when the word is not in the text, 1 when it is inside a word, 2 when a word begins with it. */
static int find_word(struct str text, struct str word)
{
    int best = 0;
    for (size_t from = 0; from < text.n;) {
        ptrdiff_t at = str_find(str_slice(text, from, text.n), word);
        if (at < 0)
            break;
        size_t place = from + (size_t)at;
        best = 1;
        if (place == 0 || !is_letter(text.p[place - 1]))
            return 2;
        from = place + 1;
    }
    return best;
}

int match_rank(struct arena *scratch, const struct match_question *question, struct str number, struct str name,
               struct str address)
{
    if (!question->count)
        return RANK_INSIDE;
    struct str text = choice_match_fold(
        scratch, arena_printf(scratch, "%.*s\n%.*s\n%.*s", STR_FMT(number), STR_FMT(name), STR_FMT(address)));
    int rank = RANK_WORD_STARTS;
    for (size_t i = 0; i < question->count; i++) {
        int found = find_word(text, question->words[i]);
        if (!found)
            return -1;
        if (found == 1)
            rank = RANK_INSIDE;
    }
    struct str rest = text, folded_number, folded_name;
    (void)str_cut(&rest, '\n', &folded_number);
    (void)str_cut(&rest, '\n', &folded_name);
    if (str_starts(folded_number, question->whole))
        return folded_number.n == question->whole.n ? RANK_NUMBER : RANK_NUMBER_START;
    return str_starts(folded_name, question->whole) ? RANK_NAME_START : rank;
}
