/* Mails to customers about a case. */
#include "base/clock.h"
#include "model/case.h"
#include "model/codes.h"
#include "model/notice.h"
#include "model/notice_recipients.h"
#include "model/one_line.h"
#include "model/work_order.h"
#include "service/calendar.h"
#include "service/mail.h"

#include <inttypes.h>

#define BOOKINGS_MAX 20
#define DONE_MAX 10

struct booking {
    int64_t id, from, to; /* from 0: it is cancelled */
    bool coming;
    struct str number, title, technician;
};

struct telling {
    struct visit *visit;
    enum notice_kind kind;
    int64_t case_id;
    struct str number, title, place;
    bool cancelled;
    struct str reason, original; /* why it was cancelled, and the case that it is a duplicate of; or empty */
    struct booking *bookings;    /* those of unfinished work, then those that were announced and are gone */
    size_t booking_count, coming_count, cancelled_count;
    struct str done;  /* lines: what was done; or empty */
    struct str text;  /* of the message, if mails have it; or empty */
    struct str topic; /* topic of mails about bookings: a newer mail replaces an older one that still waits */
};

/* --- content ------------------------------------------------------------------------------------------------------ */

static bool load_case(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    telling->topic = arena_printf(visit->arena, "booking %" PRId64, telling->case_id);
    bool ok =
        db_find(visit->db, visit->arena,
                "SELECT c.number, c.title, CASE WHEN c.status = " CASE_CANCELLED_SQL " THEN 1 ELSE 0 END,"
                " c.cancel_reason, d.number FROM cases c LEFT JOIN cases d ON d.id = c.duplicate_of WHERE c.id = $1",
                DB_ARGS(DB_INT(telling->case_id)),
                DB_TARGETS(TO(&telling->number), TO(&telling->title), TO(&telling->cancelled), TO(&telling->reason),
                           TO(&telling->original)),
                NULL, err);
    telling->title = one_line(visit->arena, telling->title);
    return ok && case_place_load(visit, telling->case_id, &telling->place, err);
}

/*
 * A booking that mails have put into calendars and that is gone is taken out of them with every later mail, because an
 * earlier one may have been replaced while it waited. A booking that is over is no news, but stays right in calendars.
 */
static bool load_bookings(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    int64_t least = visit->config->booking_minutes * 60 * US_PER_SECOND;
    telling->bookings = ARENA_ARRAY(visit->arena, struct booking, BOOKINGS_MAX);
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT w.id, w.number, w.title, w.resource, CASE WHEN " WORK_ORDER_OPEN " THEN COALESCE(w.booked_from, 0)"
        " ELSE 0 END, COALESCE(w.booked_to, 0) FROM work_order w JOIN cases c ON c.id = w.case_id"
        " WHERE w.case_id = $1 AND w.status <> " WORK_ORDER_FINISHED_SQL " AND (w.invited = 1"
        " OR (" WORK_ORDER_OPEN " AND " WORK_ORDER_COMING "))"
        " ORDER BY CASE WHEN " WORK_ORDER_OPEN " AND w.booked_from IS NOT NULL THEN 0 ELSE 1 END, w.booked_from, w.id"
        " LIMIT $4",
        DB_ARGS(DB_INT(telling->case_id), DB_INT(visit->now_us), DB_INT(least), DB_INT(BOOKINGS_MAX)), err);
    for (struct booking b;
         db_read_next(rows, TO(&b.id), TO(&b.number), TO(&b.title), TO(&b.technician), TO(&b.from), TO(&b.to));) {
        b.title = one_line(visit->arena, b.title);
        b.technician = one_line(visit->arena, b.technician);
        b.coming = b.from && (b.to ? b.to : b.from + least) >= visit->now_us;
        telling->bookings[telling->booking_count++] = b;
        telling->coming_count += b.coming;
        telling->cancelled_count += b.from == 0;
    }
    return db_done(rows, err) && work_orders_note_invited(visit->db, telling->case_id, visit->now_us, least, err);
}

/* Reads the titles of the work and what was done: no prices, and nothing that was cancelled (domain 5.5). */
static bool load_done(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    struct buf lines;
    struct str title, text;
    buf_init(&lines, visit->arena);
    if (!page_is_on(visit->config, ROUTE_ACTIONS))
        return true;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT CASE WHEN r.title <> '' THEN r.title ELSE COALESCE(a.name, '') END,"
                                    " r.description FROM article_row r LEFT JOIN article a ON a.id = r.article_id"
                                    " WHERE r.case_id = $1 AND r.status <> 'cancelled'"
                                    " ORDER BY r.row_date, r.id LIMIT $2",
                                    DB_ARGS(DB_INT(telling->case_id), DB_INT(DONE_MAX)), err);
    while (db_read_next(rows, TO(&title), TO(&text))) {
        title = one_line(visit->arena, title);
        text = one_line(visit->arena, text);
        if (title.n || text.n)
            buf_printf(&lines, "  - %.*s%s%.*s\n", STR_FMT(title), title.n && text.n ? ": " : "", STR_FMT(text));
    }
    telling->done = buf_text(&lines);
    return db_done(rows, err);
}

/* Customers do not see a cancelled case unless a setting says so. */
static bool notice_case_is_hidden(const struct telling *telling)
{
    return telling->cancelled && !telling->visit->config->show_cancelled;
}

static const struct msgid *notice_case_subject_of(const struct telling *telling)
{
    switch (telling->kind) {
    case NOTICE_RECEIPT:
        return _("We have received case {1}");
    case NOTICE_BOOKING:
        return telling->coming_count ? _("Case {1} is booked") : _("Case {1} has no booked time any more");
    case NOTICE_FINISH:
        return telling->original.n  ? _("Case {1} goes on as case {2}")
               : telling->cancelled ? _("Case {1} is cancelled")
                                    : _("Case {1} is finished");
    case NOTICE_MESSAGE:
    case NOTICE_SPECIFICATION:
    case NOTICE_KINDS:
        break;
    }
    return _("New message about case {1}");
}

static const struct msgid *news_of(const struct telling *telling, bool follows)
{
    switch (telling->kind) {
    case NOTICE_RECEIPT:
        return _("We have received your case. Its number is {1}.");
    case NOTICE_BOOKING:
        return telling->coming_count ? _("These times are booked for case {1} now:")
                                     : _("No time is booked for case {1} any more.");
    case NOTICE_FINISH:
        return telling->original.n  ? _("Case {1} says the same as case {2}. We go on with that one:")
               : telling->cancelled ? _("Case {1} is cancelled.")
                                    : _("Case {1} is finished.");
    case NOTICE_MESSAGE:
    case NOTICE_SPECIFICATION:
    case NOTICE_KINDS:
        break;
    }
    return follows ? _("We have written about case {1}, which you follow. Read it in the portal:")
                   : _("We have written to you about case {1}. Read and answer in the portal:");
}

/* --- one mail ----------------------------------------------------------------------------------------------------- */

static void notice_case_add_end(const struct telling *telling, const struct recipient *to, struct buf *body)
{
    struct visit *visit = telling->visit;
    struct str contact = visit->config->contact_text[to->lang], account = visit_absolute(visit, STR("/account"));
    buf_z(body, "\n--\n");
    if (to->follows && !notice_case_is_hidden(telling)) {
        struct str page = visit_absolute(visit, case_path(visit->arena, telling->number));
        buf_str(body,
                tr_fill(visit->arena, to->lang,
                        _("You get this mail because you follow the case. You stop following it here: {1}"), &page, 1));
        buf_char(body, '\n');
    }
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

/* Indents the text of a message, so that nobody takes it for a text of the mail itself. */
static void add_message_text(const struct telling *telling, struct buf *body)
{
    struct str rest = telling->text, line;
    buf_z(body, rest.n ? "\n" : "");
    while (str_cut(&rest, '\n', &line))
        buf_printf(body, "> %.*s\n", STR_FMT(one_line(telling->visit->arena, line)));
}

static void add_bookings(const struct telling *telling, enum lang lang, struct buf *body)
{
    struct visit *visit = telling->visit;
    for (size_t i = 0; i < telling->booking_count; i++) {
        const struct booking *one = &telling->bookings[i];
        if (!one->coming)
            continue;
        buf_printf(body, "  %.*s", STR_FMT(fmt_visit(visit->arena, lang, one->from, one->to, visit->now_us)));
        buf_printf(body, "%s%.*s%s%.*s\n", one->title.n ? " · " : "", STR_FMT(one->title),
                   one->technician.n ? " · " : "", STR_FMT(one->technician));
    }
}

/* What else the portal says about the case to a person who sees it. */
static void add_case(const struct telling *telling, enum lang lang, struct buf *body)
{
    struct visit *visit = telling->visit;
    struct str place = one_line(visit->arena, telling->place);
    if (telling->kind == NOTICE_RECEIPT) {
        buf_char(body, '\n');
        buf_str(body, tr(lang, visit->config->notify[NOTICE_BOOKING]
                                   ? _("We read it and book a time. You get a mail when the time is booked.\n")
                                   : _("We read it and book a time. You see the time in the portal.\n")));
    }
    if (telling->kind == NOTICE_FINISH && telling->reason.n)
        buf_printf(body, "%.*s\n", STR_FMT(tr_fill(visit->arena, lang, _("Reason: {1}"), &telling->reason, 1)));
    if (telling->done.n)
        buf_printf(body, "\n%.*s\n%.*s", STR_FMT(tr(lang, _("This was done:"))), STR_FMT(telling->done));
    add_message_text(telling, body);
    buf_printf(body, "\n%.*s %.*s\n", STR_FMT(telling->number), STR_FMT(telling->title));
    if (place.n)
        buf_printf(body, "%.*s\n", STR_FMT(tr_fill(visit->arena, lang, _("Place: {1}"), &place, 1)));
    if (!notice_case_is_hidden(telling) || telling->original.n)
        buf_printf(body, "%.*s\n",
                   STR_FMT(visit_absolute(
                       visit, case_path(visit->arena, telling->original.n ? telling->original : telling->number))));
    if (telling->kind == NOTICE_BOOKING && telling->coming_count)
        buf_str(body, tr(lang, _("\nDoes the time not suit you? Open the case and choose “Does the time not suit"
                                 " you?”.\n")));
}

static struct str body_of(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct buf body;
    buf_init(&body, visit->arena);
    buf_str(&body, tr_fill(visit->arena, to->lang, news_of(telling, to->follows),
                           (struct str[]){telling->number, telling->original}, 2));
    buf_char(&body, '\n');
    if (to->sees) {
        add_bookings(telling, to->lang, &body);
        add_case(telling, to->lang, &body);
    }
    notice_case_add_end(telling, to, &body);
    return buf_text(&body);
}

/* The booking in the calendar of the reader: moved with the same UID, or taken out of it. */
static struct str calendar_of(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct str url = visit_absolute(visit, case_path(visit->arena, telling->number));
    const struct calendar_people people = {.organizer_name = visit->config->name,
                                           .organizer = visit->config->mail_from,
                                           .attendee = to->address,
                                           .now_us = visit->now_us};
    struct buf out;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < telling->booking_count; i++) {
        const struct booking *one = &telling->bookings[i];
        struct str what = one->title.n ? one->title : telling->title;
        struct calendar_event event = {
            .uid = arena_printf(visit->arena, "booking-%" PRId64, one->id),
            .summary = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(visit->config->name), STR_FMT(what)),
            .location = telling->place,
            .description =
                arena_printf(visit->arena, "%.*s %.*s\n%.*s%s%.*s", STR_FMT(telling->number), STR_FMT(telling->title),
                             STR_FMT(one->technician), one->technician.n ? "\n" : "", STR_FMT(url)),
            .from_us = one->from,
            .to_us = one->to,
            .cancelled = !one->from};
        calendar_add(&out, &people, &event);
    }
    return buf_text(&out);
}

static struct str subject_text(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct str subject = tr_fill(visit->arena, to->lang, notice_case_subject_of(telling),
                                 (struct str[]){telling->number, telling->original}, 2);
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
    bool taken_out = telling->kind == NOTICE_FINISH && telling->cancelled_count > 0;
    if (!notice_case_is_told(telling, to))
        return true;
    struct mail_order order = {.recipient = to->address,
                               .subject = subject_text(telling, to),
                               .body = body_of(telling, to),
                               .wait_us = booking ? visit->config->booking_wait_seconds * US_PER_SECOND : 0,
                               .topic = booking ? telling->topic : STR_NONE,
                               .calendar = booking || taken_out ? calendar_of(telling, to) : STR_NONE,
                               .contact_id = to->contact_id};
    return mail_queue_order(visit->db, &order, err);
}

static bool notice_case_send(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    struct recipient *to;
    size_t count = 0;
    if (!load_case(telling, err))
        return false;
    /* A waiting mail about a booking is no news after the case is finished. */
    if (telling->kind == NOTICE_FINISH && !mail_drop_waiting(visit->db, telling->topic, err))
        return false;
    if ((telling->kind == NOTICE_BOOKING || telling->kind == NOTICE_FINISH) && !load_bookings(telling, err))
        return false;
    /* Of a case that they no longer see, people learn that nobody comes, or where it goes on. */
    if (notice_case_is_hidden(telling) && !(telling->kind == NOTICE_FINISH && telling->original.n)) {
        if (!telling->cancelled_count)
            return true;
        telling->kind = NOTICE_BOOKING;
    }
    if (!visit->config->notify[telling->kind])
        return true;
    if (telling->kind == NOTICE_FINISH && !telling->cancelled && !load_done(telling, err))
        return false;
    bool ok = recipients_find(visit, telling->case_id, &to, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = notice_case_tell(telling, &to[i], err);
    return ok;
}

bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err)
{
    return notice_case_send(&(struct telling){.visit = visit, .kind = kind, .case_id = case_id}, err);
}

bool notice_message(struct visit *visit, int64_t case_id, struct str body, struct err *err)
{
    struct telling telling = {.visit = visit, .kind = NOTICE_MESSAGE, .case_id = case_id};
    if (visit->config->message_text)
        telling.text = body;
    return notice_case_send(&telling, err);
}
