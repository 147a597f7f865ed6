#include "staff/picklists/picklists.h"

#include "access/scope.h"
#include "model/picklist_item.h"
#include "staff/picklists/picklists.html.h"
#include "staff/picklists/views.h"

#include <inttypes.h>

#include <sodium.h>

#define LABEL_MAX 200
#define POSITION_MAX 9999

static const struct {
    const char *list;
    const struct msgid *title;
} LISTS[] = {
    {"case_type", _("Case types")},
    {"priority", _("Priorities")},
    {"work_order_type", _("Work order types")},
    {"action_code", _("Action codes")},
    {"file_category", _("File categories")},
    {"object_group", _("Object groups")},
};
#define LIST_COUNT (sizeof LISTS / sizeof *LISTS)

struct picklist {
    size_t which; /* index in LISTS */
    struct picklist_item *items;
    size_t count;
};

static bool picklists_find(struct visit *visit, struct picklist *list, struct err *err)
{
    *list = (struct picklist){.which = LIST_COUNT};
    for (size_t i = 0; i < LIST_COUNT; i++) {
        if (str_eqz(visit->path_value[0], LISTS[i].list))
            list->which = i;
    }
    if (list->which == LIST_COUNT)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such picklist");
    return picklist_items_load(visit->db, visit->arena, visit->path_value[0], &list->items, &list->count, err);
}

static bool lists_page(struct visit *visit, struct err *err)
{
    struct picklist_link_view *made = ARENA_ARRAY(visit->arena, struct picklist_link_view, LIST_COUNT);
    struct picklists_view view = {made, LIST_COUNT};
    for (size_t i = 0; i < LIST_COUNT; i++) {
        int64_t count = 0;
        if (!db_query_int(visit->db, "SELECT COUNT(*) FROM picklist_item WHERE list = $1 AND active = 1",
                          DB_ARGS(DB_TEXT(str_of(LISTS[i].list))), NULL, &count, err))
            return false;
        made[i] = (struct picklist_link_view){visit_tr(visit, LISTS[i].title),
                                              arena_printf(visit->arena, "/staff/picklists/%s", LISTS[i].list),
                                              fmt_int(visit->arena, visit->view.lang, count)};
    }
    page_begin(visit, visit_tr(visit, _("Picklists")));
    picklists_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- one list ----------------------------------------------------------------------------------------------------- */

static const char *const INPUTS[ITEM_FIELDS] = {"sv", "en", "position"};
static const struct msgid *const INPUT_LABELS[ITEM_FIELDS] = {_("Swedish text"), _("English text"), _("Position")};

static struct str picklists_input_name(struct visit *visit, const char *what, int64_t id)
{
    return arena_printf(visit->arena, "%s_%" PRId64, what, id);
}

/* Returns a digest of the item's values, which the form carries. */
static struct str was_of(struct arena *arena, const struct picklist_item *item)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct str text = arena_printf(arena, "%zu %.*s %zu %.*s %" PRId64 " %d", item->sv.n, STR_FMT(item->sv), item->en.n,
                                   STR_FMT(item->en), item->position, item->active ? 1 : 0);
    struct buf out;
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)text.p, text.n, NULL, 0);
    buf_init(&out, arena);
    buf_hex(&out, digest, sizeof digest);
    return buf_text(&out);
}

static struct item_view view_of(struct visit *visit, const struct picklist_item *item)
{
    struct item_view view = {.key = item->key, .active = item->active};
    view.values[ITEM_SV] = item->sv;
    view.values[ITEM_EN] = item->en;
    view.values[ITEM_POSITION] = arena_printf(visit->arena, "%" PRId64, item->position);
    for (int i = 0; i < ITEM_FIELDS; i++) {
        struct str label = visit_tr(visit, INPUT_LABELS[i]);
        view.names[i] = picklists_input_name(visit, INPUTS[i], item->id);
        view.labels[i] = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(item->key), STR_FMT(label));
    }
    view.was_name = picklists_input_name(visit, "was", item->id);
    view.was = was_of(visit->arena, item);
    view.active_name = picklists_input_name(visit, "active", item->id);
    view.active_label =
        arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(item->key), STR_FMT(visit_tr(visit, _("Can be chosen"))));
    return view;
}

static void fill_fresh(struct visit *visit, struct picklist_view *view)
{
    static const char *const names[3] = {"key", "label_sv", "label_en"};
    static const struct msgid *const labels[3] = {_("Key"), _("Swedish text"), _("English text")};
    for (int i = 0; i < 3; i++) {
        view->fresh[i].name = str_of(names[i]);
        view->fresh[i].label = visit_tr(visit, labels[i]);
        view->fresh[i].max_length = i ? LABEL_MAX : 50;
        view->fresh[i].autocomplete = "off";
    }
}

static bool picklists_show(struct visit *visit, const struct picklist *list, struct item_view *items,
                           struct picklist_view *view)
{
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, list->count * ITEM_FIELDS + 3);
    fill_fresh(visit, view);
    for (size_t i = 0; i < list->count; i++) {
        for (int k = 0; k < ITEM_FIELDS; k++)
            fields[view->field_count++] =
                (struct field){.name = items[i].names[k], .label = items[i].labels[k], .error = items[i].faults[k]};
    }
    for (int i = 0; i < 3; i++)
        fields[view->field_count++] = view->fresh[i];
    view->fields = fields;
    view->title = visit_tr(visit, LISTS[list->which].title);
    view->path = arena_printf(visit->arena, "/staff/picklists/%s", LISTS[list->which].list);
    view->items = items;
    view->count = list->count;
    page_begin(visit, view->title);
    picklist_page_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

static bool picklists_list_page(struct visit *visit, struct err *err)
{
    struct picklist list;
    struct picklist_view view = {.count = 0};
    if (!picklists_find(visit, &list, err))
        return false;
    struct item_view *items = ARENA_ARRAY(visit->arena, struct item_view, list.count);
    for (size_t i = 0; i < list.count; i++)
        items[i] = view_of(visit, &list.items[i]);
    return picklists_show(visit, &list, items, &view);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static const struct msgid *text_fault(struct str text, bool required)
{
    if (required && !text.n)
        return _("Fill in this field.");
    return utf8_count(text) > LABEL_MAX ? _("The text is too long.") : NULL;
}

/* Returns false when the item has a fault. */
static bool take_item(struct visit *visit, struct picklist_item *item, struct item_view *view)
{
    const struct http_params *form = &visit->request->form;
    int64_t position = 0;
    for (int i = 0; i < ITEM_FIELDS; i++)
        view->values[i] = str_trim(http_param(form, arena_z(visit->arena, view->names[i])));
    view->active = http_param(form, arena_z(visit->arena, view->active_name)).n > 0;
    view->faults[ITEM_SV] = visit_tr(visit, text_fault(view->values[ITEM_SV], true));
    view->faults[ITEM_EN] = visit_tr(visit, text_fault(view->values[ITEM_EN], false));
    if (!str_to_int(view->values[ITEM_POSITION], &position) || position < 0 || position > POSITION_MAX)
        view->faults[ITEM_POSITION] = visit_tr(visit, _("Write a number from 0 to 9999."));
    *item = (struct picklist_item){item->id,    position, item->key, view->values[ITEM_SV], view->values[ITEM_EN],
                                   view->active};
    return !view->faults[ITEM_SV].n && !view->faults[ITEM_EN].n && !view->faults[ITEM_POSITION].n;
}

/*
 * When two people change the same list, an item that is not in the form, or that this user did not touch, stays as the
 * other person saved it. When both changed an item, the form shows its new values beside the typed ones, and the user
 * can save again. Returns false when there is a fault.
 */
static bool take_or_leave(struct visit *visit, struct picklist_item *item, struct item_view *view, bool *older)
{
    const struct picklist_item now = *item;
    struct str was = http_param(&visit->request->form, arena_z(visit->arena, view->was_name));
    if (!http_has(&visit->request->form, arena_z(visit->arena, view->names[ITEM_SV])))
        return true;
    struct item_view fresh = *view;
    bool sound = take_item(visit, item, view);
    if (!was.n || str_eq(was, view->was))
        return sound;
    if (sound && str_eq(was, was_of(visit->arena, item))) {
        *item = now;
        *view = fresh;
        return true;
    }
    *older = true;
    view->faults[ITEM_SV] = tr_fill(
        visit->arena, visit->view.lang,
        _("Somebody has changed this item: it is {1}, {2} now. Nothing is saved yet; save again to have yours."),
        (struct str[]){fresh.values[ITEM_SV], fresh.values[ITEM_POSITION]}, 2);
    return false;
}

static bool picklists_key_sound(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-')
            return false;
    }
    return key.n > 0 && key.n <= 50;
}

/* Reads the new item, which is added when any of its inputs is filled in. Returns false when there is a fault. */
static bool take_fresh(struct visit *visit, const struct picklist *list, struct picklist_view *view, bool *wanted)
{
    const struct http_params *form = &visit->request->form;
    struct field *f = view->fresh;
    f[0].value = str_trim(http_param(form, "key"));
    f[1].value = str_trim(http_param(form, "label_sv"));
    f[2].value = str_trim(http_param(form, "label_en"));
    *wanted = f[0].value.n || f[1].value.n || f[2].value.n;
    if (!*wanted)
        return true;
    if (!picklists_key_sound(f[0].value))
        f[0].error = visit_tr(visit, _("Write a key of small letters a to z, digits, - and _."));
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i].key, f[0].value))
            f[0].error = visit_tr(visit, _("The list has this key already."));
    }
    f[1].error = visit_tr(visit, text_fault(f[1].value, true));
    f[2].error = visit_tr(visit, text_fault(f[2].value, false));
    return !f[0].error.n && !f[1].error.n && !f[2].error.n;
}

struct saving {
    struct visit *visit;
    const struct picklist *before, *after;
    const struct field *fresh; /* the new item, or NULL */
};

static bool differs(const struct picklist_item *a, const struct picklist_item *b)
{
    return a->position != b->position || a->active != b->active || !str_eq(a->sv, b->sv) || !str_eq(a->en, b->en);
}

static bool picklists_save_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct saving *saving = context;
    struct visit *visit = saving->visit;
    struct str list = str_of(LISTS[saving->after->which].list);
    struct buf changed;
    buf_init(&changed, visit->arena);
    for (size_t i = 0; i < saving->after->count; i++) {
        if (!differs(&saving->before->items[i], &saving->after->items[i]))
            continue;
        buf_printf(&changed, "%s%.*s", changed.n ? ", " : "", STR_FMT(saving->after->items[i].key));
        if (!picklist_item_update(conn, &saving->before->items[i], &saving->after->items[i], err))
            return false;
    }
    const struct field *f = saving->fresh;
    if (f) {
        buf_printf(&changed, "%s+%.*s", changed.n ? ", " : "", STR_FMT(f[0].value));
        if (!picklist_item_add(conn, list, f[0].value, f[1].value, f[2].value, err))
            return false;
    }
    return visit_audit(visit, "picklist_changed", list, buf_text(&changed), err) && generation_bump(conn, err);
}

/* Fails with ERR_CONFLICT when somebody else saved between reading and writing. The caller then runs it again. */
static bool take_and_save(struct visit *visit, struct err *err)
{
    struct picklist before, after;
    struct picklist_view view = {.count = 0};
    bool wanted, sound = true, older = false;
    if (!picklists_find(visit, &before, err))
        return false;
    after = before;
    after.items = ARENA_ARRAY(visit->arena, struct picklist_item, before.count);
    struct item_view *items = ARENA_ARRAY(visit->arena, struct item_view, before.count);
    for (size_t i = 0; i < before.count; i++) {
        after.items[i] = before.items[i];
        items[i] = view_of(visit, &before.items[i]);
        sound = take_or_leave(visit, &after.items[i], &items[i], &older) && sound;
    }
    sound = take_fresh(visit, &before, &view, &wanted) && sound;
    if (!sound) {
        visit->response->status = older ? 409 : 400;
        return picklists_show(visit, &after, items, &view);
    }
    struct saving saving = {visit, &before, &after, wanted ? view.fresh : NULL};
    if (!db_transaction(visit->db, picklists_save_body, &saving, err))
        return false;
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, arena_printf(visit->arena, "/staff/picklists/%s", LISTS[before.which].list));
}

static bool list_send(struct visit *visit, struct err *err)
{
    if (take_and_save(visit, err) || err->kind != ERR_CONFLICT)
        return err->kind == ERR_NONE;
    *err = (struct err){.kind = ERR_NONE};
    return take_and_save(visit, err);
}

static const struct route ROUTES[] = {
    {"GET", "/staff/picklists", lists_page, WHO_STAFF, 0},
    {"GET", "/staff/picklists/{list}", picklists_list_page, WHO_STAFF, 0},
    {"POST", "/staff/picklists/{list}", list_send, WHO_STAFF, 0},
};

static const struct feature_menu MENU[] = {
    {"/staff/picklists", _("Picklists"), "folder", WHO_STAFF, 158, NULL},
};

const struct feature staff_picklists_feature = {
    .name = "staff/picklists",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
};
