#include "base/clock.h"
#include "base/test.h"
#include "model/case_rules.h"

static struct rules_fault take(struct arena *arena, struct config_field field, const char *typed, struct str *value)
{
    if (!field.name.n)
        field.name = STR("extra_x");
    return rules_take(arena, &field, str_of(typed), value);
}

static void cleans_text_and_keeps_lines_where_there_are_lines(void **state)
{
    struct str value;
    assert_null(take(*state, (struct config_field){.kind = FIELD_TEXT},
                     "  rad\r\nett\ttv\x01"
                     "å ",
                     &value)
                    .msgid);
    assert_str(value, "rad ett tv å");
    assert_null(take(*state, (struct config_field){.kind = FIELD_MULTILINE}, "\r\na\r\n\r\nb\rc\x7f", &value).msgid);
    assert_str(value, "a\n\nb\nc");
}

static void asks_for_what_is_required(void **state)
{
    struct str value;
    assert_non_null(
        take(*state, (struct config_field){.kind = FIELD_TEXT, .required = true}, " \r\n\xc2\xa0", &value).msgid);
    assert_non_null(take(*state, (struct config_field){.kind = FIELD_YES_NO, .required = true}, "", &value).msgid);
    assert_null(take(*state, (struct config_field){.kind = FIELD_YES_NO}, "", &value).msgid);
}

static void counts_characters_not_bytes(void **state)
{
    struct str value;
    char text[2 * 201 + 1];
    for (size_t i = 0; i < 201; i++) {
        text[2 * i] = '\xc3';
        text[2 * i + 1] = '\xa5';
    }
    text[400] = '\0';
    struct config_field title = {.kind = FIELD_TEXT, .name = STR("title")};
    assert_null(take(*state, title, text, &value).msgid);
    text[400] = '\xc3';
    text[402] = '\0';
    struct rules_fault fault = take(*state, title, text, &value);
    assert_non_null(fault.msgid);
    assert_str(fault.values[0], "200");
    assert_str(fault.values[1], "201");
}

static void takes_numbers_dates_and_answers_in_their_exact_form(void **state)
{
    struct str value;
    assert_null(take(*state, (struct config_field){.kind = FIELD_NUMBER}, " 1 234,50 ", &value).msgid);
    assert_str(value, "1234.5");
    assert_non_null(take(*state, (struct config_field){.kind = FIELD_NUMBER}, "tolv", &value).msgid);
    assert_null(take(*state, (struct config_field){.kind = FIELD_DATE}, "2026-02-28", &value).msgid);
    assert_non_null(take(*state, (struct config_field){.kind = FIELD_DATE}, "2026-02-29", &value).msgid);
    assert_null(take(*state, (struct config_field){.kind = FIELD_YES_NO}, "on", &value).msgid);
    assert_str(value, "yes");
    assert_non_null(take(*state, (struct config_field){.kind = FIELD_YES_NO}, "kanske", &value).msgid);
}

static void takes_only_known_choices(void **state)
{
    static const struct config_choice CHOICES[] = {{.value = STR_INIT("k")}, {.value = STR_INIT("1")}};
    struct config_field field = {.kind = FIELD_CHOICE, .choices = CHOICES, .choice_count = 2};
    struct str value;
    assert_null(take(*state, field, "1", &value).msgid);
    assert_non_null(take(*state, field, "2", &value).msgid);
}

static void fills_in_placeholders_of_defaults(void **state)
{
    struct rules_person person = {.name = STR("Åsa Ek"), .phone = STR("070-1"), .today = date_from_civil(2026, 11, 23)};
    assert_str(rules_default(*state, STR("{name}, {phone} {today}{x}"), &person), "Åsa Ek, 070-1 2026-11-23{x}");
    assert_str(rules_default(*state, STR("{email}"), &person), "");
    assert_str(rules_default(*state, STR("fel"), &person), "fel");
}

static void numbers_cases_by_local_day(void **state)
{
    assert_str(rules_case_number(*state, date_from_civil(2026, 1, 2), 7), "260102-0007");
    assert_str(rules_case_number(*state, date_from_civil(2026, 12, 31), 12345), "261231-12345");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(cleans_text_and_keeps_lines_where_there_are_lines),
        test_with_arena(asks_for_what_is_required),
        test_with_arena(counts_characters_not_bytes),
        test_with_arena(takes_numbers_dates_and_answers_in_their_exact_form),
        test_with_arena(takes_only_known_choices),
        test_with_arena(fills_in_placeholders_of_defaults),
        test_with_arena(numbers_cases_by_local_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
