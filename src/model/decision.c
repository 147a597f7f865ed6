#include "model/decision.h"

#include "model/decision_chain.h"
#include "model/notice.h"
#include "model/specification_content.h"
#include "service/mail.h"

struct str decision_proof(struct visit *visit, struct str number, struct str digest)
{
    struct str text = arena_printf(visit->arena, "%lld\n%.*s\n%.*s", (long long)visit->actor.login_id, STR_FMT(number),
                                   STR_FMT(digest));
    return app_mac(visit->app, visit->arena, "specification-shown", text);
}

struct deciding {
    struct visit *visit;
    const struct decision *decision;
    struct specification *specification;
    enum decision_outcome outcome;
};

static const char *code_of(const struct decision *decision)
{
    return decision->approve ? "approved" : "rejected";
}

/* Returns whether the form was shown to this login. If so, the login may know what happened since. */
static bool was_shown(struct visit *visit, const struct decision *decision)
{
    return decision->digest.n && str_eq(decision->shown, decision_proof(visit, decision->number, decision->digest));
}

/* --- earlier decisions -------------------------------------------------------------------------------------------- */

static bool tell_decided(struct deciding *deciding, struct err *err)
{
    struct str made = STR_NONE, digest = STR_NONE, login = STR_NONE;
    bool found;
    struct visit *visit = deciding->visit;
    const struct decision *decision = deciding->decision;
    if (!db_find(visit->db, visit->arena,
                 "SELECT decision, digest, login FROM specification_decision WHERE specification_id = $1"
                 " ORDER BY seq DESC LIMIT 1",
                 DB_ARGS(DB_INT(deciding->specification->id)), DB_TARGETS(TO(&made), TO(&digest), TO(&login)), &found,
                 err))
        return false;
    bool same = str_eqz(made, code_of(decision)) && str_eq(login, visit->actor.login_name) &&
                str_eq(digest, deciding->specification->digest) &&
                (!decision->digest.n || str_eq(decision->digest, digest));
    deciding->outcome = same ? DECISION_REPEATED : DECISION_BY_OTHERS;
    return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool write_record(struct deciding *deciding, const struct specification_content *content, struct err *err)
{
    struct visit *visit = deciding->visit;
    const struct specification *specification = deciding->specification;
    struct decision_record record = {
        .specification_id = specification->id,
        .number = specification->number,
        .customer = specification->customer,
        .decision = str_of(code_of(deciding->decision)),
        .content = content->text,
        .digest = content->digest,
        .row_count = content->row_count,
        .total = content->total,
        .your_reference = specification->your_reference,
        .comment = specification->comment,
        .login = visit->actor.login_name,
        .name = visit->actor.name,
        .decided_at = visit->now_us,
    };
    bool found;
    return db_find(visit->db, visit->arena, "SELECT number FROM contact WHERE id = $1",
                   DB_ARGS(DB_INT(visit->actor.contact_id)), DB_TARGETS(TO(&record.contact)), &found, err) &&
           chain_append(visit->db, visit->arena, &record, err);
}

/* {1} number, {2} sum, {3} when, {4} the address of the page of the specification, {5} the name of the portal. */
static bool queue_receipt(struct deciding *deciding, struct err *err)
{
    struct visit *visit = deciding->visit;
    const struct specification *s = deciding->specification;
    enum lang lang = visit->view.lang;
    bool approve = deciding->decision->approve;
    struct buf body;
    const struct str values[] = {s->number, fmt_money(visit->arena, lang, s->total),
                                 instant_format_local(visit->arena, s->decided_at),
                                 visit_absolute(visit, deciding->decision->path), visit->config->name};
    buf_init(&body, visit->arena);
    buf_str(&body, tr_fill(visit->arena, lang,
                           approve ? _("You have approved invoice specification {1} at {5}.\n\nSum (excl. VAT): {2}\n"
                                       "When: {3}\n")
                                   : _("You have rejected invoice specification {1} at {5}.\n\nSum (excl. VAT): {2}\n"
                                       "When: {3}\n"),
                           values, 5));
    if (s->your_reference.n)
        buf_str(&body, tr_fill(visit->arena, lang, _("Your reference: {1}\n"), &s->your_reference, 1));
    if (s->comment.n)
        buf_str(&body, tr_fill(visit->arena, lang, _("Comment: {1}\n"), &s->comment, 1));
    buf_str(&body, tr_fill(visit->arena, lang, _("\nThe specification: {4}\n"), values, 5));
    struct str subject = tr_fill(visit->arena, lang,
                                 approve ? _("Receipt: invoice specification {1} is approved")
                                         : _("Receipt: invoice specification {1} is rejected"),
                                 values, 1);
    return mail_queue(visit->db, visit->actor.email, subject, buf_text(&body), err);
}

static bool write_decision(struct deciding *deciding, const struct specification_content *content, struct err *err)
{
    struct visit *visit = deciding->visit;
    struct specification *s = deciding->specification;
    const struct decision *decision = deciding->decision;
    s->digest = content->digest;
    s->total = content->total;
    s->decided_by = visit->actor.name;
    s->decided_at = visit->now_us;
    s->comment = decision->comment;
    if (decision->your_reference.n)
        s->your_reference = decision->your_reference;
    s->status = decision->approve ? SPECIFICATION_APPROVED : SPECIFICATION_REJECTED;
    deciding->outcome = DECISION_MADE;
    return write_record(deciding, content, err) && specification_set_decided(visit->db, s, err) &&
           visit_audit(visit, decision->approve ? "specification_approved" : "specification_rejected", s->number,
                       fmt_money(visit->arena, LANG_EN, s->total), err) &&
           queue_receipt(deciding, err) && notice_decision(visit, s, err);
}

bool specification_lock(struct db_conn *conn, struct err *err)
{
    return chain_lock(conn, err);
}

/* --- the transaction ---------------------------------------------------------------------------------------------- */

/* A login that was shown the specification may know that it was withdrawn; for all others it never existed. */
static bool tell_absent(struct deciding *deciding, struct err *err)
{
    struct visit *visit = deciding->visit;
    bool withdrawn = false;
    int64_t ignored;
    deciding->outcome = DECISION_NOWHERE;
    if (!was_shown(visit, deciding->decision))
        return true;
    if (!db_query_int(visit->db,
                      "SELECT 1 FROM invoice_specification s JOIN contact_customer l ON l.customer_id = s.customer_id"
                      " WHERE s.number = $1 AND l.contact_id = $2",
                      DB_ARGS(DB_TEXT(deciding->decision->number), DB_INT(visit->actor.contact_id)), &withdrawn,
                      &ignored, err))
        return false;
    if (withdrawn)
        deciding->outcome = DECISION_WITHDRAWN;
    return true;
}

static bool decision_decide(struct deciding *deciding, struct err *err)
{
    struct visit *visit = deciding->visit;
    struct specification_content content;
    switch (deciding->specification->status) {
    case SPECIFICATION_AWAITING:
        break;
    case SPECIFICATION_APPROVED:
    case SPECIFICATION_REJECTED:
        return tell_decided(deciding, err);
    case SPECIFICATION_INVOICED:
        deciding->outcome = DECISION_INVOICED;
        return true;
    case SPECIFICATION_DRAFT:
        deciding->outcome = DECISION_NOWHERE;
        return true;
    }
    if (!specification_content(visit->db, visit->arena, deciding->specification->id, &content, err))
        return false;
    if (deciding->decision->digest.n && !str_eq(deciding->decision->digest, content.digest)) {
        deciding->outcome = DECISION_STALE;
        return true;
    }
    return write_decision(deciding, &content, err);
}

static bool decide_body(struct db_conn *conn, void *context, struct err *err)
{
    struct deciding *deciding = context;
    struct err absent = {.kind = ERR_NONE};
    if (!chain_lock(conn, err))
        return false;
    if (specification_find(deciding->visit, deciding->decision->number, deciding->specification, &absent))
        return decision_decide(deciding, err);
    if (absent.kind == ERR_NOT_FOUND)
        return tell_absent(deciding, err);
    *err = absent;
    return false;
}

bool decision_make(struct visit *visit, const struct decision *decision, enum decision_outcome *outcome,
                   struct specification *specification, struct err *err)
{
    struct deciding deciding = {visit, decision, specification, DECISION_NOWHERE};
    *specification = (struct specification){.id = 0};
    if (!db_transaction(visit->db, decide_body, &deciding, err))
        return false;
    *outcome = deciding.outcome;
    return true;
}
