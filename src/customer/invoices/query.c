#include "customer/invoices/query.h"

#include "access/search_words.h"
#include "access/visibility.h"
#include "customer/invoices/invoices.h"

#define PERIOD "COALESCE(s.period_from, s.period_to, '')"
#define NAME_ORDER " COLLATE \"sv-natural\""

/* --- conditions --------------------------------------------------------------------------------------------------- */

/*
 * Appends the condition on the period. A period without an end goes on for ever; a specification without a period never
 * matches.
 */
static void add_period(struct sql *sql, const struct invoice_criteria *criteria)
{
    if (criteria->from.n)
        sql_put(sql, " AND COALESCE(s.period_to, CASE WHEN s.period_from IS NULL THEN '' ELSE '9999' END) >= ?",
                DB_TEXT(criteria->from));
    if (criteria->to.n)
        sql_put(sql, " AND COALESCE(s.period_from, CASE WHEN s.period_to IS NULL THEN '9999' ELSE '' END) <= ?",
                DB_TEXT(criteria->to));
}

static void add_conditions(struct sql *sql, const struct visit *visit, const struct invoice_criteria *criteria)
{
    sql_put(sql, " FROM invoice_specification s JOIN customer cu ON cu.id = s.customer_id WHERE ");
    visible_specification(sql, &visit->actor);
    if (criteria->status.n)
        sql_put(sql, " AND " SPECIFICATION_STATUS " = ?", DB_TEXT(criteria->status));
    if (criteria->customer.n)
        sql_put(sql, " AND cu.number = ?", DB_TEXT(criteria->customer));
    add_period(sql, criteria);
}

/* --- order -------------------------------------------------------------------------------------------------------- */

/* The sort order: a number, then a text, then the id. */
struct order {
    const char *value_literal, *text_literal; /* value_literal NULL: none */
    bool value_down, text_down, id_down;
};

/* Among equal rows the newest period is first, whichever way the list is sorted. */
static struct order order_of(const struct invoice_criteria *criteria, bool backwards)
{
    static const struct order ORDERS[INVOICE_SORTS] = {
        [BY_WAITING] = {"CAST(CASE " SPECIFICATION_STATUS " WHEN 'awaiting_approval' THEN 0 ELSE 1 END AS BIGINT)",
                        PERIOD, false, true, true},
        [BY_NUMBER] = {NULL, "s.number" NAME_ORDER, false, false, false},
        [BY_TITLE] = {NULL, "s.title" NAME_ORDER, false, false, true},
        [BY_CUSTOMER] = {NULL, "cu.name" NAME_ORDER, false, false, true},
        [BY_PERIOD] = {NULL, PERIOD, false, false, false},
        [BY_CASES] = {"s.case_count", PERIOD, false, true, true},
        [BY_TOTAL] = {"s.total", PERIOD, false, true, true},
        [BY_STATUS] = {"CAST(CASE " SPECIFICATION_STATUS " WHEN 'awaiting_approval' THEN 1 WHEN 'approved' THEN 2"
                       " WHEN 'rejected' THEN 3 WHEN 'invoiced' THEN 4 ELSE 0 END AS BIGINT)",
                       PERIOD, false, true, true},
    };
    struct order order = ORDERS[criteria->sort];
    if (criteria->descending && order.value_literal)
        order.value_down = !order.value_down;
    else if (criteria->descending)
        order.text_down = !order.text_down;
    if (criteria->descending && !order.id_down)
        order.id_down = true;
    order.value_down = order.value_down != backwards;
    order.text_down = order.text_down != backwards;
    order.id_down = order.id_down != backwards;
    return order;
}

static void invoices_query_add_order(struct sql *sql, const struct order *order)
{
    sql_put(sql, " ORDER BY ");
    if (order->value_literal)
        sql_put(sql, order->value_down ? "{} DESC, " : "{}, ", SQL(order->value_literal));
    sql_put(sql, order->text_down ? "{} DESC" : "{}", SQL(order->text_literal));
    sql_put(sql, order->id_down ? ", s.id DESC" : ", s.id");
}

/* Appends the condition for rows after the cursor, in the reading order. */
static void invoices_query_add_cursor(struct sql *sql, const struct order *order, const struct invoice_cursor *cursor)
{
    sql_put(sql, " AND (");
    if (order->value_literal)
        sql_put(sql, "{} {} ? OR ({} = ? AND (", SQL(order->value_literal), SQL(order->value_down ? "<" : ">"),
                DB_INT(cursor->value), SQL(order->value_literal), DB_INT(cursor->value));
    sql_put(sql, "{} {} ? OR ({} = ? AND s.id {} ?))", SQL(order->text_literal), SQL(order->text_down ? "<" : ">"),
            DB_TEXT(cursor->text), SQL(order->text_literal), DB_TEXT(cursor->text), SQL(order->id_down ? "<" : ">"),
            DB_INT(cursor->id));
    if (order->value_literal)
        sql_put(sql, "))");
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* Returns the folded number without the characters between its words, so that any part of it can be searched for. */
static struct str joined_number(struct arena *scratch, struct str number)
{
    struct buf words, joined;
    buf_init(&words, scratch);
    buf_init(&joined, scratch);
    search_words_add(&words, number);
    struct str rest = buf_text(&words), word;
    while (str_cut(&rest, ' ', &word))
        buf_str(&joined, word);
    return buf_text(&joined);
}

/*
 * Returns whether every search word begins a word of the row (number, title, reference, customer) or is part of its
 * number.
 */
static bool has_words(struct arena *scratch, const struct invoice_criteria *criteria, const struct db_rows *rows)
{
    struct buf words;
    if (!criteria->word_count)
        return true;
    arena_reset(scratch);
    buf_init(&words, scratch);
    buf_char(&words, ' ');
    search_words_add(&words,
                     arena_printf(scratch, "%.*s %.*s %.*s %.*s", STR_FMT(db_text(rows, 1)), STR_FMT(db_text(rows, 2)),
                                  STR_FMT(db_text(rows, 3)), STR_FMT(db_text(rows, 4))));
    struct str number = joined_number(scratch, db_text(rows, 1));
    for (size_t i = 0; i < criteria->word_count; i++) {
        struct str wanted = arena_printf(scratch, " %.*s", STR_FMT(criteria->words[i]));
        if (str_find(buf_text(&words), wanted) < 0 && str_find(number, criteria->words[i]) < 0)
            return false;
    }
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static const char COLUMNS[] = "SELECT s.id, s.number, s.title, s.your_reference, cu.name, cu.number, s.period_from,"
                              " s.period_to, " SPECIFICATION_STATUS
                              ", CASE WHEN s.decided_digest <> '' AND s.decided_digest <> s.digest THEN 1 ELSE 0 END,"
                              " s.decided_by, s.comment, s.decided_at, s.case_count, s.row_count, s.total, s.status, ";

static struct invoice_row invoices_query_read_row(struct arena *arena, const struct db_rows *rows)
{
    struct specification head = {
        .id = db_int(rows, 0),
        .number = db_text_copy(rows, 1, arena),
        .title = db_text_copy(rows, 2, arena),
        .your_reference = db_text_copy(rows, 3, arena),
        .customer_name = db_text_copy(rows, 4, arena),
        .customer = db_text_copy(rows, 5, arena),
        .period_from = db_text_copy(rows, 6, arena),
        .period_to = db_text_copy(rows, 7, arena),
        .status = specification_status_of(db_text(rows, 8)),
        .changed = db_int(rows, 9) != 0,
        .decided_by = db_text_copy(rows, 10, arena),
        .comment = db_text_copy(rows, 11, arena),
        .decided_at = db_int(rows, 12),
        .case_count = (size_t)db_int(rows, 13),
        .row_count = db_int(rows, 14),
        .total = db_int(rows, 15),
        .was_rejected = str_eqz(db_text(rows, 16), "rejected"),
    };
    struct invoice_cursor place = {
        .set = true, .value = db_int(rows, 17), .text = db_text_copy(rows, 18, arena), .id = head.id};
    return (struct invoice_row){head, place};
}

static void invoices_query_build_list(struct sql *sql, const struct visit *visit,
                                      const struct invoice_criteria *criteria, const struct invoice_cursor *cursor)
{
    struct order order = order_of(criteria, cursor && cursor->backwards);
    *sql = sql_start(visit->arena, COLUMNS);
    if (order.value_literal)
        sql_put(sql, order.value_literal);
    else
        sql_put(sql, "0");
    sql_put(sql, ", {}", SQL(order.text_literal));
    add_conditions(sql, visit, criteria);
    if (cursor && cursor->set)
        invoices_query_add_cursor(sql, &order, cursor);
    invoices_query_add_order(sql, &order);
}

static void invoices_query_reverse(struct invoice_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct invoice_row kept = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = kept;
    }
}

bool invoice_page_of(struct visit *visit, const struct invoice_criteria *criteria, struct invoice_page *page,
                     struct err *err)
{
    struct sql sql;
    size_t size = (size_t)criteria->page_size, count = 0;
    struct invoice_row *made = ARENA_ARRAY(visit->arena, struct invoice_row, size + 1);
    *page = (struct invoice_page){0};
    if (criteria->unanswerable)
        return true;
    invoices_query_build_list(&sql, visit, criteria, &criteria->after);
    if (!criteria->word_count)
        sql_put(&sql, " LIMIT ?", DB_INT((int64_t)size + 1));
    struct arena *scratch = arena_create();
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (count <= size && db_next(rows)) {
        if (has_words(scratch, criteria, rows))
            made[count++] = invoices_query_read_row(visit->arena, rows);
    }
    arena_destroy(scratch);
    if (!db_done(rows, err))
        return false;
    bool beyond = count > size;
    page->count = beyond ? size : count;
    if (criteria->after.backwards)
        invoices_query_reverse(made, page->count);
    page->rows = made;
    page->has_previous = criteria->after.backwards ? beyond : criteria->after.set;
    page->has_next = criteria->after.backwards ? true : beyond;
    return true;
}

/* The arena is emptied after this many rows, so that an export needs the same memory whatever its length. */
#define EACH_ROWS 200

bool invoice_each(struct visit *visit, const struct invoice_criteria *criteria,
                  bool (*each)(void *context, const struct invoice_row *row, struct err *err), void *context,
                  struct err *err)
{
    struct sql sql;
    struct err failure = {0};
    bool ok = true;
    if (criteria->unanswerable)
        return true;
    invoices_query_build_list(&sql, visit, criteria, NULL);
    struct arena *arena = arena_create(), *scratch = arena_create();
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (size_t n = 1; ok && db_next(rows); n++) {
        if (has_words(scratch, criteria, rows)) {
            struct invoice_row row = invoices_query_read_row(arena, rows);
            ok = each(context, &row, &failure);
        }
        if (n % EACH_ROWS == 0)
            arena_reset(arena);
    }
    bool done = db_done(rows, err);
    arena_destroy(arena);
    arena_destroy(scratch);
    if (!ok && err)
        *err = failure;
    return ok && done;
}

static bool count_row(void *context, const struct invoice_row *row, struct err *err)
{
    (void)row, (void)err;
    ++*(int64_t *)context;
    return true;
}

bool invoice_count(struct visit *visit, const struct invoice_criteria *criteria, int64_t *total, struct err *err)
{
    *total = 0;
    if (criteria->word_count || criteria->unanswerable)
        return invoice_each(visit, criteria, count_row, total, err);
    struct sql sql = sql_start(visit->arena, "SELECT count(*)");
    add_conditions(&sql, visit, criteria);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    *total = db_next(rows) ? db_int(rows, 0) : 0;
    return db_done(rows, err);
}

bool invoice_customers(struct visit *visit, size_t cap, struct option **options, size_t *count, bool *more,
                       struct err *err)
{
    *options = ARENA_ARRAY(visit->arena, struct option,
                           cap + 1); /* room for a chosen customer that is not among the first `cap` */
    *count = 0;
    struct sql sql = sql_start(visit->arena, "SELECT cu.number, cu.name FROM customer cu WHERE cu.id IN"
                                             " (SELECT s.customer_id FROM invoice_specification s WHERE ");
    visible_specification(&sql, &visit->actor);
    sql_put(&sql, ") ORDER BY cu.name" NAME_ORDER ", cu.number" NAME_ORDER " LIMIT ?", DB_INT((int64_t)cap + 1));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool next;
    while ((next = db_next(rows)) && *count < cap) {
        struct str number = db_text_copy(rows, 0, visit->arena), name = db_text(rows, 1);
        (*options)[(*count)++] =
            (struct option){number, arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(number)), false};
    }
    *more = next;
    return db_done(rows, err);
}
