#include "base/test.h"
#include "bulk/exchange/export.h"
#include "bulk/exchange/load.h"

static void keeps_the_first_hundred_problems_in_order(void **state)
{
    struct problems problems = {.arena = *state};
    for (int64_t line = 300; line > 0; line--)
        problem_add(&problems, (size_t)(line % 2), line % 2 ? "b.csv" : "a.csv", line, "name", STR_NONE, "wrong");
    assert_int_equal(problems.count, 300);
    assert_int_equal(problems.kept, PROBLEMS_MAX);
    assert_str(problems.first[0].text, "a.csv:2: name: wrong");
    assert_str(problems.first[99].text, "a.csv:200: name: wrong");
}

static void shows_what_was_found_short_and_on_one_line(void **state)
{
    struct problems problems = {.arena = *state};
    problem_add(&problems, 0, "a.csv", 1, "x", STR("two\nlines"), "wrong");
    problem_add(&problems, 0, "a.csv", 2, "x", STR("åååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå"),
                "wrong");
    assert_str(problems.first[0].text, "a.csv:1: x: wrong: \"two lines\"");
    assert_str(problems.first[1].text,
               "a.csv:2: x: wrong: \"åååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå…\"");
}

static void splits_a_login_at_the_first_slash(void **state)
{
    struct str name, password;
    (void)state;
    assert_true(login_split(STR(" eken / hemligt/2"), &name, &password));
    assert_str(name, "eken");
    assert_str(password, " hemligt/2");
    assert_false(login_split(STR("eken"), &name, &password));
    assert_false(login_split(STR(" /x"), &name, &password));
    assert_false(login_split(STR("eken/"), &name, &password));
}

static void knows_keys_of_extra_fields(void **state)
{
    (void)state;
    assert_true(extra_key_valid(STR("floor_2")));
    assert_true(extra_key_valid(STR("Våning")));
    assert_false(extra_key_valid(STR("")));
    assert_false(extra_key_valid(STR("a\tb")));
    assert_false(extra_key_valid(STR("1234567890123456789012345678901234567890123456789012345678901")));
}

static void has_formats_that_hold_together(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        const struct format *format = &formats[i];
        assert_true(format->column_count <= FORMAT_COLUMNS_MAX);
        assert_ptr_equal(format_of_file(format->file), format);
        for (size_t k = 0; k < format->column_count; k++) {
            const struct column *column = &format->columns[k];
            if (column_kind(column) != CELL_MADE)
                assert_ptr_equal(format_column(format, str_of(column_name_literal(column))), column);
        }
        for (size_t k = 0; k < format->link_count; k++)
            assert_int_equal(column_kind(format_column(format, str_of(format->links[k].column))), CELL_LIST);
    }
    assert_null(format_of_file("files"));
    assert_null(format_column(&formats[FORMAT_FILES], STR("digest"))); /* made, not given */
}

static void gives_portal_files_a_path_that_file_systems_take(void **state)
{
    struct buf name;
    assert_str(export_portal_path(*state, STR("K"), STR("IMG 1.png")), "files/K/IMG 1.png");
    buf_init(&name, *state);
    for (int i = 0; i < 116; i++)
        buf_z(&name, "å");
    buf_z(&name, ".jpeg");
    struct str path = export_portal_path(*state, STR("K"), buf_text(&name));
    assert_true(str_ends(path, STR("å.jpeg")));
    assert_true(path.n <= 208 && utf8_count(path) == 8 + 97 + 5);
    buf_clear(&name);
    for (int i = 0; i < 120; i++)
        buf_z(&name, "å");
    path = export_portal_path(*state, STR("K"), buf_text(&name));
    assert_int_equal(utf8_count(path), 8 + 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(keeps_the_first_hundred_problems_in_order),
        test_with_arena(shows_what_was_found_short_and_on_one_line),
        cmocka_unit_test(splits_a_login_at_the_first_slash),
        cmocka_unit_test(knows_keys_of_extra_fields),
        cmocka_unit_test(has_formats_that_hold_together),
        test_with_arena(gives_portal_files_a_path_that_file_systems_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
