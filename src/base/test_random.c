#include "base/random.h"
#include "base/test.h"

#include <string.h>

static void fills_all_bytes(void **state)
{
    (void)state;
    unsigned char seen[64] = {0};
    for (int round = 0; round < 20; round++) {
        unsigned char bytes[64];
        random_bytes(bytes, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes; i++)
            seen[i] |= bytes[i];
    }
    for (size_t i = 0; i < sizeof seen; i++)
        assert_int_not_equal(seen[i], 0);
    random_bytes(NULL, 0);
}

static void makes_tokens_of_the_right_length_and_alphabet(void **state)
{
    const size_t lengths[] = {0, 2, 3, 4, 6, 7, 8}; /* ceil(n * 8 / 6) */
    for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++) {
        struct str token = random_token(*state, n);
        assert_int_equal(token.n, lengths[n]);
        assert_int_equal(token.p[token.n], '\0');
    }
    struct str token = random_token(*state, 3000);
    assert_int_equal(token.n, 4000);
    assert_int_equal(strspn(token.p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 4000);
    for (const char *c = "AZaz09-_"; *c; c++)
        assert_true(str_find_char(token, *c) >= 0);
    assert_false(str_eq(random_token(*state, 16), random_token(*state, 16)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_all_bytes),
        test_with_arena(makes_tokens_of_the_right_length_and_alphabet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
