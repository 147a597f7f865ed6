/* The pages of settings that are single values: appearance with the logo, pages and logins, answers, and mails. */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#include <string.h>
#include <unistd.h>

struct page {
    enum setting_page which;
    const char *path;
    const struct msgid *title, *intro;
};

static const struct page LOOK = {SETTINGS_LOOK, "/staff/configuration/look", _("Name, logo and colour"), NULL};
static const struct page ACCESS = {
    SETTINGS_ACCESS, "/staff/configuration/access", _("Pages and logins"),
    _("Of a page that is off no address answers. A kind of login that is off cannot log in, and is "
      "logged out where it is logged in.")};
static const struct page ANSWERS = {SETTINGS_ANSWERS, "/staff/configuration/answers", _("Approval and dashboards"),
                                    NULL};

static const struct page MAILS = {SETTINGS_MAILS, "/staff/configuration/mails", _("Mails about cases"),
                                  _("Everybody chooses among the mails that are sent here, under My account.")};

/* The form of a page during one request. */
struct sending {
    const struct page *page;
    struct config_draft draft;
    struct field *fields; /* one for each setting, in the order of the table */
    struct field upload, remove;
    struct str logo; /* `data:…` of a new logo */
    struct str refusal;
};

struct str one_line(struct arena *arena, struct str typed)
{
    struct str copy = arena_str(arena, typed);
    char *at = arena_z(arena, copy);
    for (size_t i = 0; i < copy.n; i++) {
        if ((unsigned char)at[i] < 0x20 || at[i] == 0x7f)
            at[i] = ' ';
    }
    return str_trim((struct str){at, copy.n});
}

struct str moved_text(const struct visit *visit)
{
    return visit_tr(
        visit, _("The draft was changed in another window after this page was opened. What you typed stands here: look "
                 "through it and save again."));
}

bool keep_and_go(struct visit *visit, const struct config_draft *draft, const struct config *config, const char *path,
                 struct err *err)
{
    if (!config_draft_keep(visit, draft, config, err))
        return false;
    page_notice_next(visit, _("Kept in your draft. It counts when you publish it."));
    return visit_redirect(visit, str_of(path));
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static struct str settings_page_input_name(struct visit *visit, const struct setting *setting)
{
    return arena_printf(visit->arena, "%s_%s", setting->section, setting->key);
}

/* A setting that an environment variable sets shows the value in use and cannot be changed. */
static void settings_page_open_field(struct visit *visit, const struct setting *setting, const struct config *config,
                                     struct field *field)
{
    struct str fixed = config_fixed_by(visit->arena, str_of(setting->section), str_of(setting->key));
    *field = (struct field){
        .name = settings_page_input_name(visit, setting),
        .label = visit_tr(visit, setting->label),
        .hint = visit_tr(visit, setting->hint),
        .value = setting_value(visit, setting, fixed.n ? visit->config : config),
        .type = setting->kind == SETTING_COLOUR ? "color" : "text",
        .inputmode = setting->kind == SETTING_NUMBER ? "numeric" : NULL,
        .required = setting->kind == SETTING_NUMBER || str_eqz(str_of(setting->key), "name"),
        .readonly = fixed.n > 0,
        .max_length = setting->max_length,
        .autocomplete = "off",
    };
    if (fixed.n) {
        field->type = "text";
        field->hint = tr_fill(visit->arena, visit->view.lang, _("{1} sets it; it cannot be changed here."), &fixed, 1);
    }
}

static void open_logo(struct visit *visit, struct sending *sending)
{
    sending->upload = (struct field){.name = STR("logo"),
                                     .label = visit_tr(visit, _("New logo")),
                                     .hint = visit_tr(visit, _("SVG, PNG, JPEG or WebP, at most 512 KiB."))};
    sending->remove = (struct field){.name = STR("no_logo"), .label = visit_tr(visit, _("No logo: the name is shown"))};
}

static bool settings_page_open_page(struct visit *visit, const struct page *page, struct sending *sending,
                                    struct err *err)
{
    *sending = (struct sending){.page = page, .fields = ARENA_ARRAY(visit->arena, struct field, setting_count)};
    if (!config_draft_load(visit, &sending->draft, err))
        return false;
    for (size_t i = 0; i < setting_count; i++) {
        if (settings[i].page == page->which)
            settings_page_open_field(visit, &settings[i], &sending->draft.config, &sending->fields[i]);
    }
    open_logo(visit, sending);
    return true;
}

static const struct msgid *group_of(const struct page *page, size_t i)
{
    return i < setting_count && settings[i].page == page->which ? settings[i].group : NULL;
}

static void settings_page_fill_items(struct visit *visit, const struct sending *sending, struct settings_view *view)
{
    struct setting_view *items = ARENA_ARRAY(visit->arena, struct setting_view, setting_count);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, setting_count + 1);
    const struct msgid *before = NULL;
    for (size_t i = 0; i < setting_count; i++) {
        if (settings[i].page != sending->page->which)
            continue;
        const struct msgid *group = settings[i].group;
        items[view->count++] = (struct setting_view){
            .control = settings[i].kind == SETTING_TOGGLE ? CONTROL_BOX : CONTROL_INPUT,
            .field = sending->fields[i],
            .group = group && group != before ? visit_tr(visit, group) : STR_NONE,
            .group_ends = group && group != group_of(sending->page, i + 1),
        };
        before = group;
        fields[view->field_count++] = sending->fields[i];
    }
    fields[view->field_count++] = sending->upload;
    view->items = items;
    view->fields = fields;
}

static bool settings_page_show(struct visit *visit, struct sending *sending)
{
    struct settings_view view = {
        .title = visit_tr(visit, sending->page->title),
        .intro = visit_tr(visit, sending->page->intro),
        .path = str_of(sending->page->path),
        .mark = config_draft_mark(visit, &sending->draft),
        .refusal = sending->refusal,
        .logo = sending->page->which == SETTINGS_LOOK,
        .has_logo = sending->draft.config.logo_bytes.n > 0,
        .upload = sending->upload,
        .remove = sending->remove,
        .logo_fixed = config_fixed_by(visit->arena, STR("portal"), STR("logo")).n > 0,
        .logo_url = arena_printf(visit->arena, "/staff/configuration/logo?draft=%.*s",
                                 STR_FMT(config_draft_mark(visit, &sending->draft))),
    };
    settings_page_fill_items(visit, sending, &view);
    page_begin(visit, view.title);
    settings_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static void write_typed(struct visit *visit, struct sending *sending, struct buf *out)
{
    const char *section = "";
    for (size_t i = 0; i < setting_count; i++) {
        struct field *field = &sending->fields[i];
        if (settings[i].page != sending->page->which || field->readonly)
            continue;
        struct str typed = http_param(&visit->request->form, arena_z(visit->arena, field->name));
        field->value =
            settings[i].kind == SETTING_TOGGLE ? (typed.n ? STR("yes") : STR("no")) : one_line(visit->arena, typed);
        if (strcmp(section, settings[i].section) != 0)
            buf_printf(out, "[%s]\n", settings[i].section);
        section = settings[i].section;
        config_write_line(out, settings[i].key, field->value);
    }
}

static bool read_upload(struct visit *visit, const struct http_upload *upload, struct str *bytes)
{
    char *content = arena_alloc(visit->arena, CONFIG_LOGO_BYTES + 1);
    ssize_t n = 0;
    size_t have = 0;
    while (have <= CONFIG_LOGO_BYTES &&
           (n = pread(upload->fd, content + have, CONFIG_LOGO_BYTES + 1 - have, (off_t)have)) > 0)
        have += (size_t)n;
    *bytes = (struct str){content, have};
    return n >= 0;
}

static bool take_logo(struct visit *visit, struct sending *sending, struct err *err)
{
    for (size_t i = 0; i < visit->request->upload_count; i++) {
        const struct http_upload *upload = &visit->request->uploads[i];
        struct str bytes = STR_NONE;
        if (!str_eqz(upload->field, "logo"))
            continue;
        if (!upload->too_large && !read_upload(visit, upload, &bytes))
            return err_errno(err, "logo");
        if (upload->too_large || bytes.n > CONFIG_LOGO_BYTES)
            sending->upload.error = visit_tr(visit, _("The picture is larger than 512 KiB."));
        else if (!config_logo_type(bytes))
            sending->upload.error = visit_tr(visit, _("This is no picture of the kinds SVG, PNG, JPEG or WebP."));
        else
            sending->logo = config_logo_data(visit->arena, bytes);
    }
    return true;
}

static void write_logo(struct visit *visit, struct sending *sending, struct buf *out)
{
    sending->remove.value = http_param(&visit->request->form, "no_logo").n ? STR("yes") : STR_NONE;
    if (sending->page->which != SETTINGS_LOOK || (!sending->logo.n && !sending->remove.value.n))
        return;
    config_write_line(out, "logo", sending->logo);
}

static bool settings_page_tell_faults(struct visit *visit, struct sending *sending, const struct config_faults *faults)
{
    for (size_t k = 0; k < faults->count; k++) {
        for (size_t i = 0; i < setting_count; i++) {
            if (str_eqz(faults->items[k].section, settings[i].section) &&
                str_eqz(faults->items[k].key, settings[i].key))
                sending->fields[i].error =
                    visit_tr(visit, settings[i].fault ? settings[i].fault : _("This value does not fit."));
        }
    }
    visit->response->status = 400;
    return settings_page_show(visit, sending);
}

static bool settings_page_send(struct visit *visit, const struct page *page, struct err *err)
{
    struct sending sending;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    struct buf typed;
    buf_init(&typed, visit->arena);
    if (!settings_page_open_page(visit, page, &sending, err) || !take_logo(visit, &sending, err))
        return false;
    write_typed(visit, &sending, &typed);
    write_logo(visit, &sending, &typed);
    bool fits = config_draft_with(visit, &sending.draft, buf_text(&typed), &made, &faults, &misfit);
    if (!fits || sending.upload.error.n)
        return settings_page_tell_faults(visit, &sending, &faults);
    if (config_draft_moved(visit, &sending.draft)) {
        visit->response->status = 409;
        sending.refusal = moved_text(visit);
        return settings_page_show(visit, &sending);
    }
    return keep_and_go(visit, &sending.draft, &made, "/staff/configuration", err);
}

static bool settings_page_of(struct visit *visit, const struct page *page, struct err *err)
{
    struct sending sending;
    return settings_page_open_page(visit, page, &sending, err) && settings_page_show(visit, &sending);
}

bool config_look_page(struct visit *visit, struct err *err)
{
    return settings_page_of(visit, &LOOK, err);
}

bool config_look_send(struct visit *visit, struct err *err)
{
    return settings_page_send(visit, &LOOK, err);
}

bool config_access_page(struct visit *visit, struct err *err)
{
    return settings_page_of(visit, &ACCESS, err);
}

bool config_access_send(struct visit *visit, struct err *err)
{
    return settings_page_send(visit, &ACCESS, err);
}

bool config_answers_page(struct visit *visit, struct err *err)
{
    return settings_page_of(visit, &ANSWERS, err);
}

bool config_answers_send(struct visit *visit, struct err *err)
{
    return settings_page_send(visit, &ANSWERS, err);
}

bool config_mails_page(struct visit *visit, struct err *err)
{
    return settings_page_of(visit, &MAILS, err);
}

bool config_mails_send(struct visit *visit, struct err *err)
{
    return settings_page_send(visit, &MAILS, err);
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
