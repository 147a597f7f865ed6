/*
 * Mails to staff: about a new case and about a decision on a specification, to the addresses of the settings and to
 * users who want them; about a message of a customer, to users who want that.
 */
#include "model/case.h"
#include "model/notice.h"
#include "model/one_line.h"
#include "portal/address.h"
#include "service/mail.h"

#define STAFF_MAX 500

struct reader {
    struct str address;
    enum lang lang;
};

enum news { NEWS_CASE, NEWS_MESSAGE, NEWS_DECISION };

struct readers {
    enum news news;
    struct reader list[STAFF_MAX];
    size_t count;
    struct str own; /* folded address of the staff user who registered the case; empty: a customer did */
};

static void add_reader(struct arena *arena, struct readers *readers, struct str address, enum lang lang)
{
    struct str folded = actor_fold_name(arena, address);
    if (readers->own.n && str_eq(folded, readers->own))
        return;
    for (size_t i = 0; i < readers->count; i++) {
        if (str_eq(folded, actor_fold_name(arena, readers->list[i].address)))
            return;
    }
    if (readers->count < STAFF_MAX && mail_address_valid(address))
        readers->list[readers->count++] = (struct reader){address, lang};
}

/* Adds users before the addresses of the setting, because users have a language of their own. */
static bool find_readers(struct visit *visit, struct readers *readers, struct err *err)
{
    struct str rest = readers->news == NEWS_CASE       ? visit->config->staff_new_case
                      : readers->news == NEWS_DECISION ? visit->config->staff_decision
                                                       : STR_NONE;
    struct str address;
    readers->own = actor_fold_name(visit->arena, visit->staff.email);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT email, COALESCE(language, '') FROM staff"
                                    " WHERE CASE $1 WHEN 1 THEN mail_messages WHEN 2 THEN mail_decisions"
                                    " ELSE mail_new_cases END = 1"
                                    " AND active = 1 AND password_hash IS NOT NULL ORDER BY id",
                                    DB_ARGS(DB_INT(readers->news)), err);
    for (struct str code; db_read_next(rows, TO(&address), TO_LENT(&code));) {
        enum lang lang = visit->config->language;
        (void)lang_parse(code, &lang);
        add_reader(visit->arena, readers, address, lang);
    }
    while (mail_address_cut(&rest, &address))
        add_reader(visit->arena, readers, address, visit->config->language);
    return db_done(rows, err);
}

enum { FACT_NUMBER, FACT_TITLE, FACT_CUSTOMER, FACT_OBJECT, FACT_REPORTER, FACT_COUNT };

static bool load_facts(struct visit *visit, int64_t case_id, struct str facts[FACT_COUNT], struct err *err)
{
    struct str login;
    bool ok = db_find(visit->db, visit->arena,
                      "SELECT c.number, c.title, cu.name || ' (' || cu.number || ')',"
                      " o.name || ' (' || o.number || ')', c.reporter, l.name FROM cases c"
                      " LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN object o ON o.id = c.object_id"
                      " LEFT JOIN login l ON l.id = c.created_by WHERE c.id = $1",
                      DB_ARGS(DB_INT(case_id)),
                      DB_TARGETS(TO(&facts[FACT_NUMBER]), TO(&facts[FACT_TITLE]), TO(&facts[FACT_CUSTOMER]),
                                 TO(&facts[FACT_OBJECT]), TO(&facts[FACT_REPORTER]), TO(&login)),
                      NULL, err);
    if (!ok)
        return false;
    for (int i = 0; i < FACT_COUNT; i++)
        facts[i] = one_line(visit->arena, facts[i]);
    login = one_line(visit->arena, login);
    if (!facts[FACT_REPORTER].n)
        facts[FACT_REPORTER] = login;
    else if (login.n)
        facts[FACT_REPORTER] = arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(facts[FACT_REPORTER]), STR_FMT(login));
    return true;
}

/* What a mail to staff says: a subject of the number, a line for each fact, and the address of the page. */
struct staff_news {
    const struct msgid *subject; /* {1}: the number */
    struct str number, title, path;
    const struct msgid *const *labels;
    const struct str *facts;
    size_t count;
    struct str remarks; /* lines after the facts, or empty */
};

static bool mail_reader(struct visit *visit, const struct staff_news *news, const struct reader *reader,
                        struct err *err)
{
    struct buf body, subject;
    buf_init(&body, visit->arena);
    buf_init(&subject, visit->arena);
    buf_str(&subject, tr_fill(visit->arena, reader->lang, news->subject, &news->number, 1));
    if (news->title.n)
        buf_printf(&subject, ": %.*s", STR_FMT(utf8_prefix(news->title, 100)));
    for (size_t i = 0; i < news->count; i++)
        buf_printf(&body, "%.*s: %.*s\n", STR_FMT(tr(reader->lang, news->labels[i])),
                   STR_FMT(news->facts[i].n ? news->facts[i] : STR("–")));
    if (news->remarks.n)
        buf_printf(&body, "\n%.*s\n%.*s", STR_FMT(tr(reader->lang, _("Comments on cases and rows:"))),
                   STR_FMT(news->remarks));
    buf_printf(&body, "\n%.*s\n\n--\n",
               STR_FMT(visit_absolute(visit, arena_printf(visit->arena, "/staff%.*s", STR_FMT(news->path)))));
    struct str account = visit_absolute(visit, STR("/staff/account"));
    buf_str(&body, tr_fill(visit->arena, reader->lang,
                           _("Users choose under My account whether they get these mails: {1}"), &account, 1));
    buf_char(&body, '\n');
    return mail_queue(visit->db, reader->address, buf_text(&subject), buf_text(&body), err);
}

static bool mail_readers(struct visit *visit, const struct readers *readers, const struct staff_news *news,
                         struct err *err)
{
    for (size_t i = 0; i < readers->count; i++) {
        if (!mail_reader(visit, news, &readers->list[i], err))
            return false;
    }
    return true;
}

static bool tell_staff(struct visit *visit, int64_t case_id, enum news kind, const struct msgid *subject,
                       struct err *err)
{
    static const struct msgid *const LABELS[FACT_COUNT] = {_("Case number"), _("Title"), _("Customer"), _("Object"),
                                                           _("Reporter")};
    struct readers *readers = ARENA_NEW(visit->arena, struct readers);
    struct str facts[FACT_COUNT] = {STR_NONE};
    readers->news = kind;
    if (!find_readers(visit, readers, err))
        return false;
    if (readers->count && !load_facts(visit, case_id, facts, err))
        return false;
    const struct staff_news news = {.subject = subject,
                                    .number = facts[FACT_NUMBER],
                                    .title = facts[FACT_TITLE],
                                    .path = case_path(visit->arena, facts[FACT_NUMBER]),
                                    .labels = LABELS,
                                    .facts = facts,
                                    .count = FACT_COUNT};
    return mail_readers(visit, readers, &news, err);
}

bool notice_new_case(struct visit *visit, int64_t case_id, struct err *err)
{
    return notice_case(visit, case_id, NOTICE_RECEIPT, err) &&
           tell_staff(visit, case_id, NEWS_CASE, _("New case {1}"), err);
}

bool notice_of_customer(struct visit *visit, int64_t case_id, bool asks_time, struct err *err)
{
    return tell_staff(visit, case_id, NEWS_MESSAGE,
                      asks_time ? _("The time of case {1} does not suit the customer")
                                : _("A customer has written about case {1}"),
                      err);
}

bool notice_decision(struct visit *visit, const struct specification *specification, struct str remarks,
                     struct err *err)
{
    static const struct msgid *const LABELS[] = {
        _("Invoice specification"), _("Title"),  _("Customer"), _("Sum (excl. VAT)"), _("Decided by"),
        _("Your reference"),        _("Comment")};
    const struct specification *s = specification;
    bool approved = s->status == SPECIFICATION_APPROVED;
    struct readers *readers = ARENA_NEW(visit->arena, struct readers);
    struct str facts[] = {
        s->number,     s->title,          s->customer_name, fmt_money(visit->arena, visit->config->language, s->total),
        s->decided_by, s->your_reference, s->comment};
    const struct staff_news news = {.subject = approved ? _("Invoice specification {1} is approved")
                                                        : _("Invoice specification {1} is rejected"),
                                    .number = s->number,
                                    .path = address_of(visit->arena, "/invoices", s->number, ""),
                                    .labels = LABELS,
                                    .facts = facts,
                                    .count = sizeof facts / sizeof *facts,
                                    .remarks = remarks};
    for (size_t i = 0; i < news.count; i++)
        facts[i] = one_line(visit->arena, facts[i]);
    readers->news = NEWS_DECISION;
    return find_readers(visit, readers, err) && mail_readers(visit, readers, &news, err);
}
