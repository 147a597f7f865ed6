#include "view/field.html.h"
#include "view/pager.html.h"
#include "view/shell.html.h"
#include "view/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct buf out;
static struct view view;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create();
    view = (struct view){.arena = arena, .lang = LANG_SV, .csrf_token = STR("token")};
    buf_init(&out, arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static struct str taken(void)
{
    struct str text = arena_str(arena, buf_text(&out));
    buf_clear(&out);
    return text;
}

#define assert_has(text, part) assert_non_null(strstr((text).p, (part)))
#define assert_lacks(text, part) assert_null(strstr((text).p, (part)))
#define assert_written(call, want)                                                                                     \
    do {                                                                                                               \
        call;                                                                                                          \
        assert_string_equal(taken().p, want);                                                                          \
    } while (0)

static void values_are_escaped_by_type_and_place(void **state)
{
    (void)state;
    struct buf inner;
    buf_init(&inner, arena);
    buf_z(&inner, "<b>");
    assert_written(view_out_text(&out, STR("<&\"'>")), "&lt;&amp;&quot;&#39;&gt;");
    assert_written(view_out_text(&out, view_capture(&inner)), "<b>");
    assert_written(view_out_text(&out, SIZE_MAX), "18446744073709551615");
    assert_written(view_out_text(&out, -7), "-7");
    assert_written(view_out_attr(&out, "\"x\""), "&quot;x&quot;");
    assert_written(view_out_url_part(&out, STR("a/b?c=å")), "a%2Fb%3Fc%3D%C3%A5");
    assert_written(view_out_url_part(&out, view_path(STR("a/b?c=1&d"))), "a/b?c=1&amp;d");
}

static void addresses_stay_on_the_site_or_are_plain(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "/", "/cases?q=a",      "?q=a", "#top", "https://x.se/", "mailto:a@b.se", "tel:+46", "HTTP://x",
        "",  "/a//b:javascript"};
    static const char *const bad[] = {"javascript:alert(1)",  "//x.se", "/\\x.se",      "data:text/html,x",
                                      "java\tscript:alert()", "/\t/x",  " javascript:", "cases"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_written(view_out_url(&out, fine[i]), fine[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_written(view_out_url(&out, bad[i]), "#");
}

static void a_refused_field_says_so_and_keeps_its_value(void **state)
{
    (void)state;
    struct field field = {.name = STR("title"),
                          .label = STR("Rubrik"),
                          .value = STR("<\"x\">"),
                          .hint = STR("Kort"),
                          .error = STR("Skriv en rubrik"),
                          .required = true};
    field_text_html(&out, &view, &field);
    struct str html = taken();
    assert_has(html, "value=\"&lt;&quot;x&quot;&gt;\"");
    assert_has(html, "aria-invalid=\"true\"");
    assert_has(html, "aria-describedby=\"title-hint title-error\"");
    assert_has(html, "id=\"title-error\"");
    assert_has(html, " required");
    field_errors_html(&out, &view, &field, 1);
    html = taken();
    assert_has(html, "role=\"alert\"");
    assert_has(html, "<a href=\"#title\">Rubrik: Skriv en rubrik</a>");
    field.error = STR_NONE;
    field_errors_html(&out, &view, &field, 1);
    assert_int_equal(taken().n, 0);
}

static void an_input_has_a_type_that_shows_its_value(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        const char *shown[5], *hidden[9];
    } kinds[] = {
        {"date",
         {"", "2026-03-01", "9999-12-31"},
         {"ig\u00e5r", "2026-02-30", "1/3 2026", "2026-3-1", "20260301", "0000-01-01", "2026-03-01T08:05"}},
        {"datetime-local",
         {"", "2026-03-01T08:05", "2026-03-01 08:05", "2026-03-01T08:05:30", "2026-03-01T08:05:30.250"},
         {"kl 8", "2026-03-01", "2026-03-01T08:05Z", "2026-03-01T08:05+01", "2026-03-01T25:00", "2026-02-30T08:05",
          "2026-03-01T08:05:30,5", "2026-03-01T08:05:30.2500"}},
        {"number", {"", "12", "-3"}, {"tolv", "12 st", " ", "1,5"}},
        {"color", {"", "#a01010", "#A0F00a"}, {"red", "#a010", "a01010", "#g01010", "#a010100"}},
        {"email", {"", "kim@x.se", "fel fel"}, {NULL}},
        {"search", {"", "vad som helst"}, {NULL}},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (size_t j = 0; j < 5 && kinds[i].shown[j]; j++)
            assert_string_equal(input_type(kinds[i].type, str_of(kinds[i].shown[j])), kinds[i].type);
        for (size_t j = 0; j < 9 && kinds[i].hidden[j]; j++)
            assert_string_equal(input_type(kinds[i].type, str_of(kinds[i].hidden[j])), "text");
    }
    assert_string_equal(input_type(NULL, STR("x")), "text");
}

static void a_password_is_never_sent_back(void **state)
{
    (void)state;
    struct field field = {.name = STR("password"), .label = STR("L"), .value = STR("hemligt"), .type = "password"};
    field_text_html(&out, &view, &field);
    assert_lacks(taken(), "hemligt");
}

static void a_textarea_keeps_its_first_line_break(void **state)
{
    (void)state;
    struct field field = {.name = STR("d"), .label = STR("L"), .value = STR("\n  rad\n")};
    field_textarea_html(&out, &view, &field);
    assert_has(taken(), ">\n\n  rad\n</textarea>");
}

static void a_read_only_choice_is_sent_hidden(void **state)
{
    (void)state;
    struct option options[] = {{.value = STR("1"), .label = STR("Ett")},
                               {.value = STR("2"), .label = STR("Två"), .selected = true}};
    struct field field = {.name = STR("type"),
                          .label = STR("Typ"),
                          .value = STR("2"),
                          .options = options,
                          .option_count = 2,
                          .readonly = true};
    field_select_html(&out, &view, &field);
    struct str html = taken();
    assert_lacks(html, "<select");
    assert_lacks(html, "Ett");
    assert_has(html, "<input type=\"hidden\" name=\"type\" value=\"2\">");
    field.readonly = false;
    field_select_html(&out, &view, &field);
    assert_has(taken(), "<option value=\"2\" selected>Två</option>");
}

static void a_picker_offers_its_hits(void **state)
{
    (void)state;
    struct option options[] = {{.value = STR("7"), .label = STR("Eken"), .selected = true}};
    struct field field = {.name = STR("object"),
                          .label = STR("Objekt"),
                          .value = STR("7"),
                          .options = options,
                          .option_count = 1,
                          .empty_label = STR("Inget")};
    field_picker_html(&out, &view, &field, STR("/cases/objects"));
    struct str html = taken();
    assert_has(html, "data-source=\"/cases/objects\"");
    assert_has(html, "name=\"object_search\"");
    assert_has(html, "name=\"object\" value=\"7\" checked");
    assert_has(html, "name=\"object\" value=\"\">");
}

static void the_shell_knows_who_is_logged_in(void **state)
{
    (void)state;
    struct menu_item menu[] = {
        {.path = STR("/cases"), .url = STR("/cases"), .label = STR("Sök"), .icon = "search", .current = true}};
    struct shell shell = {.title = STR("T"),
                          .portal_name = STR("P & Q"),
                          .path = STR("/cases?q=a&b"),
                          .menu = menu,
                          .menu_count = 1,
                          .logged_in = true,
                          .logout_url = STR("/logout"),
                          .user_name = STR("Anna")};
    shell_begin_html(&out, &view, &shell);
    struct str html = taken();
    assert_has(html, "<html lang=\"sv\">");
    assert_has(html, "<title>T – P &amp; Q</title>");
    assert_has(html, "<a href=\"/cases\" aria-current=\"page\">");
    assert_has(html, "next=%2Fcases%3Fq%3Da%26b");
    assert_has(html, "name=\"csrf_token\" value=\"token\"");
    shell.menu_count = 0;
    shell.logged_in = false;
    shell_begin_html(&out, &view, &shell);
    html = taken();
    assert_lacks(html, "/logout");
    assert_lacks(html, "site-menu");
}

static void a_pager_links_where_there_is_more(void **state)
{
    (void)state;
    struct pager pager = {.from = 1, .to = 20, .total = 1234, .next_url = STR("/cases?after=x&q=1")};
    pager_html(&out, &view, &pager);
    struct str html = taken();
    assert_has(html, "Visar 1–20 av 1\u00a0234");
    assert_has(html, "rel=\"next\" href=\"/cases?after=x&amp;q=1\"");
    assert_lacks(html, "rel=\"prev\"");
}

static void assets_have_names_with_digests(void **state)
{
    (void)state;
    struct str url = asset_url("portal.css");
    assert_true(str_starts(url, STR("/assets/portal.")));
    const struct asset *asset = asset_find(url);
    assert_non_null(asset);
    assert_true(asset->brotli_size < asset->gzip_size && asset->gzip_size < asset->plain_size);
    assert_null(asset_find(STR("/assets/portal.css")));
    assert_int_equal(asset_url("missing.css").n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped_by_type_and_place),
        cmocka_unit_test(addresses_stay_on_the_site_or_are_plain),
        cmocka_unit_test(a_refused_field_says_so_and_keeps_its_value),
        cmocka_unit_test(an_input_has_a_type_that_shows_its_value),
        cmocka_unit_test(a_password_is_never_sent_back),
        cmocka_unit_test(a_textarea_keeps_its_first_line_break),
        cmocka_unit_test(a_read_only_choice_is_sent_hidden),
        cmocka_unit_test(a_picker_offers_its_hits),
        cmocka_unit_test(the_shell_knows_who_is_logged_in),
        cmocka_unit_test(a_pager_links_where_there_is_more),
        cmocka_unit_test(assets_have_names_with_digests),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
