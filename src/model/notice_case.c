/* Mails to customers about a case. */
#include "base/clock.h"
#include "model/case.h"
#include "model/codes.h"
#include "model/notice.h"
#include "model/notice_recipients.h"
#include "model/one_line.h"
#include "service/mail.h"

#include <inttypes.h>

#define BOOKINGS_MAX 20

struct telling {
    struct visit *visit;
    enum notice_kind kind;
    int64_t case_id;
    struct str number, title;
    struct str bookings; /* lines, empty: none */
    struct str topic;    /* topic of mails about bookings: a newer mail replaces an older one that still waits */
};

/* --- content ------------------------------------------------------------------------------------------------------ */

static bool load_case(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    telling->topic = arena_printf(visit->arena, "booking %" PRId64, telling->case_id);
    bool ok =
        db_find(visit->db, visit->arena, "SELECT number, title FROM cases WHERE id = $1",
                DB_ARGS(DB_INT(telling->case_id)), DB_TARGETS(TO(&telling->number), TO(&telling->title)), NULL, err);
    telling->title = one_line(visit->arena, telling->title);
    return ok;
}

/* Times are written in the same way in both languages. */
static bool load_bookings(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    struct buf lines;
    buf_init(&lines, visit->arena);
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT booked_from, booked_to, title FROM work_order WHERE case_id = $1 AND status < " WORK_ORDER_FINISHED_SQL
        " AND booked_from IS NOT NULL ORDER BY booked_from, id LIMIT $2",
        DB_ARGS(DB_INT(telling->case_id), DB_INT(BOOKINGS_MAX)), err);
    int64_t from, to;
    for (struct str title; db_read_next(rows, TO(&from), TO(&to), TO(&title));) {
        title = one_line(visit->arena, title);
        buf_printf(&lines, "  %.*s%s%.*s\n", STR_FMT(fmt_span(visit->arena, from, to)), title.n ? "  " : "",
                   STR_FMT(title));
    }
    telling->bookings = lines.n ? buf_text(&lines) : STR_NONE;
    return db_done(rows, err);
}

static const struct msgid *notice_case_subject_of(const struct telling *telling)
{
    switch (telling->kind) {
    case NOTICE_RECEIPT:
        return _("We have received case {1}");
    case NOTICE_BOOKING:
        return telling->bookings.n ? _("Case {1} is booked") : _("Case {1} has no booked time any more");
    case NOTICE_FINISH:
        return _("Case {1} is finished");
    case NOTICE_MESSAGE:
    case NOTICE_KINDS:
        break;
    }
    return _("New message about case {1}");
}

static const struct msgid *news_of(const struct telling *telling)
{
    switch (telling->kind) {
    case NOTICE_RECEIPT:
        return _("We have received your case. Its number is {1}.");
    case NOTICE_BOOKING:
        return telling->bookings.n ? _("These times are booked for case {1} now:")
                                   : _("No time is booked for case {1} any more.");
    case NOTICE_FINISH:
        return _("Case {1} is finished.");
    case NOTICE_MESSAGE:
    case NOTICE_KINDS:
        break;
    }
    return _("We have written to you about case {1}. Read and answer in the portal:");
}

/* --- one mail ----------------------------------------------------------------------------------------------------- */

static void notice_case_add_end(const struct telling *telling, const struct recipient *to, struct buf *body)
{
    struct visit *visit = telling->visit;
    struct str contact = visit->config->contact_text[to->lang], account = visit_absolute(visit, STR("/account"));
    buf_z(body, "\n--\n");
    if (to->has_account) {
        buf_str(body, tr_fill(visit->arena, to->lang, _("You choose which mails you get under My account: {1}"),
                              &account, 1));
    } else {
        buf_str(body, tr(to->lang, _("You get this mail because you are the primary contact of the case. Tell us if you"
                                     " do not want such mails.")));
        buf_printf(body, "%s%.*s", contact.n ? "\n" : "", STR_FMT(contact));
    }
    buf_char(body, '\n');
    if (visit->config->phone.n)
        buf_printf(body, "%.*s\n",
                   STR_FMT(tr_fill(visit->arena, to->lang, _("Call us: {1}"), &visit->config->phone, 1)));
}

static struct str body_of(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct buf body;
    buf_init(&body, visit->arena);
    buf_str(&body, tr_fill(visit->arena, to->lang, news_of(telling), &telling->number, 1));
    buf_printf(&body, "\n%.*s", STR_FMT(telling->bookings));
    if (to->sees)
        buf_printf(&body, "\n%.*s %.*s\n%.*s\n", STR_FMT(telling->number), STR_FMT(telling->title),
                   STR_FMT(visit_absolute(visit, case_path(visit->arena, telling->number))));
    notice_case_add_end(telling, to, &body);
    return buf_text(&body);
}

static struct str subject_text(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct str subject = tr_fill(visit->arena, to->lang, notice_case_subject_of(telling), &telling->number, 1);
    if (!to->sees || !telling->title.n)
        return subject;
    return arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(subject), STR_FMT(utf8_prefix(telling->title, 100)));
}

/*
 * Everybody gets their receipt. Nobody gets other mails about their own doing, or about a case that they may not see.
 */
static bool notice_case_is_told(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct str own = actor_fold_name(visit->arena, visit->staff.email);
    if (!to->address.n || (to->off >> telling->kind & 1))
        return false;
    if (telling->kind == NOTICE_RECEIPT)
        return true;
    return to->sees && !(own.n && str_eq(own, actor_fold_name(visit->arena, to->address)));
}

static bool notice_case_tell(const struct telling *telling, const struct recipient *to, struct err *err)
{
    struct visit *visit = telling->visit;
    bool booking = telling->kind == NOTICE_BOOKING;
    if (!notice_case_is_told(telling, to))
        return true;
    struct mail_order order = {.recipient = to->address,
                               .subject = subject_text(telling, to),
                               .body = body_of(telling, to),
                               .wait_us = booking ? visit->config->booking_wait_seconds * US_PER_SECOND : 0,
                               .topic = booking ? telling->topic : STR_NONE,
                               .contact_id = to->contact_id};
    return mail_queue_order(visit->db, &order, err);
}

bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err)
{
    struct telling telling = {.visit = visit, .kind = kind, .case_id = case_id};
    struct recipient to[2];
    if (!load_case(&telling, err))
        return false;
    /* A waiting mail about a booking is no news after the case is finished. */
    if (kind == NOTICE_FINISH && !mail_drop_waiting(visit->db, telling.topic, err))
        return false;
    if (!visit->config->notify[kind])
        return true;
    if (kind == NOTICE_BOOKING && !load_bookings(&telling, err))
        return false;
    return recipients_find(visit, case_id, to, err) && notice_case_tell(&telling, &to[0], err) &&
           notice_case_tell(&telling, &to[1], err);
}
