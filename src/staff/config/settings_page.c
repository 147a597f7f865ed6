/*
 * The pages of settings that are one value or a list of names: appearance with the logo, criteria and columns, pages
 * and logins, answers, and mails.
 */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#include <string.h>

#define STEP 10
#define NAMES_MAX 100 /* in a list: known names and extra fields */

/* --- lists of names ----------------------------------------------------------------------------------------------- */

static void add_name(struct visit *visit, struct settings_view *view, struct setting_item *item, struct str name,
                     int64_t number)
{
    struct str label = name_label(visit, &view->page.draft.config, name);
    struct str input = arena_printf(visit->arena, "%s_%.*s", item->setting->key, STR_FMT(name));
    for (size_t i = 0; i < item->name_count; i++) {
        if (str_eq(item->names[i].name, name))
            return;
    }
    item->names[item->name_count++] =
        (struct named_item){name, label, position_add(visit, &view->page, input, label, number)};
}

/* Lists the chosen names in their order, then the other names. */
static void open_names(struct visit *visit, struct settings_view *view, struct setting_item *item)
{
    const struct config *config = &view->page.draft.config;
    struct str section = str_of(item->setting->section), key = str_of(item->setting->key), *chosen;
    size_t count = config_split(visit->arena, config_value(visit->arena, config, section, key), ',', &chosen);
    item->names = ARENA_ARRAY(visit->arena, struct named_item, NAMES_MAX);
    for (size_t i = 0; i < count; i++)
        add_name(visit, view, item, chosen[i], (int64_t)(i + 1) * STEP);
    for (size_t i = 0; config_known_name(config, section, key, i).n; i++)
        add_name(visit, view, item, config_known_name(config, section, key, i), 0);
}

/* Reads the numbers and returns the numbered names in their order. */
static struct str settings_take_names(struct visit *visit, struct setting_item *item)
{
    int64_t numbers[NAMES_MAX];
    size_t sorted[NAMES_MAX];
    struct str names[NAMES_MAX];
    for (size_t i = 0; i < item->name_count; i++)
        numbers[i] = position_take(visit, item->names[i].position);
    size_t count = positions_sort(numbers, item->name_count, sorted);
    for (size_t i = 0; i < count; i++)
        names[i] = item->names[sorted[i]].name;
    return config_join(visit->arena, names, count);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static struct str input_name(struct visit *visit, const struct setting *setting)
{
    if (setting->kind == SETTING_NAMES)
        return arena_printf(visit->arena, "%s-list", setting->key);
    if (setting->kind == SETTING_LOGO || setting->kind == SETTING_PRICES)
        return str_of(setting->key);
    return arena_printf(visit->arena, "%s_%s", setting->section, setting->key);
}

/* A setting that an environment variable sets shows the value in use and cannot be changed. */
static void open_item(struct visit *visit, struct settings_view *view, const struct setting *setting)
{
    struct str section = str_of(setting->section), key = str_of(setting->key);
    struct str fixed = config_fixed_by(visit->arena, section, key);
    const struct config *config = fixed.n ? visit->config : &view->page.draft.config;
    struct setting_item *item = &view->items[view->count++];
    bool colour = setting->kind == SETTING_COLOUR && !fixed.n;
    *item = (struct setting_item){.setting = setting};
    item->field =
        draft_page_add(&view->page, (struct field){.name = input_name(visit, setting),
                                                   .label = visit_tr(visit, setting->label),
                                                   .hint = visit_tr(visit, setting->hint),
                                                   .value = config_value(visit->arena, config, section, key),
                                                   .type = colour ? "color" : "text",
                                                   .inputmode = setting->kind == SETTING_NUMBER ? "numeric" : NULL,
                                                   .required = setting->kind == SETTING_NUMBER ||
                                                               setting->kind == SETTING_PRICES || str_eqz(key, "name"),
                                                   .readonly = fixed.n > 0,
                                                   .max_length = setting->max_length,
                                                   .autocomplete = "off"});
    if (fixed.n)
        item->field->hint =
            tr_fill(visit->arena, visit->view.lang, _("{1} sets it; it cannot be changed here."), &fixed, 1);
    if (setting->kind == SETTING_NAMES)
        open_names(visit, view, item);
    else if (setting->kind != SETTING_LOGO && setting->group &&
             (view->count == 1 || item[-1].setting->group != setting->group))
        item->group = visit_tr(visit, setting->group);
}

static bool settings_open(struct visit *visit, struct settings_view *view, struct err *err)
{
    const struct config_page *page = CONFIG_PAGES;
    while (!str_eqz(visit->request->path, page->path))
        page++;
    *view = (struct settings_view){.items = ARENA_ARRAY(visit->arena, struct setting_item, setting_count)};
    if (!draft_page_open(visit, &view->page, page->path, visit_tr(visit, page->title), setting_count + 2 * NAMES_MAX,
                         err))
        return false;
    view->page.intro = visit_tr(visit, page->intro);
    for (size_t i = 0; i < setting_count; i++) {
        if (&CONFIG_PAGES[SETTINGS[i].page] == page)
            open_item(visit, view, &SETTINGS[i]);
    }
    view->remove = (struct field){.name = STR("no_logo"), .label = visit_tr(visit, _("No logo: the name is shown"))};
    if (view->page.draft.config.logo_bytes.n)
        view->logo_url = arena_printf(visit->arena, "/staff/configuration/logo?draft=%.*s", STR_FMT(view->page.mark));
    return true;
}

static bool settings_show(struct visit *visit, struct settings_view *view)
{
    for (size_t i = 0; i < view->count; i++) {
        if (view->items[i].setting->kind == SETTING_PRICES)
            codes_to_choose(visit, &price_rules, view->items[i].field);
    }
    return page_show(visit, view->page.title, config_settings_html, view);
}

bool config_settings_page(struct visit *visit, struct err *err)
{
    struct settings_view view;
    return settings_open(visit, &view, err) && settings_show(visit, &view);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/* Reads the new logo as `data:…`; empty when none was sent. */
static bool take_logo(struct visit *visit, struct field *field, struct str *logo, struct err *err)
{
    for (size_t i = 0; i < visit->request->upload_count; i++) {
        const struct http_upload *upload = &visit->request->uploads[i];
        struct str bytes = STR_NONE;
        if (!str_eqz(upload->field, "logo"))
            continue;
        if (!upload->too_large && !upload_read(visit, upload, CONFIG_LOGO_BYTES, &bytes, err))
            return false;
        if (upload->too_large || bytes.n > CONFIG_LOGO_BYTES)
            field->error = visit_tr(visit, _("The picture is larger than 512 KiB."));
        else if (!config_logo_type(bytes))
            field->error = visit_tr(visit, _("This is not an SVG, PNG, JPEG or WebP picture."));
        else
            *logo = config_logo_data(visit->arena, bytes);
    }
    return true;
}

/* Writes what was typed as text of a settings file. */
static bool settings_take(struct visit *visit, struct settings_view *view, struct buf *out, struct err *err)
{
    const char *section = "";
    for (size_t i = 0; i < view->count; i++) {
        const struct setting *setting = view->items[i].setting;
        struct field *field = view->items[i].field;
        if (field->readonly)
            continue;
        struct str value = typed_line(visit, field->name);
        if (setting->kind == SETTING_TOGGLE)
            value = value.n ? STR("yes") : STR("no");
        if (setting->kind == SETTING_NAMES)
            value = settings_take_names(visit, &view->items[i]);
        if (setting->kind == SETTING_LOGO) {
            view->remove.value = typed_line(visit, view->remove.name).n ? STR("yes") : STR_NONE;
            value = STR_NONE;
            if (!take_logo(visit, field, &value, err))
                return false;
            if (!value.n && !view->remove.value.n)
                continue;
        } else {
            field->value = value;
        }
        if (strcmp(section, setting->section) != 0)
            buf_printf(out, "[%s]\n", setting->section);
        section = setting->section;
        config_write_line(out, setting->key, value);
    }
    return true;
}

bool config_settings_send(struct visit *visit, struct err *err)
{
    struct settings_view view;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    struct buf typed;
    buf_init(&typed, visit->arena);
    if (!settings_open(visit, &view, err) || !settings_take(visit, &view, &typed, err))
        return false;
    bool fits = config_draft_with(visit, &view.page.draft, buf_text(&typed), &made, &faults, &misfit);
    for (size_t k = 0; k < faults.count; k++) {
        for (size_t i = 0; i < view.count; i++) {
            const struct setting *setting = view.items[i].setting;
            if (str_eqz(faults.items[k].section, setting->section) && str_eqz(faults.items[k].key, setting->key))
                view.items[i].field->error =
                    visit_tr(visit, setting->fault ? setting->fault : _("This value does not fit."));
        }
    }
    if (draft_refused(visit, &view.page.draft, fits && !fields_refused(view.page.fields, view.page.field_count),
                      &view.page.refusal))
        return settings_show(visit, &view);
    return keep_and_go(visit, &view.page.draft, &made, STR("/staff/configuration"), err);
}

bool config_logo(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!draft.config.logo_bytes.n)
        return err_set(err, ERR_NOT_FOUND, NULL, "the draft has no logo");
    visit_send_logo(visit, draft.config.logo_bytes);
    return true;
}
