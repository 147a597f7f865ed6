#include "bulk/demo/rows.h"

#include "base/clock.h"
void cell_add(struct generator *generator, struct str value)
{
    if (generator->cell_count < CELLS_MAX)
        generator->cells[generator->cell_count++] = value;
}

void cell_add_z(struct generator *generator, const char *value)
{
    cell_add(generator, str_of(value));
}

void cell_add_instant(struct generator *generator, int64_t instant_us)
{
    cell_add(generator, instant_us ? instant_format_utc(generator->arena, instant_us) : STR_NONE);
}

static bool generator_rewind(void *context)
{
    struct generator *generator = context;
    generator->at = 0;
    generator->day = 0;
    generator->order = generator->row = 0;
    return true;
}

static enum load_step generator_next(void *context, struct load_row *row, const char **broken)
{
    struct generator *generator = context;
    (void)broken;
    arena_reset(generator->arena);
    generator->cell_count = 0;
    if (!generator->make(generator))
        return LOAD_END;
    *row = (struct load_row){row->line + 1, generator->cell_count, generator->cells};
    return LOAD_ROW;
}

static double generator_done(void *context)
{
    const struct generator *generator = context;
    return generator->count ? (double)generator->at / (double)generator->count : 1;
}

static void arena_release(void *what)
{
    arena_destroy(what);
}

struct plan {
    const char *file;
    const char *const *header;
    size_t header_count;
    bool (*make)(struct generator *generator);
};

#define PLAN(file_, make_, ...)                                                                                        \
    {                                                                                                                  \
        file_, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), make_  \
    }

static const struct plan plans[DEMO_SOURCES] = {
    PLAN("picklists.csv", make_picklist_item, PICKLIST_HEADER),
    PLAN("customers.csv", make_customer, CUSTOMER_HEADER),
    PLAN("objects.csv", make_object, OBJECT_HEADER),
    PLAN("contacts.csv", make_contact, CONTACT_HEADER),
    PLAN("accounts.csv", make_account, ACCOUNT_HEADER),
    PLAN("articles.csv", make_article, ARTICLE_HEADER),
    PLAN("cases.csv", make_case, CASE_HEADER),
    PLAN("work_orders.csv", make_work_order, WORK_ORDER_HEADER),
    PLAN("article_rows.csv", make_article_row, ARTICLE_ROW_HEADER),
};

static int64_t demo_rows_count_of(const struct world *world, size_t source)
{
    const int64_t counts[DEMO_SOURCES] = {(int64_t)picklist_item_count + OBJECT_KINDS,
                                          world->customer_count,
                                          world->object_count,
                                          world->contact_count,
                                          account_count(world),
                                          (int64_t)article_count,
                                          world->case_count,
                                          world->case_count,
                                          world->case_count};
    return counts[source];
}

void rows_sources(const struct world *world, struct arena *arena, struct load_source *sources)
{
    for (size_t i = 0; i < DEMO_SOURCES; i++) {
        struct generator *generator = ARENA_NEW(arena, struct generator);
        struct str *header = ARENA_ARRAY(arena, struct str, plans[i].header_count);
        for (size_t k = 0; k < plans[i].header_count; k++)
            header[k] = str_of(plans[i].header[k]);
        *generator = (struct generator){
            .world = world, .arena = arena_create(), .count = demo_rows_count_of(world, i), .make = plans[i].make};
        arena_on_release(arena, arena_release, generator->arena);
        sources[i] = (struct load_source){.file = plans[i].file,
                                          .header = header,
                                          .header_count = plans[i].header_count,
                                          .rewind = generator_rewind,
                                          .next = generator_next,
                                          .done = generator_done,
                                          .context = generator};
    }
}
