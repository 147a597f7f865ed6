/* Mails to those who may approve an invoice specification, while it waits (domain 12). */
#include "access/visibility.h"
#include "base/clock.h"
#include "model/notice.h"
#include "model/notice_recipients.h"
#include "model/one_line.h"
#include "portal/address.h"
#include "service/mail.h"

#define READERS_MAX 200
/* In one run of the upkeep; the next run goes on. */
#define DUE_MAX 50

struct waiting {
    struct visit *visit;
    int64_t id;
    bool again; /* it still waits */
    struct str number, title, customer, from, to;
    int64_t customer_id, total;
};

static bool waiting_load(struct waiting *waiting, struct err *err)
{
    struct visit *visit = waiting->visit;
    return db_find(visit->db, visit->arena,
                   "SELECT s.number, s.title, cu.name, COALESCE(s.period_from, ''), COALESCE(s.period_to, ''),"
                   " s.customer_id, s.total FROM invoice_specification s JOIN customer cu ON cu.id = s.customer_id"
                   " WHERE s.id = $1",
                   DB_ARGS(DB_INT(waiting->id)),
                   DB_TARGETS(TO(&waiting->number), TO(&waiting->title), TO(&waiting->customer), TO(&waiting->from),
                              TO(&waiting->to), TO(&waiting->customer_id), TO(&waiting->total)),
                   NULL, err);
}

static struct str waiting_body(const struct waiting *waiting, enum lang lang)
{
    struct visit *visit = waiting->visit;
    struct str title = one_line(visit->arena, waiting->title), account = visit_absolute(visit, STR("/account"));
    struct buf body;
    const struct str values[] = {waiting->number, one_line(visit->arena, waiting->customer),
                                 fmt_money(visit->arena, lang, waiting->total),
                                 visit_absolute(visit, address_of(visit->arena, "/invoices", waiting->number, ""))};
    buf_init(&body, visit->arena);
    buf_str(&body, tr_fill(visit->arena, lang,
                           waiting->again ? _("Invoice specification {1} for {2} still waits for your approval.\n")
                                          : _("Invoice specification {1} for {2} waits for your approval.\n"),
                           values, 2));
    buf_printf(&body, "\n%.*s%s", STR_FMT(title), title.n ? "\n" : "");
    if (waiting->from.n || waiting->to.n)
        buf_printf(&body, "%.*s – %.*s\n", STR_FMT(waiting->from), STR_FMT(waiting->to));
    buf_str(&body,
            tr_fill(visit->arena, lang, _("Sum (excl. VAT): {3}\n\nLook through it and decide:\n{4}\n"), values, 4));
    buf_z(&body, "\n--\n");
    buf_str(&body, tr_fill(visit->arena, lang, _("You choose which mails you get under My account: {1}"), &account, 1));
    buf_char(&body, '\n');
    return buf_text(&body);
}

/* A person gets the mail when they may see the specification and want such mails. */
static bool waiting_tell(const struct waiting *waiting, int64_t login_id, struct err *err)
{
    struct visit *visit = waiting->visit;
    struct actor actor;
    int64_t off = 0;
    bool sees = false;
    if (!actor_load(visit->db, visit->arena, login_id, &actor, err))
        return false;
    if (!may_see_specifications(&actor))
        return true;
    struct sql sql = sql_start(visit->arena,
                               "SELECT a.mails_off | k.mails_off FROM invoice_specification s"
                               " JOIN account a ON a.id = ? JOIN contact k ON k.id = ? WHERE s.id = ?"
                               " AND ",
                               DB_INT(actor.account_id), DB_INT(actor.contact_id), DB_INT(waiting->id));
    visible_specification(&sql, &actor);
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(&off)), &sees, err))
        return false;
    if (!sees || (off >> NOTICE_SPECIFICATION & 1))
        return true;
    enum lang lang = visit->config->language;
    (void)lang_parse(actor.language, &lang);
    struct mail_order order = {
        .recipient = actor.email,
        .subject = tr_fill(visit->arena, lang,
                           waiting->again ? _("Reminder: invoice specification {1} waits for your approval")
                                          : _("Invoice specification {1} waits for your approval"),
                           &waiting->number, 1),
        .body = waiting_body(waiting, lang),
        .contact_id = actor.contact_id,
    };
    return mail_queue_order(visit->db, &order, err);
}

bool notice_specification(struct visit *visit, int64_t id, bool again, struct err *err)
{
    struct waiting waiting = {.visit = visit, .id = id, .again = again};
    int64_t logins[READERS_MAX];
    size_t count = 0;
    if (!visit->config->notify[NOTICE_SPECIFICATION])
        return true;
    if (!waiting_load(&waiting, err))
        return false;
    struct db_rows *rows = db_query(
        visit->db, visit->arena,
        "SELECT DISTINCT l.id FROM contact_customer x JOIN contact_address m ON m.contact_id = x.contact_id"
        " JOIN login l ON l.name = m.address AND l.kind = 'contact' WHERE x.customer_id = $1 ORDER BY l.id LIMIT $2",
        DB_ARGS(DB_INT(waiting.customer_id), DB_INT(READERS_MAX)), err);
    while (db_read_next(rows, TO(&logins[count])))
        count++;
    if (!db_done(rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!waiting_tell(&waiting, logins[i], err))
            return false;
    }
    return true;
}

/* --- those that are due ------------------------------------------------------------------------------------------- */

struct due_specification {
    struct visit *visit;
    int64_t id, told;
};

static bool due_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct due_specification *due = context;
    if (!specification_set_told(conn, due->id, due->told, due->told ? SPECIFICATION_NOT_TOLD : due->visit->now_us, err))
        return false;
    return !db_changes(conn) || notice_specification(due->visit, due->id, due->told != 0, err);
}

static bool due_tell(struct visit *visit, struct err *err)
{
    struct due_specification due[DUE_MAX];
    size_t count = 0;
    int64_t days = visit->config->reminder_days;
    int64_t before = days ? visit->now_us - days * 24 * 3600 * US_PER_SECOND : 0;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT s.id, s.told FROM invoice_specification s WHERE s.told IS NOT NULL"
                                    " AND (s.status = 'awaiting_approval' OR s.decided_digest <> s.digest)"
                                    " AND s.told <= $1 ORDER BY s.told LIMIT $2",
                                    DB_ARGS(DB_INT(before), DB_INT(DUE_MAX)), err);
    while (db_read_next(rows, TO(&due[count].id), TO(&due[count].told)))
        due[count++].visit = visit;
    if (!db_done(rows, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!db_transaction(visit->db, due_body, &due[i], err))
            return false;
    }
    return true;
}

bool notice_specifications_due(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    struct arena *arena = arena_create();
    struct visit visit = {.arena = arena, .config = config, .db = conn, .now_us = now_us};
    bool ok = due_tell(&visit, err);
    arena_destroy(arena);
    return ok;
}
