#include "model/decision_chain.h"

#include "base/digest.h"

#include <inttypes.h>
#include <sodium.h>

void remark_add_line(struct buf *text, const struct remark *remark)
{
    const struct str texts[] = {remark->case_number, remark->row_number, remark->title, remark->comment};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_json(text, texts[i]);
        buf_char(text, '\n');
    }
}

/* Hashes JSON texts and numbers, one per line, so that nothing can move from one field to the next. */
static struct str hash_of(struct arena *arena, const struct decision_record *record)
{
    const struct str texts[] = {record->number,  record->customer,       record->decision,     record->content,
                                record->digest,  record->your_reference, record->comment,      record->login,
                                record->contact, record->name,           record->previous_hash};
    struct buf text;
    buf_init(&text, arena);
    buf_printf(&text, "%" PRId64 "\n%" PRId64 "\n%" PRId64 "\n%" PRId64 "\n%" PRId64 "\n", record->seq,
               record->specification_id, record->row_count, record->total, record->decided_at);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_json(&text, texts[i]);
        buf_char(&text, '\n');
    }
    buf_str(&text, record->remarks);
    return digest_hex(arena, buf_text(&text));
}

bool chain_lock(struct db_conn *conn, struct err *err)
{
    return db_exec(conn, "UPDATE decision_head SET seq = seq WHERE name = 'specification'", DB_NO_ARGS, err);
}

static bool decision_chain_read_head(struct db_conn *conn, struct arena *arena, int64_t *seq, struct str *hash,
                                     struct err *err)
{
    bool found;
    return db_find(conn, arena, "SELECT seq, hash FROM decision_head WHERE name = 'specification'", DB_NO_ARGS,
                   DB_TARGETS(TO(seq), TO(hash)), &found, err) &&
           (found || err_set(err, ERR_INTERNAL, NULL, "the end of the chain of decisions is missing"));
}

bool chain_append(struct db_conn *conn, struct arena *arena, struct decision_record *record, struct err *err)
{
    if (!decision_chain_read_head(conn, arena, &record->seq, &record->previous_hash, err))
        return false;
    record->seq++;
    record->hash = hash_of(arena, record);
    return db_exec(
               conn,
               "INSERT INTO specification_decision (seq, specification_id, number, customer, decision, content, digest,"
               " row_count, total, your_reference, comment, login, contact, name, decided_at, previous_hash, hash)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
               DB_ARGS(DB_INT(record->seq), DB_INT(record->specification_id), DB_TEXT(record->number),
                       DB_TEXT(record->customer), DB_TEXT(record->decision), DB_TEXT(record->content),
                       DB_TEXT(record->digest), DB_INT(record->row_count), DB_INT(record->total),
                       DB_TEXT(record->your_reference), DB_TEXT(record->comment), DB_TEXT(record->login),
                       DB_TEXT(record->contact), DB_TEXT(record->name), DB_INT(record->decided_at),
                       DB_TEXT(record->previous_hash), DB_TEXT(record->hash)),
               err) &&
           db_exec(conn, "UPDATE decision_head SET seq = $1, hash = $2 WHERE name = 'specification'",
                   DB_ARGS(DB_INT(record->seq), DB_TEXT(record->hash)), err);
}

/* --- verifying ---------------------------------------------------------------------------------------------------- */

struct walk {
    int64_t seq;
    char hash[2 * crypto_generichash_BYTES + 1]; /* hash of the row before */
};

static struct str walk_hash(const struct walk *walk)
{
    return str_of(walk->hash);
}

static void walk_on(struct walk *walk, const struct decision_record *record)
{
    size_t n = record->hash.n < sizeof walk->hash - 1 ? record->hash.n : sizeof walk->hash - 1;
    for (size_t i = 0; i < n; i++)
        walk->hash[i] = record->hash.p[i];
    walk->hash[n] = '\0';
    walk->seq = record->seq;
}

static void check_record(struct arena *arena, const struct walk *walk, const struct decision_record *record,
                         struct buf *report)
{
    if (record->seq != walk->seq + 1)
        buf_printf(report, "decisions: %" PRId64 " is followed by %" PRId64 ", so some were taken out\n", walk->seq,
                   record->seq);
    else if (!str_eq(record->previous_hash, walk_hash(walk)))
        buf_printf(report, "decision %" PRId64 ": it does not follow the one before\n", record->seq);
    if (!str_eq(record->hash, hash_of(arena, record)))
        buf_printf(report, "decision %" PRId64 " on %.*s: it was changed\n", record->seq, STR_FMT(record->number));
    if (!str_eq(record->digest, digest_hex(arena, record->content)))
        buf_printf(report, "decision %" PRId64 " on %.*s: what was shown was changed\n", record->seq,
                   STR_FMT(record->number));
}

/* The remarks of a decision as one text. */
struct kept_remarks {
    int64_t seq;
    struct buf text;
};

/* Reads the remarks of all decisions, in their order and with an empty last one. */
static bool decision_chain_read_remarks(struct db_conn *conn, struct arena *arena, struct kept_remarks **kept,
                                        struct err *err)
{
    struct remark one;
    int64_t seq, last = 0;
    size_t count = 0, cap = 0;
    struct db_rows *rows = db_query(
        conn, arena, "SELECT seq, case_number, row_number, title, comment FROM decision_remark ORDER BY seq, place",
        DB_NO_ARGS, err);
    *kept = NULL;
    for (; db_read_next(rows, TO(&seq), TO_LENT(&one.case_number), TO_LENT(&one.row_number), TO_LENT(&one.title),
                        TO_LENT(&one.comment));
         last = seq) {
        if (seq != last) {
            *kept = arena_grow(arena, *kept, count, &cap, sizeof **kept);
            (*kept)[count].seq = seq;
            buf_init(&(*kept)[count++].text, arena);
        }
        remark_add_line(&(*kept)[count - 1].text, &one);
    }
    *kept = arena_grow(arena, *kept, count, &cap, sizeof **kept);
    (*kept)[count].seq = 0;
    return db_done(rows, err);
}

static bool decision_chain_check_rows(struct db_conn *conn, const struct kept_remarks *remarks, struct walk *walk,
                                      struct buf *report, struct err *err)
{
    struct arena *row = arena_create();
    struct db_rows *rows =
        db_query(conn, row,
                 "SELECT seq, specification_id, number, customer, decision, content, digest, row_count, total,"
                 " your_reference, comment, login, contact, name, decided_at, previous_hash, hash"
                 " FROM specification_decision ORDER BY seq",
                 DB_NO_ARGS, err);
    struct decision_record r;
    while (db_read_next(rows, TO(&r.seq), TO(&r.specification_id), TO(&r.number), TO(&r.customer), TO(&r.decision),
                        TO(&r.content), TO(&r.digest), TO(&r.row_count), TO(&r.total), TO(&r.your_reference),
                        TO(&r.comment), TO(&r.login), TO(&r.contact), TO(&r.name), TO(&r.decided_at),
                        TO(&r.previous_hash), TO(&r.hash))) {
        r.remarks = remarks->seq == r.seq ? buf_text(&(remarks++)->text) : STR_NONE;
        check_record(row, walk, &r, report);
        walk_on(walk, &r);
        arena_reset(row);
    }
    arena_destroy(row);
    return db_done(rows, err);
}

/* Reports specifications that carry the time of their last decision, but not its content. */
static bool check_specifications(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err)
{
    struct db_rows *rows = db_query(
        conn, arena,
        "SELECT s.number FROM specification_decision d JOIN invoice_specification s ON s.id = d.specification_id"
        " WHERE s.decided_at = d.decided_at AND d.seq = (SELECT MAX(l.seq) FROM specification_decision l"
        " WHERE l.specification_id = s.id) AND s.status IN ('approved', 'rejected')"
        " AND (s.status <> d.decision OR s.decided_digest <> d.digest OR s.decided_by <> d.name"
        " OR s.comment <> d.comment) ORDER BY s.number COLLATE \"sv-natural\"",
        DB_NO_ARGS, err);
    for (struct str number; db_read_next(rows, TO_LENT(&number));)
        buf_printf(report, "invoice specification %.*s: it does not say what was decided\n", STR_FMT(number));
    return db_done(rows, err);
}

/* The audit is a second witness: decisions that were cut off together with the head of the chain are still in it. */
static bool check_audit(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err)
{
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT a.subject FROM audit a WHERE a.action IN ('specification_approved', 'specification_rejected')"
                 " GROUP BY a.subject HAVING COUNT(*) > (SELECT COUNT(*) FROM specification_decision d"
                 " WHERE d.number = a.subject) ORDER BY a.subject COLLATE \"sv-natural\"",
                 DB_NO_ARGS, err);
    for (struct str number; db_read_next(rows, TO_LENT(&number));)
        buf_printf(report, "decisions on %.*s: the audit has more than stand there\n", STR_FMT(number));
    return db_done(rows, err);
}

bool chain_check(struct db_conn *conn, struct arena *arena, struct buf *report, struct err *err)
{
    struct walk walk = {.seq = 0};
    struct kept_remarks *remarks;
    struct str hash;
    int64_t seq;
    if (!decision_chain_read_remarks(conn, arena, &remarks, err) ||
        !decision_chain_check_rows(conn, remarks, &walk, report, err) ||
        !decision_chain_read_head(conn, arena, &seq, &hash, err))
        return false;
    if (seq != walk.seq || !str_eq(hash, walk_hash(&walk)))
        buf_printf(report,
                   "decisions: the last is %" PRId64 " and should be %" PRId64 ", so the end was cut off or changed\n",
                   walk.seq, seq);
    return check_specifications(conn, arena, report, err) && check_audit(conn, arena, report, err);
}
