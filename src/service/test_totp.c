#include "service/totp.h"

#include "base/clock.h"
#include "base/test.h"

/*
 * From RFC 6238, appendix B: the secret is `12345678901234567890`, and the codes are the last six of its eight digits.
 */
#define SECRET STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

static int64_t at(int64_t seconds)
{
    return seconds * US_PER_SECOND;
}

static void knows_the_codes_of_the_rfc(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(totp_step(arena, SECRET, STR("287082"), at(59), 0), 1);
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109), 0), 37037036);
    assert_int_equal(totp_step(arena, SECRET, STR("353130"), at(20000000000), 0), 666666666);
}

static void takes_a_clock_that_is_half_a_minute_off(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109 - 30), 0), 37037036);
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109 + 30), 0), 37037036);
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109 + 60), 0), 0);
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109 - 60), 0), 0);
}

static void takes_no_step_twice(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109), 37037036), 0);
    assert_int_equal(totp_step(arena, SECRET, STR("081804"), at(1111111109), 37037035), 37037036);
}

static void refuses_what_is_no_code(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(totp_step(arena, SECRET, STR_NONE, at(59), 0), 0);
    assert_int_equal(totp_step(arena, SECRET, STR("28708"), at(59), 0), 0);
    assert_int_equal(totp_step(arena, SECRET, STR("2870821"), at(59), 0), 0);
    assert_int_equal(totp_step(arena, SECRET, STR("28708a"), at(59), 0), 0);
    assert_int_equal(totp_step(arena, STR("not base32!"), STR("287082"), at(59), 0), 0);
    assert_int_equal(totp_step(arena, SECRET, STR(" 287 082 "), at(59), 0), 1);
}

static void makes_secrets_that_work(void **state)
{
    struct arena *arena = *state;
    struct str one = totp_secret(arena), other = totp_secret(arena);
    assert_int_equal(one.n, 32);
    assert_false(str_eq(one, other));
}

static void draws_the_picture_of_an_address(void **state)
{
    struct arena *arena = *state;
    struct err err = {0};
    struct str path;
    int64_t size;
    struct str address = totp_address(arena, STR("Björks & Co"), STR("anna@firma.se"), SECRET);
    assert_str(address, "otpauth://totp/Bj%C3%B6rks%20%26%20Co:anna%40firma.se?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=Bj%C3%B6rks%20%26%20Co");
    assert_true(totp_picture(arena, address, &path, &size, &err));
    assert_true(str_starts(path, STR("M4 4h7v1h-7z"))); /* the corner that scanners search for */
    assert_true(size > 29 && size < 100);
}

static void compares_recovery_codes_as_people_copy_them(void **state)
{
    struct arena *arena = *state;
    struct str code = recovery_code(arena);
    assert_int_equal(code.n, 32);
    assert_str(recovery_fold(arena, STR(" ABCD-2345 efgh ")), "abcd2345efgh");
    assert_int_equal(recovery_fold(arena, code).n, 26); /* 128 bits, 5 in a letter */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(knows_the_codes_of_the_rfc),
        test_with_arena(takes_a_clock_that_is_half_a_minute_off),
        test_with_arena(takes_no_step_twice),
        test_with_arena(refuses_what_is_no_code),
        test_with_arena(makes_secrets_that_work),
        test_with_arena(draws_the_picture_of_an_address),
        test_with_arena(compares_recovery_codes_as_people_copy_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
