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
    int64_t id, from, to, invited;
    struct str number, title, technician;
};

struct telling {
    struct visit *visit;
    enum notice_kind kind;
    int64_t case_id;
    struct str number, title, place;
    struct booking *bookings; /* those of unfinished work, then those that were announced and are gone */
    size_t booking_count, cancelled_count;
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
        db_find(visit->db, visit->arena, "SELECT number, title FROM cases WHERE id = $1",
                DB_ARGS(DB_INT(telling->case_id)), DB_TARGETS(TO(&telling->number), TO(&telling->title)), NULL, err);
    telling->title = one_line(visit->arena, telling->title);
    return ok && case_place_load(visit, telling->case_id, &telling->place, err);
}

/*
 * A booking that mails have put into calendars and that is gone is taken out of them with every later mail, because an
 * earlier one may have been replaced while it waited.
 */
static bool load_bookings(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    telling->bookings = ARENA_ARRAY(visit->arena, struct booking, BOOKINGS_MAX);
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT id, number, title, resource, COALESCE(booked_from, 0), COALESCE(booked_to, 0), invited FROM work_order"
        " WHERE case_id = $1 AND status < " WORK_ORDER_FINISHED_SQL " AND (booked_from IS NOT NULL OR invited = 1)"
        " ORDER BY CASE WHEN booked_from IS NULL THEN 1 ELSE 0 END, booked_from, id LIMIT $2",
        DB_ARGS(DB_INT(telling->case_id), DB_INT(BOOKINGS_MAX)), err);
    for (struct booking b; db_read_next(rows, TO(&b.id), TO(&b.number), TO(&b.title), TO(&b.technician), TO(&b.from),
                                        TO(&b.to), TO(&b.invited));) {
        b.title = one_line(visit->arena, b.title);
        b.technician = one_line(visit->arena, b.technician);
        telling->bookings[telling->booking_count + telling->cancelled_count] = b;
        telling->booking_count += b.from != 0;
        telling->cancelled_count += b.from == 0;
    }
    return db_done(rows, err) && work_orders_note_invited(visit->db, telling->case_id, err);
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

static const struct msgid *notice_case_subject_of(const struct telling *telling)
{
    switch (telling->kind) {
    case NOTICE_RECEIPT:
        return _("We have received case {1}");
    case NOTICE_BOOKING:
        return telling->booking_count ? _("Case {1} is booked") : _("Case {1} has no booked time any more");
    case NOTICE_FINISH:
        return _("Case {1} is finished");
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
        return telling->booking_count ? _("These times are booked for case {1} now:")
                                      : _("No time is booked for case {1} any more.");
    case NOTICE_FINISH:
        return _("Case {1} is finished.");
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
    if (to->follows) {
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
    if (telling->done.n)
        buf_printf(body, "\n%.*s\n%.*s", STR_FMT(tr(lang, _("This was done:"))), STR_FMT(telling->done));
    add_message_text(telling, body);
    buf_printf(body, "\n%.*s %.*s\n", STR_FMT(telling->number), STR_FMT(telling->title));
    if (place.n)
        buf_printf(body, "%.*s\n", STR_FMT(tr_fill(visit->arena, lang, _("Place: {1}"), &place, 1)));
    buf_printf(body, "%.*s\n", STR_FMT(visit_absolute(visit, case_path(visit->arena, telling->number))));
    if (telling->kind == NOTICE_BOOKING && telling->booking_count)
        buf_str(body, tr(lang, _("\nDoes the time not suit you? Open the case and choose “Does the time not suit"
                                 " you?”.\n")));
}

static struct str body_of(const struct telling *telling, const struct recipient *to)
{
    struct visit *visit = telling->visit;
    struct buf body;
    buf_init(&body, visit->arena);
    buf_str(&body, tr_fill(visit->arena, to->lang, news_of(telling, to->follows), &telling->number, 1));
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
    for (size_t i = 0; i < telling->booking_count + telling->cancelled_count; i++) {
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
                               .calendar = booking ? calendar_of(telling, to) : STR_NONE,
                               .contact_id = to->contact_id};
    return mail_queue_order(visit->db, &order, err);
}

static bool notice_case_send(struct telling *telling, struct err *err)
{
    struct visit *visit = telling->visit;
    struct recipient *to;
    size_t count = 0;
    enum notice_kind kind = telling->kind;
    if (!load_case(telling, err))
        return false;
    /* A waiting mail about a booking is no news after the case is finished. */
    if (kind == NOTICE_FINISH && !mail_drop_waiting(visit->db, telling->topic, err))
        return false;
    if (!visit->config->notify[kind])
        return true;
    if ((kind == NOTICE_BOOKING && !load_bookings(telling, err)) || (kind == NOTICE_FINISH && !load_done(telling, err)))
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
