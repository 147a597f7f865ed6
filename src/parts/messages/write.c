/* Writing a message, by customers and by staff, and marking what customers wrote as read. */
#include "parts/messages/write.h"

#include "base/clock.h"
#include "customer/cases/cases.h"
#include "model/case.h"
#include "model/draft.h"
#include "model/notice.h"
#include "parts/messages/messages.h"
#include "service/throttle.h"
#include "staff/work/work.h"

#include <inttypes.h>

struct writing {
    struct visit *visit;
    int64_t case_id;
    struct str number;
    bool staff;
    struct str who, body;
    int64_t seen;    /* the newest message that the form was shown with */
    bool seen_given; /* programs may leave it out */
    struct str key;
    struct str owner; /* of the customer's draft */
};

/* --- what was sent ------------------------------------------------------------------------------------------------------------------------- */

/* Line ends as we store them, without control characters; `lines` false: all on one line. */
static struct str clean(struct arena *arena, struct str typed, bool lines)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < typed.n; i++) {
        unsigned char c = (unsigned char)typed.p[i];
        if (c == '\n')
            buf_char(&out, lines ? '\n' : ' ');
        else if ((c >= 0x20 && c != 0x7f) || c == '\t')
            buf_char(&out, (char)c);
    }
    return str_trim(buf_text(&out));
}

static void read_form(struct writing *writing, struct message_refusal *refusal)
{
    struct visit *visit = writing->visit;
    const struct http_params *form = &visit->request->form;
    bool shared = !writing->staff && visit->actor.kind != ACTOR_CONTACT;
    refusal->body = clean(visit->arena, http_param(form, "message"), true);
    refusal->name = shared ? clean(visit->arena, http_param(form, "name"), false) : STR_NONE;
    refusal->body_fault = !refusal->body.n                          ? _("Write something.")
                          : utf8_count(refusal->body) > MESSAGE_MAX ? _("The text is too long.")
                                                                    : NULL;
    if (shared)
        refusal->name_fault = !refusal->name.n                               ? _("Fill in this field.")
                              : utf8_count(refusal->name) > MESSAGE_NAME_MAX ? _("The text is too long.")
                                                                             : NULL;
    writing->who = writing->staff ? visit->staff.email : shared ? refusal->name : visit->actor.name;
    writing->body = refusal->body;
    writing->seen_given = str_to_int(http_param(form, "seen"), &writing->seen);
}

/* The same form sent twice has the same key, and the same text written again later another. */
static struct str submission_of(const struct writing *writing)
{
    struct visit *visit = writing->visit;
    int64_t state = writing->seen_given ? writing->seen : clock_date(visit->now_us);
    struct str text = arena_printf(
        visit->arena, "%s %" PRId64 " %" PRId64 " %s %" PRId64 " %zu %.*s %.*s", writing->staff ? "staff" : "login",
        writing->staff ? visit->staff.id : visit->actor.login_id, writing->case_id,
        writing->seen_given ? "seen" : "day", state, writing->who.n, STR_FMT(writing->who), STR_FMT(writing->body));
    return app_mac(visit->app, visit->arena, "message", text);
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------------- */

static bool handle_waiting(const struct writing *writing, struct err *err)
{
    return db_exec(writing->visit->db,
                   "UPDATE case_message SET waiting = 0 WHERE case_id = $1 AND waiting = 1 AND id <= $2",
                   DB_ARGS(DB_INT(writing->case_id), DB_INT(writing->seen_given ? writing->seen : INT64_MAX)), err);
}

static bool audit(const struct writing *writing, const char *action, struct err *err)
{
    struct visit *visit = writing->visit;
    return visit_audit(visit, action, arena_printf(visit->arena, "case %.*s", STR_FMT(writing->number)), STR_NONE, err);
}

static bool drop_draft(const struct writing *writing, struct err *err)
{
    struct visit *visit = writing->visit;
    return writing->staff || draft_drop(visit->db, writing->owner, message_draft(visit->arena, writing->case_id), err);
}

/* Staff are told of the first message that waits on a case. */
static bool find_waiting(const struct writing *writing, bool *waits, struct err *err)
{
    int64_t ignored = 0;
    return db_query_int(writing->visit->db, "SELECT 1 FROM case_message WHERE case_id = $1 AND waiting = 1 LIMIT 1",
                        DB_ARGS(DB_INT(writing->case_id)), waits, &ignored, err);
}

static bool write_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct writing *writing = context;
    struct visit *visit = writing->visit;
    bool staff = writing->staff, waits;
    if (!drop_draft(writing, err) || !find_waiting(writing, &waits, err))
        return false;
    if (!db_exec(
            conn,
            "INSERT INTO case_message (case_id, at, staff_id, login_id, from_staff, who, body, waiting, submission)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (submission) DO NOTHING",
            DB_ARGS(DB_INT(writing->case_id), DB_INT(visit->now_us), DB_ID_OR_NULL(staff ? visit->staff.id : 0),
                    DB_ID_OR_NULL(staff ? 0 : visit->actor.login_id), DB_INT(staff), DB_TEXT(writing->who),
                    DB_TEXT(writing->body), DB_INT(!staff), DB_TEXT(writing->key)),
            err))
        return false;
    if (!db_changes(conn)) /* sent before */
        return true;
    if (!audit(writing, "case_message_added", err))
        return false;
    if (!staff)
        return waits || notice_of_customer(visit, writing->case_id, err);
    return handle_waiting(writing, err) && notice_case(visit, writing->case_id, NOTICE_MESSAGE, err);
}

static bool go_back(const struct writing *writing, const char *notice)
{
    struct visit *visit = writing->visit;
    page_notice_next(visit, notice);
    return visit_redirect(visit, arena_printf(visit->arena, "%s%.*s#case-messages", writing->staff ? "/staff" : "",
                                              STR_FMT(case_path(visit->arena, writing->number))));
}

/* A script that runs wild must not bury staff. */
static bool may_write(const struct writing *writing, struct message_refusal *refusal)
{
    static const struct throttle_rule PER_LOGIN = {"messages of a login", 30, 20};
    struct visit *visit = writing->visit;
    int seconds = 0;
    if (writing->staff)
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

/* *sent false: refused, and the page is to be shown with it. */
static bool write_message(struct writing *writing, struct message_refusal *refusal, bool *sent, struct err *err)
{
    read_form(writing, refusal);
    *sent = !refusal->body_fault && !refusal->name_fault;
    if (!*sent) {
        writing->visit->response->status = 400;
        return refusal->body.n || drop_draft(writing, err); /* who takes out all of it wants it gone */
    }
    *sent = may_write(writing, refusal);
    if (!*sent)
        return true;
    writing->key = submission_of(writing);
    return db_transaction(writing->visit->db, write_body, writing, err) && go_back(writing, _("The message is sent."));
}

/* --- customers ------------------------------------------------------------------------------------------------------------------------------ */

struct str message_draft(struct arena *arena, int64_t case_id)
{
    return arena_printf(arena, "case %" PRId64, case_id);
}

static bool keep_draft(struct visit *visit, int64_t case_id, struct err *err)
{
    static const char *const NAMES[] = {"message", "name"};
    struct http_param items[2];
    struct http_params typed = {.items = items};
    struct str owner;
    for (size_t i = 0; i < 2; i++)
        items[typed.count++] = (struct http_param){str_of(NAMES[i]), http_param(&visit->request->form, NAMES[i])};
    if (!str_trim(items[0].value).n)
        return true;
    if (!draft_owner(visit, &owner, err) ||
        !draft_keep(visit, owner, message_draft(visit->arena, case_id), &typed, err))
        return false;
    page_notice_next(visit, _("Your session has ended. What you wrote is kept: log in again to send it."));
    return true;
}

/* The session ran out while the message was written. Whatever the login does not see is answered in the same way. */
static bool keep_for_login(struct visit *visit, struct str number, struct err *err)
{
    int64_t case_id = 0;
    struct buf url;
    const struct actor nobody = visit->actor;
    if (!actor_load(visit->db, visit->arena, session_expired_login(visit), &visit->actor, err))
        return false;
    bool found = visit->actor.kind != ACTOR_NOBODY && cases_find_visible(visit, visit->path_value[0], &case_id, err);
    visit->actor = nobody;
    if (!found && err->kind != ERR_NONE && err->kind != ERR_NOT_FOUND)
        return false;
    if (!found)
        *err = (struct err){.kind = ERR_NONE};
    else if (!keep_draft(visit, case_id, err))
        return false;
    buf_init(&url, visit->arena);
    buf_z(&url, "/login?next=");
    buf_url_part(&url, arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(case_path(visit->arena, number))));
    return visit_redirect(visit, buf_text(&url));
}

bool message_send(struct visit *visit, struct err *err)
{
    bool sent = false;
    struct message_refusal refusal = {.body_fault = NULL};
    struct writing writing = {.visit = visit, .number = case_number(visit->arena, visit->path_value[0])};
    if (visit->actor.kind == ACTOR_NOBODY)
        return keep_for_login(visit, writing.number, err);
    if (!cases_find_visible(visit, visit->path_value[0], &writing.case_id, err) ||
        !draft_owner(visit, &writing.owner, err) || !write_message(&writing, &refusal, &sent, err))
        return false;
    return sent || case_page_refused(visit, &refusal, err);
}

/* --- staff ---------------------------------------------------------------------------------------------------------------------------------- */

static bool find_any(struct writing *writing, struct err *err)
{
    struct visit *visit = writing->visit;
    bool found = false;
    writing->staff = true;
    writing->number = case_number(visit->arena, visit->path_value[0]);
    if (!db_query_int(visit->db, "SELECT id FROM cases WHERE number = $1", DB_ARGS(DB_TEXT(writing->number)), &found,
                      &writing->case_id, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such case");
}

bool message_staff_send(struct visit *visit, struct err *err)
{
    bool sent = false;
    struct message_refusal refusal = {.body_fault = NULL};
    struct writing writing = {.visit = visit};
    if (!find_any(&writing, err) || !write_message(&writing, &refusal, &sent, err))
        return false;
    return sent || staff_case_page_refused(visit, &refusal, err);
}

static bool read_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct writing *writing = context;
    return handle_waiting(writing, err) && (!db_changes(conn) || audit(writing, "case_messages_read", err));
}

bool message_read_send(struct visit *visit, struct err *err)
{
    struct writing writing = {.visit = visit};
    if (!find_any(&writing, err))
        return false;
    writing.seen_given = str_to_int(http_param(&visit->request->form, "seen"), &writing.seen);
    return db_transaction(visit->db, read_body, &writing, err) && go_back(&writing, _("Marked as read."));
}
