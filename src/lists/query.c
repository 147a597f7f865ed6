/* The SQL of a list: reads its rows from a place on, and counts them. */
#include "lists/internal.h"

/* --- criteria ----------------------------------------------------------------------------------------------------- */

static void criterion_words_add(struct sql *sql, const struct list_query *query, const struct list_criterion *criterion)
{
    if (criterion->index != SEARCH_CASES)
        search_add_indexed(sql, db_conn_engine(query->visit->db), criterion->index, criterion->literal, &query->search);
    else
        search_add(sql, &query->search, criterion->literal);
}

static void criterion_add(struct sql *sql, const struct list_query *query, size_t i)
{
    const struct list_criterion *criterion = &query->list->criteria[i];
    struct str value = query->values[i];
    int64_t place = query->numbers[i];
    if (criterion->add) {
        if (value.n)
            criterion->add(sql, query,
                           criterion->kind == LIST_BY_WORDS ? search_input(query->visit->arena, value) : value);
        return;
    }
    if (criterion->kind == LIST_BY_TICK) {
        sql_put(sql, "{}", SQL(value.n ? criterion->literal : criterion->else_literal));
        return;
    }
    if (!value.n || (!criterion->literal && !criterion->code_literals))
        return;
    if (criterion->kind == LIST_BY_WORDS)
        criterion_words_add(sql, query, criterion);
    else if (criterion->kind == LIST_FROM || criterion->kind == LIST_TO)
        sql_put(sql, criterion->literal, DB_INT(query->numbers[i]));
    else if (criterion->code_literals)
        sql_put(sql, "{}", SQL(criterion->code_literals[place]));
    else
        sql_put(sql, criterion->literal, DB_TEXT(value));
}

void list_conditions(struct sql *sql, const struct list_query *query)
{
    for (size_t i = 0; i < query->list->criterion_count; i++)
        criterion_add(sql, query, i);
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static size_t key_count(const struct list_order *order)
{
    size_t count = 0;
    while (count < LIST_KEYS && order->keys[count].literal)
        count++;
    return count;
}

/* The direction in which rows are read: for a page that ends at a place it is reversed. */
static bool key_down(const struct list_query *query, size_t i)
{
    const struct list_key *key = &query->order->keys[i];
    bool down = key->direction == LIST_KEY_ALONG ? query->descending : key->direction == LIST_KEY_DOWN;
    return down != query->place.backwards;
}

static const char *key_literal(const struct list_query *query, size_t i)
{
    bool english = query->visit->view.lang == LANG_EN && i == 0 && query->order->en_literal;
    return english ? query->order->en_literal : query->order->keys[i].literal;
}

void list_add_order(struct sql *sql, const struct list_query *query)
{
    for (size_t i = 0; i < key_count(query->order); i++)
        sql_put(sql, "{}{}{}", SQL(i ? ", " : " ORDER BY "), SQL(key_literal(query, i)),
                SQL(key_down(query, i) ? " DESC" : NULL));
}

static bool keys_run_alike(const struct list_query *query, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (key_down(query, i) != key_down(query, 0))
            return false;
    }
    return true;
}

/* `(a, b) > ($1, $2)`: an index on both columns answers this with one range. */
static void place_add_alike(struct sql *sql, const struct list_query *query, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sql_put(sql, "{}{}", SQL(i ? ", " : " AND ("), SQL(key_literal(query, i)));
    sql_put(sql, "{}", SQL(key_down(query, 0) ? ") < (" : ") > ("));
    for (size_t i = 0; i < count; i++)
        sql_put(sql, "{}?", SQL(i ? ", " : NULL), query->place.keys[i]);
    sql_put(sql, ")");
}

/* `a > $1 OR (a = $1 AND (b < $2 OR …))` */
static void place_add_apart(struct sql *sql, const struct list_query *query, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *literal = key_literal(query, i);
        sql_put(sql, " AND ({}{}?", SQL(literal), SQL(key_down(query, i) ? " < " : " > "), query->place.keys[i]);
        if (i + 1 < count)
            sql_put(sql, " OR ({} = ?", SQL(literal), query->place.keys[i]);
    }
    for (size_t i = 0; i + 1 < count; i++)
        sql_put(sql, "))");
    sql_put(sql, ")");
}

void list_add_place(struct sql *sql, const struct list_query *query)
{
    size_t count = key_count(query->order);
    if (!query->place.set)
        return;
    if (keys_run_alike(query, count))
        place_add_alike(sql, query, count);
    else
        place_add_apart(sql, query, count);
}

void list_place_read(const struct list_query *query, const struct db_rows *rows, struct list_place *place)
{
    place->set = true;
    for (size_t i = 0; i < key_count(query->order); i++) {
        bool number = query->order->keys[i].type == LIST_KEY_NUMBER;
        place->keys[i] =
            number ? DB_INT(db_int(rows, (int)i)) : DB_TEXT(db_text_copy(rows, (int)i, query->visit->arena));
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Adds the stored value of a field; of a picklist item its key and its label. */
static void field_add(struct sql *sql, const struct list_shown *shown, const struct visit *visit, int *at)
{
    const char *alias_literal = shown->alias_literal, *column_literal = shown->field->column_literal;
    *at += 1;
    if (shown->column.kind != LIST_PAIR) {
        sql_put(sql, ", {}.{}", SQL(alias_literal), SQL(column_literal));
        return;
    }
    *at += 1;
    sql_put(sql,
            ", (SELECT i.key FROM picklist_item i WHERE i.id = {}.{})"
            ", (SELECT {} FROM picklist_item i WHERE i.id = {}.{})",
            SQL(alias_literal), SQL(column_literal),
            SQL(visit->view.lang == LANG_EN ? "COALESCE(NULLIF(i.label_en, ''), i.label_sv)" : "i.label_sv"),
            SQL(alias_literal), SQL(column_literal));
}

static void login_column_add(struct sql *sql, const struct visit *visit, const char *literal)
{
    sql_put(sql, ", ");
    sql_put(sql, literal, DB_INT(visit->actor.login_id));
}

static void column_add(struct sql *sql, struct list_shown *shown, const struct visit *visit, int *at)
{
    const struct list_column *column = &shown->column;
    shown->at = *at;
    if (shown->field) {
        field_add(sql, shown, visit, at);
        return;
    }
    if (column->bound.n)
        sql_put(sql, ", {}?)", SQL(column->literal), DB_TEXT(column->bound));
    else if (!column->literal)
        return;
    else if (column->flags & LIST_BY_LOGIN)
        login_column_add(sql, visit, column->literal);
    else
        sql_put(sql, ", {}", SQL(column->literal));
    *at += column->value_count ? column->value_count : 1;
    if (shown->second_literal) {
        sql_put(sql, ", {}", SQL(shown->second_literal));
        ++*at;
    }
    if (column->link_literal) {
        sql_put(sql, ", {}", SQL(column->link_literal));
        ++*at;
    }
}

/* Writes SELECT with the keys of the order, whether the row is inactive, and the columns. */
static void head_add(struct sql *sql, const struct list_query *query, struct list_shown *shown, size_t count)
{
    int at = (int)key_count(query->order);
    for (size_t i = 0; i < key_count(query->order); i++)
        sql_put(sql, "{}{}", SQL(i ? ", " : "SELECT "), SQL(key_literal(query, i)));
    if (query->list->inactive_literal) {
        sql_put(sql, ", {}", SQL(query->list->inactive_literal));
        at++;
    }
    for (size_t i = 0; i < count; i++)
        column_add(sql, &shown[i], query->visit, &at);
    sql_put(sql, " FROM ");
}

static void lists_query_matches_add(struct sql *sql, const struct list_query *query)
{
    const struct list *list = query->list;
    sql_put(sql, "{} WHERE ", SQL(list->from_literal));
    if (list->visible)
        list->visible(sql, query);
    else
        sql_put(sql, "1 = 1");
    list_conditions(sql, query);
}

/* A file has all rows, so that words are not measured for it. */
static bool measure_words(struct list_query *query, int64_t limit, struct err *err)
{
    for (size_t i = 0; limit && i < query->list->criterion_count; i++) {
        enum search_index index = query->list->criteria[i].index;
        if (index != SEARCH_CASES && !search_measure(query->visit->db, query->visit->arena, index, &query->search, err))
            return false;
    }
    return true;
}

struct db_rows *list_rows(struct list_query *query, struct list_shown *shown, size_t count, int64_t limit,
                          bool *nothing, struct err *err)
{
    const struct list *list = query->list;
    struct sql sql = sql_start(query->visit->arena, "");
    *nothing = query->unanswerable;
    if (!measure_words(query, limit, err))
        return NULL;
    head_add(&sql, query, shown, count);
    if (list->source) {
        if (!*nothing && !list->source(&sql, query, limit, nothing, err))
            return NULL;
    } else {
        lists_query_matches_add(&sql, query);
        list_add_place(&sql, query);
        list_add_order(&sql, query);
        if (limit)
            sql_put(&sql, " LIMIT ?", DB_INT(limit));
    }
    return *nothing ? NULL : db_query_sql(query->visit->db, query->visit->arena, &sql, err);
}

bool list_count(struct list_query *query, struct err *err)
{
    if (query->unanswerable)
        return true;
    if (query->list->count)
        return query->list->count(query, &query->total, err);
    struct sql sql = sql_start(query->visit->arena, "SELECT count(*), {} FROM ",
                               SQL(query->list->sum_literal ? query->list->sum_literal : "0"));
    lists_query_matches_add(&sql, query);
    return db_find_sql(query->visit->db, query->visit->arena, &sql, DB_TARGETS(TO(&query->total), TO(&query->sum)),
                       NULL, err);
}
