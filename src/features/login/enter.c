#include "features/login/enter.h"

#include "base/random.h"

#define DEVICE_COOKIE "device"
#define DEVICE_COOKIE_SECONDS (INT64_C(400) * 86400)

enum { DEVICE_BYTES = 18, DEVICE_TEXT = 24 };

struct str device_token(const struct visit *visit)
{
    struct str token = http_cookie_get(visit->request, DEVICE_COOKIE);
    return token.n == DEVICE_TEXT ? token : random_token(visit->arena, DEVICE_BYTES);
}

void device_keep(struct visit *visit, struct str token)
{
    http_cookie_set(visit->request, visit->response,
                    (struct http_cookie){.name = DEVICE_COOKIE, .value = token, .max_age = DEVICE_COOKIE_SECONDS});
}

bool enter(struct visit *visit, const struct login_row *login, struct str new_hash, struct str device, bool *entered,
           struct err *err)
{
    if (!login_note_success(visit->db, login, new_hash, visit->now_us, entered, err))
        return false;
    return !*entered || (device_note(visit->db, visit->arena, device, login->id, visit->now_us, err) &&
                         session_begin(visit, login->id, err));
}
