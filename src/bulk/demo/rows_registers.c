#include "bulk/demo/rows.h"

enum { PURPOSE_PHONES = 20 };

/* Uses phone numbers that the Swedish regulator keeps free for books and films. */
static struct str phone(struct generator *generator, int64_t index)
{
    struct dice dice = dice_of(generator->world->seed, PURPOSE_PHONES, (uint64_t)index);
    return arena_printf(generator->arena, "070-17406%02d", (int)dice_below(&dice, 95) + 5);
}

bool make_picklist_item(struct generator *generator)
{
    const struct picklist_item *item = &picklist_items[generator->at++];
    return ROW(generator, str_of(item->list), str_of(item->key), str_of(item->label_sv), str_of(item->label_en));
}

bool make_article(struct generator *generator)
{
    const struct article *article = &articles[generator->at++];
    return ROW(generator, str_of(article->number), str_of(article->name), str_of(article->type), str_of(article->unit),
               str_of(article->price));
}

bool make_customer(struct generator *generator)
{
    struct arena *arena = generator->arena;
    int at = (int)generator->at++;
    const struct demo_customer *customer = &generator->world->customers[at];
    return ROW(generator, customer->number, customer->name, arena_printf(arena, "info@%.*s", STR_FMT(customer->domain)),
               phone(generator, at),
               arena_printf(arena, "%s %d", streets.items[(size_t)at % streets.count], at % 60 + 1),
               place_postal_code(arena, customer->place), str_of(customer->place),
               at == BIG                  ? STR("bjorkstaden/" DEMO_PASSWORD)
               : at == CUSTOMER_CARE_HOME ? STR("almgarden/" DEMO_PASSWORD)
                                          : STR_NONE);
}

bool make_object(struct generator *generator)
{
    const struct world *world = generator->world;
    struct arena *arena = generator->arena;
    int at = (int)generator->at++;
    const struct demo_object *object = &world->objects[at];
    const struct demo_customer *customer = &world->customers[object->customer];
    return ROW(generator, object_number(arena, world, at), object_name(arena, world, at), customer->number,
               object->parent < 0 ? STR_NONE : object_number(arena, world, object->parent),
               str_of(OBJECT_GROUP(object->kind)->key), object_street(arena, world, at),
               place_postal_code(arena, customer->place), str_of(customer->place),
               at == login_object(world) ? STR("hissen/" DEMO_PASSWORD) : STR_NONE);
}

static struct str linked_objects(struct generator *generator, const struct demo_contact *contact)
{
    struct buf list;
    buf_init(&list, generator->arena);
    for (int i = 0; i < contact->object_count; i++) {
        if (i)
            buf_char(&list, '|');
        buf_str(&list, object_number(generator->arena, generator->world, contact->first_object + i));
    }
    return buf_text(&list);
}

bool make_contact(struct generator *generator)
{
    const struct world *world = generator->world;
    struct arena *arena = generator->arena;
    const char *first, *last;
    int at = (int)generator->at++;
    const struct demo_contact *contact = &world->contacts[at];
    contact_name(world, at, &first, &last);
    return ROW(generator, contact_number(arena, at), str_of(first), str_of(last), contact_email(arena, world, at),
               at % 9 == 5 ? arena_printf(arena, "privat.%d@hemma.example", at) : STR_NONE,
               at % 4 == 0 ? phone(generator, at + 10000) : STR_NONE, phone(generator, at + 20000),
               contact->of_customer ? world->customers[contact->customer].number : STR_NONE,
               linked_objects(generator, contact));
}

bool make_account(struct generator *generator)
{
    int64_t at = generator->at++;
    struct str email = account_email(generator->arena, generator->world, at);
    return ROW(generator, email, STR(DEMO_PASSWORD), str_starts(email, STR("obekraftad@")) ? STR("no") : STR("yes"),
               at % 25 == 24 ? STR("en") : STR("sv"));
}
