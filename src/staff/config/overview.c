/* The overview: which settings are in use and what the draft changes. Also publishes the draft. */
#include "service/config_versions.h"
#include "staff/config/config.html.h"
#include "staff/config/form.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#include <inttypes.h>

#define NOTE_MAX 200

static const struct {
    const char *url;
    const struct msgid *title, *text;
} SECTIONS[] = {
    {"/staff/configuration/look", _("Name, logo and colour"), _("and how customers reach you")},
    {"/staff/configuration/form", _("Fields of a new case"),
     _("order, labels, hints, required, read-only, hidden, and fields of your own")},
    {"/staff/configuration/search", _("Criteria and columns of the search"), _("which ones, and in which order")},
    {"/staff/configuration/actions", _("Columns of the actions, and prices"),
     _("what customers see of work and costs")},
    {"/staff/configuration/access", _("Pages and logins"),
     _("what the portal has, who may log in, registration and passwords")},
    {"/staff/configuration/answers", _("Approval and dashboards"),
     _("rejections with a comment, and the time that is shown")},
    {"/staff/configuration/mails", _("Mails about cases"), _("which ones are sent, and who of you hears of new cases")},
};
#define SECTION_COUNT (sizeof SECTIONS / sizeof *SECTIONS)

/*
 * Returns as text which version is in use, who published it and when. For number 0 the text says that the settings file
 * is in use.
 */
static bool tell_version(struct visit *visit, int64_t number, struct str *told, struct err *err)
{
    *told = visit_tr(visit, _("The settings file counts. Nothing was published here yet."));
    if (!number)
        return true;
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT who, at FROM config_version WHERE number = $1",
                                    DB_ARGS(DB_INT(number)), err);
    if (db_next(rows)) {
        struct str parts[3] = {arena_printf(visit->arena, "%" PRId64, number), db_text_copy(rows, 0, visit->arena),
                               fmt_instant(visit->arena, visit->view.lang, db_int(rows, 1))};
        *told = tr_fill(visit->arena, visit->view.lang, _("Version {1} counts, published by {2} {3}."), parts, 3);
    }
    return db_done(rows, err);
}

static void fill_sections(struct visit *visit, struct overview_view *view)
{
    struct config_section_view *sections = ARENA_ARRAY(visit->arena, struct config_section_view, SECTION_COUNT);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        sections[i] = (struct config_section_view){str_of(SECTIONS[i].url), visit_tr(visit, SECTIONS[i].title),
                                                   visit_tr(visit, SECTIONS[i].text)};
    view->sections = sections;
    view->section_count = SECTION_COUNT;
}

/* Lists what the draft changes. When somebody published since the draft was begun, also lists what they changed. */
static bool fill_draft(struct visit *visit, const struct config_draft *draft, struct overview_view *view,
                       struct err *err)
{
    struct str base;
    if (!version_text(visit, draft->base, &base, err))
        return false;
    view->kept = draft->kept;
    view->lost = draft->lost;
    view->moved = draft->kept && draft->base != draft->newest;
    view->updated = fmt_instant(visit->arena, visit->view.lang, draft->updated);
    if (draft->kept)
        differences_told(visit, base, draft->text, &view->mine);
    if (view->moved)
        differences_told(visit, base, draft->published, &view->theirs);
    return true;
}

static bool show_overview(struct visit *visit, const struct config_draft *draft, struct err *err)
{
    struct overview_view view = {.kept = false};
    if (!tell_version(visit, draft->newest, &view.now, err) || !fill_draft(visit, draft, &view, err))
        return false;
    fill_sections(visit, &view);
    page_begin(visit, visit_tr(visit, _("Configuration")));
    config_overview_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool config_overview(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    return config_draft_load(visit, &draft, err) && show_overview(visit, &draft, err);
}

bool config_discard(struct visit *visit, struct err *err)
{
    if (!config_draft_drop(visit, err))
        return false;
    page_notice_next(visit, _("The draft is thrown away."));
    return visit_redirect(visit, STR("/staff/configuration"));
}

bool config_rebase(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    struct config made;
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!draft.kept || draft.base == draft.newest)
        return visit_redirect(visit, STR("/staff/configuration"));
    if (!config_draft_rebased(visit, &draft, &made, err)) {
        if (err->kind != ERR_INVALID)
            return false;
        return err_set(err, ERR_CONFLICT,
                       _("Your changes do not fit what was published meanwhile. Throw the draft away and begin anew."),
                       "%s", err->detail);
    }
    draft.base = draft.newest;
    if (!config_draft_keep(visit, &draft, &made, err))
        return false;
    page_notice_next(visit, _("Your changes stand on top of what was published meanwhile."));
    return visit_redirect(visit, STR("/staff/configuration"));
}

/* --- publishing --------------------------------------------------------------------------------------------------- */

struct publishing {
    struct visit *visit;
    int64_t base;
    struct str text, before, note;
};

static bool publish_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct publishing *p = context;
    struct visit *visit = p->visit;
    struct str number = arena_printf(visit->arena, "%" PRId64, p->base + 1);
    const struct config_version version = {p->base + 1,        visit->now_us, visit->staff.id,
                                           visit->staff.email, p->note,       p->text};
    return config_version_add(conn, &version, err) && config_draft_drop(visit, err) &&
           visit_audit(visit, "configuration_published", number, differences_brief(visit, p->before, p->text), err);
}

bool publish_version(struct visit *visit, int64_t base, struct str text, struct str before, struct str note,
                     struct err *err)
{
    struct publishing publishing = {visit, base, text, before, note};
    return db_transaction(visit->db, publish_body, &publishing, err) && visit_settings_changed(visit, err);
}

struct warnings {
    struct visit *visit;
    const struct config_draft *draft;
    struct str *items;
    size_t count;
};

static void warn(struct warnings *warnings, const struct msgid *msgid, struct str of)
{
    warnings->items[warnings->count++] = tr_fill(warnings->visit->arena, warnings->visit->view.lang, msgid, &of, 1);
}

/* Warns when the draft removes an extra field for which cases have values. */
static bool warn_of_extras(struct warnings *warnings, struct err *err)
{
    const struct config *before = &warnings->draft->published_config;
    for (size_t i = 0; i < before->field_count; i++) {
        const struct config_field *field = &before->fields[i];
        bool held = false;
        if (!field->key.n || config_field(&warnings->draft->config, field->name))
            continue;
        if (!extra_is_held(warnings->visit, field->key, &held, err))
            return false;
        if (held)
            warn(warnings,
                 _("The field {1} is taken out, but cases hold values of it. They stay there, under its key instead of "
                   "its label."),
                 name_label(warnings->visit, before, field->name));
    }
    return true;
}

/* Warns when a default is not an item that can be chosen. */
static bool warn_of_defaults(struct warnings *warnings, struct err *err)
{
    static const char *const lists[][2] = {{"type", "case_type"}, {"priority", "priority"}};
    for (size_t i = 0; i < 2; i++) {
        const struct config_field *field = config_field(&warnings->draft->config, str_of(lists[i][0]));
        bool found = false;
        int64_t one = 0;
        if (!field || !field->value.n)
            continue;
        if (!db_query_int(warnings->visit->db,
                          "SELECT 1 FROM picklist_item WHERE list = $1 AND key = $2 AND active = 1",
                          DB_ARGS(DB_TEXT(str_of(lists[i][1])), DB_TEXT(field->value)), &found, &one, err))
            return false;
        if (!found)
            warn(warnings, _("The default of {1} is not among what can be chosen: nothing is filled in."),
                 name_label(warnings->visit, &warnings->draft->config, field->name));
    }
    return true;
}

static void warn_of_logins(struct warnings *warnings)
{
    static const struct {
        enum actor_kind kind;
        const struct msgid *label;
    } kinds[] = {{ACTOR_CONTACT, _("Contacts, with their e-mail address")},
                 {ACTOR_CUSTOMER, _("Invoice customers")},
                 {ACTOR_OBJECT, _("Objects")}};
    for (size_t i = 0; i < 3; i++) {
        if (login_kind_is_on(&warnings->draft->published_config, kinds[i].kind) &&
            !login_kind_is_on(&warnings->draft->config, kinds[i].kind))
            warn(warnings, _("Logins of this kind are logged out and cannot log in any more: {1}."),
                 visit_tr(warnings->visit, kinds[i].label));
    }
}

static bool show_publish(struct visit *visit, const struct config_draft *draft, struct field note, struct str refusal,
                         struct err *err)
{
    struct publish_view view = {.mark = config_draft_mark(visit, draft), .note = note, .refusal = refusal};
    struct warnings warnings = {visit, draft, ARENA_ARRAY(visit->arena, struct str, CONFIG_FIELDS_MAX + 5), 0};
    if (!warn_of_extras(&warnings, err) || !warn_of_defaults(&warnings, err))
        return false;
    warn_of_logins(&warnings);
    view.warnings = warnings.items;
    view.warning_count = warnings.count;
    view.note.name = STR("note");
    view.note.label = visit_tr(visit, _("Note (optional)"));
    view.note.hint = visit_tr(visit, _("For the history: why it is changed."));
    view.note.max_length = NOTE_MAX;
    view.note.autocomplete = "off";
    differences_told(visit, draft->published, draft->text, &view.mine);
    page_begin(visit, visit_tr(visit, _("Publish the configuration?")));
    config_publish_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* Only a saved draft that is based on the newest version can be published. Otherwise the overview shows why not. */
static bool may_publish(const struct config_draft *draft)
{
    return draft->kept && draft->base == draft->newest;
}

bool config_publish_page(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!may_publish(&draft))
        return visit_redirect(visit, STR("/staff/configuration"));
    return show_publish(visit, &draft, (struct field){.value = STR_NONE}, STR_NONE, err);
}

static bool answer_conflict(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    visit->response->status = 409;
    return config_draft_load(visit, &draft, err) && show_overview(visit, &draft, err);
}

bool config_publish(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    struct field note = {.value = one_line(visit->arena, http_param(&visit->request->form, "note"))};
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!may_publish(&draft))
        return answer_conflict(visit, err);
    if (utf8_count(note.value) > NOTE_MAX)
        note.error = visit_tr(visit, _("The text is too long."));
    bool moved = config_draft_moved(visit, &draft);
    if (note.error.n || moved) {
        visit->response->status = moved ? 409 : 400;
        return show_publish(visit, &draft, note, moved ? moved_text(visit) : STR_NONE, err);
    }
    if (!publish_version(visit, draft.base, draft.text, draft.published, note.value, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        *err = (struct err){.kind = ERR_NONE};
        return answer_conflict(visit, err);
    }
    page_notice_next(visit, _("Published. It counts from now on."));
    return visit_redirect(visit, STR("/staff/configuration"));
}
