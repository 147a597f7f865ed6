#include "staff/home/home.h"

#include "base/clock.h"
#include "portal/address.h"
#include "staff/home/help.h"
#include "staff/home/home.html.h"
#include "staff/home/views.h"

/* How many rows of each list are shown, and up to how many are counted. */
#define SHOWN 20
#define COUNTED 100
#define DECISION_DAYS 30
#define BEGINNING 120 /* characters of a message that are shown */

/* What a query of the inbox gives beside the texts of the row. */
struct inbox_values {
    struct str more;
    int64_t numbers[3];
};

/*
 * A list of the inbox. Its query reads at most COUNTED + 1 rows of: the number or name that is shown, the number in the
 * address, the text, another text, the time, and three numbers.
 */
struct source {
    const char *id;
    const struct msgid *title, *lead;
    const char *literal; /* $1: how many rows, $2: the instant since which decisions are listed */
    const char *path;    /* of the pages of its rows, or NULL */
    void (*finish)(struct visit *visit, const struct inbox_values *values, struct inbox_row *row); /* or NULL */
    const char *all_url;
    const struct msgid *all_label;
};

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void inbox_finish_case(struct visit *visit, const struct inbox_values *values, struct inbox_row *row)
{
    static const struct msgid *const MISSING[] = {_("no customer"), _("no object"), _("no contact")};
    struct buf text;
    buf_init(&text, visit->arena);
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        if (values->numbers[i])
            buf_printf(&text, "%s%.*s", text.n ? ", " : "", STR_FMT(visit_tr(visit, MISSING[i])));
    }
    row->badge = buf_text(&text);
}

/* The oldest waiting message of a case represents all waiting messages of the case. */
static void inbox_finish_message(struct visit *visit, const struct inbox_values *values, struct inbox_row *row)
{
    struct str body = values->more, beginning = utf8_prefix(body, BEGINNING);
    row->url = arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(row->url));
    row->text = arena_printf(visit->arena, "%.*s: %.*s%s", STR_FMT(row->text), STR_FMT(beginning),
                             beginning.n < body.n ? "…" : "");
    row->badge = values->numbers[1]
                     ? visit_tr(visit, _("The time does not suit"))
                     : tr_n(visit->arena, visit->view.lang, _("{n} message"), _("{n} messages"), values->numbers[0]);
}

static void inbox_finish_account(struct visit *visit, const struct inbox_values *values, struct inbox_row *row)
{
    bool several = values->numbers[0] > 0;
    row->act_url = several ? row->url : address_with(visit->arena, "/staff/contacts/new?email=", row->main);
    row->act_label = visit_tr(visit, several ? _("See which and correct it") : _("Register the contact"));
}

static void inbox_finish_decision(struct visit *visit, const struct inbox_values *values, struct inbox_row *row)
{
    row->badge = values->numbers[1] ? visit_tr(visit, _("Rejected")) : STR_NONE;
    row->text = arena_printf(visit->arena, "%.*s · %.*s%s%.*s", STR_FMT(row->text),
                             STR_FMT(fmt_money(visit->arena, visit->view.lang, values->numbers[0])),
                             values->more.n ? " · " : "", STR_FMT(values->more));
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

/* Uses MIN, because with EXISTS PostgreSQL could read all contacts of all cases at once. */
#define FIRST_CONTACT "(SELECT MIN(k.contact_id) FROM case_contact k WHERE k.case_id = c.id)"
#define CASE_COLUMNS                                                                                                   \
    "SELECT c.number, c.number, c.title, '', c.created, CASE WHEN c.customer_id IS NULL THEN 1 ELSE 0 END,"            \
    " CASE WHEN c.object_id IS NULL THEN 1 ELSE 0 END,"                                                                \
    " CASE WHEN " FIRST_CONTACT " IS NULL THEN 1 ELSE 0 END FROM cases c"
#define CONTACTS_OF_LOGIN                                                                                              \
    "(SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1"                   \
    " WHERE m.address = l.name)"
#define ACCOUNTS                                                                                                       \
    "SELECT a.email, CAST(a.id AS TEXT), '', '', a.created, " CONTACTS_OF_LOGIN ", 0, 0"                               \
    " FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id"                                         \
    " WHERE a.verified = 1 AND $2 > 0 AND "

static const struct source SOURCES[] = {
    {"messages", _("Messages from customers"),
     _("Neither answered nor marked as read. The one that has waited longest first."),
     "SELECT c.number, c.number, c.title || ' · ' || m.who, m.body, m.at, (SELECT COUNT(*) FROM case_message w"
     " WHERE w.case_id = m.case_id AND w.waiting = 1), (SELECT MAX(w.asks_time) FROM case_message w"
     " WHERE w.case_id = m.case_id AND w.waiting = 1), 0 FROM case_message m JOIN cases c ON c.id = m.case_id"
     " WHERE m.waiting = 1 AND $2 > 0 AND NOT EXISTS (SELECT 1 FROM case_message e WHERE e.case_id = m.case_id"
     " AND e.waiting = 1 AND e.id < m.id) ORDER BY m.at, m.id LIMIT $1",
     "/staff/cases", inbox_finish_message, NULL, NULL},
    {"unlinked", _("Unlinked cases"),
     _("Open cases that lack customer and object, or have nobody as contact: nobody sees them in the portal as it "
       "should be."),
     CASE_COLUMNS " WHERE c.status < " CASE_FINISHED_SQL
                  " AND $2 > 0 AND ((c.customer_id IS NULL AND c.object_id IS NULL)"
                  " OR " FIRST_CONTACT " IS NULL) ORDER BY c.created DESC, c.id DESC LIMIT $1",
     "/staff/cases", inbox_finish_case, "/staff/cases?unlinked=1&status=open", _("All unlinked cases")},
    {"new", _("New cases"), _("Not started, the newest first."),
     CASE_COLUMNS " WHERE c.status < " CASE_FINISHED_SQL " AND c.status = " CASE_NOT_STARTED_SQL
                  " AND $2 > 0 ORDER BY c.created DESC, c.id DESC LIMIT $1",
     "/staff/cases", inbox_finish_case, "/staff/cases?status=not_started", _("All cases that are not started")},
    {"decisions", _("Decisions on invoice specifications"), _("Of the last 30 days."),
     "SELECT d.number, d.number, d.name, d.comment, d.decided_at, d.total,"
     " CASE WHEN d.decision = 'rejected' THEN 1 ELSE 0 END, 0 FROM specification_decision d"
     " WHERE d.seq > (SELECT h.seq - 1000 FROM decision_head h WHERE h.name = 'specification')"
     " AND d.decided_at >= $2 ORDER BY d.seq DESC LIMIT $1",
     "/staff/invoices", inbox_finish_decision, NULL, NULL},
    {"without", _("Accounts without contact"),
     _("Proven addresses that no active contact has. Register the contact, and the account is linked by itself."),
     ACCOUNTS CONTACTS_OF_LOGIN " = 0 ORDER BY a.created DESC, a.id DESC LIMIT $1", "/staff/accounts",
     inbox_finish_account, NULL, NULL},
    {"several", _("Accounts that match several contacts"),
     _("None of them is linked until only one contact has the address."),
     ACCOUNTS CONTACTS_OF_LOGIN " > 1 ORDER BY a.created DESC, a.id DESC LIMIT $1", "/staff/accounts",
     inbox_finish_account, NULL, NULL},
    {"mail", _("Failed mail"), _("Given up after several attempts."),
     "SELECT m.recipient, '', m.subject || ' · ' || m.last_error, '', m.created, 0, 0, 0 FROM mail m"
     " WHERE m.state = 'failed' AND $2 > 0 ORDER BY m.next_attempt DESC LIMIT $1",
     NULL, NULL, NULL, NULL},
};
#define SOURCE_COUNT (sizeof SOURCES / sizeof *SOURCES)

static struct str summary(struct visit *visit, size_t count)
{
    struct str number = fmt_int(visit->arena, visit->view.lang, count > COUNTED ? COUNTED : (int64_t)count);
    return count > COUNTED ? tr_fill(visit->arena, visit->view.lang, _("more than {1}"), &number, 1) : number;
}

static void inbox_read_row(struct visit *visit, const struct source *source, struct db_rows *rows,
                           struct inbox_row *row)
{
    struct inbox_values values;
    int64_t at;
    db_read(rows, TO(&row->main), TO(&row->url), TO(&row->text), TO(&values.more), TO(&at), TO(&values.numbers[0]),
            TO(&values.numbers[1]), TO(&values.numbers[2]));
    row->url = source->path ? address_of(visit->arena, source->path, row->url, "") : STR_NONE;
    row->at = instant_format_local(visit->arena, at);
    row->machine = instant_format_machine(visit->arena, at);
    if (source->finish)
        source->finish(visit, &values, row);
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
            inbox_read_row(visit, source, rows, &made[found]);
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
    return page_show(visit, visit_tr(visit, _("Inbox")), inbox_html, &view);
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
                        "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS x FROM cases WHERE status < " CASE_FINISHED_SQL
                        " AND status = " CASE_NOT_STARTED_SQL
                        " ORDER BY created, id LIMIT 100) few) + (SELECT COUNT(*) FROM (SELECT 1 AS x"
                        " FROM case_message WHERE waiting = 1 LIMIT 100) few) + (SELECT COUNT(*)"
                        " FROM (SELECT 1 AS x FROM mail WHERE state = 'failed' LIMIT 100) few)",
                        DB_NO_ARGS, NULL, waiting, err);
}

static const struct feature_menu MENU[] = {
    {"/staff", _("Inbox"), "folder-open", WHO_STAFF, .order = 100, .count = count_new},
    {"/staff/help", _("Keyboard"), "file-text", WHO_STAFF, .order = 195},
};

const struct feature staff_home_feature = {
    .name = "staff/home",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
