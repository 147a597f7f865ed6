#include "portal/quota.h"

#include "base/clock.h"
#include "base/log.h"
#include "portal/portal.h"
#include "service/throttle.h"

enum { HOUR_SECONDS = 3600, DAY_SECONDS = 24 * HOUR_SECONDS };

/* The rules only name the counts; the settings have the numbers. */
static const struct throttle_rule QUOTA_RULES[] = {
    [QUOTA_CASES] = {"cases of a login", 0, 0},
    [QUOTA_UPLOADS] = {"files sent by a login", 0, 0},
    [QUOTA_DRAFTS] = {"drafts of a login", 0, 0},
    [QUOTA_EXPORTS] = {"files made for a login", 0, 0},
};

static const struct msgid *const QUOTA_TEXTS[] = {
    [QUOTA_CASES] = _("Many cases have been reported with this login in a short time. What you wrote is still here."),
    [QUOTA_UPLOADS] = _("Much has been attached with this login in a short time, so the files were left out. What you "
                        "wrote is still here."),
    [QUOTA_DRAFTS] = _("Much has been written with this login in a short time."),
    [QUOTA_EXPORTS] = _("Many files have been fetched with this login in a short time."),
};

/* A personal account that is linked to no contact: anybody may have registered it. */
static bool is_unlinked(const struct visit *visit)
{
    return visit->actor.kind == ACTOR_CONTACT && !visit->actor.contact_id;
}

static int64_t quota_limit(const struct visit *visit, enum quota quota)
{
    const struct config *config = visit->config;
    switch (quota) {
    case QUOTA_CASES:
        return is_unlinked(visit) ? config->unlinked_cases_per_hour : config->cases_per_hour;
    case QUOTA_UPLOADS:
        return is_unlinked(visit) ? config->unlinked_upload_bytes_per_day : config->upload_bytes_per_day;
    case QUOTA_DRAFTS:
        return config->draft_bytes_per_day;
    case QUOTA_EXPORTS:
        break;
    }
    return config->exports_per_hour;
}

static struct str quota_owner(struct visit *visit)
{
    int64_t login = visit->actor.login_id ? visit->actor.login_id : session_expired_login(visit);
    int64_t staff_id = visit->staff.id ? visit->staff.id : staff_session_expired(visit);
    return staff_id ? arena_printf(visit->arena, "staff %lld", (long long)staff_id)
                    : arena_printf(visit->arena, "login %lld", (long long)login);
}

bool quota_take(struct visit *visit, enum quota quota, int64_t amount, struct err *err)
{
    struct throttle_key key = throttle_key(&QUOTA_RULES[quota], quota_owner(visit), STR_NONE);
    int window_seconds = quota == QUOTA_UPLOADS || quota == QUOTA_DRAFTS ? DAY_SECONDS : HOUR_SECONDS, retry_after = 0;
    if (throttle_take_amount(key, amount, quota_limit(visit, quota), window_seconds, clock_monotonic_us(),
                             &retry_after))
        return true;
    log_event(LOG_WARN, "quota_reached", LOG_Z("quota", QUOTA_RULES[quota].name),
              LOG_I("login", visit->actor.login_id));
    (void)err_set(err, ERR_THROTTLED, QUOTA_TEXTS[quota], "%s", QUOTA_RULES[quota].name);
    err->retry_after = retry_after;
    return false;
}

bool quota_answer(struct visit *visit, const struct err *err, struct str *text)
{
    if (err->kind != ERR_THROTTLED || !err->message)
        return false;
    visit->response->status = 429;
    http_set(visit->response, "Retry-After", arena_printf(visit->arena, "%d", err->retry_after));
    *text = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(visit_tr(visit, err->message)),
                         STR_FMT(visit_wait(visit, err->retry_after)));
    return true;
}
