#include "bulk/exchange/stage.h"
#include "model/article_row.h"
#include "model/contact.h"

/* Longer chains of parents, and circles, are refused. */
#define PARENTS_MAX 64

static bool note_rows(struct load *load, enum format_id format, const char *literal, const char *column,
                      const char *problem, struct err *err)
{
    const struct input *input = load_input(load, format);
    struct db_rows *rows = db_query(load->conn, load->arena, literal, DB_NO_ARGS, err);
    while (db_next(rows))
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
    /* Objects below a circle are not reported, only the circle itself. */
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

static void note_large_total(void *context, int64_t line)
{
    struct load *load = context;
    LOAD_PROBLEM(load, load_input(load, FORMAT_ARTICLE_ROWS), line, "quantity", STR_NONE,
                 "quantity times unit_price is too large");
}

/* Reads all factors of changed rows from the table, for the file may have given only some of them. */
bool totals_refresh(struct load *load, struct err *err)
{
    if (!load_input(load, FORMAT_ARTICLE_ROWS))
        return true;
    return article_rows_derive_totals(
        load->conn,
        "SELECT r.id, r.quantity, r.unit_price, r.discount, s.line FROM stage_article_rows s"
        " JOIN article_row r ON r.id = s.id WHERE s.id > $1 AND s.state = 1 ORDER BY s.id LIMIT $2",
        note_large_total, load, err);
}
