#include "model/case_rules.h"

#include "base/clock.h"

struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter)
{
    int year = 0, month = 0, day = 0;
    date_to_civil(date, &year, &month, &day);
    return arena_printf(arena, "%02d%02d%02d-%04lld", year % 100, month, day, (long long)counter);
}

bool rules_object_gives_customer(const struct rules_customer *said)
{
    return said->object.n && !said->customer.n && (!said->sent || !str_eq(said->object, said->seen_with));
}

static bool placeholder(struct arena *arena, struct str at, const struct rules_person *person, struct str *text,
                        size_t *size)
{
    const struct {
        struct str mark, text;
    } known[] = {
        {STR("{name}"), person->name},
        {STR("{email}"), person->email},
        {STR("{phone}"), person->phone},
        {STR("{today}"), date_format(arena, person->today)},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_starts(at, known[i].mark)) {
            *text = known[i].text;
            *size = known[i].mark.n;
            return true;
        }
    }
    return false;
}

struct str rules_default(struct arena *arena, struct str configured, const struct rules_person *person)
{
    struct buf out;
    if (str_find_char(configured, '{') < 0)
        return configured;
    buf_init(&out, arena);
    for (size_t i = 0; i < configured.n; i++) {
        struct str text;
        size_t size = 0;
        if (placeholder(arena, str_slice(configured, i, configured.n), person, &text, &size)) {
            buf_str(&out, text);
            i += size - 1;
        } else {
            buf_char(&out, configured.p[i]);
        }
    }
    return str_trim(buf_text(&out));
}
