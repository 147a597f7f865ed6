#include "access/visibility.h"
#include "base/log.h"
#include "portal/portal.h"
#include "view/shell.html.h"

#include <string.h>

/* Most pages fit, so their buffer never has to grow. */
#define PAGE_BYTES ((size_t)24 * 1024)

static const char CONTENT_SECURITY[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
    "'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* In a preview no script runs, and no form can be sent. */
#define PREVIEW_SECURITY                                                                                               \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri "       \
    "'none'; "                                                                                                         \
    "frame-ancestors 'none'"

void page_headers(struct http_response *response, const struct config *config)
{
    http_secure(response, CONTENT_SECURITY, config->https);
}

enum lang page_language(const struct portal_visit *pv)
{
    static const char *const offered[] = {"sv", "en"};
    const struct visit *visit = &pv->visit;
    enum lang lang;
    if (lang_parse(http_cookie_get(visit->request, LANGUAGE_COOKIE), &lang) ||
        lang_parse(visit->actor.language, &lang) || lang_parse(visit->staff.language, &lang))
        return lang;
    struct str wanted = http_header(visit->request, "accept-language");
    if (!wanted.n || str_eqz(wanted, "*"))
        return visit->config->language;
    /*
     * The language of the settings comes first, so that it is chosen when the header matches no language, or both
     * equally.
     */
    bool english_first = visit->config->language == LANG_EN;
    const char *const ordered[] = {offered[english_first], offered[!english_first]};
    return lang_parse(str_of(ordered[http_accept_language(wanted, ordered, 2)]), &lang) ? lang
                                                                                        : visit->config->language;
}

struct str visit_tr(const struct visit *visit, const struct msgid *msgid)
{
    return tr(visit->view.lang, msgid);
}

bool visit_is_staff(const struct visit *visit)
{
    return visit->staff.role != STAFF_NOBODY;
}

static unsigned staff_is(const struct staff_user *staff)
{
    if (staff->role == STAFF_NOBODY || !staff->whole)
        return staff->role == STAFF_NOBODY ? 0 : WHO_HALF_STAFF;
    return staff->role == STAFF_ADMINISTRATOR ? WHO_STAFF | WHO_ADMINISTRATOR : WHO_STAFF;
}

static unsigned who_is(const struct actor *actor)
{
    switch (actor->kind) {
    case ACTOR_CONTACT:
        return WHO_CONTACT | (may_see_dashboards(actor) ? WHO_LINKED : 0u) |
               (may_see_specifications(actor) ? WHO_PAYER : 0u);
    case ACTOR_CUSTOMER:
        return WHO_CUSTOMER;
    case ACTOR_OBJECT:
        return WHO_OBJECT;
    case ACTOR_NOBODY:
        break;
    }
    return 0;
}

bool page_is_on(const struct config *config, unsigned route_flags)
{
    return (config->page_new_case || !(route_flags & ROUTE_NEW_CASE)) &&
           (config->page_actions || !(route_flags & ROUTE_ACTIONS)) &&
           (config->page_invoices || !(route_flags & ROUTE_INVOICES)) &&
           (config->page_files || !(route_flags & ROUTE_FILES)) &&
           (config->page_dashboards || !(route_flags & ROUTE_DASHBOARDS));
}

bool login_kind_is_on(const struct config *config, enum actor_kind kind)
{
    switch (kind) {
    case ACTOR_CONTACT:
        return config->login_contact;
    case ACTOR_CUSTOMER:
        return config->login_customer;
    case ACTOR_OBJECT:
        return config->login_object;
    case ACTOR_NOBODY:
        break;
    }
    return false;
}

bool page_may(const struct visit *visit, unsigned who)
{
    return (who & WHO_ANYBODY) || (who & (who_is(&visit->actor) | staff_is(&visit->staff)));
}

/*
 * Marks the menu entry with the longest address that this page's address begins with. Pages without an entry, such as
 * /staff/find, are not those of the start page /staff.
 */
static void mark_current(struct menu_item *items, size_t count, struct str path)
{
    struct menu_item *best = NULL;
    for (size_t i = 0; i < count; i++) {
        struct str start = items[i].path;
        bool below = path.n > start.n && path.p[start.n] == '/' && !str_eqz(start, "/staff");
        bool within = str_starts(path, start) && (path.n == start.n || below);
        if (within && (!best || start.n > best->path.n))
            best = &items[i];
    }
    if (best)
        best->current = true;
}

static bool answers_well(const struct portal_visit *pv)
{
    return pv->visit.response->status == 0 || pv->visit.response->status == 200;
}

/* A menu without a number is better than no page, so a failure is only logged. */
static struct str waiting_text(struct visit *visit, const struct feature_menu *entry)
{
    int64_t waiting = 0;
    struct err err = {.kind = ERR_NONE};
    if (!entry->count || !visit->db)
        return STR_NONE;
    if (!entry->count(visit, &waiting, &err)) {
        log_event(LOG_ERROR, "menu_count_failed", LOG_Z("path", entry->path), LOG_Z("detail", err.detail));
        return STR_NONE;
    }
    return waiting > 99 ? STR("99+") : waiting ? fmt_int(visit->arena, visit->view.lang, waiting) : STR_NONE;
}

/* Returns the heading above an entry that begins a section of the staff menu. */
static struct str menu_section(const struct visit *visit, int before, int order)
{
    static const struct {
        int from;
        const struct msgid *label;
    } sections[] = {{160, _("Tools")}, {130, _("Registers")}};
    for (size_t i = 0; visit->staff.role != STAFF_NOBODY && i < sizeof sections / sizeof *sections; i++) {
        if (order >= sections[i].from)
            return before < sections[i].from ? visit_tr(visit, sections[i].label) : STR_NONE;
    }
    return STR_NONE;
}

/* `f` belongs to the search field. Letters that Chrome and Firefox use themselves are left out. */
const struct access_key access_keys[] = {
    {"/staff", "i"},          {"/staff/cases/new", "n"}, {"/staff/cases", "s"},
    {"/staff/invoices", "u"}, {"/staff/customers", "k"}, {"/staff/objects", "o"},
    {"/staff/contacts", "p"}, {"/staff/accounts", "l"},  {"/staff/help", "h"},
};
const size_t access_key_count = sizeof access_keys / sizeof *access_keys;

static const char *access_key_of(const char *path)
{
    if (!staff_address(str_of(path)))
        return NULL;
    for (size_t i = 0; i < access_key_count; i++) {
        if (str_eqz(str_of(path), access_keys[i].path))
            return access_keys[i].key;
    }
    return NULL;
}

/* The bar of phones: the places that people go to most, with names that fit. All others stand under More. */
static const struct {
    const char *path;
    const struct msgid *label; /* NULL: that of the menu */
} BAR[] = {{"/", NULL}, {"/cases", NULL}, {"/cases/new", _("Report (bar)")}};

static bool is_of_bar(struct str path)
{
    for (size_t i = 0; i < sizeof BAR / sizeof *BAR; i++) {
        if (str_eqz(path, BAR[i].path))
            return true;
    }
    return false;
}

static void fill_bar(struct portal_visit *pv)
{
    struct shell *shell = &pv->shell;
    struct arena *arena = pv->visit.arena;
    struct menu_item *bar = ARENA_ARRAY(arena, struct menu_item, sizeof BAR / sizeof *BAR);
    struct menu_item *more = ARENA_ARRAY(arena, struct menu_item, shell->menu_count);
    for (size_t b = 0; b < sizeof BAR / sizeof *BAR; b++) {
        for (size_t i = 0; i < shell->menu_count; i++) {
            if (!str_eqz(shell->menu[i].path, BAR[b].path))
                continue;
            bar[shell->bar_count] = shell->menu[i];
            if (BAR[b].label)
                bar[shell->bar_count].label = visit_tr(&pv->visit, BAR[b].label);
            shell->bar_count++;
        }
    }
    for (size_t i = 0; i < shell->menu_count; i++) {
        if (is_of_bar(shell->menu[i].path))
            continue;
        shell->more_current = shell->more_current || shell->menu[i].current;
        more[shell->more_count++] = shell->menu[i];
    }
    shell->bar = bar;
    shell->more = more;
}

static void fill_menu(struct portal_visit *pv)
{
    const struct portal *portal = pv->portal;
    int before = 0;
    if (pv->visit.actor.kind == ACTOR_NOBODY && pv->visit.staff.role == STAFF_NOBODY)
        return;
    struct menu_item *items = ARENA_ARRAY(pv->visit.arena, struct menu_item, portal->menu_count);
    for (size_t i = 0; i < portal->menu_count; i++) {
        const struct feature_menu *entry = portal->menu[i];
        if (!page_may(&pv->visit, entry->who) || !page_is_on(pv->visit.config, portal->menu_flags[i]))
            continue;
        struct str path = str_of(entry->path), waiting = waiting_text(&pv->visit, entry);
        const char *query = waiting.n && entry->waiting_query ? entry->waiting_query : "";
        items[pv->shell.menu_count++] =
            (struct menu_item){.path = path,
                               .url = arena_printf(pv->visit.arena, "%.*s%s", STR_FMT(path), query),
                               .label = visit_tr(&pv->visit, entry->label),
                               .icon = entry->icon,
                               .waiting = waiting,
                               .key = access_key_of(entry->path),
                               .section = menu_section(&pv->visit, before, entry->order)};
        before = entry->order;
    }
    if (answers_well(pv)) /* an error page belongs to no entry, whatever its address is */
        mark_current(items, pv->shell.menu_count, pv->visit.request->path);
    pv->shell.menu = items;
    if (pv->visit.actor.kind != ACTOR_NOBODY)
        fill_bar(pv);
}

/* --- messages for the next page ----------------------------------------------------------------------------------- */

/* The cookie holds the msgid or text and a digest of it, so that only texts written by this program are shown. */
enum { NOTICE_MAC = 32, NOTICE_LIMIT = 400 };

void page_notice_next(struct visit *visit, const struct msgid *msgid)
{
    page_notice_text_next(visit, str_of(msgid_text(msgid)));
}

void page_notice_text_next(struct visit *visit, struct str text)
{
    size_t cap = sodium_base64_encoded_len(text.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *encoded = arena_alloc(visit->arena, cap);
    (void)sodium_bin2base64(encoded, cap, (const unsigned char *)text.p, text.n,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    struct str mac = str_slice(app_mac(visit->app, visit->arena, "notice", text), 0, NOTICE_MAC);
    struct str value = arena_printf(visit->arena, "%.*s.%s", STR_FMT(mac), encoded);
    http_cookie_set(visit->request, visit->response,
                    (struct http_cookie){.name = NOTICE_COOKIE, .value = value, .max_age = 60});
}

static struct str take_notice(struct visit *visit)
{
    struct str cookie = http_cookie_get(visit->request, NOTICE_COOKIE);
    char text[NOTICE_LIMIT + 1];
    size_t n = 0;
    if (!cookie.n)
        return STR_NONE;
    http_cookie_set(visit->request, visit->response, (struct http_cookie){.name = NOTICE_COOKIE, .max_age = -1});
    struct str encoded = str_slice(cookie, NOTICE_MAC + 1, cookie.n);
    if (sodium_base642bin((unsigned char *)text, NOTICE_LIMIT, encoded.p, encoded.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return STR_NONE;
    text[n] = '\0';
    struct str mac = str_slice(app_mac(visit->app, visit->arena, "notice", (struct str){text, n}), 0, NOTICE_MAC);
    return token_equal(mac, str_slice(cookie, 0, NOTICE_MAC)) ? arena_str(visit->arena, visit_tr(visit, _(text)))
                                                              : STR_NONE;
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

struct str page_address(struct arena *arena, const struct http_request *request)
{
    struct buf out;
    struct str rest = request->path, part;
    buf_init(&out, arena);
    while (str_cut(&rest, '/', &part)) {
        if (part.p != request->path.p)
            buf_char(&out, '/');
        buf_url_part(&out, part);
    }
    if (request->query_text.n && request->method != HTTP_POST) {
        buf_char(&out, '?');
        buf_str(&out, request->query_text);
    }
    return buf_text(&out);
}

/*
 * Returns this page's address for the language switch. A refused page or a sent form may have no page at its address.
 */
static struct str own_address(const struct portal_visit *pv)
{
    const struct http_request *request = pv->visit.request;
    if (!pv->route || !answers_well(pv))
        return STR("/");
    if (request->method == HTTP_POST)
        return routes_has_page(&pv->portal->routes, request->path) ? page_address(pv->visit.arena, request) : STR("/");
    return page_address(pv->visit.arena, request);
}

static bool serves_this_machine(const struct visit *visit)
{
    static const char *const hosts[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};
    struct str url = visit->config->base_url;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        size_t n = strlen(hosts[i]);
        if (str_starts(url, str_of(hosts[i])) && (url.n == n || url.p[n] == ':'))
            return visit->request->loopback;
    }
    return false;
}

/*
 * Tells developers without a mail server where mails are written. Shown only after a form that may cause a mail was
 * sent, and only to users of the same machine.
 */
static struct str development_note(const struct visit *visit)
{
    if (visit->staff.role == STAFF_NOBODY || visit->config->smtp_url.n || visit->request->method != HTTP_POST ||
        !answers_well(portal_of(visit)) || !serves_this_machine(visit))
        return STR_NONE;
    struct str folder = arena_printf(visit->arena, "%.*s/mail", STR_FMT(visit->config->data));
    return tr_fill(visit->arena, visit->view.lang,
                   _("No mail server is configured: mails are written as files to {1}."), &folder, 1);
}

static struct str viewing_text(const struct visit *visit)
{
    return visit->viewer.staff_id
               ? tr_fill(visit->arena, visit->view.lang,
                         _("You see the portal as {1} does. Nothing can be changed or sent from here."),
                         &visit->actor.login_name, 1)
               : STR_NONE;
}

void visit_preview(struct visit *visit, const struct config *config, const struct actor *actor, struct str logo_url,
                   struct str text)
{
    struct portal_visit *pv = portal_of(visit);
    pv->preview = text;
    pv->preview_logo_url = config->logo_bytes.n ? logo_url : STR_NONE;
    pv->session_live = actor->kind != ACTOR_NOBODY;
    visit->config = config;
    visit->actor = *actor;
    visit->staff = (struct staff_user){.role = STAFF_NOBODY};
    visit->view.csrf_token = STR_NONE;
    http_set(visit->response, "Content-Security-Policy", STR(PREVIEW_SECURITY));
}

static void dress_preview(const struct portal_visit *pv, struct shell *shell)
{
    struct str colour = pv->visit.config->colour;
    shell->preview = pv->preview;
    shell->logo_url = pv->preview_logo_url;
    shell->theme_url =
        arena_printf(pv->visit.arena, "/theme/preview-%.*s.css", STR_FMT(str_slice(colour, 1, colour.n)));
    shell->home_url = STR("/staff/configuration");
    shell->staff = false;
}

static void portal_page_begin(struct visit *visit, struct str title, bool narrow)
{
    struct portal_visit *pv = portal_of(visit);
    buf_reserve(&visit->response->body, PAGE_BYTES);
    pv->shell = (struct shell){
        .title = title,
        .portal_name = visit->config->name,
        .logo_url = pv->setup->logo.path,
        .theme_url = pv->setup->theme_path,
        .theme_colour = visit->config->colour,
        .contact_text = visit->config->contact_text[visit->view.lang],
        .user_name = visit->staff.role != STAFF_NOBODY ? visit->staff.email : visit->actor.name,
        .home_url = staff_address(visit->request->path) ? STR("/staff") : STR("/"),
        .logout_url = visit->staff.role != STAFF_NOBODY ? STR("/staff/logout") : STR("/logout"),
        .logged_in = pv->session_live,
        .viewing = viewing_text(visit),
        .staff = staff_address(visit->request->path),
        .path = own_address(pv),
        .notice = take_notice(visit),
        .development_note = narrow ? development_note(visit) : STR_NONE,
        .narrow = narrow,
    };
    if (pv->preview.n)
        dress_preview(pv, &pv->shell);
    fill_menu(pv);
    if (!visit->response->status)
        visit->response->status = 200;
    visit->view.refused = visit->response->status >= 400;
    visit->response->content_type = "text/html; charset=utf-8";
    http_set(visit->response, "Content-Language", str_of(lang_code(visit->view.lang)));
    shell_begin_html(&visit->response->body, &visit->view, &pv->shell);
    pv->content_at = visit->response->body.n;
}

void page_begin(struct visit *visit, struct str title)
{
    portal_page_begin(visit, title, false);
}

void page_begin_narrow(struct visit *visit, struct str title)
{
    portal_page_begin(visit, title, true);
}

void page_end(struct visit *visit)
{
    shell_end_html(&visit->response->body, &visit->view, &portal_of(visit)->shell);
    staff_draft_show(portal_of(visit));
}

bool visit_redirect(struct visit *visit, struct str path)
{
    http_redirect(visit->response, path);
    return true;
}

/* Accepts paths that begin with exactly one `/`: browsers read `//x` and `/\x` as another host. */
struct str visit_safe_next(struct str next)
{
    if (!next.n || next.n > NEXT_BYTES || next.p[0] != '/' || (next.n > 1 && (next.p[1] == '/' || next.p[1] == '\\')))
        return STR("/");
    for (size_t i = 0; i < next.n; i++) {
        unsigned char c = (unsigned char)next.p[i];
        if (c < 0x21 || c >= 0x7f || c == '\\')
            return STR("/");
    }
    return next;
}

struct str visit_absolute(const struct visit *visit, struct str path)
{
    return arena_printf(visit->arena, "%.*s%.*s", STR_FMT(visit->config->base_url), STR_FMT(path));
}
