#include "model/specification_content.h"

#include "base/decimal.h"
#include "base/digest.h"
#include "model/specification.h"

/* Specifications handled before the arena is emptied. */
#define CHUNK 64

/* JSON texts keep the fields apart, no matter what they contain. */
void specification_content_add_line(struct buf *text, struct arena *arena, const struct str texts[7],
                                    const int64_t numbers[3], int64_t total)
{
    for (int i = 0; i < 7; i++) {
        buf_json(text, texts[i]);
        buf_char(text, ' ');
    }
    for (int i = 0; i < 3; i++) {
        buf_str(text, decimal_format(arena, numbers[i]));
        buf_char(text, ' ');
    }
    buf_str(text, ore_format(arena, total));
    buf_char(text, '\n');
}

/* The rows are ordered by bytes, unlike on pages: a decision is about this text, so its digest must never change. */
bool specification_content(struct db_conn *conn, struct arena *arena, int64_t specification_id,
                           struct specification_content *content, struct err *err)
{
    struct buf text;
    struct str last_case = STR_NONE;
    bool fits = true;
    buf_init(&text, arena);
    *content = (struct specification_content){.row_count = 0};
    struct db_rows *rows = db_query(
        conn, arena,
        "SELECT c.number, r.number, r.row_date, r.title, r.description, COALESCE(a.number, ''), r.unit, r.quantity,"
        " r.unit_price, r.discount, r.total FROM invoice_specification_row l JOIN article_row r ON r.id = "
        "l.article_row_id JOIN cases c ON c.id = r.case_id LEFT JOIN article a ON a.id = r.article_id"
        " WHERE l.specification_id = $1 AND r.status <> 'cancelled' ORDER BY c.number, r.row_date, r.number",
        DB_ARGS(DB_INT(specification_id)), err);
    struct str texts[7];
    int64_t numbers[3], total;
    while (db_read_next(rows, TO_LENT(&texts[0]), TO_LENT(&texts[1]), TO_LENT(&texts[2]), TO_LENT(&texts[3]),
                        TO_LENT(&texts[4]), TO_LENT(&texts[5]), TO_LENT(&texts[6]), TO(&numbers[0]), TO(&numbers[1]),
                        TO(&numbers[2]), TO(&total))) {
        specification_content_add_line(&text, arena, texts, numbers, total);
        content->row_count++;
        if (content->row_count == 1 || !str_eq(texts[0], last_case)) {
            last_case = arena_str(arena, texts[0]);
            content->case_count++;
        }
        fits = fits && !__builtin_add_overflow(content->total, total, &content->total);
    }
    if (!db_done(rows, err))
        return false;
    buf_str(&text, ore_format(arena, content->total));
    buf_char(&text, '\n');
    content->text = buf_text(&text);
    content->digest = digest_hex(arena, content->text);
    return fits || err_set(err, ERR_INTERNAL, NULL, "the sum of a specification is out of range");
}

bool specification_refresh_one(struct db_conn *conn, struct arena *arena, int64_t id, struct err *err)
{
    struct specification_content content;
    return specification_content(conn, arena, id, &content, err) &&
           db_exec(
               conn,
               "UPDATE invoice_specification SET digest = $1, row_count = $2, case_count = $3, total = $4 WHERE id = $5"
               " AND digest <> $6",
               DB_ARGS(DB_TEXT(content.digest), DB_INT(content.row_count), DB_INT(content.case_count),
                       DB_INT(content.total), DB_INT(id), DB_TEXT(content.digest)),
               err);
}

bool specification_refresh(struct db_conn *conn, const char *literal, struct err *err)
{
    struct arena *arena = arena_create();
    int64_t after = 0;
    bool ok = true;
    for (size_t count = CHUNK; ok && count == CHUNK; arena_reset(arena)) {
        int64_t ids[CHUNK];
        ok = db_read_numbers(db_query(conn, arena, literal, DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err), ids, CHUNK,
                             &count, err);
        for (size_t i = 0; ok && i < count; i++)
            ok = specification_refresh_one(conn, arena, after = ids[i], err);
    }
    arena_destroy(arena);
    return ok;
}

bool specification_refresh_row(struct db_conn *conn, struct arena *arena, int64_t article_row_id, struct err *err)
{
    int64_t ids[CHUNK];
    size_t count;
    bool ok =
        db_read_numbers(db_query(conn, arena,
                                 "SELECT specification_id FROM invoice_specification_row WHERE article_row_id = $1"
                                 " ORDER BY specification_id DESC LIMIT $2",
                                 DB_ARGS(DB_INT(article_row_id), DB_INT(CHUNK)), err),
                        ids, CHUNK, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = specification_refresh_one(conn, arena, ids[i], err);
    return ok;
}

/* --- verifying ---------------------------------------------------------------------------------------------------- */

/* The stored values of one specification, to compare with its rows. */
struct kept {
    int64_t id;
    struct str number;
    struct specification_content content;
};

static bool check_one(struct db_conn *conn, struct arena *arena, const struct kept *kept, struct buf *report,
                      struct err *err)
{
    struct specification_content made;
    if (!specification_content(conn, arena, kept->id, &made, err))
        return false;
    if (!str_eq(made.digest, kept->content.digest) || made.row_count != kept->content.row_count ||
        made.case_count != kept->content.case_count || made.total != kept->content.total)
        buf_printf(report, "invoice specification %.*s: its rows were changed past the portal\n",
                   STR_FMT(kept->number));
    return true;
}

static bool specification_content_read_kept(struct db_conn *conn, struct arena *arena, int64_t after, struct kept *kept,
                                            size_t *count, struct err *err)
{
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT id, number, digest, row_count, case_count, total FROM invoice_specification"
                                    " WHERE id > $1 ORDER BY id LIMIT $2",
                                    DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err);
    *count = 0;
    for (struct kept *one = kept; *count < CHUNK && db_read_next(rows, TO(&one->id), TO(&one->number),
                                                                 TO(&one->content.digest), TO(&one->content.row_count),
                                                                 TO(&one->content.case_count), TO(&one->content.total));
         one++)
        ++*count;
    return db_done(rows, err);
}

static bool specification_content_check_all(struct db_conn *conn, struct arena *arena, struct buf *report,
                                            struct err *err)
{
    struct kept kept[CHUNK];
    int64_t after = 0;
    for (size_t count = CHUNK; count == CHUNK; arena_reset(arena)) {
        if (!specification_content_read_kept(conn, arena, after, kept, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            after = kept[i].id;
            if (!check_one(conn, arena, &kept[i], report, err))
                return false;
        }
    }
    return true;
}

/* Reads in one snapshot, so that a change between reading a specification and its rows is not reported. */
bool specification_check(struct db_conn *conn, struct buf *report, struct err *err)
{
    if (!db_read_begin(conn, err))
        return false;
    struct arena *arena = arena_create();
    bool ok = specification_content_check_all(conn, arena, report, err);
    arena_destroy(arena);
    db_read_end(conn);
    return ok;
}
