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

struct mac {
    unsigned char bytes[crypto_generichash_BYTES];
};

static struct mac mac_make(const struct app *app, const char *purpose, struct str text)
{
    crypto_generichash_state state;
    struct mac mac;
    (void)crypto_generichash_init(&state, (const unsigned char *)app->secret.p, app->secret.n, sizeof mac.bytes);
    (void)crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    (void)crypto_generichash_update(&state, (const unsigned char *)text.p, text.n);
    (void)crypto_generichash_final(&state, mac.bytes, sizeof mac.bytes);
    return mac;
}

struct str app_mac(const struct app *app, struct arena *arena, const char *purpose, struct str text)
{
    struct mac mac = mac_make(app, purpose, text);
    return hex_of_bytes(arena, mac.bytes, sizeof mac.bytes);
}

bool token_equal(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static struct mac session_csrf(const struct portal_visit *pv)
{
    return mac_make(pv->visit.app, "csrf-session", pv->session_token);
}

static struct mac visitor_csrf(const struct portal_visit *pv)
{
    return mac_make(pv->visit.app, "csrf-visitor", pv->visitor_token);
}

/*
 * A token as it stands in a page: random bytes, and the token with these bytes over it (exclusive or). It is another
 * text in each page, so the length of a compressed page says nothing about the token.
 */
struct masked {
    struct mac pad, covered;
};

static struct str token_mask(struct arena *arena, struct mac token)
{
    enum { CAP = sodium_base64_ENCODED_LEN(sizeof(struct masked), sodium_base64_VARIANT_URLSAFE_NO_PADDING) };
    struct masked masked;
    random_bytes(masked.pad.bytes, sizeof masked.pad.bytes);
    for (size_t i = 0; i < sizeof token.bytes; i++)
        masked.covered.bytes[i] = masked.pad.bytes[i] ^ token.bytes[i];
    char *text = arena_alloc(arena, CAP);
    return str_of(sodium_bin2base64(text, CAP, (const unsigned char *)&masked, sizeof masked,
                                    sodium_base64_VARIANT_URLSAFE_NO_PADDING));
}

static bool token_unmask(struct str text, struct mac *token)
{
    struct masked masked;
    size_t n = 0;
    if (sodium_base642bin((unsigned char *)&masked, sizeof masked, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n != sizeof masked)
        return false;
    for (size_t i = 0; i < sizeof token->bytes; i++)
        token->bytes[i] = masked.pad.bytes[i] ^ masked.covered.bytes[i];
    return true;
}

static bool mac_equal(struct mac a, struct mac b)
{
    return sodium_memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

struct str csrf_token(struct portal_visit *pv)
{
    if (pv->session_live)
        return token_mask(pv->visit.arena, session_csrf(pv));
    if (!pv->visitor_token.n) {
        pv->visitor_token = random_token(pv->visit.arena, 18);
        http_cookie_set(pv->visit.request, pv->visit.response,
                        (struct http_cookie){.name = VISITOR_COOKIE, .value = pv->visitor_token});
    }
    return token_mask(pv->visit.arena, visitor_csrf(pv));
}

bool csrf_right(const struct portal_visit *pv)
{
    struct mac sent;
    if (!token_unmask(http_param(&pv->visit.request->form, "csrf_token"), &sent))
        return false;
    if (pv->session_token.n && mac_equal(sent, session_csrf(pv)))
        return true;
    bool open = (pv->route->who & WHO_ANYBODY) != 0;
    return open && pv->visitor_token.n && mac_equal(sent, visitor_csrf(pv));
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

bool csrf_same_site(const struct http_request *request)
{
    struct str authority = origin_authority(http_header(request, "origin"));
    return str_eqz(http_header(request, "sec-fetch-site"), "same-origin") ||
           (authority.n && str_eq_nocase(authority, http_header(request, "host")));
}
