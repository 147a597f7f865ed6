#include "customer/dashboards/details.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "customer/dashboards/names.h"
#include "model/case.h"

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct reader {
    struct visit *visit;
    struct arena *arena;
    const struct db_rows *rows;
    int at; /* the next column of the query */
};

static struct detail details_read_state(struct reader *reader, const struct msgid *const labels[3])
{
    int64_t state = db_int(reader->rows, reader->at++);
    return (struct detail){
        .text = visit_tr(reader->visit, labels[state]), .code = str_of(case_status_codes[state]), .value = state};
}

static struct detail read_picklist(struct reader *reader)
{
    struct str key = db_text_copy(reader->rows, reader->at, reader->arena);
    struct str sv = db_text_copy(reader->rows, reader->at + 1, reader->arena);
    struct str en = db_text_copy(reader->rows, reader->at + 2, reader->arena);
    struct str label = reader->visit->view.lang == LANG_EN && en.n ? en : sv;
    reader->at += 3;
    return (struct detail){.text = label, .code = key, .name = label, .none = !key.n};
}

static struct detail read_register(struct reader *reader)
{
    struct str number = db_text_copy(reader->rows, reader->at, reader->arena);
    struct str name = db_text_copy(reader->rows, reader->at + 1, reader->arena);
    reader->at += 2;
    return (struct detail){.text = name, .code = number, .name = name, .none = !number.n};
}

static struct detail read_instant(struct reader *reader)
{
    int column = reader->at++;
    int64_t instant = db_int(reader->rows, column);
    if (db_null(reader->rows, column))
        return (struct detail){.none = true};
    return (struct detail){.text = fmt_instant(reader->arena, reader->visit->view.lang, instant),
                           .code = instant_format_utc(reader->arena, instant),
                           .value = instant};
}

static struct detail details_read_date(struct reader *reader)
{
    struct str code = db_text_copy(reader->rows, reader->at++, reader->arena);
    int32_t date;
    struct str text = date_parse(code, &date) ? fmt_date(reader->arena, reader->visit->view.lang, date) : code;
    return (struct detail){.text = text, .code = code, .none = !code.n};
}

static struct detail read_article_type(struct reader *reader)
{
    struct detail detail = {.code = db_text_copy(reader->rows, reader->at++, reader->arena)};
    for (size_t i = 0; i < 5; i++) {
        if (str_eqz(detail.code, article_type_codes[i]))
            detail.text = visit_tr(reader->visit, article_type_labels[i]);
    }
    return detail;
}

static struct detail details_read_text(struct reader *reader)
{
    struct str text = db_text_copy(reader->rows, reader->at++, reader->arena);
    return (struct detail){.text = text, .code = text, .none = !text.n};
}

static struct detail read_number(struct reader *reader, enum column_kind kind)
{
    struct arena *arena = reader->arena;
    enum lang lang = reader->visit->view.lang;
    int column = reader->at++;
    int64_t value = db_int(reader->rows, column);
    if (db_null(reader->rows, column))
        return (struct detail){.none = true};
    if (kind == COLUMN_MONEY)
        return (struct detail){
            .text = fmt_money(arena, lang, value), .code = ore_format(arena, value), .value = value * 10000};
    if (kind == COLUMN_DURATION)
        return (struct detail){
            .text = duration_text(arena, lang, value), .code = duration_hours(arena, value), .value = value / 3600};
    struct str text = kind == COLUMN_PERCENT ? fmt_percent(arena, lang, value)
                                             : fmt_decimal(arena, lang, value, kind == COLUMN_PRICE ? 2 : 0);
    return (struct detail){.text = text, .code = decimal_format(arena, value), .value = value};
}

static struct detail read_detail(struct reader *reader, enum column_kind kind)
{
    switch (kind) {
    case COLUMN_TEXT:
    case COLUMN_CASE:
        return details_read_text(reader);
    case COLUMN_STATUS:
        return details_read_state(reader, case_status_labels);
    case COLUMN_ORDER_STATUS:
        return details_read_state(reader, work_order_status_labels);
    case COLUMN_PICKLIST:
        return read_picklist(reader);
    case COLUMN_REGISTER:
        return read_register(reader);
    case COLUMN_INSTANT:
        return read_instant(reader);
    case COLUMN_DATE:
        return details_read_date(reader);
    case COLUMN_ARTICLE_TYPE:
        return read_article_type(reader);
    case COLUMN_DECIMAL:
    case COLUMN_PRICE:
    case COLUMN_PERCENT:
    case COLUMN_MONEY:
    case COLUMN_DURATION:
        break;
    }
    return read_number(reader, kind);
}

static void details_read_row(struct reader *reader, const struct board *board, const int64_t *ids, size_t count,
                             struct detail_row *rows)
{
    size_t place = 0;
    while (place < count && ids[place] != db_int(reader->rows, 0))
        place++;
    if (place == count)
        return;
    rows[place].id = ids[place];
    rows[place].details = ARENA_ARRAY(reader->arena, struct detail, board->column_count);
    reader->at = 1;
    for (size_t i = 0; i < board->column_count; i++)
        rows[place].details[i] = read_detail(reader, board->columns[i].kind);
}

bool details_load(struct visit *visit, struct arena *arena, const struct board *board, const int64_t *ids, size_t count,
                  struct detail_row *rows, struct err *err)
{
    struct reader reader = {.visit = visit, .arena = arena};
    if (!count)
        return true;
    struct sql sql = sql_start(arena, "");
    board->add_details(&sql, visit);
    sql_put(&sql, " IN (");
    for (size_t i = 0; i < DETAIL_CHUNK;
         i++) { /* always the same number of ids, so that the statement is prepared once */
        sql_put(&sql, "{}?", SQL(i ? ", " : ""), DB_INT(ids[i < count ? i : count - 1]));
    }
    sql_put(&sql, ")");
    struct db_rows *found = db_query_sql(visit->db, arena, &sql, err);
    reader.rows = found;
    while (found && db_next(found))
        details_read_row(&reader, board, ids, count, rows);
    return db_done(found, err);
}

/* --- CSV and XLSX ------------------------------------------------------------------------------------------------- */

/* In CSV, picklists and registers have two columns: a customer has its number and, beside it, its name. */
static bool is_pair(enum column_kind kind)
{
    return kind == COLUMN_PICKLIST || kind == COLUMN_REGISTER;
}

size_t details_heads(struct visit *visit, const struct board *board, enum sheet_kind kind,
                     struct str heads[DETAIL_CELLS])
{
    size_t count = 0;
    for (size_t i = 0; i < board->column_count && count + 2 <= DETAIL_CELLS; i++) {
        const struct board_column *column = &board->columns[i];
        heads[count++] = kind == SHEET_CSV ? str_of(column->code) : visit_tr(visit, column->label);
        if (kind == SHEET_CSV && is_pair(column->kind))
            heads[count++] = arena_printf(visit->arena, "%s_name", column->code);
    }
    return count;
}

size_t details_cells(const struct board *board, enum sheet_kind kind, const struct detail_row *row,
                     struct sheet_cell cells[DETAIL_CELLS])
{
    size_t count = 0;
    for (size_t i = 0; i < board->column_count && count + 2 <= DETAIL_CELLS; i++) {
        enum column_kind column = board->columns[i].kind;
        const struct detail *detail = &row->details[i];
        struct sheet_cell *cell = &cells[count++];
        *cell = (struct sheet_cell){.kind = SHEET_TEXT,
                                    .code = detail->code,
                                    .text = detail->text,
                                    .value = detail->value,
                                    .empty = detail->none};
        if (column == COLUMN_INSTANT)
            cell->kind = SHEET_INSTANT;
        else if (column >= COLUMN_DECIMAL)
            cell->kind = SHEET_DECIMAL;
        if (kind == SHEET_CSV && is_pair(column))
            cells[count++] = (struct sheet_cell){.kind = SHEET_TEXT, .code = detail->name};
    }
    return count;
}
