#include "customer/invoices/criteria.h"

#include <inttypes.h>

#include "access/search_words.h"
#include "base/clock.h"
#include "model/specification.h"

const char *const invoice_sort_names[INVOICE_SORTS] = {"",       "number", "title", "customer",
                                                       "period", "cases",  "total", "status"};

static const int PAGE_SIZES[] = {10, 20, 50, 100};
#define PAGE_SIZE_DEFAULT 20
#define QUESTION_BYTES 500

static const char *invoices_criteria_read_question(struct arena *arena, struct invoice_criteria *criteria)
{
    if (!criteria->q.n)
        return NULL;
    if (criteria->q.n > QUESTION_BYTES)
        return _("The search text is too long.");
    criteria->word_count = search_words_of_question(arena, criteria->q, criteria->words, INVOICE_WORDS);
    if (criteria->word_count > INVOICE_WORDS) {
        criteria->word_count = INVOICE_WORDS;
        return _("Search for at most 12 words.");
    }
    criteria->unanswerable = criteria->word_count == 0;
    return NULL;
}

/* Asking for drafts is valid although nobody here sees any. */
static const char *read_status(struct str status)
{
    for (int i = 0; i < 5; i++) {
        if (!status.n || str_eqz(status, specification_status_codes[i]))
            return NULL;
    }
    return _("Choose one of the states in the list.");
}

static const char *invoices_criteria_read_date(struct str text)
{
    int32_t date = 0;
    return !text.n || date_parse_bound(text, &date) ? NULL
                                                    : _("Write the date as year-month-day, for example 2026-03-31.");
}

static const char *invoices_criteria_read_sort(struct str text, struct invoice_criteria *criteria)
{
    criteria->sort = BY_WAITING;
    criteria->descending = false;
    if (!text.n)
        return NULL;
    bool descending = text.p[0] == '-';
    struct str name = descending ? str_slice(text, 1, text.n) : text;
    for (int i = BY_NUMBER; i < INVOICE_SORTS; i++) {
        if (str_eqz(name, invoice_sort_names[i])) {
            criteria->sort = (enum invoice_sort)i;
            criteria->descending = descending;
            return NULL;
        }
    }
    return _("The list cannot be sorted that way.");
}

static const char *invoices_criteria_read_page_size(struct str text, int *page_size)
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
    return _("Choose 10, 20, 50 or 100 a page.");
}

/* --- cursor: `d.value.id.text`, d being n(ext) or p(revious) ------------------------------------------------------ */

static struct str write_cursor(struct arena *arena, const struct invoice_cursor *cursor)
{
    return arena_printf(arena, "%c.%" PRId64 ".%" PRId64 ".%.*s", cursor->backwards ? 'p' : 'n', cursor->value,
                        cursor->id, STR_FMT(cursor->text));
}

static const char *read_cursor(struct str text, struct invoice_cursor *cursor)
{
    struct str part[3] = {{0}};
    struct str rest = text;
    *cursor = (struct invoice_cursor){0};
    if (!text.n)
        return NULL;
    for (int i = 0; i < 3; i++) {
        if (!str_cut(&rest, '.', &part[i]))
            return _("This page of the list cannot be found. Start from the first page.");
    }
    cursor->backwards = str_eqz(part[0], "p");
    cursor->set = (cursor->backwards || str_eqz(part[0], "n")) && str_to_int(part[1], &cursor->value) &&
                  str_to_int(part[2], &cursor->id);
    cursor->text = rest;
    return cursor->set ? NULL : _("This page of the list cannot be found. Start from the first page.");
}

bool invoice_criteria_read(struct arena *arena, const struct http_params *query, struct invoice_criteria *criteria)
{
    *criteria = (struct invoice_criteria){
        .q = str_trim(http_param(query, "q")),
        .status = str_trim(http_param(query, "status")),
        .customer = str_trim(http_param(query, "customer")),
        .from = str_trim(http_param(query, "from")),
        .to = str_trim(http_param(query, "to")),
    };
    struct invoice_criteria *c = criteria;
    c->q_fault = invoices_criteria_read_question(arena, c);
    c->status_fault = read_status(c->status);
    c->from_fault = invoices_criteria_read_date(c->from);
    c->to_fault = invoices_criteria_read_date(c->to);
    c->sort_fault = invoices_criteria_read_sort(str_trim(http_param(query, "sort")), c);
    c->page_size_fault = invoices_criteria_read_page_size(str_trim(http_param(query, "page_size")), &c->page_size);
    c->after_fault = read_cursor(http_param(query, "after"), &c->after);
    if (!c->from_fault && !c->to_fault && c->from.n && c->to.n && str_cmp(c->from, c->to) > 0)
        c->to_fault = _("The last day is before the first.");
    return !c->q_fault && !c->status_fault && !c->from_fault && !c->to_fault && !c->sort_fault && !c->page_size_fault &&
           !c->after_fault;
}

bool invoice_criteria_any(const struct invoice_criteria *criteria)
{
    return criteria->q.n || criteria->status.n || criteria->customer.n || criteria->from.n || criteria->to.n;
}

/* --- back to an address ------------------------------------------------------------------------------------------- */

static void invoices_criteria_add_param(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, str_find_char(buf_text(out), '?') < 0 ? '?' : '&');
    buf_z(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

struct str invoice_criteria_url(struct arena *arena, const char *path, const struct invoice_criteria *criteria,
                                const struct invoice_cursor *cursor, bool whole)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, path);
    invoices_criteria_add_param(&out, "q", criteria->q);
    invoices_criteria_add_param(&out, "status", criteria->status);
    invoices_criteria_add_param(&out, "customer", criteria->customer);
    invoices_criteria_add_param(&out, "from", criteria->from);
    invoices_criteria_add_param(&out, "to", criteria->to);
    if (criteria->sort != BY_WAITING)
        invoices_criteria_add_param(
            &out, "sort",
            arena_printf(arena, "%s%s", criteria->descending ? "-" : "", invoice_sort_names[criteria->sort]));
    if (!whole && criteria->page_size != PAGE_SIZE_DEFAULT)
        invoices_criteria_add_param(&out, "page_size", arena_printf(arena, "%d", criteria->page_size));
    if (!whole && cursor)
        invoices_criteria_add_param(&out, "after", write_cursor(arena, cursor));
    return buf_text(&out);
}
