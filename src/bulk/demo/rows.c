#include "bulk/demo/rows.h"

#include <string.h>

bool generator_set(struct generator *generator, const struct str *cells)
{
    memcpy(generator->cells, cells, generator->width * sizeof *cells);
    return true;
}

static bool generator_rewind(void *context)
{
    struct generator *generator = context;
    generator->at = 0;
    generator->day = generator->order = generator->row = 0;
    return true;
}

static enum load_step generator_next(void *context, struct load_row *row, const char **broken)
{
    struct generator *generator = context;
    (void)broken;
    arena_reset(generator->arena);
    if (generator->at >= generator->count || !generator->make(generator))
        return LOAD_END;
    *row = (struct load_row){row->line + 1, generator->width, generator->cells};
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

static const struct {
    const char *file, *header;
    bool (*make)(struct generator *generator);
} FILES[DEMO_SOURCES] = {
    {"picklists.csv", "list,key,label_sv,label_en", make_picklist_item},
    {"customers.csv", "number,name,email,phone,street,postal_code,city,login", make_customer},
    {"objects.csv", "number,name,customer,parent,group,street,postal_code,city,login", make_object},
    {"contacts.csv", "number,first_name,last_name,email,email_2,phone,mobile,customers,objects", make_contact},
    {"accounts.csv", "email,password,verified,language", make_account},
    {"articles.csv", "number,name,article_type,unit,unit_price", make_article},
    {"cases.csv",
     "number,title,description,type,priority,status,customer,object,primary_contact,contacts,your_reference,reporter,"
     "reporter_phone,site_street,site_postal_code,site_city,created,started,finished",
     make_case},
    {"work_orders.csv", "number,case,title,type,status,resource,booked_from,booked_to,created,started,finished",
     make_work_order},
    {"article_rows.csv",
     "number,case,work_order,article,date,title,description,action_code,article_type,quantity,unit,unit_price,discount,"
     "status,resource",
     make_article_row},
};

static struct str *header_of(struct arena *arena, const char *names, size_t *count)
{
    struct str rest = str_of(names), name;
    struct str *header = ARENA_ARRAY(arena, struct str, rest.n);
    for (*count = 0; str_cut(&rest, ',', &name); (*count)++)
        header[*count] = name;
    return header;
}

void rows_sources(const struct world *world, struct arena *arena, struct load_source *sources)
{
    const int64_t counts[DEMO_SOURCES] = {(int64_t)picklist_item_count,
                                          world->customer_count,
                                          world->object_count,
                                          world->contact_count,
                                          account_count(world),
                                          (int64_t)article_count,
                                          world->case_count,
                                          world->case_count,
                                          world->case_count};
    for (size_t i = 0; i < DEMO_SOURCES; i++) {
        struct generator *generator = ARENA_NEW(arena, struct generator);
        *generator =
            (struct generator){.world = world, .arena = arena_create(), .count = counts[i], .make = FILES[i].make};
        generator->header = header_of(arena, FILES[i].header, &generator->width);
        generator->cells = ARENA_ARRAY(arena, struct str, generator->width);
        arena_on_release(arena, arena_release, generator->arena);
        sources[i] = (struct load_source){.file = FILES[i].file,
                                          .header = generator->header,
                                          .header_count = generator->width,
                                          .rewind = generator_rewind,
                                          .next = generator_next,
                                          .done = generator_done,
                                          .context = generator};
    }
}
