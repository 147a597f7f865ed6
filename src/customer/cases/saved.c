#include "customer/cases/saved.h"

#include "customer/cases/saved.html.h"
#include "customer/cases/saved_views.h"
#include "model/draft.h"
#include "model/field.h"

#include <string.h>

/* The query that is to be kept: what list_address writes, and nothing else. */
static bool query_is_sound(struct str query)
{
    for (size_t i = 0; i < query.n; i++) {
        unsigned char c = (unsigned char)query.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && !strchr("=&%+-._~", c))
            return false;
    }
    return query.n <= SAVED_QUERY_MAX;
}

static const struct msgid *name_fault(struct str name)
{
    if (!name.n)
        return _("Write a name, for example “Open in my building”.");
    return utf8_count(name) > SAVED_NAME_MAX ? _("The name may have at most 60 characters.") : NULL;
}

/* `fault` belongs to the search with the id `at`, or to the new one (0). */
static bool saved_show(struct visit *visit, struct str search, struct str name, const struct msgid *fault, int64_t at,
                       struct err *err)
{
    struct saved_view view = {.search = search, .wanted = at ? STR_NONE : name};
    struct saved_search *searches;
    if (!saved_searches_load(visit, &searches, &view.count, err))
        return false;
    struct saved_item *items = ARENA_ARRAY(visit->arena, struct saved_item, view.count);
    for (size_t i = 0; i < view.count; i++)
        items[i] = (struct saved_item){
            .search = searches[i],
            .id = arena_printf(visit->arena, "%lld", (long long)searches[i].id),
            .typed = at && searches[i].id == at ? name : searches[i].name,
            .fault = at && searches[i].id == at ? visit_tr(visit, fault) : STR_NONE,
        };
    view.items = items;
    view.fault = at ? STR_NONE : visit_tr(visit, fault);
    if (fault)
        visit->response->status = 422;
    return page_show(visit, visit_tr(visit, _("Saved searches")), saved_page_html, &view);
}

/* `name` and `id` are what was typed when a session ended. */
bool saved_page(struct visit *visit, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct str search = http_param(query, "search");
    int64_t id = 0;
    (void)str_to_int(http_param(query, "id"), &id);
    return saved_show(visit, query_is_sound(search) ? search : STR_NONE, http_param(query, "name"), NULL, id, err);
}

/* Leads people whose session has ended to the page where they log in, and on to this page with what they typed. */
static bool saved_send_to_login(struct visit *visit, struct str id)
{
    const struct http_params *form = &visit->request->form;
    struct buf next;
    buf_init(&next, visit->arena);
    buf_z(&next, "/cases/saved?search=");
    buf_url_part(&next, http_param(form, "search"));
    buf_z(&next, "&id=");
    buf_url_part(&next, id);
    buf_z(&next, "&name=");
    buf_url_part(&next, utf8_prefix(http_param(form, "name"), SAVED_NAME_MAX + 1));
    return draft_send_to_login(visit, buf_text(&next));
}

struct saving {
    struct visit *visit;
    struct str name, query;
};

static bool saving_body(struct db_conn *conn, void *context, struct err *err)
{
    struct saving *saving = context;
    (void)conn;
    return saved_search_keep(saving->visit, saving->name, saving->query, err);
}

bool saved_keep(struct visit *visit, struct err *err)
{
    struct saving saving = {visit, field_clean_text(visit->arena, http_param(&visit->request->form, "name"), false),
                            http_param(&visit->request->form, "search")};
    const struct msgid *fault = name_fault(saving.name);
    if (visit->actor.kind == ACTOR_NOBODY)
        return saved_send_to_login(visit, STR_NONE);
    if (!saving.query.n || !query_is_sound(saving.query))
        return err_set(err, ERR_INVALID, NULL, "no search to keep");
    if (!fault && !db_transaction(visit->db, saving_body, &saving, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        *err = (struct err){.kind = ERR_NONE};
        fault = _("You have 20 saved searches already. Delete one first.");
    }
    if (fault)
        return saved_show(visit, saving.query, saving.name, fault, 0, err);
    page_notice_next(visit, _("The search is saved."));
    return visit_redirect(visit, arena_printf(visit->arena, "/cases?%.*s", STR_FMT(saving.query)));
}

bool saved_change(struct visit *visit, struct err *err)
{
    struct str name = field_clean_text(visit->arena, http_param(&visit->request->form, "name"), false);
    bool deletes = str_eqz(http_param(&visit->request->form, "act"), "delete");
    const struct msgid *fault = deletes ? NULL : name_fault(name);
    int64_t id = 0;
    if (visit->actor.kind == ACTOR_NOBODY)
        return saved_send_to_login(visit, visit->path_value[0]);
    if (!str_to_int(visit->path_value[0], &id))
        return err_set(err, ERR_NOT_FOUND, NULL, "no such saved search");
    if (!fault && !(deletes ? saved_search_delete(visit, id, err) : saved_search_rename(visit, id, name, err))) {
        if (err->kind != ERR_CONFLICT)
            return false;
        *err = (struct err){.kind = ERR_NONE};
        fault = _("Another of your searches has that name.");
    }
    if (fault)
        return saved_show(visit, STR_NONE, name, fault, id, err);
    page_notice_next(visit, deletes ? _("The search is deleted.") : _("The search has its new name."));
    return visit_redirect(visit, STR("/cases/saved"));
}
