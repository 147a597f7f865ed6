/*
 * Finds what texts in columns of references mean when they are no numbers or keys: labels of picklists in either
 * language, and names of customers, objects and articles. Lists of the portal have them in workbooks.
 */
#include "bulk/exchange/stage.h"
#include "i18n/fold.h"

/* --- what is unknown ---------------------------------------------------------------------------------------------- */

void sql_unknown_number(struct sql *sql, const struct load *load, enum format_id to, const char *prefix_literal,
                        const char *name_literal)
{
    sql_put(sql, " NOT EXISTS (SELECT 1 FROM {} t WHERE t.number = s.{}{})", SQL(formats[to].table_literal),
            SQL(prefix_literal), SQL(name_literal));
    if (load_input(load, to))
        sql_put(sql, " AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.v_number = s.{}{})", SQL(formats[to].stage_literal),
                SQL(prefix_literal), SQL(name_literal));
}

static void sql_unknown_item(struct sql *sql, const struct load *load, const struct column *column)
{
    sql_put(sql, " NOT EXISTS (SELECT 1 FROM picklist_item t WHERE t.list = ? AND t.key = s.v_{})",
            DB_TEXT(str_of(column->field->list)), SQL(column_name_literal(column)));
    if (!load_input(load, FORMAT_PICKLISTS))
        return;
    sql_put(sql, " AND NOT EXISTS (SELECT 1 FROM stage_picklists n WHERE n.v_list = ? AND n.v_key = s.v_{})",
            DB_TEXT(str_of(column->field->list)), SQL(column_name_literal(column)));
}

void sql_unknown(struct sql *sql, const struct load *load, const struct column *column)
{
    sql_put(sql, "s.v_{} IS NOT NULL AND", SQL(column_name_literal(column)));
    if (column_kind(column) == CELL_PICKLIST)
        sql_unknown_item(sql, load, column);
    else
        sql_unknown_number(sql, load, format_of_table(column_refers_literal(column)), "v_",
                           column_name_literal(column));
}

/* Appends `UPDATE … SET v_x = (`, to which the caller adds the meaning of s.v_x. */
static struct sql meaning_update(struct load *load, const struct input *input, const struct column *column)
{
    return sql_start(load->arena, "UPDATE {} AS s SET v_{} = (", SQL(input->format->stage_literal),
                     SQL(column_name_literal(column)));
}

/* Writes the meanings of stage_meaning into unknown cells of the column, and empties it. */
static bool meanings_take(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    struct sql sql = meaning_update(load, input, column);
    sql_put(&sql, "SELECT m.meaning FROM stage_meaning m WHERE m.text = s.v_{}) WHERE ",
            SQL(column_name_literal(column)));
    sql_unknown(&sql, load, column);
    sql_put(&sql, " AND EXISTS (SELECT 1 FROM stage_meaning m WHERE m.text = s.v_{})",
            SQL(column_name_literal(column)));
    return db_exec_sql(load->conn, &sql, err) &&
           db_exec(load->conn, "DELETE FROM stage_meaning WHERE 1 = 1", DB_NO_ARGS, err);
}

/* --- names of rows ------------------------------------------------------------------------------------------------ */

/* Appends the query for the number of the row that the stored row refers to, if that has the name in the cell. */
static void names_put_stored(struct sql *sql, const struct input *input, const struct column *column)
{
    sql_put(sql, "SELECT r.number FROM {} t JOIN {} r ON r.id = t.{} WHERE t.id = ({}) AND r.name = s.v_{}",
            SQL(input->format->table_literal), SQL(column_refers_literal(column)), SQL(column_target_literal(column)),
            SQL(input->format->find_literal), SQL(column_name_literal(column)));
}

/* A known row that refers to a row of this name keeps it, although others may have the name too. */
static bool names_of_stored(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    struct sql sql = meaning_update(load, input, column);
    names_put_stored(&sql, input, column);
    sql_put(&sql, ") WHERE ");
    sql_unknown(&sql, load, column);
    sql_put(&sql, " AND EXISTS (");
    names_put_stored(&sql, input, column);
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

/* A name that one row alone has means that row. */
static bool names_of_one(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    enum format_id to = format_of_table(column_refers_literal(column));
    const struct input *other = load_input(load, to);
    struct sql sql = sql_start(load->arena,
                               "INSERT INTO stage_meaning (text, meaning) SELECT n.name, MIN(n.number) FROM"
                               " (SELECT t.name, t.number FROM {} t",
                               SQL(formats[to].table_literal));
    if (other && input_gives(other, "name"))
        sql_put(&sql, " UNION SELECT o.v_name, o.v_number FROM {} o WHERE o.v_name IS NOT NULL",
                SQL(formats[to].stage_literal));
    sql_put(&sql, ") n GROUP BY n.name HAVING COUNT(*) = 1");
    return db_exec_sql(load->conn, &sql, err) && meanings_take(load, input, column, err);
}

static bool has_names(const struct column *column)
{
    enum format_id to = format_of_table(column_refers_literal(column));
    return to == FORMAT_CUSTOMERS || to == FORMAT_OBJECTS || to == FORMAT_ARTICLES;
}

/* --- labels of picklists ------------------------------------------------------------------------------------------ */

#define WORDS_MAX 1000

struct labels {
    struct {
        struct str key, sv, en; /* labels folded */
    } items[WORDS_MAX];
    size_t count;
};

static bool labels_read(struct load *load, const struct sql *sql, struct labels *labels, struct err *err)
{
    struct db_rows *rows = db_query_sql(load->conn, load->arena, sql, err);
    struct str key, sv, en;
    while (labels->count < WORDS_MAX && db_read_next(rows, TO(&key), TO(&sv), TO(&en))) {
        labels->items[labels->count].key = key;
        labels->items[labels->count].sv = fold_case(load->arena, sv);
        labels->items[labels->count++].en = fold_case(load->arena, en);
    }
    return db_done(rows, err);
}

static bool labels_of_list(struct load *load, struct str list, struct labels *labels, struct err *err)
{
    struct sql sql = sql_start(
        load->arena, "SELECT t.key, t.label_sv, t.label_en FROM picklist_item t WHERE t.list = ?", DB_TEXT(list));
    if (!labels_read(load, &sql, labels, err))
        return false;
    const struct input *input = load_input(load, FORMAT_PICKLISTS);
    if (!input || !input_gives(input, "label_sv"))
        return true;
    sql = sql_start(load->arena, "SELECT n.v_key, n.v_label_sv, {} FROM stage_picklists n WHERE n.v_list = ?",
                    SQL(input_gives(input, "label_en") ? "n.v_label_en" : "''"), DB_TEXT(list));
    return labels_read(load, &sql, labels, err);
}

/* Returns the key of the only item with this key or label, whatever its capitals; empty: no item, or several. */
static struct str key_of_label(struct arena *arena, const struct labels *labels, struct str word)
{
    struct str folded = fold_case(arena, word), key = STR_NONE;
    for (size_t i = 0; i < labels->count; i++) {
        if (!str_eq(folded, labels->items[i].sv) && !str_eq(folded, labels->items[i].en) &&
            !str_eq(folded, fold_case(arena, labels->items[i].key)))
            continue;
        if (key.n && !str_eq(key, labels->items[i].key))
            return STR_NONE;
        key = labels->items[i].key;
    }
    return key;
}

/* Counts the words that still mean nothing, so that people can be asked. */
static bool labels_note_unknown(struct load *load, const struct input *input, const struct column *column,
                                struct err *err)
{
    struct sql sql = sql_start(load->arena, "SELECT s.v_{}, COUNT(*) FROM {} s WHERE ",
                               SQL(column_name_literal(column)), SQL(input->format->stage_literal));
    sql_unknown(&sql, load, column);
    sql_put(&sql, " GROUP BY s.v_{} ORDER BY COUNT(*) DESC LIMIT 100", SQL(column_name_literal(column)));
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    struct str word;
    for (int64_t count; db_read_next(rows, TO_LENT(&word), TO(&count));)
        word_note(load, input, column, word, count);
    return db_done(rows, err);
}

static bool labels_find(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    struct labels *labels = ARENA_NEW(load->arena, struct labels);
    struct str words[WORDS_MAX];
    size_t count = 0;
    if (!labels_of_list(load, str_of(column->field->list), labels, err))
        return false;
    struct sql sql = sql_start(load->arena, "SELECT DISTINCT s.v_{} FROM {} s WHERE ", SQL(column_name_literal(column)),
                               SQL(input->format->stage_literal));
    sql_unknown(&sql, load, column);
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    while (count < WORDS_MAX && db_read_next(rows, TO(&words[count])))
        count++;
    bool ok = db_done(rows, err);
    for (size_t i = 0; ok && i < count; i++) {
        struct str key = word_meaning(load, str_of(column->field->list), fold_case(load->arena, words[i]));
        key = key.n ? key : key_of_label(load->arena, labels, words[i]);
        ok = !key.n || db_exec(load->conn, "INSERT INTO stage_meaning (text, meaning) VALUES ($1, $2)",
                               DB_ARGS(DB_TEXT(words[i]), DB_TEXT(key)), err);
    }
    return ok && meanings_take(load, input, column, err) && labels_note_unknown(load, input, column, err);
}

bool meanings_find(struct load *load, const struct input *input, const struct column *column, struct err *err)
{
    if (column_kind(column) == CELL_PICKLIST)
        return labels_find(load, input, column, err);
    return !has_names(column) || (names_of_stored(load, input, column, err) && names_of_one(load, input, column, err));
}
