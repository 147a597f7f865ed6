#include "base/clock.h"
#include "base/decimal.h"
#include "bulk/demo/rows.h"
#include "bulk/demo/story.h"

#include <string.h>

static const char *const states[] = {"not_started", "started", "finished"};

/* Makes the next case, or the same one again while its orders and rows are made. */
static bool rows_cases_tell(struct generator *generator, struct story *story)
{
    if (generator->at == generator->count)
        return false;
    story_make(generator->world, generator->at, &generator->day, story);
    return true;
}

static struct str title(struct generator *generator, struct story *story)
{
    if (story->object >= 0 && dice_chance(&story->texts, 350))
        return arena_printf(generator->arena, "%s, %.*s", story->topic->title,
                            STR_FMT(object_street(generator->arena, generator->world, story->object)));
    return arena_printf(generator->arena, "%s%s", story->topic->title, dice_chance(&story->texts, 40) ? " igen" : "");
}

static struct str description(struct generator *generator, struct story *story)
{
    if (dice_chance(&story->texts, 80))
        return STR_NONE;
    if (dice_chance(&story->texts, 450))
        return str_of(story->topic->description);
    return arena_printf(generator->arena, "%s\n%s", story->topic->description, pick(&story->texts, &access_notes));
}

/* Fills primary_contact, contacts, your_reference, reporter and reporter_phone. */
static void tell_people(struct generator *generator, struct story *story, struct str people[5])
{
    struct dice *dice = &story->texts;
    struct arena *arena = generator->arena;
    struct str second = story->second_contact < 0 ? STR_NONE : contact_number(arena, story->second_contact);
    people[0] = story->contact < 0 ? STR_NONE : contact_number(arena, story->contact);
    people[1] = arena_printf(arena, "%.*s|%.*s", STR_FMT(people[0]), STR_FMT(second));
    people[2] = dice_chance(dice, 300)
                    ? arena_printf(arena, "%s %d", pick(dice, &your_references), 1000 + (int)dice_below(dice, 9000))
                    : STR_NONE;
    const char *first = pick(dice, dice_chance(dice, 500) ? &women : &men), *last = pick(dice, &surnames);
    if (story->contact >= 0)
        contact_name(generator->world, story->contact, &first, &last);
    bool named = !dice_chance(dice, 100);
    people[3] = named ? arena_printf(arena, "%s %s", first, last) : STR_NONE;
    people[4] = named ? arena_printf(arena, "070-17406%02d", (int)dice_below(dice, 95) + 5) : STR_NONE;
}

/* Returns the time as files write it; empty: it has not happened. */
static struct str told_instant(struct generator *generator, int64_t instant_us)
{
    return instant_us ? instant_format_utc(generator->arena, instant_us) : STR_NONE;
}

bool make_case(struct generator *generator)
{
    const struct world *world = generator->world;
    struct arena *arena = generator->arena;
    struct story story;
    if (!rows_cases_tell(generator, &story))
        return false;
    generator->at++;
    int payer = story.object < 0 ? story.customer : world->objects[story.object].customer;
    const char *place = payer < 0 ? places.items[0] : world->customers[payer].place;
    struct str named = title(generator, &story), described = description(generator, &story), people[5];
    tell_people(generator, &story, people);
    return ROW(generator, story_number(arena, &story), named, described, str_of(story.topic->type),
               str_of(story.priority), str_of(states[story.status]),
               story.customer < 0 ? STR_NONE : world->customers[story.customer].number,
               story.object < 0 ? STR_NONE : object_number(arena, world, story.object), people[0], people[1], people[2],
               people[3], people[4], story.object < 0 ? STR_NONE : object_street(arena, world, story.object),
               place_postal_code(arena, place), str_of(place), told_instant(generator, story.created),
               told_instant(generator, story.started), told_instant(generator, story.finished));
}

/* Moves on to the next case that has an order at generator->order. */
static bool find_order(struct generator *generator, struct story *story)
{
    while (rows_cases_tell(generator, story)) {
        if (generator->order < story->order_count)
            return true;
        generator->at++;
        generator->order = 0;
    }
    return false;
}

static struct str order_number(struct generator *generator, const struct story *story)
{
    return arena_printf(generator->arena, "%.*s-%d", STR_FMT(story_number(generator->arena, story)),
                        generator->order + 1);
}

bool make_work_order(struct generator *generator)
{
    struct story story;
    if (!find_order(generator, &story))
        return false;
    const struct demo_order *order = &story.orders[generator->order];
    (void)ROW(generator, order_number(generator, &story), story_number(generator->arena, &story),
              str_of(generator->order ? "Återbesök" : story.topic->title), str_of(order->type),
              str_of(states[order->status]), str_of(order->booked_from ? order->resource : ""),
              told_instant(generator, order->booked_from), told_instant(generator, order->booked_to),
              told_instant(generator, order->created), told_instant(generator, order->started),
              told_instant(generator, order->finished));
    generator->order++;
    return true;
}

/* Moves on to the next order that has a row at generator->row. */
static bool find_row(struct generator *generator, struct story *story)
{
    while (find_order(generator, story)) {
        if (generator->row < story->orders[generator->order].row_count)
            return true;
        generator->order++;
        generator->row = 0;
    }
    return false;
}

/* The state of an article row follows the specification of its month, if there is one. */
static const char *row_state(const struct world *world, int customer, const struct demo_order *order,
                             const struct demo_row *row)
{
    int64_t age = (world->end_us - order->started) / (24 * 3600 * US_PER_SECOND);
    if (row->cancelled)
        return "cancelled";
    const char *status =
        customer < 0 ? "draft" : demo_specification_of(world, customer, clock_date(order->started)).status;
    if (strcmp(status, "draft") != 0)
        return strcmp(status, "invoiced") == 0 ? "invoiced" : "attested";
    return age > 35 ? "invoiced" : age > 7 ? "attested" : "editable";
}

bool make_article_row(struct generator *generator)
{
    struct story story;
    if (!find_row(generator, &story))
        return false;
    const struct demo_order *order = &story.orders[generator->order];
    const struct demo_row *row = &order->rows[generator->row];
    static const struct article remark = {"", "Anmärkning", "other", "", "0"};
    const struct article *article = row->article ? row->article : &remark;
    struct arena *arena = generator->arena;
    struct str of = order_number(generator, &story);
    (void)ROW(generator, arena_printf(arena, "%.*s-%d", STR_FMT(of), generator->row + 1), story_number(arena, &story),
              of, str_of(article->number), date_format(arena, clock_date(order->started)), str_of(article->name),
              str_of(row->text), str_of(row->action), str_of(article->type),
              decimal_format(arena, row->quantity * (DECIMAL_ONE / 100)), str_of(article->unit), str_of(article->price),
              decimal_format(arena, row->discount * (DECIMAL_ONE / 100)),
              str_of(row_state(generator->world, story.customer, order, row)), str_of(order->resource));
    generator->row++;
    return true;
}
