#include "staff/home/home.h"

#include "base/clock.h"
#include "model/case.h"
#include "portal/address.h"
#include "staff/home/help.h"
#include "staff/home/home.html.h"
#include "staff/home/views.h"

#include <inttypes.h>

/* How many rows of each list are shown, and up to how many are counted. */
#define SHOWN 20
#define COUNTED 100
#define DECISION_DAYS 30
#define BEGINNING 120 /* characters of a message that are shown */

/* A list of the inbox. Its query reads at most COUNTED + 1 rows. */
struct source {
    const char *id;
    const struct msgid *title, *lead;
    const char *literal; /* $1: how many rows, $2: the instant since which decisions are listed */
    void (*read)(struct visit *visit, const struct db_rows *rows, struct inbox_row *row);
    const char *all_url;
    const struct msgid *all_label;
};

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void read_when(struct visit *visit, const struct db_rows *rows, int column, struct inbox_row *row)
{
    row->at = fmt_instant(visit->arena, visit->view.lang, db_int(rows, column));
    row->machine = instant_format_utc(visit->arena, db_int(rows, column));
}

static struct str case_url(struct arena *arena, struct str number)
{
    return arena_printf(arena, "/staff%.*s", STR_FMT(case_path(arena, number)));
}

static void home_add_part(struct buf *text, struct str part)
{
    buf_z(text, text->n ? ", " : "");
    buf_str(text, part);
}

static struct str missing_text(struct visit *visit, bool customer, bool object, bool contact)
{
    struct buf text;
    buf_init(&text, visit->arena);
    if (customer)
        home_add_part(&text, visit_tr(visit, _("no customer")));
    if (object)
        home_add_part(&text, visit_tr(visit, _("no object")));
    if (contact)
        home_add_part(&text, visit_tr(visit, _("no contact")));
    return buf_text(&text);
}

static void home_read_case(struct visit *visit, const struct db_rows *rows, struct inbox_row *row)
{
    struct str number = db_text_copy(rows, 0, visit->arena);
    row->main = number;
    row->url = case_url(visit->arena, number);
    row->text = db_text_copy(rows, 1, visit->arena);
    row->badge = missing_text(visit, db_int(rows, 3) != 0, db_int(rows, 4) != 0, db_int(rows, 5) != 0);
    read_when(visit, rows, 2, row);
}

/* The oldest waiting message of a case represents all waiting messages of the case. */
static void home_read_message(struct visit *visit, const struct db_rows *rows, struct inbox_row *row)
{
    struct str number = db_text_copy(rows, 0, visit->arena), body = db_text(rows, 3);
    struct str beginning = utf8_prefix(body, BEGINNING);
    row->main = number;
    row->url = arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(case_url(visit->arena, number)));
    row->text = arena_printf(visit->arena, "%.*s · %.*s: %.*s%s", STR_FMT(db_text(rows, 1)), STR_FMT(db_text(rows, 4)),
                             STR_FMT(beginning), beginning.n < body.n ? "…" : "");
    row->badge = tr_n(visit->arena, visit->view.lang, _("{n} message"), _("{n} messages"), db_int(rows, 5));
    read_when(visit, rows, 2, row);
}

static void read_account(struct visit *visit, const struct db_rows *rows, struct inbox_row *row)
{
    struct buf url;
    row->url = arena_printf(visit->arena, "/staff/accounts/%" PRId64, db_int(rows, 3));
    row->main = db_text_copy(rows, 0, visit->arena);
    if (!db_int(rows, 4)) {
        buf_init(&url, visit->arena);
        buf_z(&url, "/staff/contacts/new?email=");
        buf_url_part(&url, db_text(rows, 0));
        row->act_url = buf_text(&url);
        row->act_label = visit_tr(visit, _("Register the contact"));
    } else {
        row->act_url = row->url;
        row->act_label = visit_tr(visit, _("See which and mend it"));
    }
    row->text = db_text_copy(rows, 1, visit->arena);
    read_when(visit, rows, 2, row);
}

static void home_read_decision(struct visit *visit, const struct db_rows *rows, struct inbox_row *row)
{
    bool rejected = str_eqz(db_text(rows, 1), "rejected");
    row->main = db_text_copy(rows, 0, visit->arena);
    row->url = address_of(visit->arena, "/staff/invoices", row->main, "");
    row->badge = rejected ? visit_tr(visit, _("Rejected")) : STR_NONE;
    row->text = arena_printf(visit->arena, "%.*s · %.*s%s%.*s", STR_FMT(db_text(rows, 2)),
                             STR_FMT(fmt_money(visit->arena, visit->view.lang, db_int(rows, 3))),
                             db_text(rows, 4).n ? " · " : "", STR_FMT(db_text(rows, 4)));
    read_when(visit, rows, 5, row);
}

static void read_mail(struct visit *visit, const struct db_rows *rows, struct inbox_row *row)
{
    row->main = db_text_copy(rows, 0, visit->arena);
    row->text = arena_printf(visit->arena, "%.*s · %.*s", STR_FMT(db_text(rows, 1)), STR_FMT(db_text(rows, 2)));
    read_when(visit, rows, 3, row);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

/* Uses MIN, because with EXISTS PostgreSQL could read all contacts of all cases at once. */
#define FIRST_CONTACT "(SELECT MIN(k.contact_id) FROM case_contact k WHERE k.case_id = c.id)"
#define CASE_COLUMNS                                                                                                   \
    "SELECT c.number, c.title, c.created, CASE WHEN c.customer_id IS NULL THEN 1 ELSE 0 END,"                          \
    " CASE WHEN c.object_id IS NULL THEN 1 ELSE 0 END,"                                                                \
    " CASE WHEN " FIRST_CONTACT " IS NULL THEN 1 ELSE 0 END FROM cases c"
#define CONTACTS_OF_LOGIN                                                                                              \
    "(SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1"                   \
    " WHERE m.address = l.name)"
#define ACCOUNTS                                                                                                       \
    "SELECT a.email, '', a.created, a.id, " CONTACTS_OF_LOGIN                                                          \
    " FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id"                                         \
    " WHERE a.verified = 1 AND $2 > 0 AND "

static const struct source SOURCES[] = {
    {"messages", _("Messages from customers"),
     _("Neither answered nor marked as read. The one that has waited longest first."),
     "SELECT c.number, c.title, m.at, m.body, m.who, (SELECT COUNT(*) FROM case_message w WHERE w.case_id = m.case_id"
     " AND w.waiting = 1) FROM case_message m JOIN cases c ON c.id = m.case_id WHERE m.waiting = 1 AND $2 > 0"
     " AND NOT EXISTS (SELECT 1 FROM case_message e WHERE e.case_id = m.case_id AND e.waiting = 1 AND e.id < m.id)"
     " ORDER BY m.at, m.id LIMIT $1",
     home_read_message, NULL, NULL},
    {"unlinked", _("Unlinked cases"),
     _("Open cases that lack customer and object, or have nobody as contact: nobody sees them in the portal as it "
       "should be."),
     CASE_COLUMNS " WHERE c.status < 2 AND $2 > 0 AND ((c.customer_id IS NULL AND c.object_id IS NULL)"
                  " OR " FIRST_CONTACT " IS NULL) ORDER BY c.created DESC, c.id DESC LIMIT $1",
     home_read_case, "/staff/cases?unlinked=1&status=open", _("All unlinked cases")},
    {"new", _("New cases"), _("Not started, the newest first."),
     CASE_COLUMNS " WHERE c.status < 2 AND c.status = 0 AND $2 > 0 ORDER BY c.created DESC, c.id DESC LIMIT $1",
     home_read_case, "/staff/cases?status=not_started", _("All cases that are not started")},
    {"decisions", _("Decisions on invoice specifications"), _("Of the last 30 days."),
     "SELECT d.number, d.decision, d.name, d.total, d.comment, d.decided_at FROM specification_decision d"
     " WHERE d.seq > (SELECT h.seq - 1000 FROM decision_head h WHERE h.name = 'specification')"
     " AND d.decided_at >= $2 ORDER BY d.seq DESC LIMIT $1",
     home_read_decision, NULL, NULL},
    {"without", _("Accounts without contact"),
     _("Proven addresses that no active contact has. Register the contact, and the account is linked by itself."),
     ACCOUNTS CONTACTS_OF_LOGIN " = 0 ORDER BY a.created DESC, a.id DESC LIMIT $1", read_account, NULL, NULL},
    {"several", _("Accounts that several contacts match"),
     _("None of them is linked until only one contact has the address."),
     ACCOUNTS CONTACTS_OF_LOGIN " > 1 ORDER BY a.created DESC, a.id DESC LIMIT $1", read_account, NULL, NULL},
    {"mail", _("Failed mail"), _("Given up after several attempts."),
     "SELECT m.recipient, m.subject, m.last_error, m.created FROM mail m WHERE m.state = 'failed' AND $2 > 0"
     " ORDER BY m.next_attempt DESC LIMIT $1",
     read_mail, NULL, NULL},
};
#define SOURCE_COUNT (sizeof SOURCES / sizeof *SOURCES)

static struct str summary(struct visit *visit, size_t count)
{
    struct str number = fmt_int(visit->arena, visit->view.lang, count > COUNTED ? COUNTED : (int64_t)count);
    return count > COUNTED ? tr_fill(visit->arena, visit->view.lang, _("more than {1}"), &number, 1) : number;
}

static bool home_load_list(struct visit *visit, const struct source *source, struct inbox_list *list, struct err *err)
{
    struct inbox_row *made = ARENA_ARRAY(visit->arena, struct inbox_row, SHOWN);
    int64_t since = visit->now_us - DECISION_DAYS * 24 * 3600 * US_PER_SECOND;
    size_t found = 0;
    struct db_rows *rows =
        db_query(visit->db, visit->arena, source->literal, DB_ARGS(DB_INT(COUNTED + 1), DB_INT(since)), err);
    while (db_next(rows)) {
        if (found < SHOWN)
            source->read(visit, rows, &made[found]);
        found++;
    }
    *list = (struct inbox_list){.id = source->id,
                                .title = visit_tr(visit, source->title),
                                .lead = visit_tr(visit, source->lead),
                                .summary = summary(visit, found),
                                .rows = made,
                                .count = found < SHOWN ? found : SHOWN,
                                .all_url = str_of(source->all_url),
                                .all_label = visit_tr(visit, source->all_label)};
    return db_done(rows, err);
}

bool inbox_waiting_messages(struct visit *visit, struct inbox_list *list, struct err *err)
{
    return home_load_list(visit, &SOURCES[0], list, err);
}

static bool inbox_page(struct visit *visit, struct err *err)
{
    struct inbox_list *lists = ARENA_ARRAY(visit->arena, struct inbox_list, SOURCE_COUNT);
    struct inbox_view view = {.lists = lists, .count = SOURCE_COUNT, .empty = true};
    for (size_t i = 0; i < SOURCE_COUNT; i++) {
        if (!home_load_list(visit, &SOURCES[i], &lists[i], err))
            return false;
        view.empty = view.empty && !lists[i].count;
    }
    page_begin(visit, visit_tr(visit, _("Inbox")));
    inbox_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

static const struct route ROUTES[] = {
    {"GET", "/staff", inbox_page, WHO_STAFF, 0},
    {"GET", "/staff/help", help_page, WHO_STAFF, 0},
};

/*
 * Counts new cases, waiting messages and failed mail. Each count stops at 100, because the menu shows no higher number.
 */
static bool count_new(struct visit *visit, int64_t *waiting, struct err *err)
{
    return db_query_int(visit->db,
                        "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS x FROM cases WHERE status < 2 AND status = 0"
                        " ORDER BY created, id LIMIT 100) few) + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM "
                        "case_message WHERE waiting = 1"
                        " LIMIT 100) few) + (SELECT COUNT(*) FROM (SELECT 1 AS x FROM mail WHERE state = 'failed'"
                        " LIMIT 100) few)",
                        DB_NO_ARGS, NULL, waiting, err);
}

static const struct feature_menu MENU[] = {
    {"/staff", _("Inbox"), "folder-open", WHO_STAFF, 100, count_new},
    {"/staff/help", _("Keyboard"), "file-text", WHO_STAFF, 195, NULL},
};

const struct feature staff_home_feature = {
    .name = "staff/home",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
};
