#include "model/choice_search.h"

#include "access/visibility.h"
#include "db/collation.h"
#include "model/choice_match.h"
#include "portal/kept.h"

/* So many of the newest cases are looked through for their objects. */
#define LATEST_CASES 12

static bool is_object(enum choice_kind kind)
{
    return kind == CHOICE_OBJECT || kind == KNOWN_OBJECT;
}

static void add_condition(struct sql *sql, const struct actor *actor, enum choice_kind kind)
{
    switch (kind) {
    case CHOICE_CUSTOMER:
        choosable_customer(sql, actor);
        break;
    case CHOICE_OBJECT:
        choosable_object(sql, actor);
        break;
    case KNOWN_CUSTOMER:
        visible_customer(sql, actor);
        break;
    case KNOWN_OBJECT:
        visible_object(sql, actor);
        break;
    }
}

/* All kinds have the same columns; choice_read reads them. */
#define OBJECT_COLUMNS                                                                                                 \
    "SELECT o.id, o.number, o.name, o.street, o.postal_code, o.city, own.id, own.number, own.name, o.customer_id,"     \
    " o.parent_id FROM "
#define CHOICE_OWN " LEFT JOIN customer own ON own.id = o.customer_id AND own.active = 1 WHERE "

static void select_columns(struct sql *sql, enum choice_kind kind)
{
    if (is_object(kind))
        sql_put(sql, OBJECT_COLUMNS "object o" CHOICE_OWN);
    else
        sql_put(sql,
                "SELECT cu.id, cu.number, cu.name, cu.street, cu.postal_code, cu.city, NULL, NULL, NULL, NULL, NULL"
                " FROM customer cu WHERE ");
}

static void select_choices(struct sql *sql, const struct actor *actor, enum choice_kind kind)
{
    select_columns(sql, kind);
    add_condition(sql, actor, kind);
}

/* Reads the next choice. Its texts are lent until the one after it; its address is in the arena. */
static bool choice_read(struct db_rows *rows, struct arena *arena, struct choice *one)
{
    struct str parts[3];
    struct buf out;
    *one = (struct choice){.id = 0};
    if (!db_read_next(rows, TO(&one->id), TO_LENT(&one->number), TO_LENT(&one->name), TO_LENT(&parts[0]),
                      TO_LENT(&parts[1]), TO_LENT(&parts[2]), TO(&one->customer_id), TO_LENT(&one->customer_number),
                      TO_LENT(&one->customer_name), TO(&one->owner_id), TO(&one->parent_id)))
        return false;
    buf_init(&out, arena);
    for (int i = 0; i < 3; i++) {
        if (parts[i].n && out.n)
            buf_z(&out, i == 2 && parts[1].n ? " " : ", ");
        buf_str(&out, parts[i]);
    }
    one->address = buf_text(&out);
    return true;
}

static struct choice choice_copy(struct arena *arena, struct choice lent)
{
    struct str *texts[] = {&lent.number, &lent.name, &lent.address, &lent.customer_number, &lent.customer_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(arena, *texts[i]);
    return lent;
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static int compare_names(void *collator, struct str a_name, struct str a_number, struct str b_name, struct str b_number)
{
    int order = collation_compare(collator, (int)a_name.n, a_name.p, (int)b_name.n, b_name.p);
    return order ? order : collation_compare(collator, (int)a_number.n, a_number.p, (int)b_number.n, b_number.p);
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

struct search {
    struct arena *arena, *scratch;
    void *collator;
    struct match_question question;
    struct choices *hits;
    int ranks[CHOICE_HITS];
};

/* Keeps the best hits in order. Copies a choice only when it is one of them. */
static void consider(struct search *search, const struct choice *one)
{
    struct choices *hits = search->hits;
    int rank = match_rank(search->scratch, &search->question, one->number, one->name, one->address);
    if (rank < 0)
        return;
    hits->total++;
    size_t at = hits->count;
    while (at > 0) {
        const struct choice *before = &hits->items[at - 1];
        int order = search->ranks[at - 1] - rank;
        if (order < 0 ||
            (!order && compare_names(search->collator, before->name, before->number, one->name, one->number) <= 0))
            break;
        at--;
    }
    if (at == CHOICE_HITS)
        return;
    if (hits->count < CHOICE_HITS)
        hits->count++;
    for (size_t i = hits->count - 1; i > at; i--) {
        hits->items[i] = hits->items[i - 1];
        search->ranks[i] = search->ranks[i - 1];
    }
    hits->items[at] = choice_copy(search->arena, *one);
    search->ranks[at] = rank;
}

bool choice_search(struct visit *visit, enum choice_kind kind, struct str question, struct choices *hits,
                   struct err *err)
{
    struct search search = {.arena = visit->arena, .hits = hits};
    *hits = (struct choices){.count = 0};
    search.collator = collation_shared(err);
    if (!search.collator)
        return false;
    match_prepare(visit->arena, question, &search.question);
    struct sql sql = sql_start(visit->arena, "");
    select_choices(&sql, &visit->actor, kind);
    search.scratch = arena_create();
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (struct choice one; choice_read(rows, search.scratch, &one);) {
        consider(&search, &one);
        arena_reset(search.scratch);
    }
    arena_destroy(search.scratch);
    return db_done(rows, err);
}

static void insert_sorted(void *collator, struct choice *items, size_t count, struct choice one)
{
    size_t at = count;
    while (at > 0 && compare_names(collator, items[at - 1].name, items[at - 1].number, one.name, one.number) > 0) {
        items[at] = items[at - 1];
        at--;
    }
    items[at] = one;
}

/*
 * Most logins with more objects than a list holds have far more: counting is cheaper than reading rows that are then
 * thrown away.
 */
static bool has_more(struct visit *visit, enum choice_kind kind, size_t cap, bool *more, struct err *err)
{
    *more = false;
    if (!is_object(kind))
        return true;
    if (!kept_generations(visit, err))
        return false;
    const struct generations generations = {.cases = visit->generations.cases};
    struct str key = arena_printf(visit->arena, "%.*s %d %zu", STR_FMT(kept_key(visit, "objects")), (int)kind, cap);
    int64_t count = 0;
    if (!kept_find(key, generations, &count)) {
        struct sql sql = sql_start(visit->arena, "SELECT count(*) FROM ");
        visible_few_objects(&sql, &visit->actor, kind == CHOICE_OBJECT, cap);
        sql_put(&sql, " AS few");
        if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(&count)), NULL, err))
            return false;
        kept_put(key, generations, count);
    }
    *more = count > (int64_t)cap;
    return true;
}

static bool choice_search_read_list(struct visit *visit, const struct sql *sql, size_t cap, struct choice *items,
                                    size_t *count, bool *more, struct err *err)
{
    void *collator = collation_shared(err);
    if (!collator)
        return false;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    for (struct choice one; choice_read(rows, visit->arena, &one);) {
        if (*count == cap)
            *more = true;
        else
            insert_sorted(collator, items, (*count)++, choice_copy(visit->arena, one));
    }
    return db_done(rows, err);
}

bool choice_list(struct visit *visit, enum choice_kind kind, size_t cap, struct choice **items, size_t *count,
                 bool *more, struct err *err)
{
    *count = 0;
    *items = ARENA_ARRAY(visit->arena, struct choice, cap);
    if (!has_more(visit, kind, cap, more, err))
        return false;
    if (*more)
        return true;
    struct sql sql = sql_start(visit->arena, "");
    select_columns(&sql, kind);
    if (is_object(kind)) {
        sql_put(&sql, "o.id IN ");
        visible_few_objects(&sql, &visit->actor, kind == CHOICE_OBJECT, cap);
    } else {
        add_condition(&sql, &visit->actor, kind);
    }
    sql_put(&sql, " LIMIT ?", DB_INT((int64_t)cap + 1));
    return choice_search_read_list(visit, &sql, cap, *items, count, more, err);
}

static bool choice_first(struct visit *visit, const struct sql *sql, struct choice *choice, bool *found,
                         struct err *err)
{
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    *found = choice_read(rows, visit->arena, choice);
    if (*found)
        *choice = choice_copy(visit->arena, *choice);
    return db_done(rows, err);
}

bool choice_find(struct visit *visit, enum choice_kind kind, struct str number, struct choice *choice, bool *found,
                 struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    select_choices(&sql, &visit->actor, kind);
    sql_put(&sql, is_object(kind) ? " AND o.number = ?" : " AND cu.number = ?", DB_TEXT(number));
    return choice_first(visit, &sql, choice, found, err);
}

bool choice_own_object(struct visit *visit, struct choice *choice, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "");
    bool found = false;
    select_choices(&sql, &visit->actor, CHOICE_OBJECT);
    return choice_first(visit, &sql, choice, &found, err);
}

/* Names the property of the objects that are in it, and of itself unless it is in another one. */
static void property_name(struct choice *items, size_t count, int64_t id, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].parent_id == id || (items[i].id == id && !items[i].property_id)) {
            items[i].property_id = id;
            items[i].property = name;
        }
    }
}

/* Properties that are not among the objects themselves are looked up. */
static bool properties_find(struct visit *visit, struct choice *items, size_t count, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT o.id, o.name FROM object o WHERE o.id IN (");
    bool asked = false;
    int64_t id;
    for (size_t i = 0; i < count; i++) {
        if (items[i].parent_id && items[i].property_id != items[i].parent_id) {
            sql_put(&sql, "{}?", SQL(asked ? ", " : NULL), DB_INT(items[i].parent_id));
            asked = true;
        }
    }
    if (!asked)
        return true;
    sql_put(&sql, ") AND ");
    visible_object_each(&sql, &visit->actor, "o");
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (struct str name; db_read_next(rows, TO(&id), TO(&name));)
        property_name(items, count, id, name);
    return db_done(rows, err);
}

/* Takes the object `at` with all others of its property, the property itself first. */
static void property_take(const struct choice *items, size_t count, size_t at, bool *taken, struct choice *sorted,
                          size_t *made)
{
    int64_t property = items[at].property_id;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            bool fits = i == at || (property && items[i].property_id == property);
            if (taken[i] || !fits || (!pass && items[i].id != property))
                continue;
            sorted[(*made)++] = items[i];
            taken[i] = true;
        }
    }
}

/* A property has the place of its first object. */
bool choices_by_property(struct visit *visit, struct choice *items, size_t count, struct err *err)
{
    struct choice *sorted = ARENA_ARRAY(visit->arena, struct choice, count);
    bool *taken = ARENA_ARRAY(visit->arena, bool, count);
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        bool around = false;
        for (size_t j = 0; j < count; j++)
            around = around || items[j].parent_id == items[i].id;
        if (around)
            property_name(items, count, items[i].id, items[i].name);
    }
    if (!properties_find(visit, items, count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!taken[i])
            property_take(items, count, i, taken, sorted, &made);
    }
    for (size_t i = 0; i < count; i++)
        items[i] = sorted[i];
    return true;
}

bool choices_latest(struct visit *visit, size_t limit, struct choice **items, size_t *count, struct err *err)
{
    struct sql sql = sql_start(visit->arena, OBJECT_COLUMNS "(SELECT c.object_id, MAX(s.created) AS at FROM (SELECT"
                                                            " s.created, s.case_id FROM ");
    *count = 0;
    *items = ARENA_ARRAY(visit->arena, struct choice, limit);
    visible_own_cases(&sql, &visit->actor);
    sql_put(&sql,
            " ORDER BY s.created DESC, s.case_id DESC LIMIT ?) s CROSS JOIN cases c WHERE c.id = s.case_id"
            " AND c.object_id IS NOT NULL GROUP BY c.object_id) latest CROSS JOIN object o" CHOICE_OWN
            "o.id = latest.object_id AND o.active <> 0 AND ",
            DB_INT(LATEST_CASES));
    visible_object_each(&sql, &visit->actor, "o");
    sql_put(&sql, " ORDER BY latest.at DESC, o.id LIMIT ?", DB_INT((int64_t)limit));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    for (struct choice one; choice_read(rows, visit->arena, &one);)
        (*items)[(*count)++] = choice_copy(visit->arena, one);
    return db_done(rows, err);
}

struct option choice_option(struct arena *arena, const struct choice *choice, bool with_address, bool selected)
{
    struct buf label;
    buf_init(&label, arena);
    buf_str(&label, choice->name);
    if (with_address && choice->address.n)
        buf_printf(&label, ", %.*s", STR_FMT(choice->address));
    buf_printf(&label, " (%.*s)", STR_FMT(choice->number));
    return (struct option){choice->number, buf_text(&label), selected};
}
