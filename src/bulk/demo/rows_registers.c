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
    int64_t at = generator->at++;
    if (at < (int64_t)picklist_item_count) {
        const struct item *item = &picklist_items[at];
        cell_add_z(generator, item->list);
        cell_add_z(generator, item->key);
        cell_add_z(generator, item->label_sv);
        cell_add_z(generator, item->label_en);
        return true;
    }
    int64_t kind = at - (int64_t)picklist_item_count;
    if (kind >= OBJECT_KINDS)
        return false;
    cell_add_z(generator, "object_group");
    cell_add_z(generator, object_groups[kind]);
    cell_add_z(generator, object_group_labels[kind][0]);
    cell_add_z(generator, object_group_labels[kind][1]);
    return true;
}

bool make_article(struct generator *generator)
{
    if (generator->at == (int64_t)article_count)
        return false;
    const struct article *article = &articles[generator->at++];
    cell_add_z(generator, article->number);
    cell_add_z(generator, article->name);
    cell_add_z(generator, article->type);
    cell_add_z(generator, article->unit);
    cell_add_z(generator, article->price);
    return true;
}

bool make_customer(struct generator *generator)
{
    const struct world *world = generator->world;
    if (generator->at == world->customer_count)
        return false;
    int at = (int)generator->at++;
    const struct demo_customer *customer = &world->customers[at];
    cell_add(generator, customer->number);
    cell_add(generator, customer->name);
    cell_add(generator, arena_printf(generator->arena, "info@%.*s", STR_FMT(customer->domain)));
    cell_add(generator, phone(generator, at));
    cell_add(generator,
             arena_printf(generator->arena, "%s %d", streets.items[(size_t)at % streets.count], at % 60 + 1));
    cell_add(generator, place_postal_code(generator->arena, customer->place));
    cell_add_z(generator, customer->place);
    cell_add_z(generator, at == BIG                  ? "bjorkstaden/" DEMO_PASSWORD
                          : at == CUSTOMER_CARE_HOME ? "almgarden/" DEMO_PASSWORD
                                                     : "");
    return true;
}

bool make_object(struct generator *generator)
{
    const struct world *world = generator->world;
    if (generator->at == world->object_count)
        return false;
    int at = (int)generator->at++;
    const struct demo_object *object = &world->objects[at];
    const struct demo_customer *customer = &world->customers[object->customer];
    cell_add(generator, object_number(generator->arena, world, at));
    cell_add(generator, object_name(generator->arena, world, at));
    cell_add(generator, customer->number);
    cell_add(generator, object->parent < 0 ? STR_NONE : object_number(generator->arena, world, object->parent));
    cell_add_z(generator, object_groups[object->kind]);
    cell_add(generator, object_street(generator->arena, world, at));
    cell_add(generator, place_postal_code(generator->arena, customer->place));
    cell_add_z(generator, customer->place);
    cell_add_z(generator, at == login_object(world) ? "hissen/" DEMO_PASSWORD : "");
    return true;
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
    const char *first, *last;
    if (generator->at == world->contact_count)
        return false;
    int at = (int)generator->at++;
    const struct demo_contact *contact = &world->contacts[at];
    contact_name(world, at, &first, &last);
    cell_add(generator, contact_number(generator->arena, at));
    cell_add_z(generator, first);
    cell_add_z(generator, last);
    cell_add(generator, contact_email(generator->arena, world, at));
    cell_add(generator, at % 9 == 5 ? arena_printf(generator->arena, "privat.%d@hemma.example", at) : STR_NONE);
    cell_add(generator, at % 4 == 0 ? phone(generator, at + 10000) : STR_NONE);
    cell_add(generator, phone(generator, at + 20000));
    cell_add(generator, contact->of_customer ? world->customers[contact->customer].number : STR_NONE);
    cell_add(generator, linked_objects(generator, contact));
    return true;
}

bool make_account(struct generator *generator)
{
    if (generator->at == generator->count)
        return false;
    int64_t at = generator->at++;
    struct str email = account_email(generator->arena, generator->world, at);
    cell_add(generator, email);
    cell_add_z(generator, DEMO_PASSWORD);
    cell_add_z(generator, str_starts(email, STR("obekraftad@")) ? "no" : "yes");
    cell_add_z(generator, at % 25 == 24 ? "en" : "sv");
    return true;
}
