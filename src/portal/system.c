/* The portal's own addresses: health, metrics, language and assets. None of them needs a login. */
#include "portal/accessibility.h"
#include "portal/assets.h"

#include "base/clock.h"
#include "service/password.h"

static bool answer_plain(struct visit *visit, int status, const char *text)
{
    visit->response->status = status;
    visit->response->content_type = "text/plain; charset=utf-8";
    buf_z(&visit->response->body, text);
    return true;
}

static bool database_answers(struct visit *visit)
{
    struct err err;
    int64_t one = 0;
    struct db_conn *conn = db_acquire(visit->app->db, &err);
    bool ok = conn && db_query_int(conn, "SELECT count(*) FROM generation", DB_NO_ARGS, NULL, &one, &err) && one > 0;
    db_release(conn);
    return ok;
}

static bool health_page(struct visit *visit, struct err *err)
{
    (void)err;
    bool ok = database_answers(visit);
    return answer_plain(visit, ok ? 200 : 503, ok ? "ok" : "the database does not answer");
}

static bool count_extra(const struct visit *visit, struct db_conn *conn, struct metrics_extra *extra, struct err *err)
{
    return db_query_int(conn, "SELECT count(*) FROM mail WHERE state = 'queued'", DB_NO_ARGS, NULL, &extra->mail_queued,
                        err) &&
           db_query_int(conn, "SELECT count(*) FROM mail WHERE state = 'failed'", DB_NO_ARGS, NULL, &extra->mail_failed,
                        err) &&
           db_query_int(conn, "SELECT count(*) FROM session WHERE last_seen > $1",
                        DB_ARGS(DB_INT(visit->now_us - visit->config->session_idle_minutes * 60 * US_PER_SECOND)), NULL,
                        &extra->sessions, err);
}

static bool metrics_page(struct visit *visit, struct err *err)
{
    struct portal *portal = portal_of(visit)->portal;
    const struct http_server *server = portal->server;
    struct metrics_extra extra = {.http = server ? http_stats(server) : (struct http_stats){0}};
    if (!visit->request->loopback && !str_eqz(visit->config->metrics_from, "any"))
        return err_set(err, ERR_NOT_FOUND, NULL, "metrics are for loopback");
    struct db_conn *conn = db_acquire(visit->app->db, err);
    bool counted = conn && count_extra(visit, conn, &extra, err);
    extra.passwords_waiting = (int64_t)password_waiting();
    extra.writers = db_writers(visit->app->db);
    db_release(conn);
    if (!counted)
        return false;
    visit->response->status = 200;
    visit->response->content_type = "text/plain; version=0.0.4; charset=utf-8";
    metrics_write(&portal->metrics, &extra, &visit->response->body);
    return true;
}

static bool language_page(struct visit *visit, struct err *err)
{
    enum lang lang;
    struct str wanted = http_param(&visit->request->query, "lang");
    (void)err;
    if (lang_parse(wanted, &lang))
        http_cookie_set(visit->request, visit->response,
                        (struct http_cookie){.name = LANGUAGE_COOKIE,
                                             .value = str_of(lang_code(lang)),
                                             .max_age = INT64_C(365) * 86400});
    return visit_redirect(visit, visit_safe_next(http_param(&visit->request->query, "next")));
}

static bool robots_page(struct visit *visit, struct err *err)
{
    (void)err;
    return answer_plain(visit, 200, "User-agent: *\nDisallow: /\n");
}

static const struct route routes[] = {
    {"GET", "/healthz", health_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/metrics", metrics_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/language", language_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/robots.txt", robots_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/accessibility", accessibility_page, WHO_ANYBODY, 0},
    {"GET", "/favicon.ico", favicon_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/assets/{name}", asset_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/theme/{digest}.css", theme_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/manifest.webmanifest", manifest_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/app-icon.svg", app_icon_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/app-icon/{size}.png", app_icon_picture, WHO_ANYBODY, ROUTE_NO_DB},
    {"GET", "/logo/{digest}", logo_page, WHO_ANYBODY, ROUTE_NO_DB},
    {"POST", "/staff/drafts", staff_draft_save, WHO_STAFF, ROUTE_KEEP_EXPIRED | ROUTE_QUIET},
    {"POST", "/staff/drafts/discard", staff_draft_discard, WHO_STAFF, 0},
};

const struct feature portal_feature = {
    .name = "portal",
    FEATURE_ROUTES(routes),
    .upkeep = session_upkeep,
};
