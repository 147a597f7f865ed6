#include "view/refill.h"

#include "base/test.h"

#define HEAD "<form action=\"/a\" method=\"post\"><input type=\"hidden\" name=\"typed\" value=\"1 /p\">"
#define HEAD_AFTER                                                                                                     \
    "<form action=\"/a\" method=\"post\" data-restored><input type=\"hidden\" name=\"typed\" value=\"1 /p\">"

/* Puts `name=value` pairs, encoded like the body of a request, into the form of the page. */
static struct str refilled(struct arena *arena, const char *page, const char *pairs, bool *found)
{
    struct http_params values;
    struct err err = {.kind = ERR_NONE};
    assert_true(http_parse_urlencoded(arena, str_of(pairs), 100, &values, &err));
    return refill_form(arena, str_of(page), STR("/a"), "typed", &values, found);
}

static void assert_refilled(struct arena *arena, const char *fields, const char *pairs, const char *want)
{
    bool found = false;
    struct str page = arena_printf(arena, "<p>Före</p>" HEAD "%s</form><input name=\"t\" value=\"efter\">", fields);
    struct str wanted =
        arena_printf(arena, "<p>Före</p>" HEAD_AFTER "%s</form><input name=\"t\" value=\"efter\">", want);
    assert_string_equal(refilled(arena, page.p, pairs, &found).p, wanted.p);
    assert_true(found);
}

static void texts_get_their_values_escaped(void **state)
{
    assert_refilled(*state, "<input type=\"text\" id=\"t\" name=\"t\"\n value=\"a &quot;b\" required>", "t=%22%3C%3E",
                    "<input type=\"text\" id=\"t\" name=\"t\"\n value=\"&quot;&lt;&gt;\" required>");
    assert_refilled(*state, "<input name=\"t\" value=\"x>y\">", "t=", "<input name=\"t\" value=\"\">");
    assert_refilled(*state, "<input type=\"date\" name=\"t\">", "t=2026-05-04",
                    "<input type=\"date\" name=\"t\" value=\"2026-05-04\">");
    assert_refilled(*state, "<textarea name=\"t\">\nförr</textarea>", "t=%0Anu%3C",
                    "<textarea name=\"t\">\n\nnu&lt;</textarea>");
    assert_refilled(*state, "<input data-name=\"t\" name=\"u\" value=\"1\">", "t=2",
                    "<input data-name=\"t\" name=\"u\" value=\"1\">");
}

static void choices_are_those_that_were_kept(void **state)
{
    assert_refilled(
        *state,
        "<select name=\"s\"><option value=\"\">-</option><option value=\"1\" selected>Ett</option>"
        "<option value=\"&lt;\">Två</option></select><select name=\"o\"><option selected value=\"9\">",
        "s=%3C",
        "<select name=\"s\"><option value=\"\">-</option><option value=\"1\" >Ett</option>"
        "<option value=\"&lt;\" selected>Två</option></select><select name=\"o\"><option selected value=\"9\">");
    assert_refilled(*state,
                    "<input type=\"checkbox\" name=\"r\" value=\"1\" checked><input type=\"checkbox\" name=\"r\""
                    " value=\"2\"><input type=\"radio\" name=\"q\" value=\"3\" checked>",
                    "r=2&q=3",
                    "<input type=\"checkbox\" name=\"r\" value=\"1\" ><input type=\"checkbox\" name=\"r\""
                    " value=\"2\" checked><input type=\"radio\" name=\"q\" value=\"3\" checked>");
}

static void fields_of_one_name_take_the_values_in_turn(void **state)
{
    assert_refilled(
        *state, "<input name=\"t\" value=\"1\"><input name=\"t\" value=\"2\"><input name=\"t\" value=\"3\">",
        "t=a&u=x&t=b", "<input name=\"t\" value=\"a\"><input name=\"t\" value=\"b\"><input name=\"t\" value=\"3\">");
}

static void tokens_secrets_files_and_buttons_stay(void **state)
{
    static const char FIELDS[] = "<input type=\"hidden\" name=\"csrf_token\" value=\"c\">"
                                 "<input type=\"password\" name=\"p\"><input type=\"file\" name=\"f\">"
                                 "<button type=\"submit\" name=\"b\" value=\"1\">Spara</button>";
    assert_refilled(*state, FIELDS, "csrf_token=x&typed=x&p=x&f=x&b=x", FIELDS);
}

static void only_the_form_with_this_action_and_mark_changes(void **state)
{
    bool found = true;
    static const char *const PAGES[] = {
        "<form action=\"/b\"><input name=\"typed\"><input name=\"t\" value=\"1\"></form>",
        "<form action=\"/a\"><input name=\"t\" value=\"1\"></form>",
        "<form action=\"/a\"><input name=\"typed\"",
        "<form",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        struct str page = refilled(*state, PAGES[i], "t=2", &found);
        assert_string_equal(page.p ? page.p : "", PAGES[i]);
        assert_false(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(texts_get_their_values_escaped),
        test_with_arena(choices_are_those_that_were_kept),
        test_with_arena(fields_of_one_name_take_the_values_in_turn),
        test_with_arena(tokens_secrets_files_and_buttons_stay),
        test_with_arena(only_the_form_with_this_action_and_mark_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
