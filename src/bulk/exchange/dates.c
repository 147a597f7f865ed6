/*
 * Dates as other systems write them: 03.04.2026, 4/3/26, 20260403, with or without a time after them. In which order
 * the parts stand is a matter of the whole column.
 */
#include "base/clock.h"
#include "bulk/exchange/load.h"
#include "bulk/exchange/mapping.h"

#include <string.h>

const char *const load_date_orders[LOAD_DATE_ORDERS] = {"ymd", "dmy", "mdy"};

/* Years of two digits are 1970 to 2069. */
#define FIRST_SHORT_YEAR 70

struct parts {
    int value[3];
    size_t length[3];
    struct str time; /* what stands after the date */
};

static bool dates_take_number(struct str *rest, size_t most, int *value, size_t *length)
{
    *value = 0;
    for (*length = 0; *length < rest->n && *length < most; (*length)++) {
        char c = rest->p[*length];
        if (c < '0' || c > '9')
            break;
        *value = *value * 10 + (c - '0');
    }
    *rest = str_slice(*rest, *length, rest->n);
    return *length > 0;
}

/* Reads `20260403` or `260403`. */
static bool dates_read_packed(struct str *rest, struct parts *parts)
{
    size_t digits = 0;
    while (digits < rest->n && rest->p[digits] >= '0' && rest->p[digits] <= '9')
        digits++;
    if (digits != 6 && digits != 8)
        return false;
    return dates_take_number(rest, digits - 4, &parts->value[0], &parts->length[0]) &&
           dates_take_number(rest, 2, &parts->value[1], &parts->length[1]) &&
           dates_take_number(rest, 2, &parts->value[2], &parts->length[2]);
}

static bool dates_read_parts(struct str text, struct parts *parts)
{
    struct str rest = str_trim(text);
    char separator = 0;
    bool packed = dates_read_packed(&rest, parts);
    for (int i = 0; !packed && i < 3; i++) {
        if (!dates_take_number(&rest, 4, &parts->value[i], &parts->length[i]) || parts->length[i] == 3)
            return false;
        if (i == 2)
            break;
        if (!rest.n || !strchr("./-", rest.p[0]) || (separator && rest.p[0] != separator))
            return false;
        separator = rest.p[0];
        rest = str_slice(rest, 1, rest.n);
    }
    if (rest.n && !strchr(" T,", rest.p[0]))
        return false;
    while (rest.n && strchr(" T,", rest.p[0]))
        rest = str_slice(rest, 1, rest.n);
    parts->time = rest;
    return packed ? parts->length[0] != 0 : parts->length[1] <= 2;
}

/* Returns the date as `2026-04-03`; empty when the parts are no date in this order. */
static struct str dates_in_order(struct arena *arena, const struct parts *parts, enum load_date_order order)
{
    static const int places[LOAD_DATE_ORDERS][3] = {
        [LOAD_YMD] = {0, 1, 2}, [LOAD_DMY] = {2, 1, 0}, [LOAD_MDY] = {2, 0, 1}};
    const int *at = places[order];
    int year = parts->value[at[0]];
    int32_t date;
    if (parts->length[at[0]] == 2)
        year += year < FIRST_SHORT_YEAR ? 2000 : 1900;
    if ((parts->length[at[0]] != 4 && parts->length[at[0]] != 2) || parts->length[at[1]] > 2 ||
        parts->length[at[2]] > 2)
        return STR_NONE;
    struct str text = arena_printf(arena, "%04d-%02d-%02d", year, parts->value[at[1]], parts->value[at[2]]);
    return date_parse(text, &date) ? text : STR_NONE;
}

/* Returns `T08:30` for `8:30`, `8.30`, `08:30:15`, `8:30 PM`; what comes after, such as a zone, stays. */
static struct str dates_time(struct arena *arena, struct str time)
{
    int hour, minute;
    size_t length;
    struct str rest = time;
    if (!time.n)
        return STR("");
    if (!dates_take_number(&rest, 2, &hour, &length) || !rest.n || !strchr(":.", rest.p[0]))
        return STR_NONE;
    rest = str_slice(rest, 1, rest.n);
    if (!dates_take_number(&rest, 2, &minute, &length) || length != 2)
        return STR_NONE;
    struct str half = rest.n > 2 ? str_slice(rest, rest.n - 2, rest.n) : STR_NONE;
    bool am = str_eq_nocase(half, STR("am")), pm = str_eq_nocase(half, STR("pm"));
    if (am || pm) {
        rest = str_trim(str_slice(rest, 0, rest.n - 2));
        hour = hour % 12 + (pm ? 12 : 0);
    }
    return arena_printf(arena, "T%02d:%02d%.*s", hour, minute, STR_FMT(rest));
}

struct str dates_read(struct arena *arena, struct str text, enum load_date_order order)
{
    struct parts parts = {{0}, {0}, STR_NONE};
    if (!dates_read_parts(text, &parts))
        return STR_NONE;
    struct str date = dates_in_order(arena, &parts, order), time = dates_time(arena, parts.time);
    return date.n && time.p ? arena_printf(arena, "%.*s%.*s", STR_FMT(date), STR_FMT(time)) : STR_NONE;
}

unsigned dates_possible(struct arena *arena, struct str text)
{
    unsigned possible = 0;
    for (int order = LOAD_YMD; order < LOAD_DATE_ORDERS; order++)
        possible |= dates_read(arena, text, (enum load_date_order)order).n ? 1U << order : 0;
    return possible;
}

void dates_take_said(struct load *load)
{
    for (size_t i = 0; i < load->input_count; i++) {
        const struct input *input = &load->inputs[i];
        const struct load_mapping *mapping = input->source->mapping;
        for (size_t k = 0; mapping && k < mapping->date_count; k++) {
            const struct column *column = format_column(input->format, mapping->dates[k].column);
            if (!column)
                continue;
            input->dates[column - input->format->columns].settled = true;
            input->dates[column - input->format->columns].order = mapping->dates[k].order;
        }
    }
}

bool dates_settle(struct load *load)
{
    bool any = false;
    for (size_t i = 0; i < load->input_count; i++) {
        for (size_t k = 0; k < load->inputs[i].format->column_count; k++) {
            struct date_column *column = &load->inputs[i].dates[k];
            if (column->settled || !column->found.n)
                continue;
            for (int order = LOAD_YMD; order < LOAD_DATE_ORDERS; order++) {
                if (column->possible != 1U << order)
                    continue;
                column->settled = any = true;
                column->order = (enum load_date_order)order;
            }
        }
    }
    return any;
}

void dates_tell(struct load *load)
{
    struct load_result *result = load->result;
    size_t room = 0;
    for (size_t i = 0; i < load->input_count; i++) {
        for (size_t k = 0; k < load->inputs[i].format->column_count; k++) {
            const struct date_column *column = &load->inputs[i].dates[k];
            if (!column->found.n)
                continue;
            result->dates = arena_grow(load->arena, result->dates, result->date_count, &room, sizeof *result->dates);
            result->dates[result->date_count++] = (struct load_dates){
                .source = load->inputs[i].index,
                .column = str_of(column_name_literal(&load->inputs[i].format->columns[k])),
                .found = column->found,
                .read = column->settled ? dates_read(load->arena, column->found, column->order) : STR_NONE,
                .order = column->order,
                .possible = column->settled ? 1U << column->order : column->possible};
        }
    }
}
