/* Reads the query of a list from the address, checks it, and writes it back to an address. */
#include "base/clock.h"
#include "lists/internal.h"

#define WORDS_BYTES 500
#define PAGE_SIZE_DEFAULT 20
static const int PAGE_SIZES[] = {10, 20, 50, 100};

struct str list_value(const struct list_query *query, const char *name)
{
    for (size_t i = 0; i < query->list->criterion_count; i++) {
        if (str_eqz(str_of(name), query->list->criteria[i].name))
            return query->values[i];
    }
    return STR_NONE;
}

int64_t list_number(const struct list_query *query, const char *name)
{
    for (size_t i = 0; i < query->list->criterion_count; i++) {
        if (str_eqz(str_of(name), query->list->criteria[i].name))
            return query->numbers[i];
    }
    return 0;
}

/* --- criteria ----------------------------------------------------------------------------------------------------- */

/* Signs alone are found by a criterion that adds its condition itself, and in the text of `literal`. */
static const struct msgid *words_read(struct list_query *query, const struct list_criterion *criterion,
                                      struct str value)
{
    if (value.n > WORDS_BYTES)
        return _("The search text is too long.");
    search_read(query->visit->arena, value, &query->search);
    query->unanswerable = !criterion->add && !query->search.count && !(criterion->literal && query->search.signs.n);
    return query->search.count > SEARCH_WORDS ? _("Search for at most 12 words.") : NULL;
}

static const struct msgid *code_read(const struct list_criterion *criterion, struct str value, int64_t *place)
{
    for (size_t i = 0; i < criterion->codes->count; i++) {
        if (str_eqz(value, criterion->codes->codes[i].name)) {
            *place = (int64_t)i;
            return NULL;
        }
    }
    return _("Choose one in the list.");
}

static bool is_first_day(const struct list_criterion *criterion)
{
    return criterion->kind == LIST_FROM || criterion->kind == LIST_FROM_DATE;
}

/* The number of a first day is the instant when it begins, that of a last day the instant when the next day begins. */
static const struct msgid *day_read(struct list_query *query, size_t i, struct str value)
{
    const struct list_criterion *criterion = &query->list->criteria[i];
    int32_t day = 0;
    if (!date_parse_bound(value, &day))
        return _("Write the date as year-month-day, for example 2026-03-31.");
    query->numbers[i] = clock_day_start(is_first_day(criterion) ? day : day + 1);
    if (!is_first_day(criterion) && i && is_first_day(criterion - 1) && query->values[i - 1].n &&
        !query->faults[i - 1] && query->numbers[i - 1] >= query->numbers[i])
        return _("The last day is before the first.");
    return NULL;
}

static const struct msgid *criterion_read(struct list_query *query, size_t i)
{
    const struct list_criterion *criterion = &query->list->criteria[i];
    struct str value = query->values[i];
    if (!value.n)
        return NULL;
    switch (criterion->kind) {
    case LIST_BY_WORDS:
        return words_read(query, criterion, value);
    case LIST_BY_CODE:
        return code_read(criterion, value, &query->numbers[i]);
    case LIST_FROM:
    case LIST_TO:
    case LIST_FROM_DATE:
    case LIST_TO_DATE:
        return day_read(query, i, value);
    case LIST_BY_NUMBER:
    case LIST_BY_TICK:
    case LIST_BY_CHOICE:
        break;
    }
    return NULL;
}

/*
 * Returns the value as it is searched for and shown again. Words stay as they were typed; so does what only addresses
 * give, which has no label.
 */
static struct str value_read(const struct list_query *query, const struct list_criterion *criterion)
{
    struct arena *arena = query->visit->arena;
    struct str value = str_trim(http_param(&query->visit->request->query, criterion->name));
    int32_t day;
    if (criterion->kind == LIST_BY_NUMBER && criterion->label)
        return search_input(arena, value);
    if (criterion->kind >= LIST_FROM && criterion->kind <= LIST_TO_DATE && !date_parse_bound(value, &day) &&
        date_read(arena, value, query->visit->now_us, &day))
        return date_format(arena, day);
    return value;
}

static void criteria_read_all(struct list_query *query)
{
    const struct list *list = query->list;
    for (size_t i = 0; i < list->criterion_count; i++) {
        query->values[i] = value_read(query, &list->criteria[i]);
        query->given[i] = query->values[i].n > 0;
        query->narrowed = query->narrowed || query->given[i];
    }
    for (size_t i = 0; i < list->criterion_count; i++) {
        if (!query->given[i] && list->criteria[i].preset)
            query->values[i] = list->criteria[i].preset(query);
    }
    for (size_t i = 0; i < list->criterion_count; i++) {
        query->faults[i] = criterion_read(query, i);
        query->faulty = query->faulty || query->faults[i];
    }
}

/* --- order and paging --------------------------------------------------------------------------------------------- */

struct str list_sort_text(struct arena *arena, const struct list_order *order, bool descending)
{
    return arena_printf(arena, "%s%s", descending ? "-" : "", order->name);
}

static const struct msgid *sort_read(struct list_query *query)
{
    const struct list *list = query->list;
    struct str text = str_trim(http_param(&query->visit->request->query, "sort"));
    query->order = &list->orders[0];
    query->descending = !list->up;
    if (!text.n)
        return NULL;
    bool descending = text.p[0] == '-';
    struct str name = str_slice(text, descending, text.n);
    for (size_t i = 0; i < list->order_count; i++) {
        if (list->orders[i].name && str_eqz(name, list->orders[i].name)) {
            query->order = &list->orders[i];
            query->descending = descending;
            return NULL;
        }
    }
    return _("The list cannot be sorted that way.");
}

static int standard_size(const struct list *list)
{
    return list->page_size ? list->page_size : PAGE_SIZE_DEFAULT;
}

static const struct msgid *size_read(struct list_query *query)
{
    struct str text = str_trim(http_param(&query->visit->request->query, "page_size"));
    int64_t value = 0;
    query->page_size = standard_size(query->list);
    for (size_t i = 0; str_to_int(text, &value) && i < sizeof PAGE_SIZES / sizeof *PAGE_SIZES; i++) {
        if (value == PAGE_SIZES[i]) {
            query->page_size = PAGE_SIZES[i];
            return NULL;
        }
    }
    return text.n ? _("Choose 10, 20, 50 or 100 a page.") : NULL;
}

/* --- places: `d.key.key…`; d is n(ext) or p(revious), a text key is in hexadecimal digits ------------------------- */

struct str list_place_text(struct arena *arena, const struct list_order *order, const struct list_place *place)
{
    struct buf out;
    buf_init(&out, arena);
    buf_char(&out, place->backwards ? 'p' : 'n');
    for (size_t i = 0; i < LIST_KEYS && order->keys[i].literal; i++) {
        buf_char(&out, '.');
        if (order->keys[i].type == LIST_KEY_NUMBER)
            buf_int(&out, place->keys[i].i);
        else
            buf_hex(&out, (const unsigned char *)place->keys[i].s.p, place->keys[i].s.n);
    }
    return buf_text(&out);
}

static int lists_request_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex_read(struct arena *arena, struct str hex, struct str *text)
{
    char *out = arena_alloc(arena, hex.n / 2 + 1);
    for (size_t i = 0; i < hex.n / 2; i++) {
        int high = lists_request_hex_value(hex.p[i * 2]), low = lists_request_hex_value(hex.p[i * 2 + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (char)(high * 16 + low);
    }
    *text = (struct str){out, hex.n / 2};
    return hex.n % 2 == 0 && utf8_valid(*text);
}

static bool key_read(struct arena *arena, const struct list_key *key, struct str part, struct db_value *value)
{
    if (key->type == LIST_KEY_NUMBER) {
        *value = DB_INT(0);
        return str_to_int(part, &value->i);
    }
    *value = DB_TEXT(STR_NONE);
    return hex_read(arena, part, &value->s);
}

static const struct msgid *place_read(struct list_query *query)
{
    struct str rest = http_param(&query->visit->request->query, "after"), part = STR_NONE;
    struct list_place *place = &query->place;
    if (!rest.n)
        return NULL;
    (void)str_cut(&rest, '.', &part);
    place->backwards = str_eqz(part, "p");
    bool sound = place->backwards || str_eqz(part, "n");
    for (size_t i = 0; sound && i < LIST_KEYS && query->order->keys[i].literal; i++)
        sound =
            str_cut(&rest, '.', &part) && key_read(query->visit->arena, &query->order->keys[i], part, &place->keys[i]);
    place->set = sound && !rest.n;
    return place->set ? NULL : _("This page of the list cannot be found. Start from the first page.");
}

static int64_t page_read(const struct list_query *query)
{
    int64_t page = 1;
    bool known = query->place.set && str_to_int(http_param(&query->visit->request->query, "page"), &page);
    return known && page > 0 ? page : 1;
}

bool list_query_read(struct list_query *query, struct visit *visit, const struct list *list)
{
    query->visit = visit;
    query->list = list;
    criteria_read_all(query);
    const struct msgid *sort = sort_read(query), *place = place_read(query);
    query->size_fault = size_read(query);
    query->place.set = query->place.set && !list->whole;
    query->link_fault = sort ? sort : place;
    query->page = page_read(query);
    query->faulty = query->faulty || query->size_fault || query->link_fault;
    return !query->faulty;
}

/* --- back to an address ------------------------------------------------------------------------------------------- */

static void param_add(struct buf *out, size_t *count, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_char(out, (*count)++ ? '&' : '?');
    buf_z(out, name);
    buf_char(out, '=');
    buf_url_part(out, value);
}

struct str list_address(const struct list_query *query, const char *ending, struct str sort,
                        const struct list_place *place)
{
    const struct list *list = query->list;
    struct arena *arena = query->visit->arena;
    bool file = ending[0] == '.';
    struct buf out;
    size_t count = 0;
    buf_init(&out, arena);
    if (list->path)
        buf_z(&out, list->path);
    else
        buf_str(&out, query->visit->request->path);
    buf_z(&out, ending);
    for (size_t i = 0; i < list->criterion_count; i++)
        param_add(&out, &count, list->criteria[i].name, query->given[i] ? query->values[i] : STR_NONE);
    bool standard = query->order == &list->orders[0] && query->descending == !list->up;
    if (!sort.n && !standard)
        sort = list_sort_text(arena, query->order, query->descending);
    param_add(&out, &count, "sort", sort);
    if (!file && query->page_size != standard_size(list))
        param_add(&out, &count, "page_size", arena_printf(arena, "%d", query->page_size));
    int64_t step = place == &query->place ? 0 : place && place->backwards ? -1 : 1;
    int64_t page = place ? query->page + step : 0;
    if (!file && place)
        param_add(&out, &count, "after", list_place_text(arena, query->order, place));
    if (!file && list->one && page > 1)
        param_add(&out, &count, "page", arena_printf(arena, "%lld", (long long)page));
    return buf_text(&out);
}
