/* Messages to staff, from the page of a case. */
#include "customer/cases/page.h"
#include "model/case.h"
#include "model/draft.h"
#include "parts/messages/messages.h"
#include "portal/address.h"

/*
 * Keeps a message whose session ran out while it was written. The answer is the same for a case that the login does not
 * see.
 */
static bool message_keep_for_login(struct visit *visit, struct str number, struct err *err)
{
    int64_t case_id = 0;
    const struct actor nobody = visit->actor;
    if (!actor_load(visit->db, visit->arena, session_expired_login(visit), &visit->actor, err))
        return false;
    visit->actor.sees_cancelled = visit->config->show_cancelled;
    bool found = visit->actor.kind != ACTOR_NOBODY && cases_find_visible(visit, visit->path_value[0], &case_id, err);
    visit->actor = nobody;
    if (!found && err->kind != ERR_NONE && err->kind != ERR_NOT_FOUND)
        return false;
    if (!found)
        *err = (struct err){.kind = ERR_NONE};
    else if (!message_keep(visit, case_id, err))
        return false;
    return draft_send_to_login(visit, messages_path(visit, number));
}

bool message_send(struct visit *visit, struct err *err)
{
    bool sent = false;
    int64_t case_id = 0;
    struct message_refusal refusal = {.body_fault = NULL};
    struct str number = address_number(visit->arena, visit->path_value[0]);
    if (visit->actor.kind == ACTOR_NOBODY)
        return message_keep_for_login(visit, number, err);
    if (!cases_find_visible(visit, visit->path_value[0], &case_id, err) ||
        !message_take(visit, case_id, number, &refusal, &sent, err))
        return false;
    return sent || case_page_show(visit, &refusal, NULL, err);
}
