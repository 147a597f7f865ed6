#include "model/search_input.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "access/search_words.h"
#include "base/buf.h"
#include "http/escape.h"
#include "i18n/fold.h"
#include "i18n/i18n.h"
#include "model/field.h"
#include "portal/address.h"

/* --- characters --------------------------------------------------------------------------------------------------- */

#define HYPHEN 0x2010
#define HYPHEN_NO_BREAK 0x2011
#define MINUS_SIGN 0x2212

static bool is_hyphen(UChar32 c)
{
    return c == '-' || c == HYPHEN || c == HYPHEN_NO_BREAK;
}

static bool is_dash(UChar32 c)
{
    return c == MINUS_SIGN || (U_GET_GC_MASK(c) & U_GC_PD_MASK) != 0;
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (is_figure(text.p[i]))
            return true;
    }
    return false;
}

/* Says whether the text ends with a digit, or a digit and a blank. */
static bool ends_with_figure(struct str text)
{
    size_t n = text.n && text.p[text.n - 1] == ' ' ? text.n - 1 : text.n;
    return n && is_figure(text.p[n - 1]);
}

/* Between digits a dash may stand alone: `260301 – 0001`. */
static struct str dashes_joined(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        bool apart = text.p[i] == ' ' && i > 0 && i + 1 < text.n;
        bool before = apart && text.p[i + 1] == '-' && is_figure(text.p[i - 1]) && i + 3 < text.n &&
                      is_figure(text.p[i + 2 + (text.p[i + 2] == ' ')]);
        bool after =
            apart && text.p[i - 1] == '-' && is_figure(text.p[i + 1]) && out.n > 1 && is_figure(out.p[out.n - 2]);
        if (!before && !after)
            buf_char(&out, text.p[i]);
    }
    return buf_text(&out);
}

static struct str tidied(struct arena *arena, struct str typed)
{
    struct str clean = field_clean_text(arena, typed, false);
    struct buf out;
    buf_init(&out, arena);
    const uint8_t *bytes = (const uint8_t *)clean.p;
    for (int32_t i = 0, n = (int32_t)clean.n; i < n;) {
        int32_t before = i;
        UChar32 c;
        U8_NEXT(bytes, i, n, c);
        bool beside_figure = ends_with_figure(buf_text(&out)) || (i < n && is_figure(clean.p[i]));
        if (is_hyphen(c) || (is_dash(c) && beside_figure))
            buf_char(&out, '-'); /* a dash between words stays */
        else if (c != ' ' || (out.n && out.p[out.n - 1] != ' '))
            buf_add(&out, bytes + before, (size_t)(i - before));
    }
    return dashes_joined(arena, buf_text(&out));
}

/* --- addresses of pages ------------------------------------------------------------------------------------------- */

static bool is_folder_of_numbers(struct str part)
{
    static const char *const FOLDERS[] = {"cases", "invoices", "objects", "customers", "contacts", "articles"};
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        if (str_eqz(part, FOLDERS[i]))
            return true;
    }
    return false;
}

/* Returns the number in the address of a page; empty: the text is no address, or its page has no number. */
static struct str number_of_address(struct arena *arena, struct str text)
{
    ptrdiff_t scheme = str_find(text, STR("://"));
    struct str rest = str_slice(text, scheme < 0 ? 0 : (size_t)scheme + 3, text.n), part, number;
    bool inside = false;
    if ((scheme < 0 && !str_starts(text, STR("/"))) || str_find_char(text, ' ') >= 0)
        return STR_NONE;
    rest = str_slice(rest, 0, strcspn(arena_z(arena, rest), "?#>"));
    while (str_cut(&rest, '/', &part)) {
        if (inside && has_digit(part) && escape_decode(arena, part, false, &number))
            return field_clean_text(arena, address_number(arena, number), false);
        inside = is_folder_of_numbers(part);
    }
    return STR_NONE;
}

/* --- labels ------------------------------------------------------------------------------------------------------- */

/* `alone`: other words may stand around such a label and its number, because nobody means anything else by it. */
static const struct label {
    const struct msgid *text;
    bool alone;
} LABELS[] = {
    {_("Case number"), true}, {_("Case"), false},     {_("Work order"), true}, {_("Invoice specification"), true},
    {_("Object"), false},     {_("Customer"), false}, {_("Contact"), false},   {_("Article"), false},
    {_("Number"), false},
};

static struct str without_marks(struct str text)
{
    while (text.n && strchr(" :#.-([{<\"'", text.p[text.n - 1]))
        text.n--;
    return text;
}

/* `Kundnr.`, `Objektnummer`, `No` */
static struct str without_ending(struct str text)
{
    static const char *const ENDINGS[] = {"nummer", "number", "nr", "no"};
    text = without_marks(text);
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (str_ends(text, str_of(ENDINGS[i])))
            return without_marks(str_slice(text, 0, text.n - strlen(ENDINGS[i])));
    }
    return text;
}

/* What the text before a number says: nothing but a label, or something that ends with one. */
struct before {
    bool only, ends, alone;
};

static void before_note(struct before *before, struct str text, struct str label, bool alone)
{
    bool ends = str_ends(text, label);
    size_t rest = ends ? text.n - label.n : 0;
    ends = ends && (!rest || text.p[rest - 1] == ' ');
    before->only = before->only || (ends && !rest);
    before->ends = before->ends || ends;
    before->alone = before->alone || (ends && alone);
}

static struct before before_read(struct arena *arena, struct str text)
{
    struct str full = without_marks(fold_case(arena, text)), cut = without_ending(full);
    struct before before = {.only = !cut.n};
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        for (enum lang lang = LANG_SV; lang <= LANG_EN; lang++) {
            struct str label = fold_case(arena, tr(lang, LABELS[i].text));
            before_note(&before, full, label, LABELS[i].alone);
            before_note(&before, cut, label, LABELS[i].alone);
        }
    }
    return before;
}

/* Says whether this is the number that the portal gives cases: `260301-0001`. */
static bool is_case_number(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (i != 6 && !is_figure(text.p[i]))
            return false;
        digits += is_figure(text.p[i]);
    }
    return digits >= 10 && text.p[6] == '-';
}

/* Cuts off what stands close around a number in a sentence: `(#260301-0001).` */
static struct str bared(struct str word)
{
    while (word.n && strchr("#([{<\"'", word.p[0]))
        word = str_slice(word, 1, word.n);
    while (word.n && strchr(".,:;!)]}>\"'", word.p[word.n - 1]))
        word.n--;
    return word;
}

/* Returns the number that follows a label, or stands by itself; empty: the text has none. */
static struct str number_after_label(struct arena *arena, struct str text)
{
    struct str rest = text, word;
    while (str_cut(&rest, ' ', &word)) {
        struct str inner = word, number = bared(word);
        while (str_cut(&inner, ':', &word)) /* `Ärendenr:260301-0001` */
            number = has_digit(word) ? bared(word) : number;
        if (!has_digit(number))
            continue;
        struct before before = before_read(arena, str_slice(text, 0, (size_t)(number.p - text.p)));
        if (before.alone || (before.only && !rest.n) || (before.ends && is_case_number(number)))
            return number;
    }
    return STR_NONE;
}

/* --- subjects of mails -------------------------------------------------------------------------------------------- */

/* As notice_case.c, notice_staff.c and decision.c write them; a colon and the title may follow. */
static const struct msgid *const SUBJECTS[] = {
    _("We have received case {1}"),
    _("Case {1} is booked"),
    _("Case {1} has no booked time any more"),
    _("Case {1} is finished"),
    _("New message about case {1}"),
    _("New case {1}"),
    _("A customer has written about case {1}"),
    _("Receipt: invoice specification {1} is approved"),
    _("Receipt: invoice specification {1} is rejected"),
};

static struct str number_in_subject(struct str text, struct str subject)
{
    ptrdiff_t place = str_find(subject, STR("{1}"));
    struct str before = str_slice(subject, 0, (size_t)place), after = str_slice(subject, (size_t)place + 3, subject.n);
    ptrdiff_t begin = str_find(text, before);
    if (begin < 0 || (begin && text.p[begin - 1] != ' '))
        return STR_NONE;
    struct str rest = str_slice(text, (size_t)begin + before.n, text.n);
    ptrdiff_t title = str_find(rest, STR(": "));
    rest = title < 0 ? rest : str_slice(rest, 0, (size_t)title);
    return rest.n > after.n && str_ends(rest, after) ? str_trim(str_slice(rest, 0, rest.n - after.n)) : STR_NONE;
}

/* Returns the number in the subject of a mail, also after `Sv:` and the like; empty: the text is no subject. */
static struct str number_of_subject(struct str text)
{
    struct str number = STR_NONE;
    for (size_t i = 0; !number.n && i < sizeof SUBJECTS / sizeof *SUBJECTS; i++) {
        for (enum lang lang = LANG_SV; !number.n && lang <= LANG_EN; lang++)
            number = number_in_subject(text, tr(lang, SUBJECTS[i]));
    }
    return number;
}

struct str search_input(struct arena *arena, struct str typed)
{
    struct str text = tidied(arena, typed);
    struct str number = number_of_address(arena, bared(text));
    if (!number.n)
        number = number_of_subject(text);
    if (!number.n)
        number = number_after_label(arena, text);
    return number.n ? number : text;
}

/* --- phones ------------------------------------------------------------------------------------------------------- */

#define PHONE_DIGITS 5

static struct str phone_of(struct arena *arena, struct str text)
{
    struct str plain = tidied(arena, text);
    bool abroad = str_starts(plain, STR("+")) || str_starts(plain, STR("00"));
    struct buf digits;
    buf_init(&digits, arena);
    for (size_t i = 0; i < plain.n; i++) {
        if (is_figure(plain.p[i]))
            buf_char(&digits, plain.p[i]);
        else if (!strchr(" -+()/.", plain.p[i]))
            return STR_NONE;
    }
    struct str number = buf_text(&digits);
    if (number.n < PHONE_DIGITS)
        return STR_NONE;
    while (number.n && number.p[0] == '0')
        number = str_slice(number, 1, number.n);
    if (abroad && str_starts(number, STR("46")))
        number = str_slice(number, 2, number.n);
    while (number.n && number.p[0] == '0')
        number = str_slice(number, 1, number.n);
    return number;
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

/* `260301-0001-2` is a work order of the case `260301-0001`. */
static struct str without_work_order(struct str text)
{
    struct str number = text;
    while (number.n && is_figure(number.p[number.n - 1]))
        number.n--;
    bool cut = number.n && number.n < text.n && number.p[number.n - 1] == '-';
    number.n -= cut;
    return cut && is_case_number(number) ? number : text;
}

void search_read(struct arena *arena, struct str typed, struct search_text *search)
{
    struct str text = without_work_order(search_input(arena, typed));
    search->count = search_words_of_question(arena, text, search->words, SEARCH_WORDS);
    search->signs = search->count ? STR_NONE : str_trim(text);
    search->phone = phone_of(arena, typed);
}

static void contains_add(struct sql *sql, const char *text_literal, struct str word)
{
    sql_put(sql, " AND lower(({}) COLLATE \"sv-natural\") LIKE lower(? COLLATE \"sv-natural\") ESCAPE '\\'",
            SQL(text_literal), SQL_CONTAINING(word));
}

void search_add(struct sql *sql, const struct search_text *search, const char *text_literal)
{
    if (search->signs.n)
        contains_add(sql, text_literal, search->signs);
    for (size_t i = 0; i < search->count && i < SEARCH_WORDS; i++)
        contains_add(sql, text_literal, search->words[i]);
}

/* Returns what the index is asked for; without terms when there are no words and no signs. */
static struct search_match match_of(struct arena *arena, const struct search_text *search)
{
    const struct str signs = search_signs(arena, search->signs);
    size_t count = search->signs.n ? 1 : search->count < SEARCH_WORDS ? search->count : SEARCH_WORDS;
    struct search_term *terms = ARENA_ARRAY(arena, struct search_term, count);
    dialect_search_entity_terms(arena, search->signs.n ? &signs : search->words, count, terms);
    return (struct search_match){.terms = terms, .term_count = count, .phone = search->phone};
}

/* So many rows are common. */
#define COMMON 1000

bool search_measure(struct db_conn *conn, struct arena *arena, enum search_index index, struct search_text *search,
                    struct err *err)
{
    const struct search_match match = match_of(arena, search);
    int64_t count = 0;
    if (!match.term_count || match.phone.n)
        return true;
    struct sql sql = sql_start(arena, "SELECT COUNT(*) FROM (SELECT 1 FROM ");
    dialect_search_entities(&sql, db_conn_engine(conn), index, &match);
    sql_put(&sql, " AS hit LIMIT ?) AS found", DB_INT(COMMON + 1));
    bool ok = db_find_sql(conn, arena, &sql, DB_TARGETS(TO(&count)), NULL, err);
    search->common = count > COMMON;
    return ok;
}

void search_add_indexed(struct sql *sql, enum db_engine engine, enum search_index index, const char *id_literal,
                        const struct search_text *search)
{
    const struct search_match match = match_of(sql->text.arena, search);
    if (!match.term_count)
        return;
    sql_put(sql, " AND ");
    if (search->common) {
        dialect_search_entity_test(sql, engine, index, id_literal, &match);
        return;
    }
    sql_put(sql, "{} IN ", SQL(id_literal));
    dialect_search_entities(sql, engine, index, &match);
}
