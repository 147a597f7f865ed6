#include "staff/picklists/picklists.h"

#include "access/scope.h"
#include "forms/form.h"
#include "model/picklist_item.h"
#include "model/picklist_item_fields.h"
#include "staff/picklists/picklists.html.h"
#include "staff/picklists/views.h"

#include <inttypes.h>

static bool picklists_page(struct visit *visit, struct err *err)
{
    struct picklist_link_view made[PICKLISTS];
    struct picklists_view view = {made, PICKLISTS};
    for (size_t i = 0; i < PICKLISTS; i++) {
        const char *list = code_name(&picklists, (int64_t)i);
        int64_t count = 0;
        if (!db_query_int(visit->db, "SELECT COUNT(*) FROM picklist_item WHERE list = $1 AND active = 1",
                          DB_ARGS(DB_TEXT(str_of(list))), NULL, &count, err))
            return false;
        made[i] = (struct picklist_link_view){visit_tr(visit, code_label(&picklists, (int64_t)i)),
                                              arena_printf(visit->arena, "/staff/picklists/%s", list),
                                              fmt_int(visit->arena, visit->view.lang, count)};
    }
    return page_show(visit, visit_tr(visit, _("Picklists")), picklists_page_html, &view);
}

/* --- one list ----------------------------------------------------------------------------------------------------- */

/* The page of a list, which is also read and saved: every item is a form, and the new one another. */
struct picklist_edit {
    struct visit *visit;
    struct str list;
    struct picklist_view view;
    struct buf changed; /* the keys of the saved items, for the audit */
    bool sent;          /* the forms were sent: they are read and saved */
    bool refused, older;
};

static void picklist_item_begin(struct visit *visit, const struct picklist_item *item, struct form *form)
{
    static const struct {
        enum picklist_item_field at;
        const char *name;
    } INPUTS[] = {{ITEM_LABEL_SV, "sv"}, {ITEM_LABEL_EN, "en"}, {ITEM_POSITION, "position"}, {ITEM_ACTIVE, "active"}};
    form_begin(form, visit, &picklist_item_entity);
    form->id = item->id;
    form->was_name = arena_printf(visit->arena, "was_%" PRId64, item->id).p;
    for (size_t i = 0; i < sizeof INPUTS / sizeof *INPUTS; i++)
        form->fields[INPUTS[i].at].name = arena_printf(visit->arena, "%s_%" PRId64, INPUTS[i].name, item->id).p;
    form->fields[ITEM_POSITION].required = true;
    form_set(form, ITEM_LABEL_SV, item->sv, 0);
    form_set(form, ITEM_LABEL_EN, item->en, 0);
    form_set_number(form, ITEM_POSITION, item->position, false);
    form_set_yes(form, ITEM_ACTIVE, item->active);
}

static struct str picklist_item_label(struct visit *visit, const struct picklist_item *item, struct str label)
{
    return arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(item->key), STR_FMT(label));
}

/*
 * When two people change the same list, an item that is not in the form, or that this user did not touch, stays as the
 * other person saved it. When both changed an item, the page shows what the other changed, and the user can save again.
 */
static bool picklist_item_merge(struct picklist_edit *edit, const struct picklist_item *item, struct form *form,
                                struct item_view *view, struct err *err)
{
    struct form_page merged = {.count = 0};
    if (!form_merge(form, form, &merged, err))
        return false;
    if (!form_differs(form))
        return true;
    edit->refused = edit->older = true;
    view->form.was = merged.was;
    edit->view.head.refusal = merged.refusal;
    for (size_t i = 0; i < merged.change_count; i++) {
        merged.changes[i].label = picklist_item_label(edit->visit, item, merged.changes[i].label);
        form_page_add_change(edit->visit->arena, &edit->view.head, merged.changes[i]);
    }
    return true;
}

static bool picklist_item_save_form(struct picklist_edit *edit, struct form *form, struct str key, struct err *err)
{
    struct record_column columns[FORM_FIELDS_MAX];
    size_t count = form_columns(form, columns);
    if (form_refused(form))
        edit->refused = true;
    if (edit->refused || !form_differs(form))
        return true;
    buf_printf(&edit->changed, "%s%s%.*s", edit->changed.n ? ", " : "", form->id ? "" : "+", STR_FMT(key));
    if (!form->id)
        columns[count++] = (struct record_column){"list", DB_TEXT(edit->list)};
    return picklist_item_save(edit->visit->db, edit->visit->arena, columns, count, &form->id, err);
}

static bool picklist_item_edit(struct picklist_edit *edit, const struct picklist_item *item, struct item_view *view,
                               struct err *err)
{
    struct visit *visit = edit->visit;
    const struct http_params *sent = &visit->request->form;
    struct form form;
    picklist_item_begin(visit, item, &form);
    if (edit->sent && http_has(sent, form.fields[ITEM_LABEL_SV].name) &&
        (!form_read(&form, sent, err) || (form_is_older(&form) && !picklist_item_merge(edit, item, &form, view, err)) ||
         !picklist_item_save_form(edit, &form, item->key, err)))
        return false;
    *view = (struct item_view){.key = item->key, .was_name = str_of(form.was_name), .form = {.was = view->form.was}};
    view->active = str_eqz(form.values[ITEM_ACTIVE], "yes");
    if (!form_fill(&form, &view->form, err))
        return false;
    for (size_t i = 0; i < view->form.count; i++)
        view->form.fields[i].label = picklist_item_label(visit, item, view->form.fields[i].label);
    return true;
}

static bool picklist_key_is_sound(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-')
            return false;
    }
    return true;
}

/* The new item, which is added when any of its inputs is filled in. */
static bool picklist_fresh_edit(struct picklist_edit *edit, struct err *err)
{
    struct visit *visit = edit->visit;
    struct form form;
    form_begin(&form, visit, &picklist_item_entity);
    form.fields[ITEM_KEY].shown = true;
    form.fields[ITEM_POSITION].shown = form.fields[ITEM_ACTIVE].shown = false;
    if (edit->sent && !form_read(&form, &visit->request->form, err))
        return false;
    if (!form_differs(&form))
        form.errors[ITEM_KEY] = form.errors[ITEM_LABEL_SV] = STR_NONE;
    if (!picklist_key_is_sound(form.values[ITEM_KEY]))
        form_refuse(&form, ITEM_KEY, _("Write a key of small letters a to z, digits, - and _."));
    for (size_t i = 0; i < edit->view.count; i++) {
        if (str_eq(edit->view.items[i].key, form.values[ITEM_KEY]))
            form_refuse(&form, ITEM_KEY, _("The list has this key already."));
    }
    if (!picklist_item_save_form(edit, &form, form.values[ITEM_KEY], err))
        return false;
    form.id = 0; /* it is shown as a new one when something else is refused */
    return form_fill(&form, &edit->view.fresh, err);
}

/* Gathers the fields of all forms, to list their faults at the top. */
static void picklist_gather_fields(struct picklist_edit *edit)
{
    struct form_page *head = &edit->view.head;
    const struct form_page *fresh = &edit->view.fresh;
    head->fields = ARENA_ARRAY(edit->visit->arena, struct field, edit->view.count * ITEM_INPUTS + fresh->count);
    for (size_t i = 0; i < edit->view.count; i++) {
        for (size_t k = 0; k < ITEM_INPUTS; k++)
            head->fields[head->count++] = edit->view.items[i].form.fields[k];
    }
    for (size_t k = 0; k < fresh->count; k++) {
        fresh->fields[k].autocomplete = "off";
        head->fields[head->count++] = fresh->fields[k];
    }
}

static bool picklist_edit_all(struct picklist_edit *edit, struct err *err)
{
    struct visit *visit = edit->visit;
    struct picklist_item *items;
    edit->view = (struct picklist_view){.count = 0}; /* the transaction may run again */
    edit->refused = edit->older = false;
    buf_init(&edit->changed, visit->arena);
    if (!picklist_items_load(visit->db, visit->arena, edit->list, &items, &edit->view.count, err))
        return false;
    edit->view.items = ARENA_ARRAY(visit->arena, struct item_view, edit->view.count);
    for (size_t i = 0; i < edit->view.count; i++) {
        if (!picklist_item_edit(edit, &items[i], &edit->view.items[i], err))
            return false;
    }
    if (!picklist_fresh_edit(edit, err))
        return false;
    picklist_gather_fields(edit);
    return !edit->older || form_last_changed(visit, "picklist_changed", edit->list, &edit->view.head, err);
}

static bool picklist_show(struct picklist_edit *edit)
{
    struct visit *visit = edit->visit;
    edit->view.title = visit_tr(visit, code_label_of(&picklists, edit->list));
    edit->view.path = arena_printf(visit->arena, "/staff/picklists/%.*s", STR_FMT(edit->list));
    return page_show(visit, edit->view.title, picklist_page_html, &edit->view);
}

static bool picklist_find(struct visit *visit, struct picklist_edit *edit, struct err *err)
{
    *edit = (struct picklist_edit){.visit = visit, .list = visit->path_value[0]};
    return code_label_of(&picklists, edit->list) || err_set(err, ERR_NOT_FOUND, NULL, "no such picklist");
}

static bool picklist_page(struct visit *visit, struct err *err)
{
    struct picklist_edit edit;
    return picklist_find(visit, &edit, err) && picklist_edit_all(&edit, err) && picklist_show(&edit);
}

/* Fails with ERR_CONFLICT, which undoes what was written, when something is refused. */
static bool picklist_save_body(struct db_conn *conn, void *context, struct err *err)
{
    struct picklist_edit *edit = context;
    /* generation_bump lets only one writer in at a time, so nobody changes an item between reading and saving. */
    if (!generation_bump(conn, err) || !picklist_edit_all(edit, err))
        return false;
    if (edit->refused)
        return err_set(err, ERR_CONFLICT, NULL, "an item has a fault or was changed meanwhile");
    return visit_audit(edit->visit, "picklist_changed", edit->list, buf_text(&edit->changed), err);
}

static bool picklist_send(struct visit *visit, struct err *err)
{
    struct picklist_edit edit;
    if (!picklist_find(visit, &edit, err))
        return false;
    edit.sent = true;
    if (db_transaction(visit->db, picklist_save_body, &edit, err)) {
        page_notice_next(visit, _("Saved."));
        return visit_redirect(visit, arena_printf(visit->arena, "/staff/picklists/%.*s", STR_FMT(edit.list)));
    }
    if (!edit.refused)
        return false;
    *err = (struct err){.kind = ERR_NONE};
    visit->response->status = edit.older ? 409 : 400;
    return picklist_show(&edit);
}

static const struct route ROUTES[] = {
    {"GET", "/staff/picklists", picklists_page, WHO_STAFF, 0},
    {"GET", "/staff/picklists/{list}", picklist_page, WHO_STAFF, 0},
    {"POST", "/staff/picklists/{list}", picklist_send, WHO_STAFF, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/picklists", _("Picklists"), "folder", WHO_STAFF, .order = 158},
};

const struct feature staff_picklists_feature = {
    .name = "staff/picklists",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
