#include "base/buf.h"
#include "base/test.h"
#include "model/account_fields.h"
#include "model/article_fields.h"
#include "model/article_row_fields.h"
#include "model/case_fields.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/file_fields.h"
#include "model/object_fields.h"
#include "model/picklist_item_fields.h"
#include "model/specification_fields.h"
#include "model/staff_user_fields.h"
#include "model/work_order_fields.h"

#include <string.h>

static const struct entity *const ENTITIES[] = {
    &account_entity,       &article_entity,       &article_row_entity, &case_entity,
    &contact_entity,       &customer_entity,      &file_entity,        &object_entity,
    &picklist_item_entity, &specification_entity, &staff_user_entity,  &work_order_entity,
};

static struct str clean(struct arena *arena, enum field_kind kind, const char *typed)
{
    const struct entity_field field = {.kind = kind};
    return field_clean(arena, &field, str_of(typed));
}

static const struct msgid *fault(struct arena *arena, enum field_kind kind, const char *value)
{
    const struct entity_field field = {.kind = kind, .limit = SHORT_LIMIT};
    return field_check(arena, &field, false, str_of(value)).msgid;
}

static void numbers_are_shown_as_people_read_them(void **state)
{
    struct arena *arena = *state;
    assert_str(field_number_text(arena, LANG_SV, FIELD_DECIMAL, 3500000), "3,5");
    assert_str(field_number_text(arena, LANG_SV, FIELD_MONEY, 3500000), "3,50");
    assert_str(field_number_text(arena, LANG_SV, FIELD_DISCOUNT, 125000), "12,5\u00a0%");
    assert_str(field_number_text(arena, LANG_EN, FIELD_INTEGER, 7), "7");
    assert_str(field_number_text(arena, LANG_SV, FIELD_YES_NO, 1), "Ja");
    assert_str(field_number_text(arena, LANG_EN, FIELD_YES_NO, 0), "No");
    assert_true(field_is_number(FIELD_INSTANT));
    assert_false(field_is_number(FIELD_DATE));
}

/* --- the tables --------------------------------------------------------------------------------------------------- */

static void every_field_is_whole_and_named_once(void **state)
{
    (void)state;
    for (size_t e = 0; e < sizeof ENTITIES / sizeof *ENTITIES; e++) {
        const struct entity *entity = ENTITIES[e];
        for (size_t i = 0; i < entity->count; i++) {
            const struct entity_field *field = &entity->fields[i];
            assert_non_null(field->name);
            assert_non_null(field->label);
            assert_true(field->limit > 0);
            assert_ptr_equal(entity_field(entity, str_of(field->name)), field);
            assert_true((field->kind == FIELD_PICKLIST) == (field->list != NULL));
            assert_true((field->kind == FIELD_CHOICE) == (field->codes != NULL));
            assert_true(!field->list || code_find(&picklists, str_of(field->list)) >= 0);
            assert_true(!field->many || field_is_reference(field->kind));
        }
        assert_null(entity_field(entity, STR("nothing")));
    }
}

static void fields_of_the_portal_have_one_place_each(void **state)
{
    (void)state;
    int seen[64] = {0}, count = 0;
    for (size_t i = 0; i < case_entity.count; i++) {
        int place = case_entity.fields[i].portal;
        if (!place)
            continue;
        assert_true(place > 0 && place < 64 && !seen[place]);
        seen[place] = 1;
        count++;
    }
    for (int place = 1; place <= count; place++)
        assert_true(seen[place]);
}

static void files_know_fields_by_the_names_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(field_exported(&customer_entity.fields[CUSTOMER_CITY]), "city");
    assert_string_equal(field_exported(&customer_entity.fields[CUSTOMER_ACTIVE]), "status");
    assert_null(field_exported(&staff_user_entity.fields[STAFF_USER_EMAIL]));
}

/* --- cleaning ----------------------------------------------------------------------------------------------------- */

static void single_lines_get_blanks_for_line_breaks_and_controls(void **state)
{
    assert_str(clean(*state, FIELD_TEXT, "  rad\r\nett\ttv\x01\xc3\xa5 "), "rad ett tv \xc3\xa5");
    assert_str(clean(*state, FIELD_TEXT,
                     "a \n\n \r b\xc2\x85"
                     "c\xe2\x80\xa8"
                     "d\xe2\x80\xa9"),
               "a b c d");
    assert_str(clean(*state, FIELD_KEY,
                     "Lgh\xc2\xa0"
                     "2\xe2\x80\xaf"
                     "B"),
               "Lgh 2 B");
    assert_str(clean(*state, FIELD_TEXT, "a  b"), "a  b");
}

static void several_lines_keep_their_breaks_and_tabs(void **state)
{
    assert_str(clean(*state, FIELD_MULTILINE, "\r\na\r\n\r\nb\rc\x7f"), "a\n\nb\nc");
    assert_str(clean(*state, FIELD_MULTILINE,
                     "a\tb\x0b"
                     "c\xe2\x80\xa8"
                     "d\xc2\x85"
                     "e"),
               "a\tb c\nd\ne");
    assert_str(clean(*state, FIELD_MULTILINE, "a\n\n"), "a");
    assert_str(clean(*state, FIELD_MULTILINE,
                     "1\xc2\xa0"
                     "000"),
               "1\xc2\xa0"
               "000");
}

static void every_kind_of_blank_is_trimmed(void **state)
{
    assert_str(clean(*state, FIELD_TEXT, "\xc2\xa0\xe3\x80\x80\xe2\x80\x89 K1 \xe2\x80\xaf\n"), "K1");
    assert_str(clean(*state, FIELD_TEXT, " \xe2\x80\x8b \xef\xbb\xbf "), "");
    assert_str(clean(*state, FIELD_MULTILINE, ""), "");
}

static void letters_are_composed(void **state)
{
    assert_str(clean(*state, FIELD_TEXT,
                     "A\xcc\x8a"
                     "sa o\xcc\x88"),
               "\xc3\x85sa \xc3\xb6");
    assert_str(clean(*state, FIELD_KEY, "\xe2\x84\xab"), "\xc3\x85"); /* the sign of \xc3\xa5ngstr\xc3\xb6m */
    assert_str(clean(*state, FIELD_TEXT, "o\xe2\x80\x8b\xcc\x88"), "\xc3\xb6");
}

static void invisible_characters_and_directions_go(void **state)
{
    static const char *const invisible[] = {
        "\xc2\xad",     "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e",
        "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xae", "\xe2\x81\xa0", "\xe2\x81\xa6",
        "\xe2\x81\xa9", "\xef\xbb\xbf", "\xef\xb8\x8f", "\xd8\x9c",     "\xef\xbf\xb9",
        "\xef\xbf\xbf", "\xcd\x8f",     "\xe3\x85\xa4", "\xe1\x85\x9f", "\xf3\xa0\x81\x81",
    };
    static const enum field_kind kinds[] = {FIELD_TEXT, FIELD_MULTILINE, FIELD_KEY, FIELD_EMAIL, FIELD_CUSTOMER};
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            struct str typed = arena_printf(*state, "%sK%s1%s", invisible[i], invisible[i], invisible[i]);
            assert_str(clean(*state, kinds[k], typed.p), "K1");
        }
    }
}

static void emoji_stay_whole(void **state)
{
    static const char *const whole[] = {
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7",                         /* a woman mechanic */
        "\xe2\x9d\xa4\xef\xb8\x8f",                                             /* a red heart */
        "1\xef\xb8\x8f\xe2\x83\xa3",                                            /* the key 1 */
        "\xf0\x9f\x91\xb7\xf0\x9f\x8f\xbd\xe2\x80\x8d\xe2\x99\x80\xef\xb8\x8f", /* with skin and style */
        "\xf0\x9f\x87\xb8\xf0\x9f\x87\xaa",                                     /* the flag of Sweden */
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_str(clean(*state, FIELD_MULTILINE, whole[i]), whole[i]);
}

static void numbers_and_answers_get_their_exact_form(void **state)
{
    assert_str(clean(*state, FIELD_DECIMAL, " 1 234,50 "), "1234.5");
    assert_str(clean(*state, FIELD_MONEY, "3,50"), "3.5");
    assert_str(clean(*state, FIELD_DECIMAL, "tolv"), "tolv");
    assert_str(clean(*state, FIELD_YES_NO, "on"), "yes");
    assert_str(clean(*state, FIELD_YES_NO, "Nej"), "no");
    assert_str(clean(*state, FIELD_YES_NO, "kanske"), "kanske");
    assert_str(field_clean(*state, &article_entity.fields[ARTICLE_TYPE], STR(" Travel ")), "travel");
}

static void lists_of_numbers_have_one_a_line(void **state)
{
    const struct entity_field *contacts = &case_entity.fields[CASE_CONTACTS];
    assert_str(field_clean(*state, contacts,
                           STR("\r\n P1 \r\n\r\nP\xc2\xa0"
                               "2\xe2\x80\x8b\n \nP3")),
               "P1\nP 2\nP3");
}

static void logins_and_passwords_stay_as_typed(void **state)
{
    assert_str(clean(*state, FIELD_LOGIN, " eken/ o\xcc\x88 "), " eken/ o\xcc\x88 ");
    assert_str(clean(*state, FIELD_PASSWORD, " \xe2\x80\x8b "), " \xe2\x80\x8b ");
}

/* --- checking ----------------------------------------------------------------------------------------------------- */

static void asks_for_what_is_required(void **state)
{
    const struct entity_field text = {.kind = FIELD_TEXT}, answer = {.kind = FIELD_YES_NO};
    assert_string_equal(field_check(*state, &text, true, STR_NONE).msgid, "Fill in this field.");
    assert_string_equal(field_check(*state, &answer, true, STR_NONE).msgid, "Answer yes or no.");
    assert_null(field_check(*state, &text, false, STR_NONE).msgid);
}

static void counts_characters_not_bytes(void **state)
{
    const struct entity_field *title = &case_entity.fields[CASE_TITLE];
    struct buf text;
    buf_init(&text, *state);
    for (size_t i = 0; i < LINE_LIMIT; i++)
        buf_z(&text, "\xc3\xa5");
    assert_null(field_check(*state, title, false, buf_text(&text)).msgid);
    buf_char(&text, 'x');
    struct field_fault refused = field_check(*state, title, false, buf_text(&text));
    assert_str(field_fault_text(*state, LANG_EN, &refused), "At most 500 characters are allowed; there are 501.");
}

static void checks_each_kind(void **state)
{
    static const struct {
        enum field_kind kind;
        const char *good, *wrong;
    } kinds[] = {
        {FIELD_DECIMAL, "3.5", "tre"},
        {FIELD_MONEY, "-12", "12 kr"},
        {FIELD_DISCOUNT, "0.25", "1.1"},
        {FIELD_DATE, "2026-02-28", "2026-02-29"},
        {FIELD_INSTANT, "2026-11-23 09:05", "i morgon"},
        {FIELD_INTEGER, "12", "-1"},
        {FIELD_YES_NO, "yes", "kanske"},
        {FIELD_EMAIL, "anna@example.com", "anna"},
        {FIELD_KEY, "Lgh 2 (norra) + k\xc3\xa4llare/\xc3\xb6vre ~#?%", "A|B"},
        {FIELD_CUSTOMER, "K1", NULL},
        {FIELD_PHONE, "070-123 45 67", NULL},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        assert_null(fault(*state, kinds[i].kind, kinds[i].good));
        assert_true(!kinds[i].wrong || fault(*state, kinds[i].kind, kinds[i].wrong));
    }
    assert_non_null(field_check(*state, &article_entity.fields[ARTICLE_TYPE], false, STR("gas")).msgid);
    assert_null(field_check(*state, &article_entity.fields[ARTICLE_TYPE], false, STR("time")).msgid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_whole_and_named_once),
        cmocka_unit_test(fields_of_the_portal_have_one_place_each),
        cmocka_unit_test(files_know_fields_by_the_names_of_the_contract),
        test_with_arena(single_lines_get_blanks_for_line_breaks_and_controls),
        test_with_arena(several_lines_keep_their_breaks_and_tabs),
        test_with_arena(every_kind_of_blank_is_trimmed),
        test_with_arena(letters_are_composed),
        test_with_arena(invisible_characters_and_directions_go),
        test_with_arena(emoji_stay_whole),
        test_with_arena(numbers_and_answers_get_their_exact_form),
        test_with_arena(lists_of_numbers_have_one_a_line),
        test_with_arena(logins_and_passwords_stay_as_typed),
        test_with_arena(asks_for_what_is_required),
        test_with_arena(counts_characters_not_bytes),
        test_with_arena(checks_each_kind),
        test_with_arena(numbers_are_shown_as_people_read_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
