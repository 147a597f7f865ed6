/* Shows the thread of a case to customers and to staff. */
#include "base/clock.h"
#include "model/case.h"
#include "model/draft.h"
#include "parts/messages/internal.h"
#include "parts/messages/messages.h"
#include "parts/messages/messages.html.h"

#include <inttypes.h>

#define SHOWN 200

static bool thread_is_staff(const struct visit *visit)
{
    return visit->staff.role != STAFF_NOBODY;
}

/* Customers see which staff user wrote only where the settings say so. */
static struct str thread_sender(struct visit *visit, const struct message *message)
{
    struct str name = message->staff_name;
    if (!message->from_staff || thread_is_staff(visit))
        return message->who;
    return visit->config->staff_names && name.n
               ? arena_printf(visit->arena, "%.*s, %.*s", STR_FMT(name), STR_FMT(visit->config->name))
               : visit->config->name;
}

static struct message_view thread_message_view(struct visit *visit, const struct message *message)
{
    bool staff = thread_is_staff(visit);
    return (struct message_view){
        .who = thread_sender(visit, message),
        .login = staff && !message->from_staff ? message->login : STR_NONE,
        .at = instant_format_local(visit->arena, message->at),
        .machine = instant_format_machine(visit->arena, message->at),
        .body = message->body,
        .from_staff = message->from_staff,
        .asks_time = message->asks_time,
        .waiting = staff && message->waiting,
    };
}

/* Puts the oldest message first, as people read them. */
static void thread_fill_messages(struct visit *visit, const struct message_thread *thread, struct str page,
                                 struct thread_view *view)
{
    struct message_view *turned = ARENA_ARRAY(visit->arena, struct message_view, thread->count);
    for (size_t i = 0; i < thread->count; i++) {
        turned[i] = thread_message_view(visit, &thread->messages[thread->count - 1 - i]);
        if (turned[i].waiting)
            view->read_action = arena_printf(visit->arena, "%.*s/messages/read", STR_FMT(page));
    }
    view->messages = turned;
    view->count = thread->count;
}

/* Fills the form with a refused message, or with the draft that a customer wrote when their session had expired. */
static bool thread_load_typed(struct visit *visit, int64_t case_id, const struct message_refusal *refusal,
                              struct message_refusal *typed, struct str *hint, struct err *err)
{
    struct draft draft;
    struct str owner;
    *typed = refusal ? *refusal : (struct message_refusal){.body_fault = NULL};
    if (refusal || thread_is_staff(visit) || visit->viewer.staff_id)
        return true;
    if (!draft_owner(visit, &owner, err) ||
        !draft_load(visit, owner, message_draft_about(visit->arena, case_id), &draft, err))
        return false;
    if (!draft.found)
        return true;
    struct str when = instant_format_local(visit->arena, draft.updated);
    typed->body = http_param(&draft.params, "message");
    typed->name = http_param(&draft.params, "name");
    typed->asks_time = str_eqz(http_param(&draft.params, "asks_time"), "yes");
    *hint = tr_fill(visit->arena, visit->view.lang, _("Not sent yet: you wrote this {1}, when your session had ended."),
                    &when, 1);
    return true;
}

static void thread_fill_form(struct visit *visit, const struct message_refusal *typed, struct str hint,
                             struct thread_view *view)
{
    bool staff = thread_is_staff(visit);
    view->has_form = !visit->viewer.staff_id && !view->newest_url.n;
    view->has_name = !staff && visit->actor.kind != ACTOR_CONTACT;
    view->fields[0] = (struct field){.name = STR("message"),
                                     .label = visit_tr(visit, staff ? _("Message to the customer") : _("Your message")),
                                     .hint = hint,
                                     .value = typed->body,
                                     .error = typed->wait.n ? typed->wait : visit_tr(visit, typed->body_fault),
                                     .required = true,
                                     .max_length = MESSAGE_MAX,
                                     .rows = 4};
    view->fields[1] = (struct field){.name = STR("name"),
                                     .label = visit_tr(visit, _("Your name")),
                                     .hint = visit_tr(visit, _("Several people may share this login.")),
                                     .value = typed->name,
                                     .error = visit_tr(visit, typed->name_fault),
                                     .required = true,
                                     .autocomplete = "name",
                                     .max_length = MESSAGE_NAME_MAX};
    view->button = visit_tr(visit, staff ? _("Send to the customer") : _("Send the message"));
}

/* Offers customers to say that the booked time does not suit; `?time=no` has ticked that box. */
static bool thread_fill_time(struct visit *visit, int64_t case_id, const struct message_refusal *typed,
                             struct thread_view *view, struct err *err)
{
    int64_t from = 0, to = 0;
    bool ticked = typed->asks_time || str_eqz(http_param(&visit->request->query, "time"), "no");
    if (thread_is_staff(visit))
        return true;
    if (!db_find(visit->db, visit->arena,
                 "SELECT w.booked_from, COALESCE(w.booked_to, 0) FROM work_order w JOIN cases c ON c.id = w.case_id"
                 " WHERE w.case_id = $1 AND w.booked_from > $2 AND " WORK_ORDER_OPEN
                 " ORDER BY w.booked_from, w.id LIMIT 1",
                 DB_ARGS(DB_INT(case_id), DB_INT(visit->now_us)), DB_TARGETS(TO(&from), TO(&to)), &view->has_time, err))
        return false;
    struct str when = fmt_visit(visit->arena, visit->view.lang, from, to, visit->now_us);
    view->time = (struct field){
        .name = STR("asks_time"),
        .label = tr_fill(visit->arena, visit->view.lang, _("The booked time ({1}) does not suit me"), &when, 1),
        .value = ticked ? STR("yes") : STR_NONE};
    return true;
}

static void thread_fill_texts(struct visit *visit, struct thread_view *view)
{
    if (thread_is_staff(visit)) {
        view->title = visit_tr(visit, _("Messages with the customer"));
        view->lead = visit_tr(visit, _("Everybody who sees the case in the portal reads them."));
        view->empty = visit_tr(visit, _("Nobody has written anything yet."));
        return;
    }
    view->title = visit_tr(visit, _("Messages"));
    view->lead = tr_fill(visit->arena, visit->view.lang,
                         _("Between you and {1}. Everybody who sees this case reads them."), &visit->config->name, 1);
    view->empty =
        visit_tr(visit, _("No messages yet. Write here if you wonder about something, or have more to tell."));
}

/* Fills the links to older messages and to the newest. */
static void thread_fill_pages(struct visit *visit, const struct message_thread *thread, int64_t before, struct str page,
                              struct thread_view *view)
{
    if (thread->more)
        view->older_url = arena_printf(visit->arena, "%.*s?before=%" PRId64 "#case-messages", STR_FMT(page),
                                       thread->messages[thread->count - 1].id);
    if (before)
        view->newest_url = arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(page));
}

/* After a refusal the page shows the end of the thread, so `before` is ignored. */
static int64_t thread_read_before(struct visit *visit, const struct message_refusal *refusal)
{
    int64_t before = 0;
    bool given = !refusal && str_to_int(http_param(&visit->request->query, "before"), &before);
    return given && before > 0 ? before : 0;
}

/* When staff wrote the newest message and a customer is shown it, the customer has seen it. */
static bool thread_note_seen(struct visit *visit, int64_t case_id, int64_t before, const struct message_thread *thread,
                             struct err *err)
{
    bool last_word = !before && thread->count && thread->messages[0].from_staff;
    return thread_is_staff(visit) || visit->viewer.staff_id || !last_word ||
           messages_mark_seen(visit, case_id, thread->messages[0].id, err);
}

bool messages_section(struct visit *visit, int64_t case_id, struct str number, const struct message_refusal *refusal,
                      struct html *section, size_t *count, struct err *err)
{
    struct buf out;
    struct message_thread thread;
    int64_t before = thread_read_before(visit, refusal);
    struct str page = arena_printf(visit->arena, "%s%.*s", thread_is_staff(visit) ? "/staff" : "",
                                   STR_FMT(case_path(visit->arena, number)));
    struct thread_view view = {.count = 0};
    struct message_refusal typed;
    struct str hint = STR_NONE;
    if (!messages_find(visit, case_id, before, SHOWN, &thread, err))
        return false;
    int64_t all = (int64_t)thread.count;
    if (((thread.more || before) && !messages_count(visit->db, case_id, &all, err)) ||
        !thread_load_typed(visit, case_id, refusal, &typed, &hint, err) ||
        !thread_note_seen(visit, case_id, before, &thread, err) ||
        !thread_fill_time(visit, case_id, &typed, &view, err))
        return false;
    *count = (size_t)all;
    view.seen = arena_printf(visit->arena, "%" PRId64, thread.count ? thread.messages[0].id : 0);
    view.action = arena_printf(visit->arena, "%.*s/messages", STR_FMT(page));
    thread_fill_messages(visit, &thread, page, &view);
    thread_fill_pages(visit, &thread, before, page, &view);
    thread_fill_texts(visit, &view);
    if (before)
        view.empty = visit_tr(visit, _("There are no older messages."));
    thread_fill_form(visit, &typed, hint, &view);
    buf_init(&out, visit->arena);
    thread_html(&out, &visit->view, &view);
    *section = view_capture(&out);
    return true;
}
