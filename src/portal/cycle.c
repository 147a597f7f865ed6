#include "base/clock.h"
#include "base/log.h"
#include "portal/portal.h"

/*
 * What is read of a body without a session: the longest form of such a page has a password of 1,024 bytes and a `next`
 * of 1,500, each byte escaped as three. Every connection can take so much memory, so it is little.
 */
#define OPEN_FORM_BYTES 16384
#define OPEN_FORM_FIELDS 32

static void language_set(struct portal_visit *pv)
{
    struct view *view = &pv->visit.view;
    enum lang data = pv->visit.config->data_language;
    view->lang = page_language(pv);
    view->data_lang = data == view->lang ? NULL : lang_code(data);
}

static struct portal_visit *visit_make(struct portal *portal, struct http_request *request,
                                       struct http_response *response)
{
    struct portal_visit *pv = ARENA_NEW(request->arena, struct portal_visit);
    const struct portal_request *asked = request->context;
    const struct route_match *match = asked ? &asked->match : NULL;
    pv->portal = portal;
    pv->asked = asked;
    pv->setup = asked ? asked->setup : setups_hold(&portal->setups, request->arena);
    pv->started_us = clock_monotonic_us();
    pv->route = match ? match->route : NULL;
    pv->writes = request->method == HTTP_POST || trace_is_export(pv) || (pv->route && pv->route->flags & ROUTE_WRITES);
    pv->visit = (struct visit){
        .arena = request->arena,
        .app = &portal->app,
        .config = &pv->setup->config,
        .request = request,
        .response = response,
        .view = {.arena = request->arena},
        .now_us = clock_now_us(),
    };
    if (match) {
        pv->visit.path_value[0] = match->value[0];
        pv->visit.path_value[1] = match->value[1];
    }
    pv->session_token = http_cookie_get(request, staff_address(request->path) ? STAFF_COOKIE : SESSION_COOKIE);
    pv->visitor_token = http_cookie_get(request, VISITOR_COOKIE);
    language_set(pv);
    page_headers(response, pv->visit.config);
    return pv;
}

void visit_pause_db(struct visit *visit)
{
    db_release(visit->db);
    visit->db = NULL;
    turn_end(&portal_of(visit)->turn);
}

bool visit_resume_db(struct visit *visit, struct err *err)
{
    struct db *db = visit->app->db;
    if (!turn_wait(&portal_of(visit)->turn, err))
        return false;
    visit->db = portal_of(visit)->writes ? db_acquire_to_write(db, err) : db_acquire(db, err);
    if (visit->db)
        db_read_steady(visit->db);
    return visit->db != NULL;
}

static struct str login_address(struct portal_visit *pv)
{
    const struct http_request *request = pv->visit.request;
    bool leads_back = request->method != HTTP_POST || routes_has_page(&pv->portal->routes, request->path);
    struct buf out;
    buf_init(&out, pv->visit.arena);
    buf_z(&out, staff_address(request->path) ? "/staff/login?next=" : "/login?next=");
    buf_url_part(&out, leads_back ? page_address(pv->visit.arena, request) : STR("/"));
    return out.n <= NEXT_BYTES ? buf_text(&out) : STR("/login");
}

static bool answer_unauthenticated(struct portal_visit *pv, struct err *err)
{
    if (!error_wants_page(pv->visit.request))
        return err_set(err, ERR_UNAUTHENTICATED, NULL, "no session");
    if (pv->expired_login)
        page_notice_next(&pv->visit, pv->ended_elsewhere
                                         ? _("You were logged out from another device, or the password was changed. "
                                             "Log in again to go on.")
                                         : _("Your session has ended. Log in again to go on."));
    return visit_redirect(&pv->visit, login_address(pv));
}

/* Half sessions need no extra proof: they are about to be asked for the second factor. */
static bool must_prove(const struct visit *visit)
{
    return visit->staff.whole &&
           visit->now_us - visit->staff.proven_us > visit->config->staff_fresh_minutes * 60 * US_PER_SECOND;
}

static bool ask_to_prove(struct portal_visit *pv, struct err *err)
{
    const struct http_request *request = pv->visit.request;
    if (staff_draft_is_typed(pv, pv->visit.staff.id))
        return staff_draft_keep(pv, pv->visit.staff.id, "/staff/confirm", err);
    bool leads_back = request->method != HTTP_POST || routes_has_page(&pv->portal->routes, request->path);
    struct buf out;
    buf_init(&out, pv->visit.arena);
    buf_z(&out, "/staff/confirm?next=");
    buf_url_part(&out, leads_back ? page_address(pv->visit.arena, request) : STR("/staff"));
    return visit_redirect(&pv->visit, buf_text(&out));
}

static bool run_without_session(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    int64_t staff_id = staff_session_expired(visit);
    if ((pv->route->flags & ROUTE_KEEP_EXPIRED) && (staff_id || session_expired_login(visit)))
        return pv->route->handle(visit, err);
    if (!staff_draft_is_typed(pv, staff_id))
        return answer_unauthenticated(pv, err);
    page_notice_next(visit, session_kept_text(visit));
    return staff_draft_keep(pv, staff_id, "/staff/login", err);
}

/* A form that the same staff user opened before they logged in once more. They get it back, to send it again. */
static bool is_of_older_session(const struct portal_visit *pv)
{
    const struct visit *visit = &pv->visit;
    return visit->staff.whole && csrf_same_site(visit->request) && !csrf_cross_site(visit->request, visit->config) &&
           staff_draft_is_typed(pv, visit->staff.id);
}

static bool run_staff_form(struct portal_visit *pv, struct err *err)
{
    bool asked;
    if (!staff_draft_keep_others(pv, err) || !question_ask(pv, &asked, err))
        return false;
    if (asked)
        return true;
    if (!pv->route->handle(&pv->visit, err))
        return false;
    staff_draft_handled(pv);
    return true;
}

/* Runs the checks in their order (contract 3), then the handler. */
static bool run_route(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    const struct route *route = pv->route;
    bool post = visit->request->method == HTTP_POST;
    bool open = (route->who & WHO_ANYBODY) != 0;
    if (!page_is_on(visit->config, route->flags))
        return err_set(err, ERR_NOT_FOUND, NULL, "the page is turned off");
    if (post)
        pv->token_right = csrf_right(pv) && !csrf_cross_site(visit->request, visit->config);
    if (!open && !pv->session_live)
        return run_without_session(pv, err);
    if (post && visit->viewer.staff_id && !(route->flags & ROUTE_VIEWING))
        return err_set(err, ERR_FORBIDDEN,
                       _("You look at the portal as a customer sees it. Nothing can be changed or sent from here."),
                       "read-only view");
    if (post && !pv->token_right && is_of_older_session(pv))
        return staff_draft_keep(pv, visit->staff.id, NULL, err);
    if (post && !pv->token_right)
        return err_set(err, ERR_FORBIDDEN,
                       _("The form is too old or came from another place. Go back, reload the page and send it again."),
                       "form token");
    if (visit->staff.role != STAFF_NOBODY && !visit->staff.whole && !open && !(route->who & WHO_HALF_STAFF))
        return visit_redirect(visit, visit->staff.has_second ? STR("/staff/login/code") : STR("/staff/second-factor"));
    if (!page_may(visit, route->who))
        return err_set(err, ERR_NOT_FOUND, NULL, "not for this kind of login");
    if ((route->flags & ROUTE_FRESH) && must_prove(visit))
        return ask_to_prove(pv, err);
    if (!(route->flags & ROUTE_NO_DB))
        visit->view.csrf_token = csrf_token(pv);
    return trace_export(pv, err) && (visit->staff.whole && post ? run_staff_form(pv, err) : route->handle(visit, err));
}

static bool customer_load(struct portal_visit *pv, struct err *err)
{
    struct str view = http_cookie_get(pv->visit.request, VIEW_AS_COOKIE);
    bool viewing = false;
    if (view.n && !view_as_load(pv, view, &viewing, err))
        return false;
    return viewing || session_load(pv, err);
}

static bool load_who(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    visit->actor = (struct actor){.kind = ACTOR_NOBODY};
    visit->staff = (struct staff_user){.role = STAFF_NOBODY};
    visit->viewer.staff_id = 0;
    visit->session = STR_NONE;
    pv->session_live = false;
    return visit_resume_db(visit, err) &&
           (staff_address(visit->request->path) ? staff_session_load(pv, err) : customer_load(pv, err));
}

/* Who has to wait for a turn is looked up again afterwards: the session may have ended meanwhile. */
static bool find_out_who(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    if (!load_who(pv, err))
        return false;
    pv->turn.kind = pv->writes ? TURN_WRITES : TURN_READS;
    pv->turn.login = visit->staff.id ? -visit->staff.id : visit->actor.login_id;
    if (!turn_try(&pv->turn)) {
        visit_pause_db(visit);
        if (!load_who(pv, err))
            return false;
    }
    language_set(pv);
    if (pv->session_live)
        visit->view.csrf_token = csrf_token(pv);
    if (visit->staff.whole)
        staff_draft_mark(pv);
    return true;
}

static bool cycle_answer(struct portal_visit *pv, const struct err *failure, struct err *err)
{
    const struct route_match *match = pv->asked ? &pv->asked->match : NULL;
    /* A client without a cookie uses no connection, except on pages that are open to everybody. */
    bool open = pv->route && (pv->route->who & WHO_ANYBODY) && !(pv->route->flags & ROUTE_NO_DB);
    bool closed = !pv->route || !(pv->route->who & WHO_ANYBODY);
    bool known = pv->session_token.n > 0 || http_cookie_get(pv->visit.request, VIEW_AS_COOKIE).n > 0;
    bool needs_db = open || (closed && known);
    if (needs_db && !find_out_who(pv, err))
        return false;
    if (failure) {
        *err = *failure;
        return false;
    }
    if (!pv->route)
        return match && match->allow ? err_set(err, ERR_METHOD, NULL, "method")
                                     : err_set(err, ERR_NOT_FOUND, NULL, "route");
    return run_route(pv, err);
}

static void log_failure(const struct portal_visit *pv, const struct err *err)
{
    bool ours = error_status(err->kind) >= 500;
    log_event(ours ? LOG_ERROR : LOG_DEBUG, "request_failed", LOG_I("status", error_status(err->kind)),
              LOG_Z("route", pv->route ? pv->route->path : ""), LOG_Z("detail", err->detail));
}

/* Logs the route instead of the address, to keep case numbers and search words out of the log. */
static void log_request_line(const struct portal_visit *pv)
{
    int64_t us = clock_monotonic_us() - pv->started_us;
    metrics_request(&pv->portal->metrics, pv->visit.response->status, us);
    log_event(LOG_INFO, "request", LOG_S("method", pv->visit.request->method_name),
              LOG_Z("route", pv->route ? pv->route->path : ""), LOG_I("status", pv->visit.response->status),
              LOG_I("us", us), LOG_I("login", pv->visit.actor.login_id));
}

static void cycle_finish(struct portal_visit *pv, bool ok, struct err *err)
{
    const struct route_match *match = pv->asked ? &pv->asked->match : NULL;
    visit_pause_db(&pv->visit);
    if (!ok) {
        log_failure(pv, err);
        error_answer(pv, err);
        if (err->kind == ERR_METHOD && match && match->allow)
            http_set(pv->visit.response, "Allow", str_of(match->allow));
    }
    log_request_line(pv);
    log_set_request(STR_NONE);
}

void cycle_respond(void *context, struct http_request *request, const struct err *failure,
                   struct http_response *response)
{
    struct portal *portal = context;
    struct err err = {.kind = ERR_NONE};
    log_set_request(request->id);
    atomic_fetch_add_explicit(&portal->metrics.running, 1, memory_order_relaxed);
    struct portal_visit *pv = visit_make(portal, request, response);
    bool ok = cycle_answer(pv, failure, &err);
    cycle_finish(pv, ok, &err);
    atomic_fetch_sub_explicit(&portal->metrics.running, 1, memory_order_relaxed);
}

/* --- the head is there -------------------------------------------------------------------------------------------- */

static bool body_is_large(const struct http_request *request)
{
    int64_t length = 0;
    struct str declared = http_header(request, "content-length");
    return !str_to_int(declared, &length) || length > OPEN_FORM_BYTES;
}

static void body_turn_end(void *what)
{
    turn_end(what);
}

/* Takes a turn to send a large body, until the request ends. */
static bool body_turn_take(const struct portal_visit *pv)
{
    struct arena *arena = pv->visit.arena;
    struct turn *turn = ARENA_NEW(arena, struct turn);
    *turn = (struct turn){.login = pv->turn.login ? pv->turn.login : pv->expired_login - pv->expired_staff,
                          .kind = TURN_BODY};
    arena_on_release(arena, body_turn_end, turn);
    return turn_try(turn);
}

/*
 * Refuses a large body unread if the client has no session, not even an expired one, or if its login sends many at
 * once, so that it can fill neither disk nor memory.
 */
static bool refuse_early(struct portal *portal, struct http_request *request, struct http_response *response)
{
    struct err err = {.kind = ERR_NONE};
    log_set_request(request->id);
    struct portal_visit *pv = visit_make(portal, request, response);
    bool ok = !pv->session_token.n || find_out_who(pv, &err);
    bool known = ok && (pv->session_live || pv->expired_login || pv->expired_staff);
    if (known && body_turn_take(pv)) {
        visit_pause_db(&pv->visit);
        response->header_count = 0;
        return false;
    }
    if (known)
        ok = err_set(&err, ERR_THROTTLED, NULL, "too many large bodies of one login at once");
    cycle_finish(pv, ok && answer_unauthenticated(pv, &err), &err);
    return true;
}

/* For logged-in users: a text of 100,000 characters may be sent as up to twelve bytes per character. */
#define LONG_FORM_BYTES ((size_t)2 * 1024 * 1024)

bool cycle_begin(void *context, struct http_request *request, struct http_limits *limits,
                 struct http_response *response)
{
    struct portal *portal = context;
    struct portal_request *asked = ARENA_NEW(request->arena, struct portal_request);
    const struct route_match *match = &asked->match;
    asked->setup = setups_hold(&portal->setups, request->arena);
    routes_find(&portal->routes, request->method, request->path, &asked->match);
    request->context = asked;
    limits->upload_bytes = 0;
    limits->upload_count = 0;
    bool closed = match->route && !(match->route->who & WHO_ANYBODY);
    limits->form_bytes = closed ? LONG_FORM_BYTES : OPEN_FORM_BYTES;
    limits->field_count = closed ? limits->field_count : OPEN_FORM_FIELDS;
    if (!closed || request->method != HTTP_POST)
        return true;
    if (match->route->flags & ROUTE_UPLOADS) {
        const struct store_rules *rules = &asked->setup->config.attachments;
        limits->upload_bytes = rules->film_bytes > rules->max_bytes ? rules->film_bytes : rules->max_bytes;
        limits->upload_count = (size_t)asked->setup->config.attachment_count;
    }
    if (match->route->flags & ROUTE_IMPORTS) {
        limits->upload_bytes = asked->setup->config.import_bytes;
        limits->upload_count = IMPORT_FILES_MAX;
    }
    return !body_is_large(request) || !refuse_early(portal, request, response);
}
