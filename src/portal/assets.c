/*
 * Serves style sheets, scripts, icons, and the installation's theme and logo. Their names contain a digest, so they
 * never change and browsers may cache them forever.
 */
#include "portal/assets.h"

#include "portal/manifest.html.h"
#include "service/app_icon.h"
#include "view/theme.h"

#include <ctype.h>

#define PREVIEW "preview-"
#define PREVIEW_LENGTH (sizeof PREVIEW - 1)
#define DIGEST_LENGTH 16

static void send_bytes(struct visit *visit, const void *bytes, size_t n, const char *media_type)
{
    visit->response->status = 200;
    visit->response->content_type = media_type;
    visit->response->static_body = bytes;
    visit->response->static_size = n;
}

/* Returns true, and answers with 304, if the browser already has the file. */
static bool is_fresh(struct visit *visit, struct str path)
{
    struct str tag = arena_printf(visit->arena, "\"%.*s\"", STR_FMT(path));
    http_set(visit->response, "Cache-Control", STR("public, max-age=31536000, immutable"));
    http_set(visit->response, "ETag", tag);
    if (str_find(http_header(visit->request, "if-none-match"), tag) < 0)
        return false;
    visit->response->status = 304;
    return true;
}

static bool send_asset(struct visit *visit, const struct asset *asset, struct err *err)
{
    struct str codings = http_header(visit->request, "accept-encoding");
    if (!asset)
        return err_set(err, ERR_NOT_FOUND, NULL, "asset");
    http_set(visit->response, "Vary", STR("Accept-Encoding"));
    if (is_fresh(visit, str_of(asset->path)))
        return true;
    if (asset->brotli && http_accepts_coding(codings, STR("br"))) {
        http_set(visit->response, "Content-Encoding", STR("br"));
        send_bytes(visit, asset->brotli, asset->brotli_size, asset->media_type);
    } else if (asset->gzip && http_accepts_coding(codings, STR("gzip"))) {
        http_set(visit->response, "Content-Encoding", STR("gzip"));
        send_bytes(visit, asset->gzip, asset->gzip_size, asset->media_type);
    } else {
        send_bytes(visit, asset->plain, asset->plain_size, asset->media_type);
    }
    return true;
}

bool asset_page(struct visit *visit, struct err *err)
{
    return send_asset(visit, asset_find(visit->request->path), err);
}

bool favicon_page(struct visit *visit, struct err *err)
{
    struct str path = asset_url("favicon.svg");
    if (!path.n)
        return err_set(err, ERR_NOT_FOUND, NULL, "asset");
    return visit_redirect(visit, path);
}

/* A drawing (SVG) opened at its own address is a document, so nothing in it may run or load. */
void visit_send_logo(struct visit *visit, struct str bytes)
{
    http_set(visit->response, "Content-Security-Policy", STR("default-src 'none'; style-src 'unsafe-inline'; sandbox"));
    send_bytes(visit, bytes.p, bytes.n, config_logo_type(bytes));
}

static bool assets_is_hex(struct str text, size_t n)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!isxdigit((unsigned char)text.p[i]))
            return false;
    }
    return text.n == n;
}

/* `preview-1d5b8f`: the theme for a colour in a preview. */
static bool preview_theme(struct visit *visit, struct str colour, struct err *err)
{
    if (!assets_is_hex(colour, 6))
        return err_set(err, ERR_NOT_FOUND, NULL, "theme");
    struct str css = theme_css(visit->arena, arena_printf(visit->arena, "#%.*s", STR_FMT(colour)));
    send_bytes(visit, css.p, css.n, "text/css; charset=utf-8");
    return true;
}

/*
 * A page made before the settings changed, or by a node with newer settings, asks for another digest. Redirect it to
 * the theme or logo of this process.
 */
static bool lead_to(struct visit *visit, struct str path, struct err *err)
{
    if (!path.n || !assets_is_hex(visit->path_value[0], DIGEST_LENGTH))
        return err_set(err, ERR_NOT_FOUND, NULL, "no such digest");
    return visit_redirect(visit, path);
}

bool theme_page(struct visit *visit, struct err *err)
{
    const struct setup *setup = portal_of(visit)->setup;
    struct str digest = visit->path_value[0];
    if (str_starts(digest, STR(PREVIEW)))
        return preview_theme(visit, str_slice(digest, PREVIEW_LENGTH, digest.n), err);
    if (!str_eq(visit->request->path, setup->theme_path))
        return lead_to(visit, setup->theme_path, err);
    if (!is_fresh(visit, setup->theme_path))
        send_bytes(visit, setup->theme_css.p, setup->theme_css.n, "text/css; charset=utf-8");
    return true;
}

bool logo_page(struct visit *visit, struct err *err)
{
    const struct logo *logo = &portal_of(visit)->setup->logo;
    if (!str_eq(visit->request->path, logo->path))
        return lead_to(visit, logo->path, err);
    if (!is_fresh(visit, logo->path))
        visit_send_logo(visit, logo->bytes);
    return true;
}

/* --- the portal as an app on the home screen ---------------------------------------------------------------------- */

/* Returns the first character of the name, which is valid UTF-8. */
static struct str first_letter(struct str name)
{
    size_t n = name.n > 0;
    while (n < name.n && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n++;
    return str_slice(name, 0, n);
}

bool app_icon_page(struct visit *visit, struct err *err)
{
    (void)err;
    app_icon_html(&visit->response->body, &visit->view, visit->config->colour, first_letter(visit->config->name));
    visit->response->status = 200;
    visit->response->content_type = "image/svg+xml";
    http_set(visit->response, "Cache-Control", STR("public, max-age=3600"));
    return true;
}

/* The sizes that the manifest and the pages name. */
bool app_icon_picture(struct visit *visit, struct err *err)
{
    static const char *const NAMES[APP_ICON_SIZES] = {
        [APP_ICON_180] = "180", [APP_ICON_192] = "192", [APP_ICON_512] = "512"};
    const struct config *config = visit->config;
    for (enum app_icon_size i = APP_ICON_180; i < APP_ICON_SIZES; i++) {
        if (!str_eqz(visit->path_value[0], NAMES[i]))
            continue;
        visit->response->status = 200;
        visit->response->content_type = "image/png";
        http_set(visit->response, "Cache-Control", STR("public, max-age=3600"));
        return app_icon_draw(config->colour, first_letter(config->name), i, &visit->response->body, err);
    }
    return err_set(err, ERR_NOT_FOUND, NULL, "no icon of this size");
}

static void manifest_add(struct buf *out, const char *name, struct str value)
{
    buf_z(out, out->n ? ",\"" : "{\"");
    buf_z(out, name);
    buf_z(out, "\":");
    buf_json(out, value);
}

#define ICON(src, type, sizes, purpose)                                                                                \
    "{\"src\":\"" src "\",\"type\":\"" type "\",\"sizes\":\"" sizes "\",\"purpose\":\"" purpose "\"}"

bool manifest_page(struct visit *visit, struct err *err)
{
    struct buf *out = &visit->response->body;
    (void)err;
    manifest_add(out, "name", visit->config->name);
    manifest_add(out, "short_name", visit->config->name);
    manifest_add(out, "lang", str_of(lang_code(visit->config->language)));
    manifest_add(out, "id", STR("/"));
    manifest_add(out, "start_url", STR("/"));
    manifest_add(out, "scope", STR("/"));
    manifest_add(out, "display", STR("standalone"));
    manifest_add(out, "theme_color", visit->config->colour);
    manifest_add(out, "background_color", STR("#ffffff"));
    buf_z(out, ",\"icons\":[" ICON("/app-icon.svg", "image/svg+xml", "any", "any") "," ICON(
                   "/app-icon/192.png", "image/png", "192x192",
                   "any") "," ICON("/app-icon/512.png", "image/png", "512x512",
                                   "any") "," ICON("/app-icon/512.png", "image/png", "512x512", "maskable") "]}\n");
    visit->response->status = 200;
    visit->response->content_type = "application/manifest+json";
    http_set(visit->response, "Cache-Control", STR("public, max-age=3600"));
    return true;
}
