#include "model/field.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "base/mail_address.h"
#include "i18n/fold.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

const struct entity_field *entity_field(const struct entity *entity, struct str name)
{
    for (size_t i = 0; i < entity->count; i++) {
        if (str_eqz(name, entity->fields[i].name))
            return &entity->fields[i];
    }
    return NULL;
}

const struct entity_field *entity_listed(const struct entity *entity, size_t at)
{
    for (size_t i = 0; i < entity->count; i++) {
        if (!entity->fields[i].unlisted && at-- == 0)
            return &entity->fields[i];
    }
    return NULL;
}

const char *field_exported(const struct entity_field *field)
{
    if (field->unexported)
        return NULL;
    return field->exported_as ? field->exported_as : field->name;
}

const char *field_table_literal(enum field_kind kind)
{
    switch (kind) {
    case FIELD_CUSTOMER:
        return "customer";
    case FIELD_OBJECT:
        return "object";
    case FIELD_CONTACT:
        return "contact";
    case FIELD_ARTICLE:
        return "article";
    case FIELD_CASE:
        return "cases";
    case FIELD_WORK_ORDER:
        return "work_order";
    case FIELD_ARTICLE_ROW:
        return "article_row";
    default:
        return NULL;
    }
}

bool field_is_reference(enum field_kind kind)
{
    return field_table_literal(kind) != NULL;
}

bool field_is_number(enum field_kind kind)
{
    return kind == FIELD_DECIMAL || kind == FIELD_MONEY || kind == FIELD_DISCOUNT || kind == FIELD_INTEGER ||
           kind == FIELD_INSTANT || kind == FIELD_YES_NO;
}

struct str field_number_text(struct arena *arena, enum lang lang, enum field_kind kind, int64_t number)
{
    switch (kind) {
    case FIELD_INSTANT:
        return instant_format_local(arena, number);
    case FIELD_DISCOUNT:
        return fmt_percent(arena, lang, number);
    case FIELD_INTEGER:
        return fmt_int(arena, lang, number);
    case FIELD_YES_NO:
        return tr(lang, code_label(&yes_no_codes, number));
    default:
        return fmt_decimal(arena, lang, number, kind == FIELD_MONEY ? 2 : 0);
    }
}

/* --- characters --------------------------------------------------------------------------------------------------- */

enum { ZERO_WIDTH_JOINER = 0x200D, TEXT_STYLE = 0xFE0E, EMOJI_STYLE = 0xFE0F, KEYCAP = 0x20E3 };

static bool is_invisible(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || U_IS_UNICODE_NONCHAR(c) ||
           (c >= 0xFFF9 && c <= 0xFFFB);
}

static bool is_picture(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}

/*
 * Returns whether an invisible character belongs to an emoji: one that joins two pictures, or a style after a picture.
 */
static bool joins_emoji(UChar32 before, UChar32 c, UChar32 after)
{
    if (c == ZERO_WIDTH_JOINER)
        return (is_picture(before) || before == EMOJI_STYLE) && is_picture(after);
    return (c == EMOJI_STYLE || c == TEXT_STYLE) && (is_picture(before) || after == KEYCAP);
}

static bool is_line_break(UChar32 c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static bool model_field_is_blank(UChar32 c)
{
    return c == ' ' || is_control(c) || u_charType(c) == U_SPACE_SEPARATOR || is_line_break(c);
}

/* Reads a text one character at a time; -1 at its ends. */
static UChar32 char_at(struct str text, size_t at, size_t *next)
{
    int32_t i = (int32_t)at;
    UChar32 c = -1;
    if (at < text.n)
        U8_NEXT((const uint8_t *)text.p, i, (int32_t)text.n, c);
    *next = (size_t)i;
    return c;
}

/* --- cleaning ----------------------------------------------------------------------------------------------------- */

/* Most text is ASCII without control characters. It needs only trimming. */
static bool model_field_is_plain(struct str text, bool lines)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x7F || (c < 0x20 && !(lines && (c == '\n' || c == '\t'))))
            return false;
    }
    return true;
}

/* Removes blanks and line breaks at both ends. */
static struct str model_field_trim_blanks(struct str text)
{
    size_t from = 0, to = text.n, next;
    while (from < to && model_field_is_blank(char_at(text, from, &next)))
        from = next;
    while (to > from) {
        int32_t before = (int32_t)to;
        UChar32 c;
        U8_PREV((const uint8_t *)text.p, (int32_t)from, before, c);
        if (!model_field_is_blank(c))
            break;
        to = (size_t)before;
    }
    return str_slice(text, from, to);
}

static struct str without_invisible(struct arena *arena, struct str text)
{
    struct buf out;
    UChar32 before = -1;
    buf_init(&out, arena);
    for (size_t at = 0, next, beyond; at < text.n; at = next) {
        UChar32 c = char_at(text, at, &next);
        if (is_invisible(c) && !joins_emoji(before, c, char_at(text, next, &beyond)))
            continue;
        buf_str(&out, str_slice(text, at, next));
        before = c;
    }
    return buf_text(&out);
}

/* Changes line breaks and blanks to those that the kind of the field has. */
static struct str even_blanks(struct arena *arena, struct str text, bool lines)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t at = 0, next; at < text.n; at = next) {
        UChar32 c = char_at(text, at, &next);
        bool line_break = is_line_break(c);
        if (c == '\r' && next < text.n && text.p[next] == '\n')
            next++;
        if (line_break && lines) {
            buf_char(&out, '\n');
        } else if (line_break) {
            /* it replaces the blanks around it, too */
            out.n = model_field_trim_blanks(buf_text(&out)).n;
            struct str rest = model_field_trim_blanks(str_slice(text, next, text.n));
            next = rest.n ? (size_t)(rest.p - text.p) : text.n;
            buf_char(&out, ' ');
        } else if (lines ? is_control(c) && c != '\t' : model_field_is_blank(c)) {
            buf_char(&out, ' ');
        } else {
            buf_str(&out, str_slice(text, at, next));
        }
    }
    return buf_text(&out);
}

struct str field_clean_text(struct arena *arena, struct str text, bool lines)
{
    if (model_field_is_plain(text, lines))
        return model_field_trim_blanks(text);
    text = model_field_trim_blanks(without_invisible(arena, text));
    return model_field_trim_blanks(fold_none(arena, even_blanks(arena, text, lines)));
}

/* Keeps one number per line. */
static struct str clean_numbers(struct arena *arena, struct str text)
{
    struct str rest = field_clean_text(arena, text, true), line;
    struct buf out;
    buf_init(&out, arena);
    while (str_cut(&rest, '\n', &line)) {
        struct str number = field_clean_text(arena, line, false);
        if (!number.n)
            continue;
        buf_z(&out, out.n ? "\n" : "");
        buf_str(&out, number);
    }
    return buf_text(&out);
}

static struct str clean_yes_no(struct str text)
{
    static const char *const YES[] = {"yes", "ja", "on", "true", "1"};
    static const char *const NO[] = {"no", "nej", "off", "false", "0"};
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        if (str_eq_nocase(text, str_of(YES[i])))
            return STR("yes");
        if (str_eq_nocase(text, str_of(NO[i])))
            return STR("no");
    }
    return text;
}

struct str field_clean(struct arena *arena, const struct entity_field *field, struct str typed)
{
    int64_t decimal = 0;
    if (field->kind == FIELD_LOGIN || field->kind == FIELD_PASSWORD)
        return typed;
    if (field->many)
        return clean_numbers(arena, typed);
    struct str text = field_clean_text(arena, typed, field->kind == FIELD_MULTILINE);
    switch (field->kind) {
    case FIELD_DECIMAL:
    case FIELD_MONEY:
    case FIELD_DISCOUNT:
        return decimal_parse(text, &decimal) ? decimal_format(arena, decimal) : text;
    case FIELD_YES_NO:
        return clean_yes_no(text);
    case FIELD_CHOICE: {
        ptrdiff_t at = field->codes ? code_find(field->codes, text) : -1;
        return at < 0 ? text : str_of(code_name(field->codes, at));
    }
    default: /* the rules for all kinds are enough */
        return text;
    }
}

/* --- checking ----------------------------------------------------------------------------------------------------- */

static const struct msgid *missing_fault(const struct entity_field *field)
{
    enum field_kind kind = field->kind;
    if (field->missing)
        return field->missing;
    if (kind == FIELD_YES_NO)
        return _("Answer yes or no.");
    return kind == FIELD_CHOICE || kind == FIELD_PICKLIST ? _("Choose one.") : _("Fill in this field.");
}

static const struct msgid *decimal_fault(const struct entity_field *field, struct str value)
{
    int64_t decimal = 0;
    if (!decimal_parse(value, &decimal))
        return _("Write a number, such as 12 or 3.5.");
    if (field->kind == FIELD_DISCOUNT && (decimal < 0 || decimal > DECIMAL_ONE))
        return _("Write a discount from 0 to 100 per cent, with at most four decimals.");
    return NULL;
}

/* Returns the fault of a value that is not empty and not too long. */
static const struct msgid *kind_fault(const struct entity_field *field, struct str value)
{
    int64_t number = 0;
    int32_t date = 0;
    switch (field->kind) {
    case FIELD_DECIMAL:
    case FIELD_MONEY:
    case FIELD_DISCOUNT:
        return decimal_fault(field, value);
    case FIELD_DATE:
        return date_parse(value, &date) ? NULL : _("Write a date as year-month-day, such as 2026-11-23.");
    case FIELD_INSTANT:
        return instant_parse(value, &number) ? NULL : _("Write a date and a time, such as 2026-11-23 09:05.");
    case FIELD_INTEGER:
        return str_to_int(value, &number) && number >= 0 ? NULL : _("Write a whole number, such as 12.");
    case FIELD_CHOICE:
        return code_find(field->codes, value) >= 0 ? NULL : _("Choose one from the list.");
    case FIELD_YES_NO:
        return code_find(&yes_no_codes, value) >= 0 ? NULL : _("Answer yes or no.");
    case FIELD_EMAIL:
        return mail_address_valid(value) ? NULL : _("This is no e-mail address. Write it as name@example.com.");
    case FIELD_KEY:
        return str_find_char(value, '|') < 0 ? NULL : _("A number cannot contain the character |.");
    default: /* any text will do */
        return NULL;
    }
}

struct field_fault field_check(struct arena *arena, const struct entity_field *field, bool required, struct str value)
{
    if (!value.n)
        return (struct field_fault){.msgid = required ? missing_fault(field) : NULL};
    size_t count = field->limit && value.n > field->limit ? utf8_count(value) : 0;
    if (count > field->limit)
        return (struct field_fault){
            .msgid = _("At most {1} characters are allowed; there are {2}."),
            .values = {arena_printf(arena, "%zu", field->limit), arena_printf(arena, "%zu", count)},
            .count = 2,
        };
    return (struct field_fault){.msgid = kind_fault(field, value)};
}

struct str field_fault_text(struct arena *arena, enum lang lang, const struct field_fault *fault)
{
    return fault->msgid ? tr_fill(arena, lang, fault->msgid, fault->values, fault->count) : STR_NONE;
}

struct str phone_link(struct arena *arena, struct str phone, size_t digits)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "tel:");
    for (size_t i = 0; i < phone.n; i++) {
        char c = phone.p[i];
        if (c == '(' && phone.p[0] == '+' && str_starts(str_slice(phone, i, phone.n), STR("(0)")))
            i += 2;
        else if ((c >= '0' && c <= '9') || (c == '+' && out.n == 4))
            buf_char(&out, c);
    }
    return out.n >= sizeof "tel:" - 1 + digits ? buf_text(&out) : STR_NONE;
}
