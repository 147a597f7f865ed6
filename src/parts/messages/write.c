/* Handles messages that customers and staff send. */
#include "base/clock.h"
#include "model/case.h"
#include "model/draft.h"
#include "model/field.h"
#include "parts/messages/internal.h"
#include "parts/messages/messages.h"
#include "service/throttle.h"

#include <inttypes.h>

struct message_sending {
    struct visit *visit;
    bool staff;
    struct new_message message;
    struct str owner; /* whose draft it is, for customers */
};

static void message_read_form(struct message_sending *sending, struct message_refusal *refusal)
{
    struct visit *visit = sending->visit;
    const struct http_params *form = &visit->request->form;
    bool shared = !sending->staff && visit->actor.kind != ACTOR_CONTACT;
    refusal->asks_time = !sending->staff && str_eqz(http_param(form, "asks_time"), "yes");
    refusal->body = field_clean_text(visit->arena, http_param(form, "message"), true);
    if (!refusal->body.n && refusal->asks_time)
        refusal->body = visit_tr(visit, _("The booked time does not suit me."));
    refusal->name = shared ? field_clean_text(visit->arena, http_param(form, "name"), false) : STR_NONE;
    refusal->body_fault = !refusal->body.n                          ? _("Write a message.")
                          : utf8_count(refusal->body) > MESSAGE_MAX ? _("The text is too long.")
                                                                    : NULL;
    if (shared)
        refusal->name_fault = !refusal->name.n                               ? _("Fill in this field.")
                              : utf8_count(refusal->name) > MESSAGE_NAME_MAX ? _("The text is too long.")
                                                                             : NULL;
    sending->message.who = sending->staff ? visit->staff.email : shared ? refusal->name : visit->actor.name;
    sending->message.body = refusal->body;
    sending->message.asks_time = refusal->asks_time;
    if (!str_to_int(http_param(form, "seen"), &sending->message.seen))
        sending->message.seen = INT64_MAX;
}

static bool message_drop_draft(const struct message_sending *sending, struct err *err)
{
    struct visit *visit = sending->visit;
    return sending->staff ||
           draft_drop(visit->db, sending->owner, message_draft_about(visit->arena, sending->message.case_id), err);
}

static bool message_take_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct message_sending *sending = context;
    (void)conn;
    return message_drop_draft(sending, err) && message_add(sending->visit, &sending->message, err);
}

/* Limits messages, so that a script out of control cannot flood staff. */
static bool message_may_send(const struct message_sending *sending, struct message_refusal *refusal)
{
    static const struct throttle_rule PER_LOGIN = {"messages of a login", 30, 20};
    struct visit *visit = sending->visit;
    int seconds = 0;
    if (sending->staff)
        return true;
    struct str login = arena_printf(visit->arena, "%" PRId64, visit->actor.login_id);
    struct throttle_key key = throttle_key(&PER_LOGIN, login, STR_NONE);
    if (throttle_take(&key, 1, clock_monotonic_us(), &seconds))
        return true;
    struct str why = visit_tr(visit, _("Many messages have been sent in a short time. Yours is still here."));
    refusal->wait = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(why), STR_FMT(visit_wait(visit, seconds)));
    http_set(visit->response, "Retry-After", arena_printf(visit->arena, "%d", seconds));
    visit->response->status = 429;
    return false;
}

bool message_take(struct visit *visit, int64_t case_id, struct str number, struct message_refusal *refusal, bool *sent,
                  struct err *err)
{
    struct message_sending sending = {.visit = visit,
                                      .staff = visit->staff.role != STAFF_NOBODY,
                                      .message = {.case_id = case_id, .case_number = number}};
    if (!sending.staff && !draft_owner(visit, &sending.owner, err))
        return false;
    message_read_form(&sending, refusal);
    *sent = !refusal->body_fault && !refusal->name_fault;
    if (!*sent) {
        visit->response->status = 400;
        return refusal->body.n ||
               message_drop_draft(&sending, err); /* an empty message means that the draft is no longer wanted */
    }
    *sent = message_may_send(&sending, refusal);
    return !*sent || (db_transaction(visit->db, message_take_body, &sending, err) &&
                      messages_go_back(visit, number, _("The message is sent.")));
}

struct str messages_path(struct visit *visit, struct str number)
{
    return arena_printf(visit->arena, "%s%.*s#case-messages", visit->staff.role != STAFF_NOBODY ? "/staff" : "",
                        STR_FMT(case_path(visit->arena, number)));
}

bool messages_go_back(struct visit *visit, struct str number, const struct msgid *notice)
{
    page_notice_next(visit, notice);
    return visit_redirect(visit, messages_path(visit, number));
}

/* --- drafts of customers ------------------------------------------------------------------------------------------ */

struct str message_draft_about(struct arena *arena, int64_t case_id)
{
    return arena_printf(arena, "case %" PRId64, case_id);
}

bool message_keep(struct visit *visit, int64_t case_id, struct err *err)
{
    static const char *const NAMES[] = {"message", "name", "asks_time"};
    struct http_param items[3];
    struct http_params typed = {.items = items};
    struct str owner;
    for (size_t i = 0; i < 3; i++)
        items[typed.count++] = (struct http_param){str_of(NAMES[i]), http_param(&visit->request->form, NAMES[i])};
    if (!str_trim(items[0].value).n)
        return true;
    return draft_owner(visit, &owner, err) &&
           draft_keep(visit, owner, message_draft_about(visit->arena, case_id), &typed, err);
}
