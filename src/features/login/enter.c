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

static struct str wait_text(const struct visit *visit, int seconds)
{
    if (seconds < 120)
        return tr_n(visit->arena, visit->view.lang, "Try again in {n} second.", "Try again in {n} seconds.", seconds);
    int minutes = (seconds + 59) / 60;
    return tr_n(visit->arena, visit->view.lang, "Try again in {n} minute.", "Try again in {n} minutes.", minutes);
}

bool answer_wait(struct visit *visit, const struct err *err, struct str *text)
{
    if (err->kind != ERR_THROTTLED && err->kind != ERR_BUSY)
        return false;
    bool throttled = err->kind == ERR_THROTTLED;
    struct str why = visit_tr(visit, throttled ? _("There have been too many attempts.")
                                               : _("Very many people are logging in right now."));
    int seconds = err->retry_after > 0 ? err->retry_after : 5;
    visit->response->status = throttled ? 429 : 503;
    http_set(visit->response, "Retry-After", arena_printf(visit->arena, "%d", seconds));
    *text = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(why), STR_FMT(wait_text(visit, seconds)));
    return true;
}
