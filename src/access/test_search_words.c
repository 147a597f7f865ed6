#include "access/search_words.h"
#include "base/test.h"

#include "i18n/fold.h"

static struct str words(struct arena *arena, const char *text)
{
    struct buf out;
    buf_init(&out, arena);
    search_words_add(&out, str_of(text));
    return buf_text(&out);
}

static struct str endings(struct arena *arena, const char *number)
{
    struct buf out;
    buf_init(&out, arena);
    search_words_add_number(&out, str_of(number));
    return buf_text(&out);
}

static void words_are_folded_letters_and_digits(void **state)
{
    assert_str(words(*state, "Hissen STÅR still!"), "hissen står still ");
    assert_str(words(*state, "a-b_c/d.e"), "a b c d e ");
    assert_str(words(*state, "  \t\n"), "");
    assert_str(words(*state, "plan 3, port 2B"), "plan 3 port 2b ");
}

static void nordic_letters_are_letters_of_their_own(void **state)
{
    assert_str(words(*state, "ÅÄÖ åäö aao"), "åäö åäö aao ");
    assert_str(words(*state, "Caf\xC3\x89"), "caf\xC3\xA9 ");
}

static void decomposed_letters_are_the_same(void **state)
{
    assert_str(words(*state, "A\xCC\x8Angstr\x6F\xCC\x88m"), "\xC3\xA5ngstr\xC3\xB6m ");
}

static void wide_forms_are_the_plain_ones(void **state)
{
    assert_str(words(*state, "\xEF\xBC\xA1\xEF\xBC\x91"), "a1 ");
}

static void a_long_word_is_cut_between_letters(void **state)
{
    char text[200];
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        text[i] = (char)0xC3;
        text[i + 1] = (char)0xA5;
    }
    text[199] = text[198] = '\0';
    struct str found = words(*state, text);
    assert_int_equal(found.n, 65);
    assert_true(utf8_valid(found));
}

static void every_ending_of_a_number_is_a_word(void **state)
{
    assert_str(endings(*state, "27-04"), "2704 704 04 4 ");
    assert_str(endings(*state, "ÅB1"), "åb1 b1 1 ");
    assert_str(endings(*state, "--"), "");
}

static void a_question_is_its_distinct_words(void **state)
{
    struct str found[3];
    assert_int_equal(search_words_of_question(*state, STR("Port port HISS"), found, 3), 2);
    assert_str(found[0], "port");
    assert_str(found[1], "hiss");
    assert_int_equal(search_words_of_question(*state, STR("a b c d"), found, 3), 4);
    assert_int_equal(search_words_of_question(*state, STR("%_*\"'"), found, 3), 0);
}

static void no_question_reaches_a_scope(void **state)
{
    struct str found[3];
    struct str token = search_scope_token(*state, 17);
    size_t count = search_words_of_question(*state, token, found, 3);
    for (size_t i = 0; i < count; i++)
        assert_false(str_eq(found[i], token));
    assert_str(token, "\xEE\x80\x80"
                      "11");
}

static void names_fold_like_their_letters(void **state)
{
    assert_str(fold_case(*state, STR("Åsa.ÖBERG@Example.SE")), "åsa.öberg@example.se");
    assert_str(fold_none(*state, STR("A\xCC\x8A")), "\xC3\x85");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(words_are_folded_letters_and_digits), test_with_arena(nordic_letters_are_letters_of_their_own),
        test_with_arena(decomposed_letters_are_the_same),     test_with_arena(wide_forms_are_the_plain_ones),
        test_with_arena(a_long_word_is_cut_between_letters),  test_with_arena(every_ending_of_a_number_is_a_word),
        test_with_arena(a_question_is_its_distinct_words),    test_with_arena(no_question_reaches_a_scope),
        test_with_arena(names_fold_like_their_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
