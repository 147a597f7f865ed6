#include "base/test.h"
#include "service/config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/kundportal-config-XXXXXX";

/* Loads a file with that content and returns the faults as text; empty without faults. */
static struct str faults_of(struct arena *arena, const char *content, struct config *config)
{
    struct buf report;
    struct err err = {.kind = ERR_NONE};
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
    buf_init(&report, arena);
    bool ok = config_load(arena, str_of(path), NULL, 0, config, &report, &err);
    assert_int_equal(ok, buf_text(&report).n == 0);
    return buf_text(&report);
}

static void assert_fault(void **state, const char *content, const char *line, const char *part)
{
    struct config config;
    struct str faults = faults_of(*state, content, &config);
    struct str place = arena_printf(*state, "%s%s", path, line);
    if (!str_starts(faults, place) || str_find(faults, str_of(part)) < 0)
        fail_msg("expected %.*s … %s, got %.*s", STR_FMT(place), part, STR_FMT(faults));
}

/* How many fields the form of a new case has without configuration. */
static size_t standard_count(void)
{
    size_t count = 0;
    while (config_standard_field(count))
        count++;
    return count;
}

static void has_defaults_for_everything(void **state)
{
    struct config config;
    assert_str(faults_of(*state, "", &config), "");
    assert_str(config.listen, "127.0.0.1:8080");
    assert_str(config.base_url, "http://127.0.0.1:8080");
    assert_str(config.database, "sqlite:./data/kundportal.db");
    assert_int_equal(config.session_idle_minutes, 480);
    assert_int_equal(config.session_days, 30);
    assert_int_equal(config.attachments.max_bytes, 25 * 1024 * 1024);
    assert_true(config.registration && config.refuse_nordic_letters);
    assert_true(standard_count() >= 12);
    assert_int_equal(config.field_count, standard_count());
    assert_str(config.fields[0].name, "title");
    assert_true(config.fields[0].required);
    assert_int_equal(config.criteria.count, 8);
    assert_str(config.columns.items[config.columns.count - 1], "actions");
    assert_int_equal(config.prices, PRICE_OF_OWN_CUSTOMERS);
    assert_true(config.reject_specifications && config.reject_comment);
    assert_true(config.page_new_case && config.page_actions && config.page_invoices && config.page_files);
    assert_true(config.page_dashboards && config.login_contact && config.login_customer && config.login_object);
    assert_int_equal(config.dashboard_months, 3);
}

static void reads_values_quotes_and_comments(void **state)
{
    struct config config;
    assert_str(faults_of(*state,
                         "\xEF\xBB\xBF# a comment\r\n; another\r\n[portal]\r\nname =  Bergs Fastighetsservice \r\n"
                         "contact_sv = \"  Ring oss; alltid # dygnet runt \"\r\n[login]\nregistration=off\n"
                         "[attachments]\nmax_size = 512 KiB\n",
                         &config),
               "");
    assert_str(config.name, "Bergs Fastighetsservice");
    assert_str(config.contact_text[LANG_SV], "  Ring oss; alltid # dygnet runt ");
    assert_false(config.registration);
    assert_int_equal(config.attachments.max_bytes, 512 * 1024);
}

static void lets_environment_win_over_file_and_command_line_over_both(void **state)
{
    struct config config;
    struct err err;
    const struct config_override overrides[] = {{"server.listen", STR("127.0.0.1:3")}};
    assert_str(faults_of(*state, "[server]\nlisten = 127.0.0.1:1\n", &config), "");
    assert_str(config.listen, "127.0.0.1:1");
    assert_int_equal(setenv("KUNDPORTAL_LISTEN", "127.0.0.1:2", 1), 0);
    assert_true(config_load(*state, str_of(path), NULL, 0, &config, NULL, &err));
    assert_str(config.listen, "127.0.0.1:2");
    assert_true(config_load(*state, str_of(path), overrides, 1, &config, NULL, &err));
    assert_str(config.listen, "127.0.0.1:3");
    assert_int_equal(unsetenv("KUNDPORTAL_LISTEN"), 0);
}

static void tells_file_and_line_of_a_fault(void **state)
{
    assert_fault(state, "[portal]\nnmae = x\n", ":2", "unknown setting nmae in [portal]");
    assert_fault(state, "[protal]\n", ":1", "unknown section [protal]");
    assert_fault(state, "name = x\n", ":1", "before the first [section]");
    assert_fault(state, "[portal]\nname\n", ":2", "key = value");
    assert_fault(state, "[portal\n", ":1", "[name]");
    assert_fault(state, "[portal]\nname = a\nname = b\n", ":3", "set twice");
    assert_fault(state, "[login]\nsession_days = 0\n", ":2", "number in its range");
    assert_fault(state, "[login]\nregistration = perhaps\n", ":2", "yes or no");
    assert_fault(state, "[portal]\nname = \xff\n", ":", "UTF-8");
}

static void refuses_what_means_nothing_outside(void **state)
{
    assert_fault(state, "[portal]\ncolour = red\n", ":2", "colour");
    assert_fault(state, "[portal]\ntime_zone = Europe/Atlantis\n", ":2", "unknown time zone");
    assert_fault(state, "[portal]\nlogo = /no/such.svg\n", ":2", "cannot be read");
    assert_fault(state, "[portal]\nlogo = /proc/self/status\n", ":2", "no SVG");
    assert_fault(state, "[server]\nlisten = everywhere\n", ":2", "ADDRESS:PORT");
    assert_fault(state, "[server]\nbase_url = https://x/portal\n", ":2", "without a path");
    assert_fault(state, "[database]\nurl = mysql://x\n", ":2", "sqlite:PATH");
    assert_fault(state, "[mail]\nsmtp_url = http://x\nfrom = a@example.com\n", ":2", "smtp://");
    assert_fault(state, "[mail]\nsmtp_url = smtp://mail.example.com:587\n", ":2", "from is needed");
}

static void orders_and_describes_the_form(void **state)
{
    struct config config;
    assert_str(faults_of(*state,
                         "[case_form]\nfields = extra_floor, title, type, description\n"
                         "[field.title]\nlabel_sv = Ort / Titel\n[field.type]\nreadonly = yes\ndefault = felanmalan\n"
                         "[extra.floor]\nlabel_sv = Våning\nlabel_en = Floor\nkind = choice\n"
                         "choices = 0:Entré|Entrance; 1:Ett trappor; 2\ndefault = 0\n",
                         &config),
               "");
    assert_int_equal(config.field_count, 4);
    const struct config_field *floor = &config.fields[0];
    assert_str(floor->name, "extra_floor");
    assert_str(floor->key, "floor");
    assert_int_equal(floor->choice_count, 3);
    assert_str(floor->choices[0].label[LANG_EN], "Entrance");
    assert_str(floor->choices[1].label[LANG_EN], "Ett trappor");
    assert_str(floor->choices[2].label[LANG_SV], "2");
    assert_str(config_field(&config, STR("title"))->label[LANG_SV], "Ort / Titel");
    assert_true(config_field(&config, STR("type"))->readonly);
    assert_null(config_field(&config, STR("customer")));
}

static void adds_extra_fields_behind_the_standard_form(void **state)
{
    struct config config;
    assert_str(faults_of(*state, "[extra.b]\nlabel_sv = B\n[extra.a]\nlabel_sv = A\n", &config), "");
    assert_int_equal(config.field_count, standard_count() + 2);
    assert_str(config.fields[standard_count()].name, "extra_b");
    assert_str(config.fields[standard_count() + 1].label[LANG_EN], "A");
}

static void refuses_contradictions_in_the_form(void **state)
{
    assert_fault(state, "[field.type]\nrequired = yes\nhidden = yes\n", ":1", "without a default");
    assert_fault(state, "[field.colour]\nrequired = yes\n", ":1", "no field of the form");
    assert_fault(state, "[case_form]\nfields = title, title\n", ":2", "there twice");
    assert_fault(state, "[case_form]\nfields = title, extra_x\n", ":2", "needs a section [extra.x]");
    assert_fault(state, "[extra.x]\nlabel_sv = X\nkind = choice\n", ":1", "needs choices");
    assert_fault(state, "[extra.x]\nlabel_sv = X\nkind = number\ndefault = many\n", ":4", "does not fit");
    assert_fault(state, "[extra.x]\nkind = text\n", ":1", "label_sv");
    assert_fault(state, "[field.title]\nkind = text\n", ":2", "unknown setting kind");
    assert_fault(state, "[field.object]\ndefault = 7\n", ":2", "does not fit");
}

static void checks_names_of_criteria_and_columns(void **state)
{
    struct config config;
    assert_fault(state, "[case_search]\ncriteria = q, moon\n", ":2", "unknown name moon");
    assert_fault(state, "[case_search]\ncolumns = number, extra_x\n", ":2", "unknown name extra_x");
    assert_fault(state, "[actions]\ncolumns = cost\n", ":2", "unknown name cost");
    assert_str(faults_of(*state, "[case_search]\ncolumns = number, extra_x\n[extra.x]\nlabel_sv = X\n", &config), "");
    assert_int_equal(config.columns.count, 2);
}

/* Loads the sample file as it is delivered, and a copy with all settings uncommented. */
static void accepts_the_sample(void **state)
{
    struct config config;
    struct err err = {.kind = ERR_NONE};
    assert_true(config_load(*state, STR("docs/kundportal.sample.ini"), NULL, 0, &config, NULL, &err));
    assert_true(config_load(*state, STR("tests/fuzz/corpus/config/everything.ini"), NULL, 0, &config, NULL, &err));
    assert_str(config.name, "Bergslagens Fastighetsservice");
    assert_int_equal(config.field_count, 13);
}

#define assert_ok(call, err)                                                                                           \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s", (err).detail);                                                                              \
    } while (0)
#define PICTURE "data:image/png;base64,iVBORw0KGgoAAAAN"

static void assert_round_trip(struct arena *arena, const char *content)
{
    struct config config, again;
    struct err err = {.kind = ERR_NONE};
    assert_str(faults_of(arena, content, &config), "");
    struct str text = config_text(arena, &config);
    assert_ok(config_with(arena, &config, text, false, &again, NULL, &err), err);
    assert_str(config_text(arena, &again), text.p);
    assert_int_equal(again.field_count, config.field_count);
    for (size_t i = 0; i < config.field_count; i++) {
        const struct config_field *was = &config.fields[i], *is = &again.fields[i];
        assert_true(str_eq(was->name, is->name) && str_eq(was->value, is->value) && was->rule.kind == is->rule.kind);
        assert_true(was->required == is->required && was->readonly == is->readonly && was->hidden == is->hidden);
        assert_true(str_eq(was->label[LANG_SV], is->label[LANG_SV]) && str_eq(was->label[LANG_EN], is->label[LANG_EN]));
        assert_true(str_eq(was->hint[LANG_SV], is->hint[LANG_SV]) && was->choice_count == is->choice_count);
    }
    assert_true(str_eq(config.name, again.name) && str_eq(config.logo_bytes, again.logo_bytes));
    assert_true(str_eq(config.contact_text[LANG_SV], again.contact_text[LANG_SV]));
    assert_int_equal(config.prices, again.prices);
    assert_int_equal(config.dashboard_months, again.dashboard_months);
    assert_int_equal(config.page_files, again.page_files);
    assert_int_equal(config.login_object, again.login_object);
}

static void writes_what_it_reads(void **state)
{
    assert_round_trip(*state, "");
    assert_round_trip(
        *state,
        "[portal]\nname = \"\"quoted\"\"\ncontact_sv = \"  a = b ; c  \"\ncontact_en = #1\nlogo = " PICTURE "\n");
    assert_round_trip(*state, "[pages]\nfiles = no\n[logins]\nobject = no\n[dashboards]\nmonths = 12\n"
                              "[actions]\nprices = never\ncolumns = date\n[invoices]\nreject_comment = no\n");
    assert_round_trip(
        *state, "[case_form]\nfields = extra_floor, title, extra_ok\n[field.title]\nrequired = no\nhint_sv = Hej\n"
                "[extra.ok]\nlabel_sv = Ok\nkind = yes_no\ndefault = on\nhidden = yes\n"
                "[extra.floor]\nlabel_sv = Våning\nkind = choice\nchoices = 0:Entré|Entrance; k:Källare\n"
                "readonly = yes\ndefault = k\n[case_search]\ncriteria = q\ncolumns = extra_floor, number\n");
}

static void stored_settings_win_over_the_file_and_their_form_replaces_its(void **state)
{
    struct config base, config;
    struct err err = {.kind = ERR_NONE};
    assert_str(faults_of(*state,
                         "[portal]\nname = File\ncolour = #112233\n[case_form]\nfields = title, extra_a\n"
                         "[extra.a]\nlabel_sv = A\n[field.title]\nlabel_sv = Ort\n",
                         &base),
               "");
    assert_ok(config_with(*state, &base, STR("[portal]\nname = Stored\n"), true, &config, NULL, &err), err);
    assert_str(config.name, "Stored");
    assert_str(config.colour, "#112233");
    assert_int_equal(config.field_count, 2);
    assert_ok(config_with(*state, &base, STR("[case_form]\nfields = description, title\n"), true, &config, NULL, &err),
              err);
    assert_str(config.fields[0].name, "description");
    assert_int_equal(config.fields[1].label[LANG_SV].n, 0);
    assert_int_equal(setenv("KUNDPORTAL_NAME", "Environment", 1), 0);
    assert_ok(config_with(*state, &base, STR("[portal]\nname = Stored\n"), true, &config, NULL, &err), err);
    assert_str(config.name, "Environment");
    assert_str(config_fixed_by(*state, STR("portal"), STR("name")), "KUNDPORTAL_NAME");
    assert_ok(config_with(*state, &base, STR("[portal]\nname = Stored\n"), false, &config, NULL, &err), err);
    assert_str(config.name, "Stored");
    assert_int_equal(unsetenv("KUNDPORTAL_NAME"), 0);
    assert_int_equal(config_fixed_by(*state, STR("portal"), STR("name")).n, 0);
}

static void stored_settings_are_of_the_portal_alone(void **state)
{
    static const char *const texts[] = {"[server]\nlisten = 127.0.0.1:1\n", "[login]\nsession_days = 1\n",
                                        "[mail]\nsmtp_password = x\n", "[portal]\ntime_zone = UTC\n",
                                        "[portal]\nmoon = 1\n"};
    struct config base, config;
    assert_str(faults_of(*state, "", &base), "");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct err err = {.kind = ERR_NONE};
        assert_false(config_with(*state, &base, str_of(texts[i]), true, &config, NULL, &err));
        assert_int_equal(err.kind, ERR_INVALID);
    }
}

static void tells_which_setting_is_wrong(void **state)
{
    struct config base, config;
    struct config_faults faults = {0};
    struct err err = {.kind = ERR_NONE};
    assert_str(faults_of(*state, "", &base), "");
    assert_false(config_with(
        *state, &base,
        STR("[portal]\ncolour = red\n[case_form]\nfields = title, type\n[field.type]\nhidden = yes\nrequired = yes\n"),
        true, &config, &faults, &err));
    assert_int_equal(faults.count, 2);
    assert_str(faults.items[0].section, "portal");
    assert_str(faults.items[0].key, "colour");
    assert_str(faults.items[1].section, "field.type");
}

static void imports_what_is_of_the_portal_in_a_file(void **state)
{
    struct config base, config;
    struct err err = {.kind = ERR_NONE};
    struct config_faults faults = {0};
    size_t left_out = 0;
    assert_str(faults_of(*state, "", &base), "");
    struct str onto = config_text(*state, &base);
    assert_ok(
        config_import(
            *state, &base, onto, STR("kundportal.ini"),
            STR("[server]\nlisten = 127.0.0.1:1\n[portal]\nname = Ny\nlogo = bild.svg\n[extra.a]\nlabel_sv = A\n"),
            &config, &left_out, &faults, &err),
        err);
    assert_int_equal(left_out, 2);
    assert_str(config.name, "Ny");
    assert_str(config.listen, base.listen.p);
    assert_str(config.fields[standard_count()].name, "extra_a");
    assert_false(config_import(*state, &base, onto, STR("kundportal.ini"), STR("[portal]\n\ncolour = red\n"), &config,
                               &left_out, &faults, &err));
    assert_true(str_starts(faults.items[0].text, STR("kundportal.ini:3: colour")));
}

static void tells_what_differs(void **state)
{
    struct config before, after;
    struct config_difference *found;
    assert_str(faults_of(*state, "[field.title]\nlabel_sv = Ort\n", &before), "");
    assert_str(faults_of(*state, "[portal]\nname = Ny\n[extra.a]\nlabel_sv = A\n", &after), "");
    size_t count = config_differences(*state, config_text(*state, &before), config_text(*state, &after), &found);
    assert_int_equal(count, 6); /* portal name, fields, three settings of extra.a, the label */
    assert_str(found[0].before, "Kundportal");
    assert_str(found[0].after, "Ny");
    assert_str(found[5].section, "field.title");
    assert_int_equal(found[5].after.n, 0);
    assert_int_equal(config_differences(*state, config_text(*state, &after), config_text(*state, &after), &found), 0);
}

static void knows_logos_by_content(void **state)
{
    (void)state;
    assert_string_equal(config_logo_type(STR("<?xml version='1.0'?>\n<svg xmlns='x'/>")), "image/svg+xml");
    assert_string_equal(config_logo_type(STR("\x89PNG\r\n\x1a\n....")), "image/png");
    assert_string_equal(config_logo_type(STR("RIFF....WEBPVP8 ")), "image/webp");
    assert_null(config_logo_type(STR("<html><svg></svg></html>")));
    assert_null(config_logo_type(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(has_defaults_for_everything),
        test_with_arena(reads_values_quotes_and_comments),
        test_with_arena(lets_environment_win_over_file_and_command_line_over_both),
        test_with_arena(tells_file_and_line_of_a_fault),
        test_with_arena(refuses_what_means_nothing_outside),
        test_with_arena(orders_and_describes_the_form),
        test_with_arena(adds_extra_fields_behind_the_standard_form),
        test_with_arena(refuses_contradictions_in_the_form),
        test_with_arena(checks_names_of_criteria_and_columns),
        test_with_arena(accepts_the_sample),
        test_with_arena(writes_what_it_reads),
        test_with_arena(stored_settings_win_over_the_file_and_their_form_replaces_its),
        test_with_arena(stored_settings_are_of_the_portal_alone),
        test_with_arena(tells_which_setting_is_wrong),
        test_with_arena(imports_what_is_of_the_portal_in_a_file),
        test_with_arena(tells_what_differs),
        test_with_arena(knows_logos_by_content),
    };
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)close(fd);
    (void)unlink(path);
    return failed;
}
