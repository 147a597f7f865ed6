/*
 * Recognises browsers in which a user gave their password before. The server stores nothing: the cookie has a digest of
 * the user and their password hash, made with the portal's secret. It is no longer valid when the password changes.
 */
#include "base/random.h"
#include "staff/login/pages.h"

#define DEVICE_COOKIE "staff_device"
#define DEVICE_SECONDS (INT64_C(400) * 86400)

enum { TOKEN_BYTES = 18, TOKEN_TEXT = 24 };

static struct str device_proof_of(struct visit *visit, int64_t staff_id, struct str hash, struct str token)
{
    struct str text = arena_printf(visit->arena, "%lld %.*s %.*s", (long long)staff_id, STR_FMT(token), STR_FMT(hash));
    return app_mac(visit->app, visit->arena, DEVICE_COOKIE, text);
}

struct str staff_device(struct visit *visit, const struct staff_row *user)
{
    struct str cookie = http_cookie_get(visit->request, DEVICE_COOKIE);
    struct str token = str_slice(cookie, 0, TOKEN_TEXT), sent = str_slice(cookie, TOKEN_TEXT, cookie.n);
    if (!user->id || !user->password_hash.n)
        return STR_NONE;
    struct str right = device_proof_of(visit, user->id, user->password_hash, token);
    return token_equal(sent, right) ? token : STR_NONE;
}

void staff_device_keep(struct visit *visit, int64_t staff_id, struct str hash)
{
    struct str token = random_token(visit->arena, TOKEN_BYTES);
    struct str proof = device_proof_of(visit, staff_id, hash, token);
    http_cookie_set(
        visit->request, visit->response,
        (struct http_cookie){.name = DEVICE_COOKIE,
                             .value = arena_printf(visit->arena, "%.*s%.*s", STR_FMT(token), STR_FMT(proof)),
                             .max_age = DEVICE_SECONDS});
}
