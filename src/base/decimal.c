#include "base/decimal.h"

#include <inttypes.h>
#include <string.h>

#define WHOLE_DIGITS 12
#define FRACTION_DIGITS 6
#define TOTAL_MAX INT64_C(99999999999999)

__extension__ typedef unsigned __int128 uint128;

/* Returns the length in bytes of a blank at the beginning of s that may group thousands; 0: no such blank. */
static size_t blank_at(struct str s)
{
    static const struct str blanks[] = {STR_INIT(" "), STR_INIT("\xc2\xa0"), STR_INIT("\xe2\x80\xaf")};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (str_starts(s, blanks[i]))
            return blanks[i].n;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads the digits at the beginning of *rest. */
static size_t take_digits(struct str *rest, int64_t *value, size_t limit)
{
    size_t n = 0;
    while (n < rest->n && is_digit(rest->p[n]) && n < limit)
        *value = *value * 10 + (rest->p[n++] - '0');
    *rest = str_slice(*rest, n, rest->n);
    return n;
}

/* Reads plain digits, or one to three digits followed by groups of three. */
static bool take_whole(struct str *rest, int64_t *value)
{
    size_t digits = take_digits(rest, value, WHOLE_DIGITS);
    if (digits == 0)
        return false;
    size_t blank = blank_at(*rest);
    if (blank && digits > 3)
        return false;
    for (; blank; blank = blank_at(*rest)) {
        *rest = str_slice(*rest, blank, rest->n);
        size_t group = take_digits(rest, value, 3);
        digits += group;
        if (group != 3 || digits > WHOLE_DIGITS)
            return false;
    }
    return true;
}

bool decimal_parse(struct str s, int64_t *millionths)
{
    bool negative = str_starts(s, STR("-"));
    struct str rest = str_slice(s, negative ? 1 : 0, s.n);
    int64_t value = 0;
    if (!take_whole(&rest, &value))
        return false;
    size_t decimals = 0;
    if (rest.n && (rest.p[0] == '.' || rest.p[0] == ',')) {
        rest = str_slice(rest, 1, rest.n);
        decimals = take_digits(&rest, &value, FRACTION_DIGITS);
        if (decimals == 0)
            return false;
    }
    if (rest.n)
        return false;
    for (; decimals < FRACTION_DIGITS; decimals++)
        value *= 10;
    *millionths = negative ? -value : value;
    return true;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

struct str decimal_format(struct arena *arena, int64_t millionths)
{
    uint64_t value = magnitude(millionths);
    uint64_t fraction = value % DECIMAL_ONE;
    int width = FRACTION_DIGITS;
    for (; fraction && fraction % 10 == 0; width--)
        fraction /= 10;
    const char *sign = millionths < 0 ? "-" : "";
    uint64_t whole = value / DECIMAL_ONE;
    if (fraction == 0)
        return arena_printf(arena, "%s%" PRIu64, sign, whole);
    return arena_printf(arena, "%s%" PRIu64 ".%0*" PRIu64, sign, whole, width, fraction);
}

bool decimal_total(int64_t quantity, int64_t unit_price, int64_t discount, int64_t *ore)
{
    if (discount < 0 || discount > DECIMAL_ONE)
        return false;
    /*
     * Three factors in millionths make units of 10^-18; one öre is 10^16 of them. The product of all three may not fit
     * in 128 bits. So the whole öre of quantity × price and the remainder are multiplied separately: exact, with one
     * rounding at the end.
     */
    const uint128 ore_unit = (uint128)10000000000000000;
    uint128 product = (uint128)magnitude(quantity) * magnitude(unit_price);
    uint128 kept = (uint128)(DECIMAL_ONE - discount);
    uint128 rest = product % ore_unit * kept;
    uint128 total = product / ore_unit * kept + (rest + ore_unit / 2) / ore_unit;
    if (total > TOTAL_MAX)
        return false;
    bool negative = (quantity < 0) != (unit_price < 0);
    *ore = negative ? -(int64_t)total : (int64_t)total;
    return true;
}

struct str ore_format(struct arena *arena, int64_t ore)
{
    uint64_t value = magnitude(ore);
    return arena_printf(arena, "%s%" PRIu64 ".%02" PRIu64, ore < 0 ? "-" : "", value / 100, value % 100);
}

struct str hours_format(struct arena *arena, int64_t us)
{
    const int64_t unit = INT64_C(3600000000) / DECIMAL_ONE;
    return decimal_format(arena, (us + (us < 0 ? -unit : unit) / 2) / unit);
}
