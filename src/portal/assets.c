/* Style sheets, scripts, icons, the installation's colour and logo: immutable under names that hold their digest. */
#include "portal/assets.h"

#include "view/theme.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LOGO_LIMIT (512 * 1024)

/* Whether an Accept-Encoding header takes a coding; `br;q=0` does not. */
static bool accepts(struct str header, struct str coding)
{
    struct str rest = header, item;
    while (str_cut(&rest, ',', &item)) {
        struct str name, parameters = item;
        if (!str_cut(&parameters, ';', &name) || !str_eq_nocase(str_trim(name), coding))
            continue;
        struct str weight = str_trim(parameters);
        return !(str_eqz(weight, "q=0") || str_eqz(weight, "q=0.0") || str_eqz(weight, "q=0.00") ||
                 str_eqz(weight, "q=0.000"));
    }
    return false;
}

static void send_bytes(struct visit *visit, const void *bytes, size_t n, const char *media_type)
{
    visit->response->status = 200;
    visit->response->content_type = media_type;
    visit->response->static_body = bytes;
    visit->response->static_size = n;
}

/* True when the browser has it already: answered with 304. */
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
    if (asset->brotli && accepts(codings, STR("br"))) {
        http_set(visit->response, "Content-Encoding", STR("br"));
        send_bytes(visit, asset->brotli, asset->brotli_size, asset->media_type);
    } else if (asset->gzip && accepts(codings, STR("gzip"))) {
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

bool theme_page(struct visit *visit, struct err *err)
{
    const struct portal *portal = portal_of(visit)->portal;
    if (!str_eq(visit->request->path, portal->theme_path))
        return err_set(err, ERR_NOT_FOUND, NULL, "theme");
    if (!is_fresh(visit, portal->theme_path))
        send_bytes(visit, portal->theme_css.p, portal->theme_css.n, "text/css; charset=utf-8");
    return true;
}

bool logo_page(struct visit *visit, struct err *err)
{
    const struct logo *logo = &portal_of(visit)->portal->logo;
    if (!logo->path.n || !str_eq(visit->request->path, logo->path))
        return err_set(err, ERR_NOT_FOUND, NULL, "logo");
    /* An SVG opened by its own address is a document: nothing in it may run or load. */
    http_set(visit->response, "Content-Security-Policy", STR("default-src 'none'; style-src 'unsafe-inline'; sandbox"));
    if (!is_fresh(visit, logo->path))
        send_bytes(visit, logo->bytes.p, logo->bytes.n, logo->media_type);
    return true;
}

static struct str short_digest(struct arena *arena, struct str bytes)
{
    return str_slice(token_digest(arena, bytes), 0, 16);
}

static bool read_logo(struct arena *arena, struct str path, struct str *bytes, struct err *err)
{
    FILE *file = fopen(arena_z(arena, path), "rbe");
    if (!file)
        return err_errno(err, "logo");
    char *content = arena_alloc(arena, LOGO_LIMIT);
    size_t n = fread(content, 1, LOGO_LIMIT, file);
    bool whole = feof(file) != 0;
    (void)fclose(file);
    *bytes = (struct str){content, n};
    return whole || err_set(err, ERR_INVALID, NULL, "the logo is larger than 512 KiB or cannot be read");
}

bool assets_prepare(struct portal *portal, struct err *err)
{
    const struct config *config = portal->app.config;
    struct arena *arena = portal->arena;
    portal->theme_css = theme_css(arena, config->colour);
    portal->theme_path = arena_printf(arena, "/theme/%.*s.css", STR_FMT(short_digest(arena, portal->theme_css)));
    if (!config->logo_path.n)
        return true;
    if (!read_logo(arena, config->logo_path, &portal->logo.bytes, err))
        return false;
    portal->logo.media_type = config_logo_type(portal->logo.bytes);
    portal->logo.path = arena_printf(arena, "/logo/%.*s", STR_FMT(short_digest(arena, portal->logo.bytes)));
    return portal->logo.media_type || err_set(err, ERR_INVALID, NULL, "the logo is no SVG, PNG, JPEG or WebP");
}
