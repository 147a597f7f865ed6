#include "base/clock.h"
#include "base/decimal.h"
#include "base/mail_address.h"
#include "bulk/exchange/load.h"
#include "i18n/fold.h"

/* A cell on its way into the database. */
struct cell {
    struct load *load;
    const struct input *input;
    const char *column;
    int64_t line;
    struct str text; /* cleaned */
};
#define CELL_PROBLEM(cell_, ...)                                                                                       \
    LOAD_PROBLEM((cell_)->load, (cell_)->input, (cell_)->line, (cell_)->column, (cell_)->text, __VA_ARGS__)

static bool cell_is_short(const struct cell *cell, const struct entity_field *field)
{
    if (cell->text.n <= field->limit || utf8_count(cell->text) <= field->limit)
        return true;
    CELL_PROBLEM(cell, "longer than %zu characters", field->limit);
    return false;
}

/* A number may not contain |, which separates the numbers of a list. */
static struct db_value key_value(const struct cell *cell)
{
    if (str_find_char(cell->text, '|') < 0)
        return DB_TEXT(cell->text);
    CELL_PROBLEM(cell, "| is not allowed here");
    return DB_NULL;
}

/* Returns the position of the code with this label in either language, as workbooks have it; -1: no code has it. */
static ptrdiff_t code_of_label(struct arena *arena, const struct code_list *codes, struct str folded)
{
    for (size_t i = 0; i < codes->count; i++) {
        const struct msgid *label = codes->codes[i].label;
        if (label && (str_eq(folded, fold_case(arena, tr(LANG_SV, label))) ||
                      str_eq(folded, fold_case(arena, tr(LANG_EN, label)))))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* In a column of yes and no, `active` and `inactive` are understood too, and the other way round. */
static ptrdiff_t cell_choice_find(struct arena *arena, const struct column *column, struct str text)
{
    const struct code_list *lists[] = {column_codes(column), &yes_no_codes, &activity_codes};
    size_t count = column->field->kind == FIELD_YES_NO ? sizeof lists / sizeof *lists : 1;
    ptrdiff_t at = code_find(lists[0], text);
    struct str folded = at < 0 ? fold_case(arena, text) : STR_NONE;
    for (size_t i = 0; at < 0 && i < count; i++) {
        at = code_find(lists[i], text);
        at = at < 0 ? code_of_label(arena, lists[i], folded) : at;
    }
    return at;
}

/* Returns the code that somebody said a word means. */
static ptrdiff_t code_of_word(const struct cell *cell, struct arena *arena, const struct column *column)
{
    struct str field = load_word_field(arena, cell->input->format->file, str_of(cell->column));
    struct str code = word_meaning(cell->load, field, fold_case(arena, cell->text));
    return code.n ? code_find(column_codes(column), code) : -1;
}

static struct db_value choice_value(const struct cell *cell, struct arena *arena, const struct column *column)
{
    struct buf all;
    const struct code_list *codes = column_codes(column);
    ptrdiff_t at = cell_choice_find(arena, column, cell->text);
    at = at < 0 ? code_of_word(cell, arena, column) : at;
    if (at >= 0)
        return column_kind(column) == CELL_CODE ? DB_INT(at) : DB_TEXT(str_of(code_name(codes, at)));
    buf_init(&all, arena);
    for (size_t i = 0; i < codes->count; i++)
        buf_printf(&all, "%s%s", i ? ", " : "", codes->codes[i].name);
    if (column_kind(column) != CELL_KEY_CHOICE)
        word_note(cell->load, cell->input, column, cell->text, 1);
    CELL_PROBLEM(cell, "must be one of %s", all.p);
    return DB_NULL;
}

static struct db_value integer_value(const struct cell *cell)
{
    int64_t value;
    if (str_to_int(cell->text, &value) && value >= 0)
        return DB_INT(value);
    CELL_PROBLEM(cell, "must be a whole number");
    return DB_NULL;
}

/* Computed numbers of workbooks have more decimals than are shown: those after the sixth are left out. */
static struct str decimal_short(struct str text)
{
    ptrdiff_t point = str_find_char(text, '.');
    return point < 0 ? text : str_slice(text, 0, (size_t)point + 7);
}

static struct db_value decimal_value(const struct cell *cell, const struct entity_field *field)
{
    int64_t value;
    struct str text = cell->input->source->workbook ? decimal_short(cell->text) : cell->text;
    if (!decimal_parse(text, &value)) {
        CELL_PROBLEM(cell, "must be a number with at most 12 digits and 6 decimals");
        return DB_NULL;
    }
    if (field->kind == FIELD_DISCOUNT && (value < 0 || value > DECIMAL_ONE))
        CELL_PROBLEM(cell, "must be a fraction from 0 to 1");
    return DB_INT(value);
}

/* Returns a date that is written in another form, as soon as the order of its column is known; else notes it. */
static struct str date_of_order(const struct cell *cell, struct arena *arena, const struct column *column)
{
    struct date_column *dates = &cell->input->dates[column - cell->input->format->columns];
    unsigned possible = dates_possible(arena, cell->text);
    if (!possible)
        return STR_NONE;
    if (!dates->found.n) {
        dates->found = arena_str(cell->load->arena, cell->text);
        dates->possible = ~0U;
    }
    dates->possible &= possible;
    return dates->settled ? dates_read(arena, cell->text, dates->order) : STR_NONE;
}

static struct db_value date_problem(const struct cell *cell, const struct column *column, const char *problem)
{
    const struct date_column *dates = &cell->input->dates[column - cell->input->format->columns];
    if (dates->found.n && !dates->settled && dates->possible)
        CELL_PROBLEM(cell, "the day and the month may change places in this column: say which comes first");
    else
        CELL_PROBLEM(cell, "%s", problem);
    return DB_NULL;
}

static struct db_value date_value(const struct cell *cell, struct arena *arena, const struct column *column)
{
    int32_t date;
    struct str text = cell->text;
    if (date_parse(text, &date))
        return DB_TEXT(date_format(arena, date));
    text = date_of_order(cell, arena, column);
    /* A date with a time, as databases write dates alone, is that date. */
    if (date_parse(str_slice(text, 0, sizeof "2026-04-03" - 1), &date))
        return DB_TEXT(date_format(arena, date));
    return date_problem(cell, column, "must be a date, YYYY-MM-DD");
}

static bool instant_read(struct str text, int64_t *instant)
{
    int32_t date;
    if (instant_parse(text, instant))
        return true;
    if (!date_parse(text, &date)) /* a date alone means the beginning of the day, as ISO 8601 allows */
        return false;
    *instant = clock_day_start(date);
    return true;
}

static struct db_value instant_value(const struct cell *cell, struct arena *arena, const struct column *column)
{
    int64_t instant;
    if (instant_read(cell->text, &instant) || instant_read(date_of_order(cell, arena, column), &instant))
        return DB_INT(instant);
    return date_problem(cell, column, "must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone");
}

static struct db_value text_value(const struct cell *cell, const struct entity_field *field)
{
    if (field->kind != FIELD_EMAIL || mail_address_valid(cell->text))
        return DB_TEXT(cell->text);
    CELL_PROBLEM(cell, "is not an e-mail address");
    return DB_NULL;
}

static struct db_value parsed_value(const struct cell *cell, struct arena *arena, const struct column *column)
{
    const struct entity_field *field = column->field;
    switch (column_kind(column)) {
    case CELL_KEY:
    case CELL_REFERENCE:
    case CELL_PICKLIST:
        return key_value(cell);
    case CELL_ADDRESS:
    case CELL_TEXT:
        return text_value(cell, field);
    case CELL_KEY_CHOICE:
    case CELL_CHOICE:
    case CELL_CODE:
        return choice_value(cell, arena, column);
    case CELL_INTEGER:
        return integer_value(cell);
    case CELL_DECIMAL:
        return decimal_value(cell, field);
    case CELL_DATE:
        return date_value(cell, arena, column);
    case CELL_INSTANT:
        return instant_value(cell, arena, column);
    case CELL_LIST:
    case CELL_LOGIN:
    case CELL_PASSWORD:
    case CELL_MADE:
        break;
    }
    return DB_NULL;
}

struct db_value cell_value(struct load *load, const struct input *input, struct arena *arena,
                           const struct column *column, int64_t line, struct str text)
{
    const struct entity_field *field = column->field;
    struct cell cell = {load, input, column_name_literal(column), line, field_clean(arena, field, text)};
    if (!cell.text.n && column_required(column)) {
        LOAD_PROBLEM(load, input, line, cell.column, STR_NONE, "must not be empty");
        return DB_NULL;
    }
    if (!cell.text.n && column->otherwise)
        cell.text = str_of(column->otherwise);
    if (!cell.text.n)
        return column_kind(column) == CELL_TEXT ? DB_TEXT(STR_NONE) : DB_NULL;
    if (!column_codes(column) && !cell_is_short(&cell, field))
        return DB_NULL;
    cell.text = arena_str(arena, cell.text);
    return parsed_value(&cell, arena, column);
}

bool cell_number(struct load *load, const struct input *input, struct arena *arena, const struct column *column,
                 int64_t line, struct str part, struct str *number)
{
    struct entity_field one = *column->field;
    one.many = false;
    one.limit = KEY_LIMIT;
    struct cell cell = {load, input, column_name_literal(column), line, field_clean(arena, &one, part)};
    if (!cell.text.n || !cell_is_short(&cell, &one))
        return false;
    *number = arena_str(arena, cell.text);
    return true;
}

bool cell_fits(struct load *load, const struct input *input, const struct column *column, int64_t line, struct str text)
{
    struct cell cell = {load, input, column_name_literal(column), line, text};
    return cell_is_short(&cell, column->field);
}

/* Returns the field as it is configured. A field that is not configured, or no longer is, takes lines of text. */
static const struct entity_field *extra_field_of(const struct load *load, struct str name,
                                                 const struct config_field **configured)
{
    static const struct entity_field PLAIN = {.kind = FIELD_MULTILINE, .limit = EXTRA_TEXT_LIMIT};
    *configured = load->options->config ? config_field(load->options->config, name) : NULL;
    return *configured ? &(*configured)->rule : &PLAIN;
}

static bool is_configured_choice(const struct config_field *field, struct str value)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        if (str_eq(field->choices[i].value, value))
            return true;
    }
    return false;
}

struct str cell_extra(struct load *load, const struct input *input, struct arena *arena, struct str key, int64_t line,
                      struct str text)
{
    const struct config_field *configured = NULL;
    struct str name = arena_printf(arena, EXTRA_PREFIX "%.*s", STR_FMT(key));
    struct entity_field field = *extra_field_of(load, name, &configured);
    bool choice = field.kind == FIELD_CHOICE;
    if (choice)
        field.kind = FIELD_TEXT;
    struct cell cell = {load, input, name.p, line, field_clean(arena, &field, text)};
    if (!cell.text.n || !cell_is_short(&cell, &field))
        return STR_NONE;
    struct field_fault fault = field_check(arena, &field, false, cell.text);
    if (choice && !is_configured_choice(configured, cell.text))
        fault.msgid = _("Choose one from the list.");
    struct str problem = field_fault_text(arena, LANG_EN, &fault);
    if (problem.n)
        CELL_PROBLEM(&cell, "%.*s", STR_FMT(str_slice(problem, 0, problem.n - 1)));
    return problem.n ? STR_NONE : arena_str(arena, cell.text);
}
