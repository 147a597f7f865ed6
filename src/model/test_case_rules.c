#include "base/clock.h"
#include "base/test.h"
#include "model/case_rules.h"

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
        test_with_arena(fills_in_placeholders_of_defaults),
        test_with_arena(numbers_cases_by_local_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
