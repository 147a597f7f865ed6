/*
 * What staff type is never lost. Each form in which they type has the field `typed` (typed_field() of view/field.html):
 * who got the form, and the address of its page. With it this file keeps any form as a draft without knowing it: while
 * it is typed (web/scripts/typed.js), when it is sent with a session that has ended, and when another form of the page
 * is sent. refill_form (view/refill.h) puts a draft into the forms of its page. A draft is about `PAGE ACTION`.
 */
#include "base/clock.h"
#include "base/log.h"
#include "portal/draft.h"
#include "portal/portal.h"
#include "portal/staff_draft.html.h"
#include "view/refill.h"

#include <inttypes.h>
#include <string.h>

#define TYPED_FIELD "typed"
#define OTHER_FIELD "typed_other" /* another form of the page, encoded like the body of a request */
#define ACTION_FIELD "typed_action"
#define WITH_DRAFT "draft=1"

/* --- which form it is --------------------------------------------------------------------------------------------- */

/* Returns the page of this address, without the wish to show it with its draft. */
static struct str typed_without_draft(struct str page)
{
    if (str_ends(page, STR("?" WITH_DRAFT)) || str_ends(page, STR("&" WITH_DRAFT)))
        page.n -= sizeof WITH_DRAFT;
    return page;
}

static struct str typed_with_draft(struct arena *arena, struct str page)
{
    return arena_printf(arena, "%.*s%c" WITH_DRAFT, STR_FMT(page), str_find_char(page, '?') < 0 ? '?' : '&');
}

/* Reads a mark that was made for this staff user: the address of a page; empty: it was not. */
static struct str typed_page(struct str mark, int64_t staff_id)
{
    struct str id;
    int64_t whose = 0;
    bool theirs = str_cut(&mark, ' ', &id) && str_to_int(id, &whose) && whose == staff_id && staff_id > 0;
    return theirs && str_starts(mark, STR("/staff")) && str_eq(visit_safe_next(mark), mark) ? mark : STR_NONE;
}

static struct str typed_sent_page(const struct portal_visit *pv, int64_t staff_id)
{
    return typed_page(http_param(&pv->visit.request->form, TYPED_FIELD), staff_id);
}

/* The nearest page above the address of a form that has no page of its own. */
static struct str typed_nearest_page(const struct portal_visit *pv)
{
    struct str path = pv->visit.request->path;
    while (path.n > 1 && !routes_has_page(&pv->portal->routes, path)) {
        do
            path.n--;
        while (path.n > 1 && path.p[path.n] != '/');
    }
    struct http_request at = *pv->visit.request;
    at.path = path;
    return page_address(pv->visit.arena, &at);
}

void staff_draft_mark(struct portal_visit *pv)
{
    struct visit *visit = &pv->visit;
    bool post = visit->request->method == HTTP_POST;
    struct str page =
        post ? typed_sent_page(pv, visit->staff.id) : typed_without_draft(page_address(visit->arena, visit->request));
    if (post && !page.n)
        page = typed_nearest_page(pv);
    visit->view.typed = arena_printf(visit->arena, "%" PRId64 " %.*s", visit->staff.id, STR_FMT(page));
}

bool staff_draft_is_typed(const struct portal_visit *pv, int64_t staff_id)
{
    return pv->visit.request->method == HTTP_POST && typed_sent_page(pv, staff_id).n > 0;
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

static struct str typed_owner(struct visit *visit, int64_t staff_id)
{
    return arena_printf(visit->arena, "staff:%" PRId64, staff_id);
}

static struct str typed_about(struct visit *visit, struct str page, struct str action)
{
    return arena_printf(visit->arena, "%.*s %.*s", STR_FMT(page), STR_FMT(action));
}

static struct str typed_action(struct visit *visit)
{
    return page_address(visit->arena, visit->request);
}

/* Stores the fields of a form; the note that says whose it is and the other forms are no part of it. */
static bool typed_store(struct visit *visit, int64_t staff_id, struct str page, struct str action,
                        const struct http_params *form, struct err *err)
{
    struct http_params typed = draft_without_secrets(visit->arena, form), own = {.items = typed.items};
    for (size_t i = 0; i < typed.count; i++) {
        if (!str_starts(typed.items[i].name, STR(TYPED_FIELD)))
            own.items[own.count++] = typed.items[i];
    }
    return draft_store(visit, typed_owner(visit, staff_id), typed_about(visit, page, action), &own, err);
}

bool staff_draft_keep(struct portal_visit *pv, int64_t staff_id, const char *through, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct str page = typed_sent_page(pv, staff_id), again = typed_with_draft(visit->arena, page);
    struct buf url;
    if (!typed_store(visit, staff_id, page, typed_action(visit), &visit->request->form, err))
        return false;
    if (!through)
        return visit_redirect(visit, again);
    buf_init(&url, visit->arena);
    buf_printf(&url, "%s?next=", through);
    buf_url_part(&url, again);
    return visit_redirect(visit, buf_text(&url));
}

bool staff_draft_keep_others(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct str sent;
    size_t at = 0;
    while (http_param_next(&visit->request->form, OTHER_FIELD, &at, &sent)) {
        struct http_params other = draft_fields(visit->arena, sent);
        struct str action = http_param(&other, ACTION_FIELD), page = http_param(&other, TYPED_FIELD);
        page = typed_page(page, visit->staff.id);
        if (page.n && str_eq(visit_safe_next(action), action) &&
            !typed_store(visit, visit->staff.id, page, action, &other, err))
            return false;
    }
    return true;
}

bool staff_draft_save(struct visit *visit, struct err *err)
{
    const struct portal_visit *pv = portal_of(visit);
    int64_t staff_id = visit->staff.id ? visit->staff.id : staff_session_expired(visit);
    struct str page = typed_sent_page(pv, staff_id), action = http_param(&visit->request->query, "action");
    if (!page.n || !str_eq(visit_safe_next(action), action))
        return err_set(err, ERR_INVALID, NULL, "no form of staff");
    visit->response->status = 204;
    return http_has(&visit->request->query, "same")
               ? draft_drop(visit->db, typed_owner(visit, staff_id), typed_about(visit, page, action), err)
               : typed_store(visit, staff_id, page, action, &visit->request->form, err);
}

/* --- handled ------------------------------------------------------------------------------------------------------ */

static struct http_header_line *typed_location(struct http_response *response)
{
    for (size_t i = 0; i < response->header_count; i++) {
        if (strcmp(response->headers[i].name, "Location") == 0)
            return &response->headers[i];
    }
    return NULL;
}

/* The page that the answer leads to shows the drafts of the forms that were sent along. */
static void typed_lead_back(struct portal_visit *pv)
{
    struct visit *visit = &pv->visit;
    struct http_header_line *location = typed_location(visit->response);
    struct str sent, place = location ? location->value : STR_NONE, path;
    size_t at = 0;
    (void)str_cut(&place, '#', &path);
    while (location && http_param_next(&visit->request->form, OTHER_FIELD, &at, &sent)) {
        struct http_params other = draft_fields(visit->arena, sent);
        struct str page = typed_page(http_param(&other, TYPED_FIELD), visit->staff.id);
        if (!page.n || !str_eq(page, path))
            continue;
        location->value = arena_printf(visit->arena, "%.*s%s%.*s", STR_FMT(typed_with_draft(visit->arena, page)),
                                       place.n ? "#" : "", STR_FMT(place));
        return;
    }
}

/* A form that is shown again was not saved. */
static bool typed_was_saved(struct visit *visit)
{
    struct str again = arena_printf(visit->arena, " action=\"%.*s\"", STR_FMT(typed_action(visit)));
    int status = visit->response->status;
    return status == 303 || (status == 200 && str_find(buf_text(&visit->response->body), again) < 0);
}

void staff_draft_handled(struct portal_visit *pv)
{
    struct visit *visit = &pv->visit;
    struct err err = {.kind = ERR_NONE};
    struct str page = typed_sent_page(pv, visit->staff.id);
    if (page.n && typed_was_saved(visit) && visit->db &&
        !draft_drop(visit->db, typed_owner(visit, visit->staff.id), typed_about(visit, page, typed_action(visit)),
                    &err))
        log_event(LOG_ERROR, "draft_drop_failed", LOG_Z("detail", err.detail)); /* what was typed is saved */
    typed_lead_back(pv);
}

bool staff_draft_discard(struct visit *visit, struct err *err)
{
    struct str page = typed_page(http_param(&visit->request->form, "draft"), visit->staff.id);
    if (!page.n)
        return err_set(err, ERR_INVALID, NULL, "no page of staff");
    return db_exec(visit->db, "DELETE FROM draft WHERE owner = $1 AND about > $2 AND about < $3",
                   DB_ARGS(DB_TEXT(typed_owner(visit, visit->staff.id)),
                           DB_TEXT(arena_printf(visit->arena, "%.*s ", STR_FMT(page))),
                           DB_TEXT(arena_printf(visit->arena, "%.*s!", STR_FMT(page)))),
                   err) &&
           visit_redirect(visit, page);
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

static void typed_refill(struct visit *visit, struct str action, const struct http_params *values)
{
    bool found;
    struct str page = refill_form(visit->arena, arena_str(visit->arena, buf_text(&visit->response->body)), action,
                                  TYPED_FIELD, values, &found);
    if (!found)
        return;
    buf_clear(&visit->response->body);
    buf_str(&visit->response->body, page);
}

/* A refused form is shown at once, together with what stood in the others. */
static void typed_show_others(struct visit *visit)
{
    struct str sent;
    size_t at = 0;
    while (http_param_next(&visit->request->form, OTHER_FIELD, &at, &sent)) {
        struct http_params other = draft_fields(visit->arena, sent);
        typed_refill(visit, http_param(&other, ACTION_FIELD), &other);
    }
}

/* Writes the note above the page, where its content begins. */
static void typed_note(struct visit *visit, size_t at, struct str page, bool again, int64_t updated)
{
    struct buf *body = &visit->response->body, note;
    struct str moment = instant_format_local(visit->arena, updated);
    struct str today = str_slice(instant_format_local(visit->arena, visit->now_us), 0, 11);
    struct str time = str_starts(moment, today) ? str_slice(moment, today.n, moment.n) : moment;
    struct staff_draft_view view = {
        .text = tr_fill(visit->arena, visit->view.lang,
                        again ? _("Here is what you wrote at {1}. It is not saved yet.") : _("Your draft from {1}"),
                        &time, 1),
        .again_url = again ? STR_NONE : typed_with_draft(visit->arena, page)};
    struct str rest = arena_str(visit->arena, str_slice(buf_text(body), at, body->n));
    buf_init(&note, visit->arena);
    staff_draft_note_html(&note, &visit->view, &view);
    body->n = at;
    buf_str(body, buf_text(&note));
    buf_str(body, rest);
}

static bool typed_show_drafts(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    struct str page = typed_page(visit->view.typed, visit->staff.id), about, form;
    bool again = str_eqz(http_param(&visit->request->query, "draft"), "1");
    int64_t updated = 0, newest = 0;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT about, form, updated FROM draft WHERE owner = $1 AND about > $2 AND about < $3",
                 DB_ARGS(DB_TEXT(typed_owner(visit, visit->staff.id)),
                         DB_TEXT(arena_printf(visit->arena, "%.*s ", STR_FMT(page))),
                         DB_TEXT(arena_printf(visit->arena, "%.*s!", STR_FMT(page)))),
                 err);
    while (db_next(rows)) {
        db_read(rows, TO(&about), TO(&form), TO(&updated));
        newest = updated > newest ? updated : newest;
        struct http_params values = draft_fields(visit->arena, form);
        if (again)
            typed_refill(visit, str_slice(about, page.n + 1, about.n), &values);
    }
    if (newest)
        typed_note(visit, pv->content_at, page, again, newest);
    return db_done(rows, err);
}

void staff_draft_show(struct portal_visit *pv)
{
    struct visit *visit = &pv->visit;
    struct err err = {.kind = ERR_NONE};
    bool typed =
        visit->view.typed.n && str_find(buf_text(&visit->response->body), STR(" name=\"" TYPED_FIELD "\"")) >= 0;
    if (!typed)
        return;
    if (visit->request->method == HTTP_POST)
        typed_show_others(visit);
    else if (visit->db && !typed_show_drafts(pv, &err))
        log_event(LOG_ERROR, "draft_show_failed", LOG_Z("detail", err.detail));
}
