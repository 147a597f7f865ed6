/* Numbers, dates and times as they come in CSV cells, forms and query strings: what is read must come back the same. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/decimal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void read_numbers(struct arena *arena, struct str text)
{
    int64_t value, again;
    if (decimal_parse(text, &value))
        must(decimal_parse(decimal_format(arena, value), &again) && again == value);
    if (str_to_int(text, &value)) {
        struct buf buf;
        buf_init(&buf, arena);
        buf_int(&buf, value);
        must(str_to_int(buf_text(&buf), &again) && again == value);
    }
}

static void read_times(struct arena *arena, struct str text)
{
    int64_t instant, again;
    if (instant_parse(text, &instant)) {
        /* An offset can lead just over the edge of the years that are read. */
        struct str exact = instant_format_utc(arena, instant);
        bool inside = !str_starts(exact, STR("1899")) && !str_starts(exact, STR("2201"));
        must(instant_parse(exact, &again) == inside && (!inside || again == instant));
        (void)instant_format_local(arena, instant);
    }
    int32_t date, same;
    if (date_parse(text, &date)) {
        must(date_parse(date_format(arena, date), &same) && same == date);
        must(clock_date(clock_day_start(date)) == date);
    }
}

static void read_utf8(struct str text)
{
    if (!utf8_valid(text))
        return;
    size_t count = utf8_count(text);
    must(utf8_prefix(text, count).n == text.n);
    struct str half = utf8_prefix(text, count / 2);
    must(utf8_valid(half) && utf8_count(half) == count / 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct str text = arena_str(arena, (struct str){(const char *)data, size});
    read_numbers(arena, text);
    read_times(arena, text);
    read_utf8(text);
    arena_destroy(arena);
    return 0;
}
