#include "customer/login/enter.h"

#include "base/random.h"
#include "service/audit.h"

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

bool login_audit(struct visit *visit, const struct login_row *login, const char *action, struct err *err)
{
    const struct audit_entry entry = {.kind = AUDIT_LOGIN,
                                      .who_id = login->id,
                                      .who = login->name.n ? login->name : login->email,
                                      .action = action,
                                      .client = visit->request->client};
    return audit_add(visit->db, &entry, visit->now_us, err);
}

bool enter(struct visit *visit, const struct login_row *login, struct str new_hash, struct str device, bool *entered,
           struct err *err)
{
    if (!login_note_success(visit->db, login, new_hash, visit->now_us, entered, err))
        return false;
    return !*entered || (device_note(visit->db, visit->arena, device, login->id, visit->now_us, err) &&
                         session_begin(visit, login->id, err) && login_audit(visit, login, "login", err));
}
