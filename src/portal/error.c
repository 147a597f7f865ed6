#include "portal/error.html.h"
#include "portal/portal.h"

#include <unistd.h>

/* Used when the failure does not say how long to wait. */
#define RETRY_SECONDS 5

struct error_text {
    int status;
    const struct msgid *title, *text;
};

static const struct error_text TEXTS[] = {
    [ERR_INVALID] = {400, _("The request could not be understood"), _("Go back, check what you wrote and try again.")},
    [ERR_UNAUTHENTICATED] = {401, _("You are not logged in"), _("Log in to go on.")},
    [ERR_FORBIDDEN] = {403, _("This is not allowed"), _("You may not do this.")},
    [ERR_NOT_FOUND] = {404, _("The page was not found"),
                       _("The address is wrong, or it leads to something that you have no access to.")},
    [ERR_METHOD] = {405, _("This is not possible here"), _("Go to the start page and try from there.")},
    [ERR_TIMEOUT] = {408, _("The request took too long"), _("Check your connection and try again.")},
    [ERR_CONFLICT] = {409, _("Somebody else was first"),
                      _("What you wanted to change has changed meanwhile. Go back, reload the page and try again.")},
    [ERR_TOO_LARGE] = {413, _("That was too much"), _("What you sent is larger than the portal accepts.")},
    [ERR_UNSUPPORTED] = {415, _("That format is not accepted"), _("Send it in another format.")},
    [ERR_UNPROCESSABLE] = {422, _("The request could not be carried out"),
                           _("Go back, check what you wrote and try again.")},
    [ERR_THROTTLED] = {429, _("Too many attempts"), _("Wait a little and try again.")},
    [ERR_INTERNAL] = {500, _("Something went wrong"),
                      _("The fault is ours and has been logged. Try again, or tell us the error id below.")},
    [ERR_BUSY] = {503, _("The portal is busy"), _("Wait a few seconds and try again.")},
    [ERR_FULL] = {507, _("The portal cannot store more right now"), _("Nothing was saved. Try again later.")},
};

static struct error_text error_text_of(enum err_kind kind)
{
    bool known = kind > ERR_NONE && kind <= ERR_FULL;
    return TEXTS[known ? kind : ERR_INTERNAL];
}

int error_status(enum err_kind kind)
{
    return error_text_of(kind).status;
}

bool error_wants_page(const struct http_request *request)
{
    if (str_eqz(http_header(request, "sec-fetch-mode"), "navigate"))
        return true;
    if (str_ends(request->path, STR(".csv")) || str_ends(request->path, STR(".xlsx")))
        return false;
    if (http_header(request, "hx-request").n || http_header(request, "x-requested-with").n)
        return false;
    if (str_eqz(http_header(request, "sec-fetch-dest"), "empty"))
        return false;
    struct str accept = http_header(request, "accept");
    return !(str_find(accept, STR("application/json")) >= 0 && str_find(accept, STR("text/html")) < 0);
}

static void error_reset(struct http_response *response, const struct config *config)
{
    if (response->fd >= 0)
        (void)close(response->fd);
    response->fd = -1;
    response->fd_size = 0;
    response->static_body = NULL;
    response->static_size = 0;
    response->broken = false;
    response->header_count = 0;
    buf_clear(&response->body);
    page_headers(response, config);
}

static void answer_text(struct portal_visit *pv, const struct error_view *view)
{
    struct buf *body = &pv->visit.response->body;
    pv->visit.response->content_type = "text/plain; charset=utf-8";
    buf_printf(body, "%.*s. %.*s\n", STR_FMT(view->title), STR_FMT(view->text));
    if (view->id.n)
        buf_printf(body, "%.*s\n", STR_FMT(view->id));
}

static int retry_after(const struct err *err, int status)
{
    if (err->retry_after > 0)
        return err->retry_after;
    return status == 429 || status == 503 ? RETRY_SECONDS : 0;
}

struct str visit_wait(const struct visit *visit, int seconds)
{
    if (seconds <= 0)
        return STR_NONE;
    if (seconds < 120)
        return tr_n(visit->arena, visit->view.lang, _("Try again in {n} second."), _("Try again in {n} seconds."),
                    seconds);
    int minutes = (seconds + 59) / 60;
    return tr_n(visit->arena, visit->view.lang, _("Try again in {n} minute."), _("Try again in {n} minutes."), minutes);
}

static struct str start_of(const struct portal_visit *pv)
{
    bool staff = staff_address(pv->visit.request->path);
    if (pv->session_live)
        return staff ? STR("/staff") : STR("/");
    return staff ? STR("/staff/login") : STR("/login");
}

void error_answer(struct portal_visit *pv, const struct err *err)
{
    struct visit *visit = &pv->visit;
    struct error_text text = error_text_of(err->kind);
    int retry = retry_after(err, text.status);
    struct error_view view = {
        .title = visit_tr(visit, text.title),
        .text = visit_tr(visit, err->message ? err->message : text.text),
        .id = text.status == 500 ? visit->request->id : STR_NONE,
        .wait = visit_wait(visit, err->retry_after), /* empty if the failure does not say how long */
        .logged_in = pv->session_live,
        .start_url = start_of(pv),
    };
    error_reset(visit->response, visit->config);
    visit->response->status = text.status;
    if (retry > 0)
        http_set(visit->response, "Retry-After", arena_printf(visit->arena, "%d", retry));
    if (text.status == 401)
        http_set(visit->response, "WWW-Authenticate", STR("Cookie realm=\"Kundportal\""));
    if (!error_wants_page(visit->request)) {
        answer_text(pv, &view);
        return;
    }
    page_begin(visit, view.title);
    error_body_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
}
