#include "base/test.h"
#include "model/search_input.h"

#include "base/str.h"

static void assert_taken(struct arena *arena, const char *typed, const char *wanted)
{
    struct str taken = search_input(arena, str_of(typed));
    if (!str_eqz(taken, wanted))
        fail_msg("`%s` is taken as `%.*s`, not as `%s`", typed, STR_FMT(taken), wanted);
}

static void numbers_lose_their_labels(void **state)
{
    static const char *const ALIKE[] = {"260301-0001",
                                        " 260301-0001 ",
                                        "#260301-0001",
                                        "# 260301-0001",
                                        "(260301-0001)",
                                        "260301-0001.",
                                        "Ärende 260301-0001",
                                        "ärende: 260301-0001",
                                        "Ärende #260301-0001",
                                        "Ärendenummer: 260301-0001",
                                        "Ärendenummer:260301-0001",
                                        "Ärendenr. 260301-0001",
                                        "Case 260301-0001",
                                        "case number 260301-0001",
                                        "CASE NUMBER\t260301-0001",
                                        "Nr 260301-0001",
                                        "Number 260301-0001",
                                        "\uFEFF260301-0001\u200B",
                                        "260301\u20130001",
                                        "260301\u20140001",
                                        "260301\u20110001",
                                        "260301\u22120001",
                                        "260301 - 0001",
                                        "260301\u00A0\u2013\u00A00001",
                                        "Ärende\u00A0260301-0001",
                                        "Ärende 260301-0001\r\n",
                                        "<260301-0001>"};
    for (size_t i = 0; i < sizeof ALIKE / sizeof *ALIKE; i++)
        assert_taken(*state, ALIKE[i], "260301-0001");
    assert_taken(*state, "Arbetsorder 260301-0001-1", "260301-0001-1");
    assert_taken(*state, "Work order: 260301-0001-1", "260301-0001-1");
    assert_taken(*state, "Fakturaspecifikation F-1", "F-1");
    assert_taken(*state, "Objekt: O1", "O1");
    assert_taken(*state, "Objektnr O1", "O1");
    assert_taken(*state, "Kundnummer K1", "K1");
    assert_taken(*state, "Customer no. K1", "K1");
}

static void subjects_of_mails_lead_to_their_number(void **state)
{
    assert_taken(*state, "We have received case 260301-0001: Lampa 3 är trasig", "260301-0001");
    assert_taken(*state, "Sv: Ärende 260301-0001 är bokat: Hissen", "260301-0001");
    assert_taken(*state, "RE: New message about case 260301-0001", "260301-0001");
    assert_taken(*state, "We have received case 260301-0001 : Lampa 3 är trasig", "260301-0001");
    assert_taken(*state, "Sv: Ärende Lgh 2 är avslutat: Byt 3 lampor: tre", "Lgh 2");
    assert_taken(*state, "Kvitto: fakturaspecifikation F-1 är godkänd", "F-1");
    assert_taken(*state, "Receipt: invoice specification F-1 is approved", "F-1");
}

static void addresses_of_pages_lead_to_their_number(void **state)
{
    assert_taken(*state, "https://portal.example/cases/260301-0001", "260301-0001");
    assert_taken(*state, "https://portal.example/cases/260301-0001?from=list#messages", "260301-0001");
    assert_taken(*state, "<https://portal.example/staff/cases/260301-0001/edit>", "260301-0001");
    assert_taken(*state, "/cases/260301-0001/actions", "260301-0001");
    assert_taken(*state, "http://x/portal/staff/cases/2026~14", "2026/4");
    assert_taken(*state, "https://x/staff/objects/Lgh%202", "Lgh 2");
    assert_taken(*state, "https://x/invoices/F-1/pdf", "F-1");
    assert_taken(*state, "https://x/cases/C%FF1", "https://x/cases/C%FF1");
    assert_taken(*state, "https://x/cases/C%001", "https://x/cases/C%001");
    assert_taken(*state, "https://x/cases/%zz1", "https://x/cases/%zz1");
    assert_taken(*state, "https://x/cases/new", "https://x/cases/new");
    assert_taken(*state, "https://x/", "https://x/");
}

static void words_stay_words(void **state)
{
    static const char *const SAME[] = {"",
                                       "hissen",
                                       "ärende",
                                       "case",
                                       "kran 12",
                                       "Ärende",
                                       "objekt 12 hissen",
                                       "byt lampa 3 i hiss 4",
                                       "a-b",
                                       "12b",
                                       "kl 08:30",
                                       "möte 2026-03-01 08:30",
                                       "100 %",
                                       "kim@x.se",
                                       "_____",
                                       "Åsa-Maria",
                                       "case study 7 lamps",
                                       "/cases",
                                       "://",
                                       "ref: 7"};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        assert_taken(*state, SAME[i], SAME[i]);
    assert_taken(*state, "  två \t ord\u00A0\u200B ", "två ord");
    assert_taken(*state, "Hus A \u2013 B", "Hus A \u2013 B");
}

static struct str phone_in(struct arena *arena, struct str text)
{
    struct search_text search;
    search_read(arena, text, &search);
    return search.phone;
}

static void phones_are_their_digits(void **state)
{
    static const char *const ALIKE[] = {"070-123 45 67",
                                        "0701234567",
                                        "+46701234567",
                                        "+46 (0)70-123 45 67",
                                        "0046 70 1234567",
                                        "070/1234567",
                                        "070\u2013123\u00A045\u00A067"};
    for (size_t i = 0; i < sizeof ALIKE / sizeof *ALIKE; i++)
        assert_str(phone_in(*state, str_of(ALIKE[i])), "701234567");
    assert_str(phone_in(*state, STR("+47 22 33 44 55")), "4722334455");
    assert_str(phone_in(*state, STR("1234")), "");
    assert_str(phone_in(*state, STR("070 hissen")), "");
    assert_str(phone_in(*state, STR("")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(numbers_lose_their_labels),
        test_with_arena(subjects_of_mails_lead_to_their_number),
        test_with_arena(addresses_of_pages_lead_to_their_number),
        test_with_arena(words_stay_words),
        test_with_arena(phones_are_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
