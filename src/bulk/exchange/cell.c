#include "access/actor.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "bulk/exchange/load.h"
#include "service/mail.h"

#include <string.h>

bool cell_is_text(struct load *load, const struct input *input, const char *column, size_t max, int64_t line,
                  struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            LOAD_PROBLEM(load, input, line, column, text, "a control character (U+%04X) in the value", (unsigned)c);
            return false;
        }
    }
    if (text.n <= max || utf8_count(text) <= max)
        return true;
    LOAD_PROBLEM(load, input, line, column, text, "longer than %zu characters", max);
    return false;
}

/* Numbers stand in lists separated by | and in addresses: they must be one line without it. */
static bool key_is_sound(struct load *load, const struct input *input, const struct column *column, int64_t line,
                         struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '|' && (unsigned char)text.p[i] >= 0x20)
            continue;
        LOAD_PROBLEM(load, input, line, column->name_literal, text, "a tab, a line break or | is not allowed here");
        return false;
    }
    return true;
}

static struct db_value choice_value(struct load *load, const struct input *input, struct arena *arena,
                                    const struct column *column, int64_t line, struct str text)
{
    struct buf all;
    buf_init(&all, arena);
    ptrdiff_t at = code_find(column->choices, text);
    if (at >= 0)
        return column->kind == CELL_CODE ? DB_INT(at) : DB_TEXT(str_of(code_name(column->choices, at)));
    for (size_t i = 0; i < column->choices->count; i++)
        buf_printf(&all, "%s%s", i ? ", " : "", column->choices->codes[i].name);
    LOAD_PROBLEM(load, input, line, column->name_literal, text, "must be one of %s", all.p);
    return DB_NULL;
}

static struct db_value decimal_value(struct load *load, const struct input *input, const struct column *column,
                                     int64_t line, struct str text)
{
    int64_t value;
    if (!decimal_parse(text, &value)) {
        LOAD_PROBLEM(load, input, line, column->name_literal, text,
                     "must be a number with at most 12 digits and 6 decimals");
        return DB_NULL;
    }
    if (strcmp(column->name_literal, "discount") == 0 && (value < 0 || value > DECIMAL_ONE))
        LOAD_PROBLEM(load, input, line, column->name_literal, text, "must be a fraction from 0 to 1");
    return DB_INT(value);
}

static struct db_value time_value(struct load *load, const struct input *input, struct arena *arena,
                                  const struct column *column, int64_t line, struct str text)
{
    int64_t instant;
    int32_t date;
    if (column->kind == CELL_DATE && date_parse(text, &date))
        return DB_TEXT(date_format(arena, date));
    if (column->kind == CELL_INSTANT && instant_parse(text, &instant))
        return DB_INT(instant);
    if (column->kind == CELL_INSTANT && date_parse(text, &date)) /* ISO 8601 allows that, too: the day's beginning */
        return DB_INT(clock_day_start(date));
    const char *form = column->kind == CELL_DATE ? "must be a date, YYYY-MM-DD"
                                                 : "must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone";
    LOAD_PROBLEM(load, input, line, column->name_literal, text, "%s", form);
    return DB_NULL;
}

static struct db_value address_value(struct load *load, const struct input *input, struct arena *arena,
                                     const struct column *column, int64_t line, struct str text)
{
    if (!mail_address_valid(text)) {
        LOAD_PROBLEM(load, input, line, column->name_literal, text, "is not an e-mail address");
        return DB_NULL;
    }
    return DB_TEXT(arena_str(arena, text));
}

static struct db_value parsed_value(struct load *load, const struct input *input, struct arena *arena,
                                    const struct column *column, int64_t line, struct str text)
{
    switch (column->kind) {
    case CELL_KEY:
    case CELL_REFERENCE:
    case CELL_PICKLIST:
        return key_is_sound(load, input, column, line, text) ? DB_TEXT(arena_str(arena, text)) : DB_NULL;
    case CELL_ADDRESS:
        return address_value(load, input, arena, column, line, text);
    case CELL_KEY_CHOICE:
    case CELL_CHOICE:
    case CELL_CODE:
        return choice_value(load, input, arena, column, line, text);
    case CELL_DECIMAL:
        return decimal_value(load, input, column, line, text);
    case CELL_DATE:
    case CELL_INSTANT:
        return time_value(load, input, arena, column, line, text);
    case CELL_TEXT:
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
    struct str trimmed = str_trim(text);
    if (!trimmed.n && column->required) {
        LOAD_PROBLEM(load, input, line, column->name_literal, STR_NONE, "must not be empty");
        return DB_NULL;
    }
    if (!cell_is_text(load, input, column->name_literal, column->max, line, text))
        return DB_NULL;
    if (column->kind == CELL_TEXT)
        return DB_TEXT(arena_str(arena, text));
    if (!trimmed.n && column->otherwise)
        trimmed = str_of(column->otherwise);
    return trimmed.n ? parsed_value(load, input, arena, column, line, trimmed) : DB_NULL;
}
