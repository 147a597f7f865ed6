#include "view/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The contrast is computed here a second time, from the colours in the style sheet. */
static double luminance(unsigned rgb)
{
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (double)((rgb >> (16 - 8 * i)) & 255) / 255;
        sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(unsigned a, unsigned b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static unsigned value_of(const char *css, const char *name)
{
    unsigned rgb;
    const char *found = strstr(css, name);
    assert_non_null(found);
    assert_int_equal(sscanf(found + strlen(name), ":#%6x", &rgb), 1);
    return rgb;
}

static void check_colour(struct arena *arena, unsigned rgb)
{
    const char *light = theme_css(arena, arena_printf(arena, "#%06x", rgb)).p;
    const char *dark = strstr(light, "[data-bs-theme=dark]{");
    assert_non_null(dark);
    unsigned grounds[2][2] = {{0xffffff, 0xeef1f4}, {0x14181d, 0x262d35}};
    for (int i = 0; i < 2; i++) {
        const char *css = i ? dark : light;
        for (int j = 0; j < 2; j++) {
            assert_true(contrast(value_of(css, "--kp-brand"), grounds[i][j]) >= 4.5);
            assert_true(contrast(value_of(css, "--kp-brand-hover"), grounds[i][j]) >= 4.5);
        }
        unsigned on_fill = value_of(css, "--kp-brand-contrast");
        assert_true(contrast(value_of(css, "--kp-brand-fill"), on_fill) >= 4.5);
        assert_true(contrast(value_of(css, "--kp-brand-fill-hover"), on_fill) >= 4.5);
        assert_true(contrast(value_of(css, "--kp-brand"), value_of(css, "--kp-brand-soft")) >= 4.5);
    }
}

static void every_colour_becomes_readable(void **state)
{
    (void)state;
    for (unsigned r = 0; r <= 255; r += 51) {
        for (unsigned g = 0; g <= 255; g += 51) {
            for (unsigned b = 0; b <= 255; b += 51) {
                struct arena *arena = arena_create();
                check_colour(arena, r << 16 | g << 8 | b);
                arena_destroy(arena);
            }
        }
    }
}

static void what_is_no_colour_gives_the_standard_one(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    const char *standard = theme_css(arena, STR("#1f5f8b")).p;
    assert_string_equal(theme_css(arena, STR_NONE).p, standard);
    assert_string_equal(theme_css(arena, STR("red;}")).p, standard);
    assert_string_equal(theme_css(arena, STR("#12345g")).p, standard);
    assert_string_not_equal(theme_css(arena, STR("#AA0000")).p, standard);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_becomes_readable),
        cmocka_unit_test(what_is_no_colour_gives_the_standard_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
