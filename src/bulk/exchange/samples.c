/* Collects the first new and changed rows, field by field, for people to look at before they start a load. */
#include "base/clock.h"
#include "bulk/exchange/stage.h"

#include <stdlib.h>

#define SHOWN_CHARS 200

struct shown_row {
    int64_t line, id;
    struct str key;
};

struct shown {
    struct shown_row *rows;
    size_t count;
};

static struct str shorten(struct arena *arena, struct str text)
{
    struct str start = utf8_prefix(text, SHOWN_CHARS);
    return start.n < text.n ? arena_printf(arena, "%.*s…", STR_FMT(start)) : arena_str(arena, text);
}

static void exchange_samples_add(struct load *load, struct load_sample sample)
{
    struct load_result *result = load->result;
    result->samples =
        arena_grow(load->arena, result->samples, result->sample_count, &load->sample_room, sizeof *result->samples);
    sample.before = shorten(load->arena, sample.before);
    sample.after = shorten(load->arena, sample.after);
    result->samples[result->sample_count++] = sample;
}

static void add_change(struct load *load, const struct input *input, const struct shown_row *row, const char *field,
                       struct str before, struct str after)
{
    exchange_samples_add(load,
                         (struct load_sample){input->index, row->line, false, row->key, str_of(field), before, after});
}

/* Appends the key as people know it: `C1`, or `case_type fel` for a picklist item. */
static void add_key(struct sql *sql, const struct format *format)
{
    if (format == &formats[FORMAT_PICKLISTS]) {
        sql_put(sql, "s.v_list || ' ' || s.v_key");
        return;
    }
    size_t at = 0;
    while (!column_is_key(&format->columns[at]))
        at++;
    sql_put(sql, "s.v_{}", SQL(column_name_literal(&format->columns[at])));
}

/* Reads the first rows in this state. */
static bool samples_read_rows(struct load *load, const struct input *input, int64_t state, struct shown *shown,
                              struct err *err)
{
    *shown = (struct shown){.rows = ARENA_ARRAY(load->arena, struct shown_row, load->options->samples)};
    struct sql sql = sql_start(load->arena, "SELECT s.line, s.id, ");
    add_key(&sql, input->format);
    sql_put(&sql, " FROM {} s WHERE s.state = ? ORDER BY s.line LIMIT ?", SQL(input->format->stage_literal),
            DB_INT(state), DB_INT((int64_t)load->options->samples));
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    for (struct shown_row *one = shown->rows;
         shown->count < load->options->samples && db_read_next(rows, TO(&one->line), TO(&one->id), TO(&one->key));
         one++)
        shown->count++;
    return db_done(rows, err);
}

static const struct shown_row *row_of_line(const struct shown *shown, int64_t line)
{
    size_t at = 0;
    while (at + 1 < shown->count && shown->rows[at].line != line)
        at++;
    return &shown->rows[at];
}

static void add_until(struct sql *sql, const struct shown *shown)
{
    sql_put(sql, " AND s.line <= ? ORDER BY s.line", DB_INT(shown->rows[shown->count - 1].line));
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static bool take_field(struct load *load, const struct input *input, const struct column *column,
                       const struct shown *shown, struct err *err)
{
    struct sql sql = sql_start(load->arena, "SELECT s.line, ");
    sql_stored(&sql, column);
    sql_put(&sql, ", ");
    if (column_refers(column)) {
        sql_put(&sql, "s.v_{}", SQL(column_name_literal(column)));
    } else {
        sql_new_value(&sql, column);
    }
    sql_put(&sql,
            " FROM {} s JOIN {} t ON t.id = s.id WHERE s.state = " STATE_CHANGED_SQL " AND t.{} IS DISTINCT FROM ",
            SQL(input->format->stage_literal), SQL(input->format->table_literal), SQL(column_target_literal(column)));
    sql_new_value(&sql, column);
    add_until(&sql, shown);
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    while (db_next(rows))
        add_change(load, input, row_of_line(shown, db_int(rows, 0)), column_name_literal(column),
                   column_text(load->arena, column, rows, 1, instant_format_local),
                   column_text(load->arena, column, rows, 2, instant_format_local));
    return db_done(rows, err);
}

/* --- lists, extra fields, logins ---------------------------------------------------------------------------------- */

static bool take_link(struct load *load, const struct input *input, const struct link *link,
                      const struct shown_row *row, struct err *err)
{
    const struct column *column = format_column(input->format, str_of(link->column));
    struct sql before, after;
    struct str old = STR_NONE, new = STR_NONE;
    before = sql_start(load->arena,
                       "SELECT r.number FROM {} k JOIN {} r ON r.id = k.{} WHERE k.{} = ? ORDER BY r.number COLLATE "
                       "\"sv-natural\" LIMIT 100",
                       SQL(link->table_literal), SQL(column_refers_literal(column)), SQL(link->other_literal),
                       SQL(link->own_literal), DB_INT(row->id));
    after = sql_start(load->arena,
                      "SELECT r.number FROM {} k JOIN {} r ON r.id = k.other WHERE k.owner = ?"
                      " GROUP BY r.number ORDER BY r.number COLLATE \"sv-natural\" LIMIT 100",
                      SQL(link->stage_literal), SQL(column_refers_literal(column)), DB_INT(row->id));
    if (!db_read_joined(db_query_sql(load->conn, load->arena, &before, err), "|", &old, err) ||
        !db_read_joined(db_query_sql(load->conn, load->arena, &after, err), "|", &new, err))
        return false;
    if (!str_eq(old, new))
        add_change(load, input, row, link->column, old, new);
    return true;
}

static bool samples_take_extras(struct load *load, const struct input *input, const struct shown_row *row,
                                struct err *err)
{
    if (!input->format->extra)
        return true;
    struct db_rows *rows = db_query(load->conn, load->arena,
                                    "SELECT g.key, e.value, x.value FROM stage_extra_key g"
                                    " LEFT JOIN case_extra e ON e.key = g.key AND e.case_id = $1"
                                    " LEFT JOIN stage_extra x ON x.key = g.key AND x.owner = $1"
                                    " WHERE e.value IS DISTINCT FROM x.value ORDER BY g.key",
                                    DB_ARGS(DB_INT(row->id)), err);
    for (struct str key, before, after; db_read_next(rows, TO_LENT(&key), TO(&before), TO(&after));)
        add_change(load, input, row, arena_printf(load->arena, EXTRA_PREFIX "%.*s", STR_FMT(key)).p, before, after);
    return db_done(rows, err);
}

/* Shows names only. Of a password it shows only that it changes. */
static bool take_login(struct load *load, const struct input *input, const struct shown_row *row, struct err *err)
{
    if (!input->format->login_kind)
        return true;
    struct db_rows *rows = db_query(
        load->conn, load->arena,
        "SELECT l.name, n.name, CASE WHEN n.secret = 1 AND n.hash IS DISTINCT FROM l.password_hash THEN 1 ELSE 0 END"
        " FROM stage_login n LEFT JOIN login l ON l.id = n.login_id WHERE n.kind = $1 AND n.line = $2",
        DB_ARGS(DB_TEXT(str_of(input->format->login_kind)), DB_INT(row->line)), err);
    bool password;
    for (struct str before, after; db_read_next(rows, TO(&before), TO(&after), TO(&password));) {
        if (!str_eq(before, after))
            add_change(load, input, row, "login", before, after);
        if (password && before.n)
            add_change(load, input, row, "password", STR("•••"), STR("•••"));
    }
    return db_done(rows, err);
}

static bool take_beside(struct load *load, const struct input *input, const struct shown_row *row, struct err *err)
{
    for (size_t i = 0; i < input->format->link_count; i++) {
        const struct link *link = &input->format->links[i];
        if (input_gives(input, link->column) && !take_link(load, input, link, row, err))
            return false;
    }
    return samples_take_extras(load, input, row, err) && take_login(load, input, row, err);
}

static bool take_changed(struct load *load, const struct input *input, struct err *err)
{
    struct shown shown;
    if (!samples_read_rows(load, input, STATE_CHANGED, &shown, err))
        return false;
    if (!shown.count)
        return true;
    for (size_t i = 0; i < input->format->column_count; i++) {
        const struct column *column = &input->format->columns[i];
        if (column_is_updated(input, i) && column_kind(column) != CELL_MADE &&
            !take_field(load, input, column, &shown, err))
            return false;
    }
    for (size_t i = 0; i < shown.count; i++) {
        if (!take_beside(load, input, &shown.rows[i], err))
            return false;
    }
    return true;
}

/* --- new rows ----------------------------------------------------------------------------------------------------- */

/* Returns SQL of the name of a new row, from its cells; NULL when it has only its key. */
static const char *name_literal(const struct input *input)
{
    static const char *const names[] = {"name", "title", "label_sv", "last_name"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct column *column = format_column(input->format, str_of(names[i]));
        if (column && input_gives(input, names[i]))
            return column_name_literal(column);
    }
    return NULL;
}

static bool take_names(struct load *load, const struct input *input, const struct shown *shown, struct str *names,
                       struct err *err)
{
    const char *literal = name_literal(input);
    if (!literal)
        return true;
    struct sql sql = sql_start(load->arena, "SELECT s.line, s.v_{} FROM {} s WHERE s.state = " STATE_ADDED_SQL,
                               SQL(literal), SQL(input->format->stage_literal));
    add_until(&sql, shown);
    struct db_rows *rows = db_query_sql(load->conn, load->arena, &sql, err);
    struct str name;
    for (int64_t line; db_read_next(rows, TO(&line), TO(&name));)
        names[row_of_line(shown, line) - shown->rows] = name;
    return db_done(rows, err);
}

static bool take_added(struct load *load, const struct input *input, struct err *err)
{
    struct shown shown;
    if (!samples_read_rows(load, input, STATE_ADDED, &shown, err))
        return false;
    if (!shown.count)
        return true;
    struct str *names = ARENA_ARRAY(load->arena, struct str, shown.count);
    if (!take_names(load, input, &shown, names, err))
        return false;
    for (size_t i = 0; i < shown.count; i++)
        exchange_samples_add(load, (struct load_sample){input->index, shown.rows[i].line, true, shown.rows[i].key,
                                                        STR_NONE, STR_NONE, names[i]});
    return true;
}

bool samples_take(struct load *load, const struct input *input, struct err *err)
{
    return !load->options->samples || (take_changed(load, input, err) && take_added(load, input, err));
}

static int samples_compare(const void *a, const void *b)
{
    const struct load_sample *one = a, *other = b;
    if (one->source != other->source)
        return one->source < other->source ? -1 : 1;
    if (one->added != other->added)
        return one->added ? 1 : -1;
    if (one->line != other->line)
        return one->line < other->line ? -1 : 1;
    return str_cmp(one->field, other->field);
}

void samples_sort(struct load_result *result)
{
    if (result->sample_count)
        qsort(result->samples, result->sample_count, sizeof *result->samples, samples_compare);
}
