#include "base/decimal.h"
#include "bulk/exchange/stage.h"
#include "model/contact.h"

#define CHUNK 500
/* Longer chains, and circles, are refused. */
#define PARENTS_MAX 64

static bool note_rows(struct load *load, enum format_id format, const char *literal, const char *column,
                      const char *problem, struct err *err)
{
    const struct input *input = load_input(load, format);
    struct db_rows *rows = db_query(load->conn, load->arena, literal, DB_NO_ARGS, err);
    while (rows && db_next(rows))
        LOAD_PROBLEM(load, input, db_int(rows, 0), column, db_text(rows, 1), "%s", problem);
    return db_done(rows, err);
}

#define ANCESTORS                                                                                                      \
    "WITH RECURSIVE up (line, start, at, depth) AS (SELECT s.line, s.id, o.parent_id, 1 FROM stage_objects s"          \
    " JOIN object o ON o.id = s.id WHERE o.parent_id IS NOT NULL AND s.state <> 0"                                     \
    " UNION ALL SELECT up.line, up.start, o.parent_id, up.depth + 1 FROM up JOIN object o ON o.id = up.at"             \
    " WHERE o.parent_id IS NOT NULL AND up.at <> up.start AND up.depth < 65)"                                          \
    " SELECT up.line, s.v_parent FROM up JOIN stage_objects s ON s.line = up.line"

bool objects_check_parents(struct load *load, struct err *err)
{
    const struct input *input = load_input(load, FORMAT_OBJECTS);
    if (!input || !input_gives(input, "parent"))
        return true;
    int64_t before = load->problems.count;
    if (!note_rows(load, FORMAT_OBJECTS, ANCESTORS " WHERE up.at = up.start ORDER BY up.line", "parent",
                   "the object would be its own parent, directly or over others", err))
        return false;
    _Static_assert(PARENTS_MAX == 64, "the depth in ANCESTORS");
    /* Those that hang below a circle are not to blame. */
    return load->problems.count > before ||
           note_rows(load, FORMAT_OBJECTS, ANCESTORS " WHERE up.depth = 65 ORDER BY up.line", "parent",
                     "more than 64 objects above each other", err);
}

bool rows_check_work_orders(struct load *load, struct err *err)
{
    if (load_input(load, FORMAT_ARTICLE_ROWS) &&
        !note_rows(load, FORMAT_ARTICLE_ROWS,
                   "SELECT s.line, w.number FROM stage_article_rows s JOIN article_row r ON r.id = s.id"
                   " JOIN work_order w ON w.id = r.work_order_id WHERE w.case_id <> r.case_id ORDER BY s.line",
                   "work_order", "the work order belongs to another case", err))
        return false;
    return !load_input(load, FORMAT_WORK_ORDERS) ||
           note_rows(load, FORMAT_WORK_ORDERS,
                     "SELECT s.line, MIN(r.number) FROM stage_work_orders s JOIN work_order w ON w.id = s.id"
                     " JOIN article_row r ON r.work_order_id = w.id WHERE s.state = 1 AND r.case_id <> w.case_id"
                     " GROUP BY s.line ORDER BY s.line",
                     "case", "an article row of the work order belongs to another case", err);
}

/* Two values per row, for a batch. */
struct pairs {
    struct db_value (*rows)[2];
    size_t count;
};

static bool pairs_write(struct db_conn *conn, struct arena *arena, const struct pairs *pairs, const char *literal,
                        struct err *err)
{
    struct db_batch *batch = db_batch_begin(conn, arena, literal, err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < pairs->count; i++)
        ok = db_batch_add(batch, pairs->rows[i], 2, err);
    return db_batch_end(batch, err) && ok;
}

bool addresses_refresh(struct load *load, struct err *err)
{
    const struct input *input = load_input(load, FORMAT_CONTACTS);
    if (!input || !(input_gives(input, "email") || input_gives(input, "email_2") || input_gives(input, "email_3")))
        return true;
    return contacts_drop_addresses(load->conn, row_set("SELECT s.id FROM stage_contacts s WHERE s.state = 1"), err) &&
           contacts_derive_addresses(
               load->conn,
               "SELECT c.id, c.email, c.email_2, c.email_3 FROM stage_contacts s"
               " JOIN contact c ON c.id = s.id WHERE s.id > $1 AND s.state <> 0 ORDER BY s.id LIMIT $2",
               err);
}

static bool read_totals(struct load *load, struct arena *arena, int64_t *after, bool *more, struct pairs *pairs,
                        struct err *err)
{
    struct db_rows *rows =
        db_query(load->conn, arena,
                 "SELECT r.id, r.quantity, r.unit_price, r.discount, s.line FROM stage_article_rows s"
                 " JOIN article_row r ON r.id = s.id WHERE s.id > $1 AND s.state = 1 ORDER BY s.id LIMIT $2",
                 DB_ARGS(DB_INT(*after), DB_INT(CHUNK)), err);
    pairs->rows = arena_array(arena, CHUNK, sizeof *pairs->rows);
    *more = false;
    while (rows && db_next(rows)) {
        int64_t total = 0;
        *more = true;
        *after = db_int(rows, 0);
        if (!decimal_total(db_int(rows, 1), db_int(rows, 2), db_int(rows, 3), &total))
            LOAD_PROBLEM(load, load_input(load, FORMAT_ARTICLE_ROWS), db_int(rows, 4), "quantity", STR_NONE,
                         "quantity times unit_price is too large");
        struct db_value *pair = pairs->rows[pairs->count++];
        pair[0] = DB_INT(*after);
        pair[1] = DB_INT(total);
    }
    return db_done(rows, err);
}

/* Of changed rows: the file may have given only some of the factors. */
bool totals_refresh(struct load *load, struct err *err)
{
    if (!load_input(load, FORMAT_ARTICLE_ROWS))
        return true;
    struct arena *arena = arena_create();
    int64_t after = 0;
    bool more = true, ok = true;
    while (ok && more) {
        struct pairs pairs = {0};
        ok = read_totals(load, arena, &after, &more, &pairs, err) &&
             pairs_write(load->conn, arena, &pairs, "UPDATE article_row SET total = $2 WHERE id = $1", err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return ok;
}
