/* The thread of a case as customers and staff see it. */
#include "access/visibility.h"
#include "base/clock.h"
#include "model/case.h"
#include "model/draft.h"
#include "parts/messages/messages.h"
#include "parts/messages/messages.html.h"
#include "parts/messages/write.h"

#include <inttypes.h>

#define SHOWN 200

struct thread {
    struct message_view *messages; /* the newest first, as they are read */
    size_t count;
    int64_t before; /* only older ones than this, 0: the newest */
    int64_t newest, oldest;
    bool more, waiting;
};

static bool is_staff(const struct visit *visit)
{
    return visit->staff.role != STAFF_NOBODY;
}

/* Customers are not told who of the staff it was. */
static struct message_view read_message(struct visit *visit, const struct db_rows *rows)
{
    bool staff = is_staff(visit), from_staff = db_int(rows, 2) != 0;
    return (struct message_view){
        .who = from_staff && !staff ? visit->config->name : db_text_copy(rows, 3, visit->arena),
        .login = staff && !from_staff ? db_text_copy(rows, 6, visit->arena) : STR_NONE,
        .at = fmt_instant(visit->arena, visit->view.lang, db_int(rows, 1)),
        .machine = instant_format_utc(visit->arena, db_int(rows, 1)),
        .body = db_text_copy(rows, 4, visit->arena),
        .from_staff = from_staff,
        .waiting = staff && db_int(rows, 5) != 0,
    };
}

static bool load(struct visit *visit, int64_t case_id, struct thread *thread, struct err *err)
{
    struct sql sql;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT m.id, m.at, m.from_staff, m.who, m.body, m.waiting, COALESCE(l.name, '') FROM case_message m"
                  " LEFT JOIN login l ON l.id = m.login_id WHERE m.case_id = ");
    sql_int(&sql, case_id);
    if (!is_staff(visit)) {
        sql_add(&sql, " AND ");
        visible_message(&sql, &visit->actor);
    }
    if (thread->before) {
        sql_add(&sql, " AND m.id < ");
        sql_int(&sql, thread->before);
    }
    sql_add(&sql, " ORDER BY m.id DESC LIMIT ");
    sql_int(&sql, SHOWN + 1);
    thread->messages = ARENA_ARRAY(visit->arena, struct message_view, SHOWN);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        if (!thread->count)
            thread->newest = db_int(rows, 0);
        thread->more = thread->count == SHOWN;
        if (thread->more)
            continue;
        thread->oldest = db_int(rows, 0);
        thread->messages[thread->count] = read_message(visit, rows);
        thread->waiting = thread->waiting || thread->messages[thread->count].waiting;
        thread->count++;
    }
    return db_done(rows, err);
}

static const struct message_view *oldest_first(struct arena *arena, const struct thread *thread)
{
    struct message_view *turned = ARENA_ARRAY(arena, struct message_view, thread->count);
    for (size_t i = 0; i < thread->count; i++)
        turned[i] = thread->messages[thread->count - 1 - i];
    return turned;
}

/* What stands in the form: what was refused, or what a customer wrote when his session had run out. */
static bool load_typed(struct visit *visit, int64_t case_id, const struct message_refusal *refusal,
                       struct message_refusal *typed, struct str *hint, struct err *err)
{
    struct draft draft;
    struct str owner;
    *typed = refusal ? *refusal : (struct message_refusal){.body_fault = NULL};
    if (refusal || is_staff(visit) || visit->viewer.staff_id)
        return true;
    if (!draft_owner(visit, &owner, err) ||
        !draft_load(visit, owner, message_draft(visit->arena, case_id), &draft, err))
        return false;
    if (!draft.found)
        return true;
    struct str when = fmt_instant(visit->arena, visit->view.lang, draft.updated);
    typed->body = http_param(&draft.params, "message");
    typed->name = http_param(&draft.params, "name");
    *hint = tr_fill(visit->arena, visit->view.lang, _("Not sent yet: what you wrote {1}, when your session had ended."),
                    &when, 1);
    return true;
}

static void fill_form(struct visit *visit, const struct message_refusal *typed, struct str hint,
                      struct thread_view *view)
{
    bool staff = is_staff(visit);
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

static void fill_texts(struct visit *visit, struct thread_view *view)
{
    if (is_staff(visit)) {
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

/* Where the rest of a long thread is. */
static void fill_pages(struct visit *visit, const struct thread *thread, struct str page, struct thread_view *view)
{
    if (thread->more)
        view->older_url =
            arena_printf(visit->arena, "%.*s?before=%" PRId64 "#case-messages", STR_FMT(page), thread->oldest);
    if (thread->before)
        view->newest_url = arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(page));
}

/* All there are, also on a page of some. */
static bool count_all(struct visit *visit, int64_t case_id, const struct thread *thread, size_t *count, struct err *err)
{
    int64_t all = (int64_t)thread->count;
    if ((thread->more || thread->before) &&
        !db_query_int(visit->db, "SELECT COUNT(*) FROM case_message WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), NULL,
                      &all, err))
        return false;
    *count = (size_t)all;
    return true;
}

/* Whoever is told what was wrong with his message stands at the end of the thread. */
static int64_t read_before(struct visit *visit, const struct message_refusal *refusal)
{
    int64_t before = 0;
    bool given = !refusal && str_to_int(http_param(&visit->request->query, "before"), &before);
    return given && before > 0 ? before : 0;
}

/* Who is shown the last word of staff has seen it. The page does not fail when it cannot be noted: then the next one does. */
static bool note_seen(struct visit *visit, int64_t case_id, const struct thread *thread, struct err *err)
{
    int64_t seen = 0;
    bool found;
    struct err busy = {.kind = ERR_NONE};
    if (is_staff(visit) || visit->viewer.staff_id || thread->before || !thread->count ||
        !thread->messages[0].from_staff)
        return true;
    if (!db_query_int(visit->db, "SELECT message_id FROM message_seen WHERE login_id = $1 AND case_id = $2",
                      DB_ARGS(DB_INT(visit->actor.login_id), DB_INT(case_id)), &found, &seen, err))
        return false;
    if (seen >= thread->newest ||
        db_exec(
            visit->db,
            "INSERT INTO message_seen (login_id, case_id, message_id) SELECT l.id, $2, $3 FROM login l WHERE l.id = $1"
            " ON CONFLICT (login_id, case_id) DO UPDATE SET message_id = excluded.message_id"
            " WHERE message_seen.message_id < excluded.message_id",
            DB_ARGS(DB_INT(visit->actor.login_id), DB_INT(case_id), DB_INT(thread->newest)), &busy))
        return true;
    if (busy.kind == ERR_BUSY)
        return true;
    *err = busy;
    return false;
}

bool messages_section(struct visit *visit, int64_t case_id, struct str number, const struct message_refusal *refusal,
                      struct html *section, size_t *count, struct err *err)
{
    struct buf out;
    struct thread thread = {.before = read_before(visit, refusal)};
    struct str page =
        arena_printf(visit->arena, "%s%.*s", is_staff(visit) ? "/staff" : "", STR_FMT(case_path(visit->arena, number)));
    struct thread_view view = {.count = 0};
    struct message_refusal typed;
    struct str hint = STR_NONE;
    if (!load(visit, case_id, &thread, err) || !count_all(visit, case_id, &thread, count, err) ||
        !load_typed(visit, case_id, refusal, &typed, &hint, err) || !note_seen(visit, case_id, &thread, err))
        return false;
    view.messages = oldest_first(visit->arena, &thread);
    view.count = thread.count;
    view.seen = arena_printf(visit->arena, "%" PRId64, thread.newest);
    view.action = arena_printf(visit->arena, "%.*s/messages", STR_FMT(page));
    fill_pages(visit, &thread, page, &view);
    if (thread.waiting)
        view.read_action = arena_printf(visit->arena, "%.*s/read", STR_FMT(view.action));
    fill_texts(visit, &view);
    if (thread.before)
        view.empty = visit_tr(visit, _("There are no older messages."));
    fill_form(visit, &typed, hint, &view);
    buf_init(&out, visit->arena);
    thread_html(&out, &visit->view, &view);
    *section = view_capture(&out);
    return true;
}

bool messages_newest_of_staff(struct visit *visit, const int64_t *case_ids, size_t count, int64_t *at, struct err *err)
{
    struct sql sql;
    if (!count)
        return true;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT m.case_id, m.at FROM (SELECT MAX(x.id) AS id FROM case_message x WHERE x.case_id IN (");
    for (size_t i = 0; i < count; i++) {
        at[i] = 0;
        sql_add(&sql, i ? ", " : "");
        sql_int(&sql, case_ids[i]);
    }
    sql_add(&sql, ") GROUP BY x.case_id) newest JOIN case_message m ON m.id = newest.id WHERE m.from_staff = 1"
                  " AND NOT EXISTS (SELECT 1 FROM message_seen s WHERE s.case_id = m.case_id AND s.message_id >= m.id"
                  " AND s.login_id = ");
    sql_int(&sql, visit->actor.login_id);
    sql_add(&sql, ") AND ");
    visible_message(&sql, &visit->actor);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        for (size_t i = 0; i < count; i++)
            at[i] = case_ids[i] == db_int(rows, 0) ? db_int(rows, 1) : at[i];
    }
    return db_done(rows, err);
}
