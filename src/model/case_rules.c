#include "model/case_rules.h"

#include "base/clock.h"
#include "base/decimal.h"

static const struct {
    const char *name;
    int64_t limit;
} LIMITS[] = {
    {"title", 200},         {"description", 10000}, {"your_reference", 100},  {"reporter", 100},
    {"reporter_phone", 40}, {"site_street", 200},   {"site_postal_code", 20}, {"site_city", 100},
};

int64_t rules_limit(const struct config_field *field)
{
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        if (str_eqz(field->name, LIMITS[i].name))
            return LIMITS[i].limit;
    }
    return field->kind == FIELD_MULTILINE ? 10000 : 200;
}

struct str rules_case_number(struct arena *arena, int32_t date, int64_t counter)
{
    int year = 0, month = 0, day = 0;
    date_to_civil(date, &year, &month, &day);
    return arena_printf(arena, "%02d%02d%02d-%04lld", year % 100, month, day, (long long)counter);
}

/* --- defaults --------------------------------------------------------------------------------------------------------------- */

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

/* --- what was typed --------------------------------------------------------------------------------------------------------- */

/* Line ends become one form; in a single line they, and control characters everywhere, become blanks. */
static struct str clean(struct arena *arena, struct str typed, bool lines)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == '\r' && i + 1 < typed.n && typed.p[i + 1] == '\n')
            continue;
        if (c == '\r')
            c = '\n';
        bool control = (unsigned char)c < 0x20 || c == 0x7f;
        bool kept = !control || (lines && (c == '\n' || c == '\t'));
        buf_char(&out, kept ? c : ' ');
    }
    return str_trim(buf_text(&out));
}

static struct rules_fault fault(const char *msgid)
{
    return (struct rules_fault){.msgid = msgid};
}

static struct rules_fault missing(const struct config_field *field)
{
    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_PICKLIST:
    case FIELD_CUSTOMER:
    case FIELD_OBJECT:
        return fault(_("Choose one."));
    case FIELD_YES_NO:
        return fault(_("Answer yes or no."));
    case FIELD_TEXT:
    case FIELD_MULTILINE:
    case FIELD_NUMBER:
    case FIELD_DATE:
        break;
    }
    return fault(_("Fill in this field."));
}

static struct rules_fault take_text(struct arena *arena, const struct config_field *field, struct str value)
{
    int64_t count = (int64_t)utf8_count(value), limit = rules_limit(field);
    if (count <= limit)
        return fault(NULL);
    return (struct rules_fault){
        .msgid = _("At most {1} characters are allowed; there are {2}."),
        .values = {arena_printf(arena, "%lld", (long long)limit), arena_printf(arena, "%lld", (long long)count)},
        .count = 2,
    };
}

static struct rules_fault take_number(struct arena *arena, struct str *value)
{
    int64_t number = 0;
    if (!decimal_parse(*value, &number))
        return fault(_("Write a number, such as 12 or 3.5."));
    *value = decimal_format(arena, number);
    return fault(NULL);
}

static struct rules_fault take_choice(const struct config_field *field, struct str value)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        if (str_eq(field->choices[i].value, value))
            return fault(NULL);
    }
    return fault(_("Choose one from the list."));
}

static struct rules_fault take_yes_no(struct str *value)
{
    static const char *const YES[] = {"yes", "ja", "on", "true", "1"};
    static const char *const NO[] = {"no", "nej", "off", "false", "0"};
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        bool yes = str_eqz(*value, YES[i]);
        if (yes || str_eqz(*value, NO[i])) {
            *value = yes ? STR("yes") : STR("no");
            return fault(NULL);
        }
    }
    return fault(_("Answer yes or no."));
}

struct rules_fault rules_take(struct arena *arena, const struct config_field *field, struct str typed,
                              struct str *value)
{
    int32_t date = 0;
    *value = clean(arena, typed, field->kind == FIELD_MULTILINE);
    if (!value->n)
        return field->required ? missing(field) : fault(NULL);
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_MULTILINE:
        return take_text(arena, field, *value);
    case FIELD_NUMBER:
        return take_number(arena, value);
    case FIELD_DATE:
        return fault(date_parse(*value, &date) ? NULL : _("Write a date as year-month-day, such as 2026-11-23."));
    case FIELD_CHOICE:
        return take_choice(field, *value);
    case FIELD_YES_NO:
        return take_yes_no(value);
    case FIELD_PICKLIST:
    case FIELD_CUSTOMER:
    case FIELD_OBJECT:
        break;
    }
    return fault(NULL);
}
