#include "customer/files/criteria.h"

#include "access/search_words.h"
#include "base/clock.h"

static const char *const SORTS[] = {"created", "name", "size", "category"};
static const int PAGE_SIZES[] = {10, 20, 50, 100};
#define PAGE_SIZE_DEFAULT 20
#define QUESTION_BYTES 500

const char *file_sort_name(enum file_sort sort)
{
    return SORTS[sort];
}

/* A search text without letters or digits, such as `+`, has no words and does not narrow the list. */
static const struct msgid *files_criteria_read_question(struct arena *arena, struct file_criteria *criteria)
{
    if (criteria->q.n > QUESTION_BYTES)
        return _("The search text is too long.");
    criteria->word_count = search_words_of_question(arena, criteria->q, criteria->words, FILE_WORDS);
    if (criteria->word_count <= FILE_WORDS)
        return NULL;
    criteria->word_count = FILE_WORDS;
    return _("Search for at most 12 words.");
}

static const struct msgid *read_owner(struct file_criteria *criteria)
{
    for (int i = 0; i < 4; i++) {
        if (str_eqz(criteria->owner_text, file_owner_codes[i])) {
            criteria->owner = (enum file_owner_kind)i;
            return NULL;
        }
    }
    return _("Choose one of the owners in the list.");
}

static const struct msgid *files_criteria_read_date(struct str text, int extra_days, int64_t *instant)
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

static const struct msgid *files_criteria_read_sort(struct str text, struct file_criteria *criteria)
{
    criteria->sort = FILES_BY_CREATED;
    criteria->descending = true;
    if (!text.n)
        return NULL;
    bool descending = text.p[0] == '-';
    struct str name = descending ? str_slice(text, 1, text.n) : text;
    for (size_t i = 0; i < sizeof SORTS / sizeof *SORTS; i++) {
        if (str_eqz(name, SORTS[i])) {
            criteria->sort = (enum file_sort)i;
            criteria->descending = descending;
            return NULL;
        }
    }
    return _("The list cannot be sorted that way.");
}

static const struct msgid *files_criteria_read_page_size(struct str text, int *page_size)
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
    return _("Choose 10, 20, 50 or 100 files a page.");
}

/* Reads `n.KEY` or `p.KEY`. The query finds out whether there is such a file. */
static const struct msgid *files_criteria_read_after(struct str text, struct file_criteria *criteria)
{
    struct str direction, rest = text;
    if (!text.n)
        return NULL;
    criteria->backwards = str_cut(&rest, '.', &direction) && str_eqz(direction, "p");
    criteria->after = rest;
    bool understood = (criteria->backwards || str_eqz(direction, "n")) && rest.n;
    return understood ? NULL : _("This page of the list cannot be found. Start from the first page.");
}

bool file_criteria_read(struct arena *arena, const struct http_params *query, struct file_criteria *criteria)
{
    *criteria = (struct file_criteria){
        .q = str_trim(http_param(query, "q")),
        .category = str_trim(http_param(query, "category")),
        .owner_text = str_trim(http_param(query, "owner")),
        .customer = str_trim(http_param(query, "customer")),
        .object = str_trim(http_param(query, "object")),
        .from_text = str_trim(http_param(query, "from")),
        .to_text = str_trim(http_param(query, "to")),
    };
    struct file_criteria *c = criteria;
    c->q_fault = files_criteria_read_question(arena, c);
    c->owner_fault = read_owner(c);
    c->from_fault = files_criteria_read_date(c->from_text, 0, &c->from_us);
    c->to_fault = files_criteria_read_date(c->to_text, 1, &c->to_us);
    c->sort_fault = files_criteria_read_sort(str_trim(http_param(query, "sort")), c);
    c->page_size_fault = files_criteria_read_page_size(str_trim(http_param(query, "page_size")), &c->page_size);
    c->after_fault = files_criteria_read_after(http_param(query, "after"), c);
    if (!c->to_fault && c->from_us && c->to_us && c->from_us >= c->to_us)
        c->to_fault = _("The last day is before the first.");
    return !c->q_fault && !c->owner_fault && !c->from_fault && !c->to_fault && !c->sort_fault && !c->page_size_fault &&
           !c->after_fault;
}

bool file_criteria_any(const struct file_criteria *criteria)
{
    return criteria->q.n || criteria->category.n || criteria->owner_text.n || criteria->customer.n ||
           criteria->object.n || criteria->from_text.n || criteria->to_text.n;
}

static void files_criteria_add_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_z(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

struct str file_criteria_url(struct arena *arena, const char *path, const struct file_criteria *criteria,
                             const char *sort, struct str after, bool whole)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, path);
    files_criteria_add_param(&out, "q", criteria->q);
    files_criteria_add_param(&out, "category", criteria->category);
    files_criteria_add_param(&out, "owner", criteria->owner_text);
    files_criteria_add_param(&out, "customer", criteria->customer);
    files_criteria_add_param(&out, "object", criteria->object);
    files_criteria_add_param(&out, "from", criteria->from_text);
    files_criteria_add_param(&out, "to", criteria->to_text);
    if (sort)
        files_criteria_add_param(&out, "sort", str_of(sort));
    else if (criteria->sort != FILES_BY_CREATED || !criteria->descending)
        files_criteria_add_param(&out, "sort",
                                 arena_printf(arena, "%s%s", criteria->descending ? "-" : "", SORTS[criteria->sort]));
    if (!whole && criteria->page_size != PAGE_SIZE_DEFAULT)
        files_criteria_add_param(&out, "page_size", arena_printf(arena, "%d", criteria->page_size));
    if (!whole)
        files_criteria_add_param(&out, "after", after);
    return buf_text(&out);
}

struct str file_cursor(struct arena *arena, struct str key, bool backwards)
{
    return arena_printf(arena, "%c.%.*s", backwards ? 'p' : 'n', STR_FMT(key));
}
