#include "base/clock.h"
#include "base/decimal.h"
#include "bulk/demo/rows.h"
#include "bulk/demo/specifications.h"
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

static void add_people(struct generator *generator, struct story *story)
{
    const struct world *world = generator->world;
    struct dice *dice = &story->texts;
    struct str contact = story->contact < 0 ? STR_NONE : contact_number(generator->arena, story->contact);
    struct str second = story->second_contact < 0 ? STR_NONE : contact_number(generator->arena, story->second_contact);
    cell_add(generator, contact);
    cell_add(generator, arena_printf(generator->arena, "%.*s|%.*s", STR_FMT(contact), STR_FMT(second)));
    cell_add(generator, dice_chance(dice, 300) ? arena_printf(generator->arena, "%s %d", pick(dice, &your_references),
                                                              1000 + (int)dice_below(dice, 9000))
                                               : STR_NONE);
    const char *first = pick(dice, dice_chance(dice, 500) ? &women : &men), *last = pick(dice, &surnames);
    if (story->contact >= 0)
        contact_name(world, story->contact, &first, &last);
    bool named = !dice_chance(dice, 100);
    cell_add(generator, named ? arena_printf(generator->arena, "%s %s", first, last) : STR_NONE);
    cell_add(generator,
             named ? arena_printf(generator->arena, "070-17406%02d", (int)dice_below(dice, 95) + 5) : STR_NONE);
}

static void add_site(struct generator *generator, const struct story *story)
{
    const struct world *world = generator->world;
    int customer = story->object < 0 ? story->customer : world->objects[story->object].customer;
    const char *place = customer < 0 ? places.items[0] : world->customers[customer].place;
    cell_add(generator, story->object < 0 ? STR_NONE : object_street(generator->arena, world, story->object));
    cell_add(generator, place_postal_code(generator->arena, place));
    cell_add_z(generator, place);
}

bool make_case(struct generator *generator)
{
    const struct world *world = generator->world;
    struct story story;
    if (!rows_cases_tell(generator, &story))
        return false;
    generator->at++;
    cell_add(generator, story_number(generator->arena, &story));
    cell_add(generator, title(generator, &story));
    cell_add(generator, description(generator, &story));
    cell_add_z(generator, story.topic->type);
    cell_add_z(generator, story.priority);
    cell_add_z(generator, states[story.status]);
    cell_add(generator, story.customer < 0 ? STR_NONE : world->customers[story.customer].number);
    cell_add(generator, story.object < 0 ? STR_NONE : object_number(generator->arena, world, story.object));
    add_people(generator, &story);
    add_site(generator, &story);
    cell_add_instant(generator, story.created);
    cell_add_instant(generator, story.started);
    cell_add_instant(generator, story.finished);
    return true;
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
    cell_add(generator, order_number(generator, &story));
    cell_add(generator, story_number(generator->arena, &story));
    cell_add_z(generator, generator->order ? "Återbesök" : story.topic->title);
    cell_add_z(generator, order->type);
    cell_add_z(generator, states[order->status]);
    cell_add_z(generator, order->booked_from ? order->resource : "");
    cell_add_instant(generator, order->booked_from);
    cell_add_instant(generator, order->booked_to);
    cell_add_instant(generator, order->created);
    cell_add_instant(generator, order->started);
    cell_add_instant(generator, order->finished);
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
    const struct article *article = row->article;
    struct arena *arena = generator->arena;
    cell_add(generator, arena_printf(arena, "%.*s-%d", STR_FMT(order_number(generator, &story)), generator->row + 1));
    cell_add(generator, story_number(arena, &story));
    cell_add(generator, order_number(generator, &story));
    cell_add_z(generator, article ? article->number : "");
    cell_add(generator, date_format(arena, clock_date(order->started)));
    cell_add_z(generator, article ? article->name : "Anmärkning");
    cell_add_z(generator, row->text);
    cell_add_z(generator, row->action);
    cell_add_z(generator, article ? article->type : "other");
    cell_add(generator, decimal_format(arena, row->quantity * (DECIMAL_ONE / 100)));
    cell_add_z(generator, article ? article->unit : "");
    cell_add_z(generator, article ? article->price : "0");
    cell_add(generator, decimal_format(arena, row->discount * (DECIMAL_ONE / 100)));
    cell_add_z(generator, row_state(generator->world, story.customer, order, row));
    cell_add_z(generator, order->resource);
    generator->row++;
    return true;
}
