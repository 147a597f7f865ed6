/*
 * Recognises browsers in which a user gave their password, or their second factor, before. The server stores nothing:
 * the cookie has a digest of the user and their password hash, or the secret of their second factor, made with the
 * portal's secret. It is no longer valid when that changes.
 */
#include "base/random.h"
#include "staff/login/pages.h"

#define DEVICE_SECONDS (INT64_C(400) * 86400)

enum { TOKEN_BYTES = 18, TOKEN_TEXT = 24 };

static const char *const DEVICE_COOKIES[] = {[DEVICE_PASSWORD] = "staff_device", [DEVICE_SECOND] = "staff_second"};

static struct str device_proof_of(struct visit *visit, enum device_proof proof, int64_t staff_id, struct str secret,
                                  struct str token)
{
    struct str text =
        arena_printf(visit->arena, "%lld %.*s %.*s", (long long)staff_id, STR_FMT(token), STR_FMT(secret));
    return app_mac(visit->app, visit->arena, DEVICE_COOKIES[proof], text);
}

struct str staff_device(struct visit *visit, enum device_proof proof, int64_t staff_id, struct str secret)
{
    struct str cookie = http_cookie_get(visit->request, DEVICE_COOKIES[proof]);
    struct str token = str_slice(cookie, 0, TOKEN_TEXT), sent = str_slice(cookie, TOKEN_TEXT, cookie.n);
    if (!staff_id || !secret.n)
        return STR_NONE;
    return token_equal(sent, device_proof_of(visit, proof, staff_id, secret, token)) ? token : STR_NONE;
}

void staff_device_keep(struct visit *visit, enum device_proof proof, int64_t staff_id, struct str secret)
{
    struct str token = random_token(visit->arena, TOKEN_BYTES);
    struct str digest = device_proof_of(visit, proof, staff_id, secret, token);
    http_cookie_set(
        visit->request, visit->response,
        (struct http_cookie){.name = DEVICE_COOKIES[proof],
                             .value = arena_printf(visit->arena, "%.*s%.*s", STR_FMT(token), STR_FMT(digest)),
                             .max_age = DEVICE_SECONDS});
}
