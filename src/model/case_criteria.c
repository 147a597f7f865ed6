#include "model/case_criteria.h"

#include <inttypes.h>

#include "access/search_words.h"
#include "base/clock.h"
#include "model/case.h"

static const struct {
    const char *name;
    enum case_sort sort;
} SORTS[] = {{"created", SORT_CREATED}, {"number", SORT_NUMBER}, {"title", SORT_TITLE}, {"status", SORT_STATUS}};

static const int PAGE_SIZES[] = {10, 20, 50, 100};
#define PAGE_SIZE_DEFAULT 20
#define QUESTION_BYTES 500

static const char *read_status(struct criteria *criteria)
{
    criteria->status = STATUS_ANY;
    if (!criteria->status_text.n)
        return NULL;
    if (str_eqz(criteria->status_text, "open")) {
        criteria->status = STATUS_OPEN;
        return NULL;
    }
    for (int i = 0; i < 3; i++) {
        if (str_eqz(criteria->status_text, case_status_codes[i])) {
            criteria->status = i;
            return NULL;
        }
    }
    return _("Choose one of the states in the list.");
}

static const char *read_date(struct str text, int extra_days, int64_t *instant)
{
    int32_t date = 0;
    *instant = 0;
    if (!text.n)
        return NULL;
    if (!date_parse_bound(text, &date))
        return _("Write the date as year-month-day, for example 2026-03-31.");
    *instant = clock_day_start(date + extra_days);
    return NULL;
}

static const char *read_sort(struct str text, struct criteria *criteria)
{
    criteria->sort = SORT_CREATED;
    criteria->descending = true;
    if (!text.n)
        return NULL;
    bool descending = text.p[0] == '-';
    struct str name = descending ? str_slice(text, 1, text.n) : text;
    for (size_t i = 0; i < sizeof SORTS / sizeof *SORTS; i++) {
        if (str_eqz(name, SORTS[i].name)) {
            criteria->sort = SORTS[i].sort;
            criteria->descending = descending;
            return NULL;
        }
    }
    return _("The list cannot be sorted that way.");
}

static const char *read_page_size(struct str text, int *page_size)
{
    int64_t value = 0;
    *page_size = PAGE_SIZE_DEFAULT;
    if (!text.n)
        return NULL;
    for (size_t i = 0; str_to_int(text, &value) && i < sizeof PAGE_SIZES / sizeof *PAGE_SIZES; i++) {
        if (value == PAGE_SIZES[i]) {
            *page_size = PAGE_SIZES[i];
            return NULL;
        }
    }
    return _("Choose 10, 20, 50 or 100 cases a page.");
}

static const char *read_question(struct arena *arena, struct criteria *criteria)
{
    if (!criteria->q.n)
        return NULL;
    if (criteria->q.n > QUESTION_BYTES)
        return _("The search text is too long.");
    criteria->word_count = search_words_of_question(arena, criteria->q, criteria->words, QUESTION_WORDS);
    if (criteria->word_count > QUESTION_WORDS) {
        criteria->word_count = QUESTION_WORDS;
        return _("Search for at most 12 words.");
    }
    criteria->unanswerable = criteria->word_count == 0;
    return NULL;
}

/* --- cursor: `d.value.created.id.hex(text)`, d being n(ext) or p(revious) ------------------------------------------------ */

struct str cursor_write(struct arena *arena, const struct case_cursor *cursor)
{
    struct buf out;
    buf_init(&out, arena);
    buf_printf(&out, "%c.%" PRId64 ".%" PRId64 ".%" PRId64 ".", cursor->backwards ? 'p' : 'n', cursor->value,
               cursor->created, cursor->id);
    buf_hex(&out, (const unsigned char *)cursor->text.p, cursor->text.n);
    return buf_text(&out);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(struct arena *arena, struct str hex, struct str *text)
{
    if (hex.n % 2)
        return false;
    char *out = arena_alloc(arena, hex.n / 2 + 1);
    for (size_t i = 0; i < hex.n / 2; i++) {
        int high = hex_digit(hex.p[i * 2]), low = hex_digit(hex.p[i * 2 + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (char)(high * 16 + low);
    }
    *text = (struct str){out, hex.n / 2};
    return utf8_valid(*text);
}

static const char *read_cursor(struct arena *arena, struct str text, struct case_cursor *cursor)
{
    struct str part[4] = {{0}};
    struct str rest = text;
    *cursor = (struct case_cursor){0};
    if (!text.n)
        return NULL;
    for (int i = 0; i < 4; i++) {
        if (!str_cut(&rest, '.', &part[i]))
            return _("This page of the list cannot be found. Start from the first page.");
    }
    cursor->backwards = str_eqz(part[0], "p");
    cursor->set = (cursor->backwards || str_eqz(part[0], "n")) && str_to_int(part[1], &cursor->value) &&
                  str_to_int(part[2], &cursor->created) && str_to_int(part[3], &cursor->id) &&
                  read_hex(arena, rest, &cursor->text);
    return cursor->set ? NULL : _("This page of the list cannot be found. Start from the first page.");
}

bool criteria_read(struct arena *arena, const struct http_params *query, struct criteria *criteria)
{
    *criteria = (struct criteria){
        .q = str_trim(http_param(query, "q")),
        .status_text = str_trim(http_param(query, "status")),
        .type = str_trim(http_param(query, "type")),
        .priority = str_trim(http_param(query, "priority")),
        .customer = str_trim(http_param(query, "customer")),
        .object = str_trim(http_param(query, "object")),
        .from_text = str_trim(http_param(query, "from")),
        .to_text = str_trim(http_param(query, "to")),
        .unlinked = http_param(query, "unlinked").n > 0,
    };
    struct criteria *c = criteria;
    c->q_fault = read_question(arena, c);
    c->status_fault = read_status(c);
    c->from_fault = read_date(c->from_text, 0, &c->from_us);
    c->to_fault = read_date(c->to_text, 1, &c->to_us);
    c->sort_fault = read_sort(str_trim(http_param(query, "sort")), c);
    c->page_size_fault = read_page_size(str_trim(http_param(query, "page_size")), &c->page_size);
    c->after_fault = read_cursor(arena, http_param(query, "after"), &c->after);
    if (!c->to_fault && c->from_us && c->to_us && c->from_us >= c->to_us)
        c->to_fault = _("The last day is before the first.");
    return !c->q_fault && !c->status_fault && !c->from_fault && !c->to_fault && !c->sort_fault && !c->page_size_fault &&
           !c->after_fault;
}

bool criteria_any(const struct criteria *criteria)
{
    return criteria->q.n || criteria->status_text.n || criteria->type.n || criteria->priority.n ||
           criteria->customer.n || criteria->object.n || criteria->from_text.n || criteria->to_text.n ||
           criteria->unlinked;
}

/* --- back to an address ---------------------------------------------------------------------------------------------------- */

static void add_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_z(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

static void add_criteria(struct buf *out, const struct criteria *criteria)
{
    add_param(out, "q", criteria->q);
    add_param(out, "status", criteria->status_text);
    add_param(out, "type", criteria->type);
    add_param(out, "priority", criteria->priority);
    add_param(out, "customer", criteria->customer);
    add_param(out, "object", criteria->object);
    add_param(out, "from", criteria->from_text);
    add_param(out, "to", criteria->to_text);
    add_param(out, "unlinked", criteria->unlinked ? STR("1") : STR_NONE);
}

struct str criteria_url(struct arena *arena, const char *path, const struct criteria *criteria, const char *sort,
                        struct str cursor, bool whole)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, path);
    add_criteria(&out, criteria);
    if (sort)
        add_param(&out, "sort", str_of(sort));
    else if (criteria->sort != SORT_CREATED || !criteria->descending)
        add_param(&out, "sort",
                  arena_printf(arena, "%s%s", criteria->descending ? "-" : "", SORTS[criteria->sort].name));
    if (!whole && criteria->page_size != PAGE_SIZE_DEFAULT)
        add_param(&out, "page_size", arena_printf(arena, "%d", criteria->page_size));
    if (!whole)
        add_param(&out, "after", cursor);
    return buf_text(&out);
}

struct str criteria_key(struct arena *arena, const struct criteria *criteria)
{
    struct buf out;
    buf_init(&out, arena);
    buf_char(&out, '?');
    add_criteria(&out, criteria);
    return buf_text(&out);
}
