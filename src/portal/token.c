#include "base/digest.h"
#include "base/random.h"
#include "portal/portal.h"
#include "portal/setting.h"

#include <string.h>

enum { SECRET_BYTES = 32 };

static bool secret_decode(struct arena *arena, struct str hex, struct str *secret)
{
    unsigned char *bytes = arena_alloc(arena, SECRET_BYTES);
    size_t n = 0;
    if (sodium_hex2bin(bytes, SECRET_BYTES, hex.p, hex.n, NULL, &n, NULL) != 0 || n != SECRET_BYTES)
        return false;
    *secret = (struct str){(const char *)bytes, n};
    return true;
}

bool secret_load(struct db_conn *conn, struct arena *arena, struct str *secret, struct err *err)
{
    unsigned char fresh[SECRET_BYTES];
    struct str kept;
    random_bytes(fresh, sizeof fresh);
    /* Several nodes may start at the same time on a new database: all use the first secret that was saved. */
    if (!setting_save_first(conn, "secret", hex_of_bytes(arena, fresh, sizeof fresh), err) ||
        !setting_load(conn, arena, "secret", &kept, err))
        return false;
    return secret_decode(arena, kept, secret) ||
           err_set(err, ERR_INTERNAL, NULL, "the secret in table setting is damaged");
}

struct str app_mac(const struct app *app, struct arena *arena, const char *purpose, struct str text)
{
    crypto_generichash_state state;
    unsigned char digest[crypto_generichash_BYTES];
    (void)crypto_generichash_init(&state, (const unsigned char *)app->secret.p, app->secret.n, sizeof digest);
    (void)crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    (void)crypto_generichash_update(&state, (const unsigned char *)text.p, text.n);
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    return hex_of_bytes(arena, digest, sizeof digest);
}

bool token_equal(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static struct str session_csrf(const struct portal_visit *pv)
{
    return app_mac(pv->visit.app, pv->visit.arena, "csrf-session", pv->session_token);
}

static struct str visitor_csrf(const struct portal_visit *pv)
{
    return app_mac(pv->visit.app, pv->visit.arena, "csrf-visitor", pv->visitor_token);
}

struct str csrf_token(struct portal_visit *pv)
{
    if (pv->session_live)
        return session_csrf(pv);
    if (!pv->visitor_token.n) {
        pv->visitor_token = random_token(pv->visit.arena, 18);
        http_cookie_set(pv->visit.request, pv->visit.response,
                        (struct http_cookie){.name = VISITOR_COOKIE, .value = pv->visitor_token});
    }
    return visitor_csrf(pv);
}

bool csrf_right(const struct portal_visit *pv)
{
    struct str sent = http_param(&pv->visit.request->form, "csrf_token");
    if (pv->session_token.n && token_equal(sent, session_csrf(pv)))
        return true;
    bool open = (pv->route->who & WHO_ANYBODY) != 0;
    return open && pv->visitor_token.n && token_equal(sent, visitor_csrf(pv));
}

/* Returns the part of an origin after `://`. */
static struct str origin_authority(struct str origin)
{
    ptrdiff_t at = str_find(origin, STR("://"));
    return at < 0 ? STR_NONE : str_slice(origin, (size_t)at + 3, origin.n);
}

bool csrf_cross_site(const struct http_request *request, const struct config *config)
{
    if (str_eqz(http_header(request, "sec-fetch-site"), "cross-site"))
        return true;
    struct str authority = origin_authority(http_header(request, "origin"));
    return authority.n && !str_eq_nocase(authority, http_header(request, "host")) &&
           !str_eq_nocase(authority, origin_authority(config->base_url));
}
