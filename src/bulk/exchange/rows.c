#include "access/actor.h"
#include "base/decimal.h"
#include "bulk/exchange/stage.h"

#include <string.h>

/* Rows that are written together, so that PostgreSQL is asked less often. */
#define CHUNK_ROWS 500
#define ROWS_AT_A_TIME 25

/* Rows for a table beside stage_FILE. */
struct side {
    struct sql insert; /* in the load's arena */
    size_t width;
    struct db_value (*rows)[6];
    size_t count, cap;
};

struct chunk {
    struct load *load;
    const struct input *input;
    struct arena *arena;                /* emptied after each chunk */
    struct sql insert_one, insert_many; /* in the load's arena */
    size_t width;                       /* the number of values in a row */
    struct db_value *rows;
    size_t count;
    struct side links[2], extras, logins, contents, made;
};

static struct db_value *side_add(struct chunk *chunk, struct side *side)
{
    side->rows = arena_grow(chunk->arena, side->rows, side->count, &side->cap, sizeof *side->rows);
    return side->rows[side->count++];
}

/* Appends the placeholders of a row. */
static void add_values(struct sql *sql, size_t width)
{
    for (size_t i = 0; i < width; i++)
        sql_put(sql, i ? ", ?" : "(?", DB_INT(0)); /* the value does not matter, only the placeholder */
    sql_put(sql, ")");
}

/* Appends an INSERT of this many rows. */
static void add_insert(struct chunk *chunk, struct sql *sql, size_t rows)
{
    const struct format *format = chunk->input->format;
    size_t width = 2;
    *sql = sql_start(chunk->load->arena, "INSERT INTO {} (line, derived", SQL(format->stage_literal));
    for (size_t i = 0; i < format->column_count; i++) {
        if (!column_is_staged(&format->columns[i]))
            continue;
        sql_put(sql, ", v_{}", SQL(column_name_literal(&format->columns[i])));
        width++;
    }
    sql_put(sql, ") VALUES ");
    for (size_t i = 0; i < rows; i++) {
        sql_put(sql, i ? ", " : "");
        add_values(sql, width);
    }
    chunk->width = width;
}

static void side_start(struct chunk *chunk, struct side *side, size_t width, const char *table_literal,
                       const char *columns_literal)
{
    side->width = width;
    side->insert =
        sql_start(chunk->load->arena, "INSERT INTO {} ({}) VALUES ", SQL(table_literal), SQL(columns_literal));
    add_values(&side->insert, width);
}

static void chunk_start(struct chunk *chunk)
{
    const struct format *format = chunk->input->format;
    add_insert(chunk, &chunk->insert_one, 1);
    add_insert(chunk, &chunk->insert_many, ROWS_AT_A_TIME);
    for (size_t i = 0; i < format->link_count; i++)
        side_start(chunk, &chunk->links[i], 2, format->links[i].stage_literal, "line, number");
    side_start(chunk, &chunk->extras, 3, "stage_extra", "line, key, value");
    side_start(chunk, &chunk->logins, 6, "stage_login", "source, line, kind, name, secret, mail");
    side_start(chunk, &chunk->made, 4, "stage_made", "source, line, field, name");
    side_start(chunk, &chunk->contents, 6, "stage_content", "line, digest, media_type, size, name, key");
}

static bool side_write(struct chunk *chunk, const struct side *side, struct err *err)
{
    if (!side->count)
        return true;
    struct db_batch *batch = db_batch_begin_sql(chunk->load->conn, chunk->arena, &side->insert, err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < side->count; i++)
        ok = db_batch_add(batch, side->rows[i], side->width, err);
    return db_batch_end(batch, err) && ok;
}

/* Writes rows from `from` on, `rows` at a time, while that many are left. Moves *from past the written rows. */
static bool exchange_rows_write_rows(struct chunk *chunk, const struct sql *insert, size_t rows, size_t *from,
                                     struct err *err)
{
    if (chunk->count - *from < rows)
        return true;
    struct db_batch *batch = db_batch_begin_sql(chunk->load->conn, chunk->arena, insert, err);
    bool ok = batch != NULL;
    for (; ok && chunk->count - *from >= rows; *from += rows)
        ok = db_batch_add(batch, chunk->rows + *from * chunk->width, rows * chunk->width, err);
    return db_batch_end(batch, err) && ok;
}

static bool chunk_write(struct chunk *chunk, struct err *err)
{
    size_t from = 0;
    return contents_take(chunk->load, chunk->input, chunk->arena, chunk->contents.rows, chunk->contents.count, err) &&
           exchange_rows_write_rows(chunk, &chunk->insert_many, ROWS_AT_A_TIME, &from, err) &&
           exchange_rows_write_rows(chunk, &chunk->insert_one, 1, &from, err) &&
           side_write(chunk, &chunk->contents, err) && side_write(chunk, &chunk->made, err) &&
           side_write(chunk, &chunk->links[0], err) && side_write(chunk, &chunk->links[1], err) &&
           side_write(chunk, &chunk->extras, err) && side_write(chunk, &chunk->logins, err);
}

static void chunk_reset(struct chunk *chunk)
{
    struct side *sides[] = {&chunk->links[0], &chunk->links[1], &chunk->extras,
                            &chunk->logins,   &chunk->contents, &chunk->made};
    arena_reset(chunk->arena);
    chunk->rows = ARENA_ARRAY(chunk->arena, struct db_value, CHUNK_ROWS * chunk->width);
    chunk->count = 0;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        sides[i]->count = sides[i]->cap = 0;
}

static void add_links(struct chunk *chunk, const struct column *column, int64_t line, struct str cell)
{
    const struct format *format = chunk->input->format;
    if (!cell_fits(chunk->load, chunk->input, column, line, cell))
        return;
    size_t at = 0;
    while (strcmp(format->links[at].column, column_name_literal(column)) != 0)
        at++;
    struct str rest = cell, part, number;
    while (str_cut(&rest, '|', &part)) {
        if (!cell_number(chunk->load, chunk->input, chunk->arena, column, line, part, &number))
            continue;
        struct db_value *row = side_add(chunk, &chunk->links[at]);
        row[0] = DB_INT(line);
        row[1] = DB_TEXT(number);
    }
}

static void add_extra(struct chunk *chunk, struct str key, int64_t line, struct str cell)
{
    struct str value = cell_extra(chunk->load, chunk->input, chunk->arena, key, line, cell);
    if (!value.n)
        return;
    struct db_value *row = side_add(chunk, &chunk->extras);
    row[0] = DB_INT(line);
    row[1] = DB_TEXT(key);
    row[2] = DB_TEXT(value);
}

static struct db_value *exchange_rows_add_login(struct chunk *chunk, int64_t line, struct db_value name, bool secret,
                                                bool mail)
{
    struct db_value *row = side_add(chunk, &chunk->logins);
    row[0] = DB_INT(chunk->input->index);
    row[1] = DB_INT(line);
    row[2] = DB_TEXT(str_of(chunk->input->format->login_kind));
    row[3] = name;
    row[4] = DB_INT(secret);
    row[5] = DB_INT(mail);
    return row;
}

static void add_shared_login(struct chunk *chunk, const struct column *column, int64_t line, struct str cell)
{
    struct str name, secret, folded = STR_NONE;
    if (!str_trim(cell).n) {
        (void)exchange_rows_add_login(chunk, line, DB_NULL, false, false);
        return;
    }
    /* The cell is a secret, so no message shows it. */
    if (login_split(cell, &name, &secret))
        folded = actor_fold_name(chunk->arena, name);
    if (!folded.n) {
        LOAD_PROBLEM(chunk->load, chunk->input, line, column_name_literal(column), STR_NONE,
                     "must be a user name and a password with / between them");
        return;
    }
    if (!cell_fits(chunk->load, chunk->input, column, line, name) || secret.n > 1024)
        return;
    (void)exchange_rows_add_login(chunk, line, DB_TEXT(folded), true, false);
}

/* The address of an account is its login name, whether or not the file gives passwords. */
static void add_account_login(struct chunk *chunk, const struct load_row *row)
{
    const struct input *input = chunk->input;
    struct str address = STR_NONE, password = STR_NONE;
    for (size_t i = 0; i < row->count; i++) {
        const struct column *column = input->destinations[i].column;
        if (!column)
            continue;
        if (column_kind(column) == CELL_ADDRESS)
            address = field_clean(chunk->arena, column->field, row->cells[i]);
        if (column_kind(column) == CELL_PASSWORD)
            password = row->cells[i];
    }
    if (password.n)
        password_check(chunk->load, input, row->line, password);
    if (address.n)
        (void)exchange_rows_add_login(chunk, row->line, DB_TEXT(actor_fold_name(chunk->arena, address)), password.n > 0,
                                      !password.n && input_gives(input, "password"));
}

size_t column_position(const struct format *format, const struct column *column)
{
    size_t at = 2;
    for (const struct column *before = format->columns; before < column; before++)
        at += column_is_staged(before);
    return column_is_staged(column) ? at : 0;
}

/* Returns the staged value in a column that the format has. */
static struct db_value staged_value(const struct chunk *chunk, const struct db_value *values, const char *name)
{
    const struct format *format = chunk->input->format;
    return values[column_position(format, format_column(format, str_of(name)))];
}

/* Adds a content for contents_take to read, when the path of the row is valid. */
static void exchange_rows_add_content(struct chunk *chunk, const struct load_row *row, const struct db_value *values)
{
    struct db_value path = staged_value(chunk, values, "path");
    if (path.type == DB_VALUE_NULL)
        return;
    struct db_value *content = side_add(chunk, &chunk->contents);
    content[0] = DB_INT(row->line);
    content[1] = path;
    content[2] = staged_value(chunk, values, "name");
}

static int64_t derived_value(struct chunk *chunk, const struct load_row *row, const struct db_value *values)
{
    const struct format *format = chunk->input->format;
    int64_t ore = 0;
    if (format == &formats[FORMAT_SPECIFICATIONS])
        return 0; /* no decision yet */
    if (format != &formats[FORMAT_ARTICLE_ROWS])
        return chunk->load->now;
    int64_t discount = staged_value(chunk, values, "discount").i;
    bool discount_told = discount < 0 || discount > DECIMAL_ONE;
    if (!discount_told && !decimal_total(staged_value(chunk, values, "quantity").i,
                                         staged_value(chunk, values, "unit_price").i, discount, &ore))
        LOAD_PROBLEM(chunk->load, chunk->input, row->line, "quantity", STR_NONE,
                     "quantity times unit_price is too large");
    return ore;
}

/* Keeps the name of a row that may be made. */
static void add_made(struct chunk *chunk, const struct column *column, int64_t line, struct str cell)
{
    if (!str_trim(cell).n)
        return;
    struct db_value *row = side_add(chunk, &chunk->made);
    row[0] = DB_INT(chunk->input->index);
    row[1] = DB_INT(line);
    row[2] = DB_TEXT(str_of(column_name_literal(column)));
    row[3] = cell_value(chunk->load, chunk->input, chunk->arena, made_name_column(column), line, cell);
}

static void add_cell(struct chunk *chunk, const struct destination *to, struct db_value *values, int64_t line,
                     struct str cell)
{
    if (to->beside)
        add_made(chunk, to->beside, line, cell);
    else if (to->extra_key.n)
        add_extra(chunk, to->extra_key, line, cell);
    else if (!to->column)
        return;
    else if (to->at)
        values[to->at] = cell_value(chunk->load, chunk->input, chunk->arena, to->column, line, cell);
    else if (column_kind(to->column) == CELL_LIST)
        add_links(chunk, to->column, line, cell);
    else if (column_kind(to->column) == CELL_LOGIN)
        add_shared_login(chunk, to->column, line, cell);
}

static void exchange_rows_add_row(struct chunk *chunk, const struct load_row *row)
{
    const struct input *input = chunk->input;
    if (row->count != input->source->header_count) {
        LOAD_PROBLEM(chunk->load, input, row->line, "row", STR_NONE, "has %zu values, the header %zu", row->count,
                     input->source->header_count);
        return;
    }
    struct db_value *values = chunk->rows + chunk->count++ * chunk->width;
    for (size_t i = 0; i < chunk->width; i++)
        values[i] = DB_NULL;
    for (size_t i = 0; i < row->count; i++)
        add_cell(chunk, &input->destinations[i], values, row->line, row->cells[i]);
    if (input->format == &formats[FORMAT_ACCOUNTS])
        add_account_login(chunk, row);
    if (input->format == &formats[FORMAT_FILES])
        exchange_rows_add_content(chunk, row, values);
    values[0] = DB_INT(row->line);
    values[1] = DB_INT(derived_value(chunk, row, values));
}

static bool stage_input(struct load *load, struct input *input, struct err *err)
{
    const struct load_source *source = input->source;
    struct chunk chunk = {.load = load, .input = input, .arena = arena_create()};
    struct load_row row = {0};
    const char *broken = "the file cannot be read again";
    enum load_step step = LOAD_END;
    bool ok = true;
    chunk_start(&chunk);
    chunk_reset(&chunk);
    if (!source->rewind(source->context))
        step = LOAD_BROKEN;
    while (ok && (step = source->next(source->context, &row, &broken)) == LOAD_ROW) {
        exchange_rows_add_row(&chunk, &row);
        if (chunk.count < CHUNK_ROWS)
            continue;
        ok = chunk_write(&chunk, err);
        chunk_reset(&chunk);
        progress_show(load, source->file, source->done(source->context));
    }
    ok = ok && chunk_write(&chunk, err);
    arena_destroy(chunk.arena);
    if (step == LOAD_BROKEN)
        LOAD_PROBLEM(load, input, row.line, "row", STR_NONE, "%s", broken);
    input->sound = step == LOAD_END;
    return ok;
}

static bool stage_all(struct db_conn *conn, void *context, struct err *err)
{
    struct load *load = context;
    for (size_t i = 0; i < load->input_count; i++) {
        struct input *input = &load->inputs[i];
        if (!stage_input(load, input, err))
            return false;
        for (size_t k = 0; k < input->source->header_count; k++) {
            const struct destination *to = &input->destinations[k];
            if (to->extra_key.n &&
                !db_exec(conn, "INSERT INTO stage_extra_key (key) VALUES ($1)", DB_ARGS(DB_TEXT(to->extra_key)), err))
                return false;
        }
    }
    return true;
}

bool rows_stage(struct load *load, struct err *err)
{
    return db_bulk_stage(load->conn, stage_all, load, err);
}
