#include "bulk/demo/world.h"

#include "base/buf.h"
#include "base/clock.h"

enum { PURPOSE_OBJECTS = 1, PURPOSE_CONTACTS, PURPOSE_NAMES, PURPOSE_STREETS };

#define PROPERTIES_PER_AREA 12
#define MACHINES_MAX 8

const char *pick(struct dice *dice, const struct words *words)
{
    return words->items[dice_below(dice, (int64_t)words->count)];
}

static int clamp(int64_t value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

/* --- customers --- */

static struct str customer_name(struct arena *arena, enum customer_kind kind, int nth, const char *place)
{
    const char *landmark = landmarks.items[(size_t)(nth * 7) % landmarks.count];
    switch (kind) {
    case CUSTOMER_HOUSING:
        return nth % 3 == 0 ? arena_printf(arena, "%shem AB", place)
                            : arena_printf(arena, "Bostadsrättsföreningen %s i %s", landmark, place);
    case CUSTOMER_CARE:
        return arena_printf(arena, "Vårdboendet %s, %s", landmark, place);
    case CUSTOMER_INDUSTRY:
        return nth % 2 ? arena_printf(arena, "%s Mekaniska Verkstad AB", place)
                       : arena_printf(arena, "%s Livsmedel AB", place);
    case CUSTOMER_MUNICIPAL:
    case CUSTOMER_KINDS:
        break;
    }
    return nth < (int)places.count
               ? arena_printf(arena, "%s kommun", place)
               : arena_printf(arena, "%s kommun, förvaltning %d", place, nth / (int)places.count + 1);
}

/*
 * Makes a name fit for addresses: turns å ä ö é into a a o e and leaves out all other characters that are not letters.
 */
static struct str ascii_name(struct arena *arena, struct str name)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i], next = i + 1 < name.n ? (unsigned char)name.p[i + 1] : 0;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            buf_char(&out, (char)(c | 0x20));
        else if (c == 0xC3)
            buf_char(&out, next == 0xB6 || next == 0x96 ? 'o' : next == 0xA9 || next == 0x89 ? 'e' : 'a');
        else if (c == 0xC4)
            buf_char(&out, next == 0x87 || next == 0x8D ? 'c' : 'a');
    }
    return buf_text(&out);
}

static void make_customers(struct world *world, struct arena *arena)
{
    world->customers = ARENA_ARRAY(arena, struct demo_customer, (size_t)world->customer_count);
    for (int i = 0; i < world->customer_count; i++) {
        struct demo_customer *customer = &world->customers[i];
        int nth = i / CUSTOMER_KINDS;
        customer->kind = (enum customer_kind)(i % CUSTOMER_KINDS);
        customer->place = places.items[(size_t)(nth + i % CUSTOMER_KINDS * 9) % places.count];
        customer->number = arena_printf(arena, "%d", 10001 + i * 7);
        customer->name = customer_name(arena, customer->kind, nth, customer->place);
        customer->domain = arena_printf(arena, "%.*s%s.example", STR_FMT(ascii_name(arena, str_of(customer->place))),
                                        i < CUSTOMER_KINDS ? "" : arena_printf(arena, "-%d", i).p);
    }
    world->customers[BIG].name = STR("Björkstaden Bostads AB");
    world->customers[BIG].domain = STR("bjorkstaden.example");
    world->customers[CUSTOMER_MUNICIPAL].name = STR("Granviks kommun");
    world->customers[CUSTOMER_MUNICIPAL].domain = STR("granvik.example");
    world->customers[CUSTOMER_MUNICIPAL].place = "Granvik";
    world->customers[CUSTOMER_CARE_HOME].name = STR("Vårdboendet Almgården");
    world->customers[CUSTOMER_CARE_HOME].domain = STR("almgarden.example");
}

/* --- objects --- */

static int world_add_object(struct world *world, enum object_kind kind, int customer, int parent, int serial,
                            int property)
{
    world->objects[world->object_count] = (struct demo_object){kind, customer, parent, serial, property};
    return world->object_count++;
}

/*
 * How many machines of each kind a property has, by kind of customer: the smallest number, and how many more at most.
 */
static const struct {
    int least, more;
} equipment[CUSTOMER_KINDS][OBJECT_KINDS] = {
    [CUSTOMER_HOUSING] =
        {[OBJECT_LIFT] = {0, 3}, [OBJECT_VENTILATION] = {1, 0}, [OBJECT_GATE] = {0, 1}, [OBJECT_HEATING] = {1, 0}},
    [CUSTOMER_CARE] = {[OBJECT_LIFT] = {1, 1},
                       [OBJECT_VENTILATION] = {1, 1},
                       [OBJECT_COOLING] = {1, 0},
                       [OBJECT_FIRE_ALARM] = {1, 0}},
    [CUSTOMER_INDUSTRY] = {[OBJECT_GATE] = {2, 2}, [OBJECT_VENTILATION] = {1, 1}, [OBJECT_COOLING] = {1, 0}},
    [CUSTOMER_MUNICIPAL] = {[OBJECT_LIFT] = {0, 1},
                            [OBJECT_VENTILATION] = {1, 0},
                            [OBJECT_HEATING] = {1, 0},
                            [OBJECT_FIRE_ALARM] = {1, 0}},
};

static void add_machines(struct world *world, struct dice *dice, int customer, int property, int serial)
{
    enum customer_kind kind = world->customers[customer].kind;
    for (int machine = OBJECT_LIFT; machine < OBJECT_KINDS; machine++) {
        int count = equipment[kind][machine].least + (int)dice_below(dice, equipment[kind][machine].more + 1);
        for (int i = 1; i <= count; i++)
            (void)world_add_object(world, (enum object_kind)machine, customer, property, i, serial);
    }
}

static int properties_of(const struct world *world, int customer, int properties)
{
    if (customer == BIG)
        return properties * 3 / 10;
    int rest = properties - properties * 3 / 10;
    return clamp(rest / (world->customer_count - 1), 1, rest);
}

static void make_objects(struct world *world, struct arena *arena, int properties)
{
    int most = (properties + world->customer_count) * (MACHINES_MAX + 2);
    int area_serial = 0, property_serial = 0;
    world->objects = ARENA_ARRAY(arena, struct demo_object, (size_t)most);
    for (int i = 0; i < world->customer_count; i++) {
        struct dice dice = dice_of(world->seed, PURPOSE_OBJECTS, (uint64_t)i);
        int area = -1;
        world->customers[i].first_object = world->object_count;
        for (int k = 0; k < properties_of(world, i, properties); k++) {
            if (k % PROPERTIES_PER_AREA == 0) {
                area_serial++;
                area = world_add_object(world, OBJECT_AREA, i, -1, area_serial, area_serial);
            }
            property_serial++;
            int property = world_add_object(world, OBJECT_PROPERTY, i, area, property_serial, property_serial);
            add_machines(world, &dice, i, property, property_serial);
        }
        world->customers[i].object_count = world->object_count - world->customers[i].first_object;
    }
}

struct str object_number(struct arena *arena, const struct world *world, int object)
{
    static const char letters[OBJECT_KINDS] = {'O', 'F', 'H', 'V', 'P', 'U', 'K', 'B'};
    const struct demo_object *one = &world->objects[object];
    if (one->kind == OBJECT_AREA)
        return arena_printf(arena, "O%d", 100 + one->property);
    if (one->kind == OBJECT_PROPERTY)
        return arena_printf(arena, "F%d", 1000 + one->property);
    return arena_printf(arena, "F%d-%c%d", 1000 + one->property, letters[one->kind], one->serial);
}

struct str object_name(struct arena *arena, const struct world *world, int object)
{
    const struct demo_object *one = &world->objects[object];
    struct dice dice = dice_of(world->seed, PURPOSE_NAMES, (uint64_t)object);
    if (one->kind == OBJECT_AREA)
        return arena_printf(arena, "%s %s", OBJECT_GROUP(OBJECT_AREA)->label_sv, pick(&dice, &landmarks));
    if (one->kind == OBJECT_PROPERTY)
        return arena_printf(arena, "Kv %s %d", pick(&dice, &landmarks), one->property % 40 + 1);
    return arena_printf(arena, "%s %d, %.*s", OBJECT_GROUP(one->kind)->label_sv, one->serial,
                        STR_FMT(object_street(arena, world, one->parent)));
}

struct str object_street(struct arena *arena, const struct world *world, int object)
{
    const struct demo_object *one = &world->objects[object];
    if (one->kind == OBJECT_AREA)
        return STR_NONE;
    if (one->kind != OBJECT_PROPERTY)
        return object_street(arena, world, one->parent);
    struct dice dice = dice_of(world->seed, PURPOSE_STREETS, (uint64_t)object);
    const char *street = pick(&dice, &streets);
    return arena_printf(arena, "%s %d", street, (int)dice_below(&dice, 90) + 1);
}

struct str place_postal_code(struct arena *arena, const char *place)
{
    int sum = 0;
    for (const char *c = place; *c; c++)
        sum = sum * 31 % 8000 + (unsigned char)*c;
    return arena_printf(arena, "%d %d", 100 + sum % 880, 10 + sum % 89);
}

/* --- contacts --- */

static void make_specials(struct world *world)
{
    const struct demo_customer *big = &world->customers[BIG];
    const struct demo_customer *industry = &world->customers[CUSTOMER_INDUSTRY];
    int shown = big->object_count < 14 ? big->object_count : 14;
    world->contacts[CONTACT_BIG] = (struct demo_contact){BIG, true, 0, 0};
    world->contacts[CONTACT_CARETAKER] = (struct demo_contact){BIG, false, big->first_object + 1, shown - 1};
    world->contacts[CONTACT_BOTH] =
        (struct demo_contact){CUSTOMER_MUNICIPAL, true, industry->first_object + 1, industry->object_count > 3 ? 3 : 1};
    world->contacts[CONTACT_LOOSE] = (struct demo_contact){-1, false, 0, 0};
    world->contacts[CONTACT_TWIN_1] = (struct demo_contact){CUSTOMER_CARE_HOME, true, 0, 0};
    world->contacts[CONTACT_TWIN_2] = (struct demo_contact){CUSTOMER_CARE_HOME, false, 0, 0};
}

/* Managers see everything of their customer, caretakers some of its objects. */
static void make_contacts(struct world *world, struct arena *arena)
{
    int most = CONTACT_SPECIALS + world->customer_count * 3 + world->object_count / 40 + 1;
    world->contacts = ARENA_ARRAY(arena, struct demo_contact, (size_t)most);
    make_specials(world);
    world->contact_count = CONTACT_SPECIALS;
    for (int i = 0; i < world->customer_count; i++) {
        struct demo_customer *customer = &world->customers[i];
        struct dice dice = dice_of(world->seed, PURPOSE_CONTACTS, (uint64_t)i);
        int end = customer->first_object + customer->object_count, at = customer->first_object + 1;
        customer->first_contact = world->contact_count;
        world->contacts[world->contact_count++] = (struct demo_contact){i, true, 0, 0};
        if (dice_chance(&dice, 600))
            world->contacts[world->contact_count++] = (struct demo_contact){i, true, 0, 0};
        for (; at < end; at += 40) {
            int count = end - at < 12 ? end - at : 12;
            world->contacts[world->contact_count++] = (struct demo_contact){i, false, at, count};
        }
        customer->contact_count = world->contact_count - customer->first_contact;
    }
}

struct str contact_number(struct arena *arena, int contact)
{
    return arena_printf(arena, "K%05d", 1 + contact);
}

void contact_name(const struct world *world, int contact, const char **first, const char **last)
{
    static const char *const specials[CONTACT_SPECIALS][2] = {
        {"Karin", "Lindqvist"}, {"Per", "Nyman"}, {"Eva", "Sund"}, {"Olle", "Ek"}, {"Anna", "Berg"}, {"Malin", "Holm"}};
    if (contact < CONTACT_SPECIALS) {
        *first = specials[contact][0];
        *last = specials[contact][1];
        return;
    }
    struct dice dice = dice_of(world->seed, PURPOSE_NAMES, UINT64_C(1) << 40 | (uint64_t)contact);
    *first = pick(&dice, dice_chance(&dice, 500) ? &women : &men);
    *last = pick(&dice, &surnames);
}

struct str contact_email(struct arena *arena, const struct world *world, int contact)
{
    const char *first, *last;
    int customer = world->contacts[contact].customer;
    if (contact == CONTACT_TWIN_1 || contact == CONTACT_TWIN_2)
        return STR("reception@almgarden.example");
    contact_name(world, contact, &first, &last);
    struct str domain = customer < 0 ? STR("privat.example") : world->customers[customer].domain;
    struct str name = arena_printf(arena, "%.*s.%.*s", STR_FMT(ascii_name(arena, str_of(first))),
                                   STR_FMT(ascii_name(arena, str_of(last))));
    /* Without a number, two contacts with the same name would share one address. */
    return contact < CONTACT_SPECIALS ? arena_printf(arena, "%.*s@%.*s", STR_FMT(name), STR_FMT(domain))
                                      : arena_printf(arena, "%.*s.%d@%.*s", STR_FMT(name), contact, STR_FMT(domain));
}

/* --- calendar --- */

static bool is_workday(int32_t day)
{
    int weekday = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday; 0 is Monday */
    return weekday < 5;
}

static int world_weight_of(int32_t day)
{
    int year, month, date;
    date_to_civil(day, &year, &month, &date);
    int weight = is_workday(day) ? 100 : 18;
    if (month == 7)
        weight = weight * 55 / 100; /* holidays */
    if (month == 12 || month <= 2)
        weight = weight * 125 / 100; /* cold */
    return weight;
}

static void make_calendar(struct world *world)
{
    int64_t total = 0, sum = 0;
    for (int i = 0; i < DAYS; i++)
        total += world_weight_of(world->last_day - DAYS + 1 + i);
    for (int i = 0; i < DAYS; i++) {
        world->first_case[i] = sum * world->case_count / total;
        sum += world_weight_of(world->last_day - DAYS + 1 + i);
    }
    world->first_case[DAYS] = world->case_count;
}

struct world *world_create(struct arena *arena, uint64_t seed, int64_t cases, int32_t last_day)
{
    struct world *world = ARENA_NEW(arena, struct world);
    *world = (struct world){.seed = seed, .case_count = cases, .last_day = last_day};
    struct civil end = {.hour = 16};
    date_to_civil(last_day, &end.year, &end.month, &end.day);
    if (!clock_from_local(&end, &world->end_us))
        world->end_us = clock_day_start(last_day);
    world->customer_count = clamp(cases / 60, 24, 600);
    world->big_share = cases > 100000 ? (int)(INT64_C(10000) * 100000 / cases) : 10000;
    make_customers(world, arena);
    make_objects(world, arena, clamp(cases / 25, 80, 4000));
    make_contacts(world, arena);
    make_calendar(world);
    return world;
}

int login_object(const struct world *world)
{
    for (int i = 0; i < world->object_count; i++) {
        if (world->objects[i].kind == OBJECT_LIFT)
            return i;
    }
    return 0;
}
