#include "customer/cases/follow.h"

#include "model/case.h"
#include "model/follower.h"

static bool follow_set(struct visit *visit, struct str part, bool follows, struct err *err)
{
    int64_t id = 0;
    return cases_find_visible(visit, part, &id, err) && follower_set(visit, id, follows, err);
}

/* Nobody is mailed at a shared login. */
bool follow_begin(struct visit *visit, struct str part, bool typed, struct err *err)
{
    if (!follow_set(visit, part, true, err))
        return false;
    page_notice_next(visit, typed ? _("You follow the case. What you wrote is kept as a draft.")
                            : visit->actor.kind == ACTOR_CONTACT
                                ? _("You follow the case: you get its mails, and find it under Cases, Following.")
                                : _("You follow the case: you find it under Cases, Following."));
    return true;
}

bool case_follow(struct visit *visit, struct err *err)
{
    struct str part = visit->path_value[0];
    if (!str_eqz(http_param(&visit->request->form, "follow"), "no")) {
        if (!follow_begin(visit, part, false, err))
            return false;
    } else {
        if (!follow_set(visit, part, false, err))
            return false;
        page_notice_next(visit, _("You no longer follow the case."));
    }
    return visit_redirect(visit, arena_printf(visit->arena, "/cases/%.*s", STR_FMT(part)));
}
