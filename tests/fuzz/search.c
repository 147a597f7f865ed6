/*
 * The address of a list, with what people paste into it: words are folded text of bounded length that no scope token
 * can be among, a place in the list is only taken as it was written, and the address written for a query reads back the
 * same.
 */
#include "base/clock.h"
#include "lists/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct code STATE_CODES[] = {{"open", _("Open")}, {"done", _("Done")}};
static const struct code_list STATES = {STATE_CODES, 2};
static const struct list_criterion CRITERIA[] = {
    {.name = "q", .kind = LIST_BY_WORDS},
    {.name = "status", .kind = LIST_BY_CODE, .codes = &STATES},
    {.name = "from", .kind = LIST_FROM},
    {.name = "to", .kind = LIST_TO},
};
static const struct list_order ORDERS[] = {
    {.name = "created",
     .keys = {{"t.created", LIST_KEY_NUMBER, LIST_KEY_ALONG}, {"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
    {.name = "title", .keys = {{"t.title", LIST_KEY_TEXT, LIST_KEY_ALONG}, {"t.id", LIST_KEY_NUMBER, LIST_KEY_DOWN}}},
};
static const struct list CASES = {
    .path = "/cases", .criteria = CRITERIA, .criterion_count = 4, .orders = ORDERS, .order_count = 2};

/* Returns NULL for text that is no query. */
static struct list_query *query_of(struct arena *arena, struct str text)
{
    struct visit *visit = ARENA_NEW(arena, struct visit);
    struct list_query *query = ARENA_NEW(arena, struct list_query);
    visit->arena = arena;
    visit->request = ARENA_NEW(arena, struct http_request);
    if (!http_parse_urlencoded(arena, text, 50, &visit->request->query, NULL))
        return NULL;
    (void)list_query_read(query, visit, &CASES); /* query->faulty says the same */
    return query;
}

static void check_words(const struct list_query *query)
{
    for (size_t i = 0; i < query->search.count && i < SEARCH_WORDS; i++) {
        struct str word = query->search.words[i];
        if (!word.n || word.n > 64 || !utf8_valid(word) || str_find(word, STR("\xEE\x80\x80")) >= 0 ||
            str_find_char(word, ' ') >= 0)
            __builtin_trap();
    }
    if (query->unanswerable && query->search.count)
        __builtin_trap();
}

static struct str address_of(const struct list_query *query)
{
    return list_address(query, "", STR_NONE, query->place.set ? &query->place : NULL);
}

static void check_round_trip(struct arena *arena, const struct list_query *query)
{
    struct str url = address_of(query);
    ptrdiff_t mark = str_find_char(url, '?');
    struct str text = mark < 0 ? STR_NONE : str_slice(url, (size_t)mark + 1, url.n);
    const struct list_query *again = query_of(arena, text);
    if (!again || again->faulty || !str_eq(url, address_of(again)))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!clock_set_zone("Europe/Stockholm"))
        __builtin_trap();
    struct arena *arena = arena_create();
    const struct list_query *query = query_of(arena, (struct str){(const char *)data, size});
    if (query) {
        check_words(query);
        if (!query->faulty)
            check_round_trip(arena, query);
    }
    arena_destroy(arena);
    return 0;
}
