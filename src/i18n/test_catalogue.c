#include "base/buf.h"
#include "i18n/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

#define assert_text(got, want) assert_string_equal(arena_z(arena, (got)), (want))

static void texts_are_in_the_language(void **state)
{
    (void)state;
    assert_text(tr(LANG_SV, _("Log out")), "Logga ut");
    assert_text(tr(LANG_EN, _("Log out")), "Log out");
    assert_text(tr(LANG_SV, _("no such text")), "no such text");
    assert_text(tr(LANG_SV, _("")), "");
    assert_int_equal(tr(LANG_SV, NULL).n, 0);
}

static void every_text_is_found(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < catalogue_size; i++) {
        const struct catalogue_text *text = &catalogue_slots[i];
        if (!text->msgid.p)
            continue;
        count++;
        struct str want = text->form[LANG_SV][0].n ? text->form[LANG_SV][0] : text->msgid;
        assert_true(str_eq(tr(LANG_SV, _(arena_z(arena, text->msgid))), want));
    }
    assert_true(count > 10);
}

static void values_fill_placeholders(void **state)
{
    (void)state;
    struct str values[] = {STR("1"), STR("{1}"), STR("30")};
    assert_text(tr_fill(arena, LANG_SV, _("Showing {1}–{2} of {3}"), values, 3), "Visar 1–{1} av 30");
    assert_text(tr_fill(arena, LANG_EN, _("{1}{2}"), values, 1), "1{2}");
    assert_text(tr_fill(arena, LANG_EN, _("a {x} {"), values, 3), "a {x} {");
}

static void plurals_follow_the_number(void **state)
{
    (void)state;
    assert_text(tr_n(arena, LANG_EN, _("{n} thing"), _("{n} things"), 1), "1 thing");
    assert_text(tr_n(arena, LANG_EN, _("{n} thing"), _("{n} things"), 0), "0 things");
    assert_text(tr_n(arena, LANG_SV, _("{n} thing"), _("{n} things"), 1234), "1\u00a0234 things");
}

static void languages_have_codes(void **state)
{
    (void)state;
    enum lang lang;
    assert_true(lang_parse(STR("en"), &lang));
    assert_int_equal(lang, LANG_EN);
    assert_string_equal(lang_code(LANG_SV), "sv");
    assert_false(lang_parse(STR("SV"), &lang));
    assert_false(lang_parse(STR_NONE, &lang));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_in_the_language), cmocka_unit_test(every_text_is_found),
        cmocka_unit_test(values_fill_placeholders),  cmocka_unit_test(plurals_follow_the_number),
        cmocka_unit_test(languages_have_codes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
