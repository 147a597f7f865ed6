#include "model/decision.h"

#include "model/notice.h"
#include "model/one_line.h"
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
    struct remark *remarks; /* of the decision, found on the specification */
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

/* Finds the cases and rows of the remarks. *found is false when one of them is not on the specification any more. */
static bool remarks_find(struct deciding *deciding, bool *found, struct err *err)
{
    struct visit *visit = deciding->visit;
    const struct decision *decision = deciding->decision;
    *found = true;
    deciding->remarks = ARENA_ARRAY(visit->arena, struct remark, decision->remark_count + 1);
    for (size_t i = 0; *found && i < decision->remark_count; i++) {
        struct remark *one = &deciding->remarks[i];
        *one = decision->remarks[i];
        if (!db_find(visit->db, visit->arena,
                     "SELECT c.id, c.number, CASE WHEN $2 = '' THEN 0 ELSE r.id END,"
                     " CASE WHEN $2 = '' THEN '' ELSE COALESCE(NULLIF(r.title, ''), a.name, '') END"
                     " FROM invoice_specification_row l JOIN article_row r ON r.id = l.article_row_id"
                     " JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id"
                     " WHERE l.specification_id = $1 AND r.status <> 'cancelled' AND (r.number = $2 OR c.number = $3)"
                     " LIMIT 1",
                     DB_ARGS(DB_INT(deciding->specification->id), DB_TEXT(one->row_number),
                             DB_TEXT(one->row_number.n ? STR_NONE : one->case_number)),
                     DB_TARGETS(TO(&one->case_id), TO(&one->case_number), TO(&one->row_id), TO(&one->title)), found,
                     err))
            return false;
    }
    return true;
}

static bool remarks_write(struct deciding *deciding, int64_t seq, struct err *err)
{
    const struct decision *decision = deciding->decision;
    for (size_t i = 0; i < decision->remark_count; i++) {
        const struct remark *one = &deciding->remarks[i];
        if (!db_exec(deciding->visit->db,
                     "INSERT INTO decision_remark (seq, place, case_id, article_row_id, case_number, row_number, title,"
                     " comment) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                     DB_ARGS(DB_INT(seq), DB_INT(i), DB_INT(one->case_id), DB_ID_OR_NULL(one->row_id),
                             DB_TEXT(one->case_number), DB_TEXT(one->row_number), DB_TEXT(one->title),
                             DB_TEXT(one->comment)),
                     err))
            return false;
    }
    return true;
}

/* The remarks as lines of a mail. */
static struct str remarks_text(const struct deciding *deciding)
{
    struct arena *arena = deciding->visit->arena;
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < deciding->decision->remark_count; i++) {
        const struct remark *one = &deciding->remarks[i];
        buf_str(&text, one_line(arena, one->case_number));
        if (one->row_id)
            buf_printf(&text, ", %.*s %.*s", STR_FMT(one_line(arena, one->row_number)),
                       STR_FMT(one_line(arena, one->title)));
        buf_printf(&text, ": %.*s\n", STR_FMT(one_line(arena, one->comment)));
    }
    return buf_text(&text);
}

static bool write_record(struct deciding *deciding, const struct specification_content *content, struct err *err)
{
    struct visit *visit = deciding->visit;
    const struct specification *specification = deciding->specification;
    struct buf remarks;
    buf_init(&remarks, visit->arena);
    for (size_t i = 0; i < deciding->decision->remark_count; i++)
        remark_add_line(&remarks, &deciding->remarks[i]);
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
        .remarks = buf_text(&remarks),
        .login = visit->actor.login_name,
        .name = visit->actor.name,
        .decided_at = visit->now_us,
    };
    bool found;
    return db_find(visit->db, visit->arena, "SELECT number FROM contact WHERE id = $1",
                   DB_ARGS(DB_INT(visit->actor.contact_id)), DB_TARGETS(TO(&record.contact)), &found, err) &&
           chain_append(visit->db, visit->arena, &record, err) && remarks_write(deciding, record.seq, err);
}

/* {1} number, {2} sum, {3} when, {4} the address of the page of the specification, {5} the name of the portal. */
static bool queue_receipt(struct deciding *deciding, struct str remarks, struct err *err)
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
    if (remarks.n)
        buf_printf(&body, "\n%.*s\n%.*s", STR_FMT(tr(lang, _("Comments on cases and rows:"))), STR_FMT(remarks));
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
    struct str remarks = remarks_text(deciding);
    return write_record(deciding, content, err) && specification_set_decided(visit->db, s, err) &&
           visit_audit(visit, decision->approve ? "specification_approved" : "specification_rejected", s->number,
                       fmt_money(visit->arena, LANG_EN, s->total), err) &&
           queue_receipt(deciding, remarks, err) && notice_decision(visit, s, remarks, err);
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
    bool found = false;
    bool same = !deciding->decision->digest.n || str_eq(deciding->decision->digest, content.digest);
    deciding->outcome = DECISION_STALE;
    if (same && !remarks_find(deciding, &found, err))
        return false;
    return !found || write_decision(deciding, &content, err);
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
    struct deciding deciding = {visit, decision, specification, NULL, DECISION_NOWHERE};
    *specification = (struct specification){.id = 0};
    if (!db_transaction(visit->db, decide_body, &deciding, err))
        return false;
    *outcome = deciding.outcome;
    return true;
}

/* --- those that were made ----------------------------------------------------------------------------------------- */

#define DECISION_CAP 50

bool decisions_load(struct visit *visit, const struct specification *specification, struct kept_decision **decisions,
                    size_t *count, struct err *err)
{
    struct kept_decision *made = ARENA_ARRAY(visit->arena, struct kept_decision, DECISION_CAP), read = {.seq = 0};
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT d.seq, d.decision, d.name, d.decided_at, d.total, d.your_reference, d.comment, d.digest,"
                 " m.case_number, m.row_number, m.title, m.comment FROM (SELECT * FROM specification_decision"
                 " WHERE specification_id = $1 ORDER BY seq DESC LIMIT $2) d LEFT JOIN decision_remark m"
                 " ON m.seq = d.seq ORDER BY d.seq DESC, m.place",
                 DB_ARGS(DB_INT(specification->id), DB_INT(DECISION_CAP)), err);
    struct str decision, digest;
    struct remark remark = {.case_id = 0};
    size_t cap = 0;
    *decisions = made;
    *count = 0;
    while (db_read_next(rows, TO(&read.seq), TO_LENT(&decision), TO(&read.name), TO(&read.at), TO(&read.total),
                        TO(&read.your_reference), TO(&read.comment), TO_LENT(&digest), TO(&remark.case_number),
                        TO(&remark.row_number), TO(&remark.title), TO(&remark.comment))) {
        if (!*count || made[*count - 1].seq != read.seq) {
            read.status = specification_status_of(decision);
            read.other = !str_eq(digest, specification->digest);
            made[(*count)++] = read;
            cap = 0;
        }
        struct kept_decision *one = &made[*count - 1];
        if (remark.case_number.n) {
            one->remarks = arena_grow(visit->arena, one->remarks, one->remark_count, &cap, sizeof remark);
            one->remarks[one->remark_count++] = remark;
        }
    }
    return db_done(rows, err);
}
