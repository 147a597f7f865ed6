/* The overview: which settings are in use and what the draft changes. Also publishes the draft. */
#include "service/config_versions.h"
#include "staff/config/config.html.h"
#include "staff/config/form.h"
#include "staff/config/pages.h"

#include <inttypes.h>

#define NOTE_MAX 200

/*
 * Shows which version is in use and what the draft changes. When somebody published since the draft was begun, also
 * shows what they changed.
 */
static bool show_overview(struct visit *visit, struct overview_view *view, struct err *err)
{
    const struct config_draft *draft = &view->draft;
    struct str base, parts[3] = {arena_printf(visit->arena, "%" PRId64, draft->newest)};
    int64_t at = 0;
    bool found = false;
    if (!db_find(visit->db, visit->arena, "SELECT who, at FROM config_version WHERE number = $1",
                 DB_ARGS(DB_INT(draft->newest)), DB_TARGETS(TO(&parts[1]), TO(&at)), &found, err) ||
        !version_text(visit, draft->base, &base, err))
        return false;
    parts[2] = instant_format_local(visit->arena, at);
    view->now = found
                    ? tr_fill(visit->arena, visit->view.lang, _("Version {1} counts, published by {2} {3}."), parts, 3)
                    : visit_tr(visit, _("The settings file counts. Nothing was published here yet."));
    view->moved = draft->kept && draft->base != draft->newest;
    view->updated = instant_format_local(visit->arena, draft->updated);
    if (draft->kept)
        differences_show(visit, base, draft->text, &view->mine);
    if (view->moved)
        differences_show(visit, base, draft->published, &view->theirs);
    return page_show(visit, visit_tr(visit, _("Configuration")), config_overview_html, view);
}

bool config_overview(struct visit *visit, struct err *err)
{
    struct overview_view view = {.moved = false};
    return config_draft_load(visit, &view.draft, err) && show_overview(visit, &view, err);
}

bool config_discard(struct visit *visit, struct err *err)
{
    if (!config_draft_drop(visit, err))
        return false;
    page_notice_next(visit, _("The draft has been removed."));
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
                       _("Your changes do not fit what was published meanwhile. Throw the draft away and begin again."),
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
    const struct config_draft *draft;
    struct str text, note;
};

static bool publish_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct publishing *p = context;
    struct visit *visit = p->visit;
    const struct config_version version = {.number = p->draft->newest + 1,
                                           .at = visit->now_us,
                                           .staff_id = visit->staff.id,
                                           .who = visit->staff.email,
                                           .note = p->note,
                                           .text = p->text};
    return config_version_add(conn, &version, err) && config_draft_drop(visit, err) &&
           visit_audit(visit, "configuration_published", arena_printf(visit->arena, "%" PRId64, version.number),
                       differences_brief(visit, p->draft->published, p->text), err);
}

bool publish_version(struct visit *visit, const struct config_draft *draft, struct str text, struct str note,
                     struct err *err)
{
    struct publishing publishing = {visit, draft, text, note};
    return db_transaction(visit->db, publish_body, &publishing, err) && visit_settings_changed(visit, err);
}

static void warn(struct visit *visit, struct publish_view *view, const struct msgid *msgid, struct str of)
{
    view->warnings[view->warning_count++] = tr_fill(visit->arena, visit->view.lang, msgid, &of, 1);
}

/* Warns when the draft removes an extra field for which cases have values. */
static bool warn_of_extras(struct visit *visit, struct publish_view *view, struct err *err)
{
    const struct config *before = &view->draft.published_config;
    for (size_t i = 0; i < before->field_count; i++) {
        const struct config_field *field = &before->fields[i];
        bool held = false;
        if (!field->key.n || config_field(&view->draft.config, field->name))
            continue;
        if (!extra_is_held(visit, field->key, &held, err))
            return false;
        if (held)
            warn(visit, view,
                 _("The field {1} is taken out, but cases hold values of it. They stay there, under its key instead of "
                   "its label."),
                 name_label(visit, before, field->name));
    }
    return true;
}

/* Warns when a default is not an item that can be chosen. */
static bool warn_of_defaults(struct visit *visit, struct publish_view *view, struct err *err)
{
    const struct config *config = &view->draft.config;
    for (size_t i = 0; i < config->field_count; i++) {
        const struct config_field *field = &config->fields[i];
        bool found = false;
        int64_t one = 0;
        if (field->rule.kind != FIELD_PICKLIST || !field->value.n)
            continue;
        if (!db_query_int(visit->db, "SELECT 1 FROM picklist_item WHERE list = $1 AND key = $2 AND active = 1",
                          DB_ARGS(DB_TEXT(str_of(field->rule.list)), DB_TEXT(field->value)), &found, &one, err))
            return false;
        if (!found)
            warn(visit, view, _("The default of {1} is not among what can be chosen: nothing is filled in."),
                 name_label(visit, config, field->name));
    }
    return true;
}

static void warn_of_logins(struct visit *visit, struct publish_view *view)
{
    static const struct {
        enum actor_kind kind;
        const struct msgid *label;
    } kinds[] = {{ACTOR_CONTACT, _("Contacts, with their e-mail address")},
                 {ACTOR_CUSTOMER, _("Invoice customers")},
                 {ACTOR_OBJECT, _("Objects")}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (login_kind_is_on(&view->draft.published_config, kinds[i].kind) &&
            !login_kind_is_on(&view->draft.config, kinds[i].kind))
            warn(visit, view, _("Logins of this kind are logged out and cannot log in any more: {1}."),
                 visit_tr(visit, kinds[i].label));
    }
}

static bool show_publish(struct visit *visit, struct publish_view *view, struct err *err)
{
    view->warnings = ARENA_ARRAY(visit->arena, struct str, 2 * CONFIG_FIELDS_MAX + 3);
    if (!warn_of_extras(visit, view, err) || !warn_of_defaults(visit, view, err))
        return false;
    warn_of_logins(visit, view);
    view->mark = config_draft_mark(visit, &view->draft);
    view->note.name = STR("note");
    view->note.label = visit_tr(visit, _("Note (optional)"));
    view->note.hint = visit_tr(visit, _("For the history: why it is changed."));
    view->note.max_length = NOTE_MAX;
    view->note.autocomplete = "off";
    differences_show(visit, view->draft.published, view->draft.text, &view->mine);
    return page_show(visit, visit_tr(visit, _("Publish the configuration?")), config_publish_html, view);
}

/* Only a saved draft that is based on the newest version can be published. Otherwise the overview shows why not. */
static bool may_publish(const struct config_draft *draft)
{
    return draft->kept && draft->base == draft->newest;
}

bool config_publish_page(struct visit *visit, struct err *err)
{
    struct publish_view view = {.warning_count = 0};
    if (!config_draft_load(visit, &view.draft, err))
        return false;
    return may_publish(&view.draft) ? show_publish(visit, &view, err)
                                    : visit_redirect(visit, STR("/staff/configuration"));
}

bool config_publish(struct visit *visit, struct err *err)
{
    struct publish_view view = {.note.value = typed_line(visit, STR("note"))};
    if (!config_draft_load(visit, &view.draft, err))
        return false;
    bool may = may_publish(&view.draft);
    if (utf8_count(view.note.value) > NOTE_MAX)
        view.note.error = visit_tr(visit, _("The text is too long."));
    if (may && draft_refused(visit, &view.draft, !view.note.error.n, &view.refusal))
        return show_publish(visit, &view, err);
    if (may && publish_version(visit, &view.draft, view.draft.text, view.note.value, err)) {
        page_notice_next(visit, _("Published. It counts from now on."));
        return visit_redirect(visit, STR("/staff/configuration"));
    }
    if (may && err->kind != ERR_CONFLICT)
        return false;
    *err = (struct err){.kind = ERR_NONE};
    visit->response->status = 409;
    return config_overview(visit, err);
}
